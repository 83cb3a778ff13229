import Domain

/// What to do about a row: a text of the operator's, or the address that the alert's rule names.
extension State {
    /// The text and the address for an entity, as far as there are any.
    func runbook(for entity: EntityRef) -> (book: Runbooks.Book?, procedure: String?) {
        guard let found = find(entity) else { return (nil, nil) }
        let (rule, device) = subjects(of: entity, found.table, found.row)
        var names: [(Runbooks.Subject, String)] = rule.map { [(.rule, $0.name)] } ?? []
        if let device = device.flatMap(find) {
            names.append((.type, device.table.text(device.row, "type")))
            names += device.table.text(device.row, .groups).split(separator: ",").map { (.group, String($0)) }
        }
        return (names.lazy.compactMap { runbooks.book($0, $1) }.first, rule?.procedure)
    }

    /// The rule behind an alert, or the rule itself; the device that an alert is about, or the device itself.
    private func subjects(
        of entity: EntityRef, _ table: Table, _ row: Int
    ) -> (rule: (name: String, procedure: String?)?, device: EntityRef?) {
        func referred(_ key: FieldKey) -> (entity: EntityRef, name: String)? {
            if case .ref(let entity, let name) = table.value(row, key) { (entity, name) } else { nil }
        }
        switch entity.kind {
        case .rule: return ((table.name(row), Self.address(table.text(row, .procedure))), nil)
        case .device: return (nil, entity)
        case .alert:
            let rule = referred(.rule)
            let procedure = rule.flatMap { find($0.entity) }.flatMap {
                Self.address($0.table.text($0.row, .procedure))
            }
            return ((rule?.name ?? table.name(row), procedure), referred(.device)?.entity)
        default: return (nil, nil)
        }
    }

    /// An address that a browser may get: a server wrote it.
    private static func address(_ text: String) -> String? {
        let isWeb = text.hasPrefix("https://") || text.hasPrefix("http://")
        return isWeb && text.utf8.allSatisfy { $0 > 32 && $0 < 127 } ? text : nil
    }

    /// The opened entity, else the one under the cursor.
    private var selectedEntity: EntityRef? { details.last?.entity ?? pane.cursor }

    /// Why there is no run-book for the selected row; nil when there is one.
    var reasonAgainstRunbook: String? {
        guard let entity = selectedEntity else { return "there is nothing here that has a run-book" }
        let found = runbook(for: entity)
        if found.book != nil || found.procedure != nil { return nil }
        guard [.alert, .device, .rule].contains(entity.kind) else {
            return "run-books are for alerts, rules and devices"
        }
        return runbooks.folder.isEmpty
            ? "no run-book is known for it"
            : "no run-book is known for it; docs/runbooks.md says how to write one"
    }

    /// Shows the run-book of the selected row, or opens the address that its rule names.
    mutating func showRunbook() -> [Effect] {
        guard let entity = selectedEntity else { return [] }
        let found = runbook(for: entity)
        if let book = found.book {
            layers.push(RunbookPage(book))
            return [.readRunbook(book)]
        }
        guard let procedure = found.procedure else { return [] }
        return addressed(entity, .open, .success(procedure))
    }

    /// What a detail says of the run-book; nil where there is none.
    func runbookSection(of entity: EntityRef) -> Detail.Section? {
        let found = runbook(for: entity)
        let key = keymap.spelling(of: .own(.runbook), in: [.detail, .global]) ?? ""
        var lines: [Detail.Line] = []
        if let book = found.book {
            lines.append(Detail.Line("text", .text("\(book.file)  (\(key) shows it)")))
        }
        if let procedure = found.procedure {
            let opens = found.book == nil ? "  (\(key) opens it)" : ""
            lines.append(Detail.Line("procedure", .text(procedure + opens)))
        }
        return lines.isEmpty ? nil : Detail.Section("Run-book", lines)
    }
}
