import Canvas
public import Domain

extension State {
    /// Where keys go: the contexts of what lies on top, the nearest first.
    public var contexts: [KeyContext] {
        switch overlays.last {
        case .filter, .palette: [.text]
        case .command(let id):
            switch sessions[id]?.stage {
            case .form where sessions[id]?.form.isTyping == true: [.text]
            case .confirming where sessions.confirmsByName(id, mode: mode): [.text]
            default: [.dialog]
            }
        case .help, .audit, .health: [.dialog]
        case nil: details.isEmpty ? [.table, .global] : [.detail, .global]
        }
    }

    /// The mode of a backend, with the whole program's.
    public func mode(_ id: BackendID) -> BackendMode {
        isReadOnly ? .readOnly : backend(id)?.mode ?? .readOnly
    }

    mutating func press(_ key: Key) -> [Effect] {
        if message?.tone == .bad { message = nil }
        let keys = pendingKeys + [key]
        switch keymap.match(keys, in: contexts) {
        case .action(let action):
            pendingKeys = []
            return run(action)
        case .pending:
            pendingKeys = keys
            return []
        case .none:
            pendingKeys = []
            guard contexts == [.text] else { return [] }
            return type(key)
        }
    }

    mutating func paste(_ text: String) -> [Effect] {
        guard contexts == [.text] else {
            say(.plain, "a paste outside a text field is dropped")
            return []
        }
        return editText { $0.insert(text) }
    }

    /// A key that is bound to nothing, in a text field: a character, or a move in the text.
    private mutating func type(_ key: Key) -> [Effect] {
        if case .character(let character) = key.code, key.modifiers.isEmpty {
            return editText { $0.insert(String(character)) }
        }
        guard let edit = TextField.edit(for: key) else { return [] }
        return editText { $0.apply(edit) }
    }

    /// Changes the text that has the keys.
    private mutating func editText(_ edit: (inout TextField) -> Void) -> [Effect] {
        switch overlays.last {
        case .filter(var prompt):
            edit(&prompt.input)
            overlays[overlays.count - 1] = .filter(prompt)
            return filterTyped(prompt.input.text)
        case .palette(var palette):
            edit(&palette.input)
            palette.focus = 0
            overlays[overlays.count - 1] = .palette(palette)
        case .command(let id):
            sessions[id]?.hint = nil
            if sessions[id]?.stage == .form {
                sessions[id]?.form.edit(edit)
            } else if var typed = sessions[id]?.typedName {
                edit(&typed)
                sessions[id]?.typedName = typed
            }
        default: break
        }
        return []
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

extension CommandForm {
    /// Whether the focused question is answered by typing.
    var isTyping: Bool {
        guard answers.indices.contains(focus) else { return false }
        if case .toggle = answers[focus].field.input { return false }
        return true
    }

    mutating func edit(_ edit: (inout TextField) -> Void) {
        guard answers.indices.contains(focus) else { return }
        edit(&answers[focus].text)
    }
}

extension [Int: CommandSession] {
    func confirmsByName(_ id: Int, mode: (BackendID) -> BackendMode) -> Bool {
        self[id]?.tier(mode) == .hurts
    }
}
