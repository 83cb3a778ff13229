internal import Domain

extension RecordedFields {
    /// The columns in which two tables are compared.
    var compared: [Int] { [state] + [severity, note].compactMap { $0 } }

    /// The state word of a row; nil where the server does not say.
    func state(_ table: Table, _ row: Int) -> String? {
        let word = table.text(row, state)
        if kind == .alert { return AlertState(word: word).rawValue }
        return word.isEmpty ? nil : word
    }

    /// How bad a row is: what it says itself, or what its state word means.
    func severity(_ table: Table, _ row: Int, state word: String) -> Severity {
        if let severity { return Severity(word: table.text(row, severity)) }
        return switch Urgency.rank(word) {
        case 1: isCounted ? .critical : .warning
        case 2: .warning
        case 5: .ok
        default: .unknown
        }
    }

    /// What is recorded of a row; nil where its state is not known.
    ///
    /// - Parameters:
    ///   - related: other tables of the same backend, to find where a device is.
    ///   - earlier: the table before, in which it was told what it was.
    func observation(_ table: Table, _ row: Int, related: [Table], after earlier: Table?) -> Observation? {
        guard let state = state(table, row) else { return nil }
        let since = since.flatMap { table.integer(row, $0) }.map { Timestamp($0) }
        let before = earlier.flatMap { earlier in
            earlier.row(of: table.refs[row]).flatMap { self.state(earlier, $0) }
        }
        return Observation(
            id: table.refs[row].id, name: table.name(row), device: device.map { table.text(row, $0) } ?? "",
            site: site(table, row, related), state: state,
            severity: severity(table, row, state: state), note: note.map { table.text(row, $0) } ?? "",
            since: since, before: before)
    }

    /// Where a row is, or its device.
    private func site(_ table: Table, _ row: Int, _ related: [Table]) -> String {
        if let location { return table.text(row, location) }
        guard let device, case .ref(let entity, _) = table.value(row, device) else { return "" }
        for other in related where other.resource.kind == entity.kind {
            guard let place = other.resource.index(of: .location), let found = other.row(of: entity) else {
                continue
            }
            return other.text(found, place)
        }
        return ""
    }
}
