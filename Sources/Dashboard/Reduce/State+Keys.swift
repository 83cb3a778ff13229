import Canvas
public import Domain

extension State {
    /// Where keys go: the contexts of what lies on top, the nearest first.
    public var contexts: [KeyContext] {
        if let screen { return screen.contexts }
        if let layer = layers.top { return layer.contexts(in: self) }
        return paneContexts
    }

    /// Where keys go while nothing lies over the pane: what menus and the palette name keys by.
    var paneContexts: [KeyContext] {
        (isBrowsing ? [.browse] : areTablesTwo ? [.tables] : [])
            + (details.isEmpty ? [.table, .global] : [.detail, .global])
    }

    /// The mode of a backend, with the whole program's.
    public func mode(_ id: BackendID) -> BackendMode {
        isReadOnly ? .readOnly : backend(id)?.mode ?? .readOnly
    }

    /// Takes what one read of the terminal gave, up to a key that opens a form: what was typed ahead behind it was
    /// not meant for the form.
    mutating func handle(_ inputs: [Input]) -> [Effect] {
        if screen != nil { return pressOnScreen(inputs) }
        let sessionsBefore = sessionCount
        var effects = inputs.contains { $0 != .end } ? noteKey() : []
        for input in inputs where sessionCount == sessionsBefore && screen == nil {
            switch input {
            case .key(let key): effects += press(key)
            case .paste(let text): effects += paste(text)
            case .mouse(let mouse, let x, let y): effects += point(mouse, x, y)
            case .end: break
            }
        }
        return effects
    }

    private mutating func press(_ key: Key) -> [Effect] {
        messages.keyPressed()
        let contexts = contexts
        // What is typed is looked up only behind keys that are bound.
        if contexts == [.text], key.isPrintable, !sequence.isUnderWay(in: contexts) {
            sequence.end()
            return type(key)
        }
        let (keys, match) = lookUp(key, in: contexts)
        switch match {
        case .action(let action): return run(action)
        case .pending: return []
        case .none:
            if contexts == [.text] { return type(key) }
            tellUnbound(keys, in: contexts)
            return []
        }
    }

    /// Says once that keys are bound to nothing; in a dialog, which names its keys, nothing.
    private mutating func tellUnbound(_ keys: [Key], in contexts: [KeyContext]) {
        guard contexts.contains(.global), sequence.isFirst(unbound: keys) else { return }
        let words = keys.map(\.description).joined(separator: " ")
        let help = keymap.spelling(of: .own(.help), in: contexts).map { "; \($0) lists the keys" } ?? ""
        showMessage(.plain, "\(words) is not bound here\(help)")
    }

    private mutating func paste(_ text: String) -> [Effect] {
        sequence.end()
        guard contexts == [.text] else {
            showMessage(.plain, "a paste outside a text field is dropped")
            return []
        }
        return editOnTop { $0.insert(text) }
    }

    /// A key that is bound to nothing, in a text field: a character, or a move in the text.
    private mutating func type(_ key: Key) -> [Effect] {
        if case .character(let character) = key.code, key.isPrintable {
            return editOnTop { $0.insert(String(character)) }
        }
        guard let edit = TextField.edit(for: key) else { return [] }
        return editOnTop { $0.apply(edit) }
    }
}

extension Key {
    /// Whether it types a character.
    fileprivate var isPrintable: Bool {
        if case .character = code { modifiers.isEmpty } else { false }
    }
}

extension TextField {
    /// The edit of a key in every text field.
    static func edit(for key: Key) -> Edit? {
        switch (key.code, key.modifiers) {
        case (.named(.left), []), (.character("b"), .control): .left
        case (.named(.right), []), (.character("f"), .control): .right
        case (.named(.home), []): .home
        case (.named(.end), []), (.character("e"), .control): .end
        case (.named(.left), .control), (.character("b"), .alt): .wordLeft
        case (.named(.right), .control), (.character("f"), .alt): .wordRight
        case (.named(.backspace), []): .backspace
        case (.named(.delete), []), (.character("d"), .control): .delete
        case (.character("w"), .control), (.named(.backspace), .alt): .deleteWordLeft
        case (.character("d"), .alt): .deleteWordRight
        case (.character("u"), .control): .killToStart
        case (.character("k"), .control): .killToEnd
        default: nil
        }
    }
}
