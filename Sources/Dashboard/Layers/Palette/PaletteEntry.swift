import Domain
public import Filter

/// One line of the palette: an action with its key, and why it can't run now.
public struct PaletteEntry: Sendable, Equatable {
    /// What it does.
    public var action: Action
    /// What the line says.
    public var title: String
    /// What the line says about it besides, such as which server has a row.
    public var note: String?
    /// Its key; nil when it is not bound.
    public var key: String?
    /// Why it can't run now; nil when it can.
    public var reason: String?
    /// The places of the characters of the title that what was typed matched.
    public var matched: [Int] = []
}

extension State {
    /// Actions that make sense only inside a dialog or a text, or on the wallboard.
    private static let hidden: Set<OwnAction> = [
        .accept, .cancel, .yes, .nextField, .previousField, .toggle, .check, .retry, .forget,
        .editExternally,
        .undo, .zoomIn, .zoomOut, .savePicture, .nextPage, .previousPage, .pause,
    ]

    /// How good an entry is for what was typed: an alias, a word of its title, letters of it, in the end what can't run.
    private enum Class: Int, Comparable {
        case alias, wordStart, row, letters, named, search, impossible

        static func < (a: Class, b: Class) -> Bool { a.rawValue < b.rawValue }
    }

    /// Every action and pane that a text finds and the rows that were found, the best first; what can't run comes last.
    public func paletteEntries(_ text: String, rows: RowSearch.Hits = .none) -> [PaletteEntry] {
        var actions: [(Action, String)] = panes.filter { !$0.pane.name.isBelow }.map {
            (.pane($0.pane.name), "Go to \($0.pane.name)")
        }
        var seen: Set<CommandKind> = []
        for command in backends.flatMap(\.commands) where seen.insert(command.kind).inserted {
            actions.append((.command(command.kind), command.title))
        }
        actions += ownCommands.map { (.program($0.title), $0.title) }
        actions += OwnAction.allCases.filter { !Self.hidden.contains($0) }.map { (.own($0), $0.title) }
        // With 100,000 marks it takes a while to see what they are of: once is enough.
        let candidates = candidateKinds
        func reason(_ action: Action) -> String? {
            if case .command(let kind) = action { return reasonAgainst(command: kind, on: candidates) }
            return reasonAgainst(action)
        }
        var found = actions.compactMap { action, title -> (Class, Int, PaletteEntry)? in
            guard let match = FuzzyMatch.find(text, in: title) ?? FuzzyMatch.find(text, in: action.name)
            else {
                return nil
            }
            let inTitle = FuzzyMatch.find(text, in: title)?.places ?? []
            let entry = PaletteEntry(
                action: action, title: title, key: keymap.spelling(of: action, in: paneContexts),
                reason: reason(action), matched: inTitle)
            return (quality(of: entry, for: text), match.score, entry)
        }
        found += self.rows(rows).map { (.row, 0, $0) }
        found += searches(for: text).map {
            ($0.reason == nil ? (isAddress($0.action) ? .row : .search) : .impossible, 1, $0)
        }
        return found.enumerated().sorted { a, b in
            let (first, second) = (a.element, b.element)
            return (first.0, second.1, a.offset) < (second.0, first.1, b.offset)
        }.map(\.element.2)
    }

    private func isAddress(_ action: Action) -> Bool { if case .locate = action { true } else { false } }

    private func quality(of entry: PaletteEntry, for text: String) -> Class {
        let text = text.lowercased()
        // Whoever writes a whole name means it, and learns why it can't be.
        if entry.action.name == text || entry.title.lowercased() == text { return .alias }
        if entry.reason != nil {
            return !text.isEmpty && entry.title.lowercased().hasPrefix(text) ? .named : .impossible
        }
        if text.isEmpty { return .wordStart }
        if case .pane(let name) = entry.action, name.rawValue.hasPrefix(text) { return .alias }
        let words = entry.title.lowercased()
        let isStart = words.hasPrefix(text) || words.firstRange(of: " " + text) != nil
        return isStart ? .wordStart : .letters
    }

    /// The rows that were found, with what they are and where they come from.
    private func rows(_ found: RowSearch.Hits) -> [PaletteEntry] {
        found.hits.map { hit in
            let backend = backend(hit.entity.backend)
            let device = hit.device.isEmpty || hit.device == hit.name ? "" : " of \(hit.device)"
            let parts = ["\(hit.entity.kind)\(device)", backend?.name, hit.field].compactMap { $0 }
            return PaletteEntry(
                action: .show(hit.entity), title: hit.name, note: parts.joined(separator: " · "))
        }
    }

    /// What is looked for in the rows that are here; nil for a text that is too short to mean one.
    func rowSearch(_ text: String) -> RowSearch? {
        let text = text.split(separator: " ").joined(separator: " ")
        guard text.count >= 2 else { return nil }
        let tables = backends.flatMap { backend in
            backend.resources.filter { $0.pane != .alerts && $0.pane != nil }.compactMap {
                backend.tables[$0.kind]
            }
        }
        // The panes in their order: devices first, whatever pane is in front.
        let order: [PaneName] = [.devices, .customers, .bonds, .ports]
        func rank(_ table: Table) -> Int {
            table.resource.pane.flatMap(order.firstIndex) ?? order.count
        }
        return RowSearch(
            text,
            in: tables.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
                .map(\.element))
    }
}
