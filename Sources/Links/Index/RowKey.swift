import Domain

/// A key of a row, spelled out.
struct RowKey: Hashable, Sendable {
    let kind: KeyClass
    let role: KeyRole
    let strength: KeyStrength
    let value: String
    let column: Int

    /// The value as people write it.
    var spelled: String {
        switch kind {
        case .mac: NetworkAddress(value).map { "\($0)" } ?? value
        case .serial, .circuit: value.uppercased()
        default: value
        }
    }

    /// The classes under which what it belongs to may stand elsewhere.
    var partners: [KeyClass] {
        switch kind {
        case .customer, .circuit: role == .own ? [kind, .mention] : [kind]
        case .mention: [.customer, .circuit]
        default: [kind]
        }
    }

    /// Whether two keys of equal value link their rows.
    func links(with other: RowKey) -> Bool {
        if kind.rule != nil { return role != other.role }
        switch (role, other.role) {
        case (.own, .own), (.own, .names), (.names, .own), (.own, .mentions), (.mentions, .own): return true
        case (.names, _), (.mentions, _): return false
        }
    }
}

/// Collects the keys of a row as values.
struct RowKeySink: KeySink {
    var column = 0
    private(set) var keys: [RowKey] = []

    mutating func take(_ kind: KeyClass, _ role: KeyRole, _ strength: KeyStrength, _ value: Bytes) {
        let value = String(decoding: value, as: UTF8.self)
        keys.append(RowKey(kind: kind, role: role, strength: strength, value: value, column: column))
    }

    mutating func refuse(_ kind: KeyClass, _ reason: KeyRefusal, _ value: Bytes) {}
}

extension Contribution {
    /// The keys of a row with the columns that they stand in.
    func keys(_ row: Int) -> [RowKey] {
        var sink = RowKeySink()
        for (column, key) in layout.fields {
            sink.column = column
            table.columns[column].withText(row) { KeyReader.read(key, $0, &sink) }
        }
        for rule in layout.rules {
            sink.column = rule.column
            layout.read(rule, table, row, &sink)
        }
        return sink.keys
    }

    func keys(of entity: EntityRef) -> [RowKey] { table.row(of: entity).map { keys($0) } ?? [] }
}
