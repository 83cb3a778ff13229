public import Domain
public import Filter

extension Transition {
    /// What happened to alerts between two answers that both say all that there is; for use off the main thread.
    ///
    /// - Parameters:
    ///   - old: the alerts as they were known.
    ///   - new: the alerts as they are.
    ///   - rules: whose filters are asked about each.
    public static func all(
        from old: Table, to new: Table, rules: [AlarmRule], context: FilterContext
    ) -> [Transition] {
        guard old != new else { return [] }
        func rows(_ table: Table, _ filter: FilterExpression = .everything) -> Arrangement {
            Arrangement.make(.init(tables: [table], filter: filter, context: context)) ?? .empty
        }
        let changes = RowChange.all(from: rows(old), to: rows(new), comparing: [.state, .severity])
        var found = changes.compactMap { Transition($0, context) }
        guard !found.isEmpty else { return [] }
        for (place, rule) in rules.enumerated() {
            let isNow = rows(new, rule.filter)
            let was = rows(old, rule.filter)
            for index in found.indices {
                guard let entity = found[index].entity else { continue }
                let passes = new.row(of: entity) == nil ? was : isNow
                if passes.position(of: entity) != nil { found[index].rules.insert(place) }
            }
        }
        return found
    }

    private init?(_ change: RowChange, _ context: FilterContext) {
        let table = change.table
        let row = change.row
        func before(_ key: FieldKey) -> String {
            guard let value = change.before.first(where: { $0.key == key })?.value else {
                return table.text(row, key)
            }
            if case .text(let text) = value { return text }
            return ""
        }
        let state = AlertState(word: table.text(row, .state))
        let severity = Severity(word: table.text(row, .severity))
        let was = change.event == .appeared ? nil : AlertState(word: before(.state))
        let wasOpen = was?.isOpen ?? false
        switch change.event {
        case .present: return nil
        case .gone:
            guard wasOpen else { return nil }
            event = .cleared
        case .appeared, .changed:
            if !wasOpen, state.isUnhandled {
                event = .new
            } else if wasOpen, state == .cleared {
                event = .cleared
            } else if wasOpen, state.isOpen,
                severity > Severity(word: before(.severity)) || state == .worse && was != .worse
            {
                event = .worse
            } else {
                return nil
            }
        }
        backend = table.backend
        entity = table.refs[row]
        self.severity = severity
        let device = table.text(row, .device)
        name = device.isEmpty ? table.name(row) : "\(device): \(table.name(row))"
        let place = Int(table.backend.index)
        self.row = FlatRow(
            table, row, backend: context.backends.indices.contains(place) ? context.backends[place] : "")
        rules = []
    }
}

extension Transition {
    /// What a filter sees of a backend.
    private static let resource = ResourceDescriptor(
        "backend", plural: "backends", pane: nil,
        fields: [
            Field(.name, "NAME", .text), Field(.state, "STATE", .state),
            Field(.severity, "SEVERITY", .severity),
        ], interval: .infinity)

    /// A backend that was lost or is back.
    init(_ event: Event, _ backend: BackendID, rules: [AlarmRule], context: FilterContext) {
        let place = Int(backend.index)
        let name = context.backends.indices.contains(place) ? context.backends[place] : ""
        let severity = event == .lost ? Severity.critical : .ok
        var builder = TableBuilder(Self.resource, backend)
        builder.begin(EntityRef(backend, "backend", id: name))
        builder.set(0, text: name)
        builder.set(1, text: event.rawValue)
        builder.set(2, text: severity.word)
        let table = builder.finish()
        let passing = rules.indices.filter { place in
            let request = Arrangement.Request(tables: [table], filter: rules[place].filter, context: context)
            return Arrangement.make(request)?.count == 1
        }
        self.init(
            event: event, backend: backend, entity: nil, severity: severity, name: name,
            row: FlatRow(table, 0, backend: name), rules: Set(passing))
    }
}
