import Domain
import Filter
import JSON
import Runtime

/// One thing that happened to a row between two answers.
struct RowChange {
    /// What happened.
    enum Event: String {
        /// It was there at the start.
        case present
        /// It is there and was not, or passes the filter and did not.
        case appeared
        /// Its fields are not what they were.
        case changed
        /// It is not there any more, or does not pass the filter.
        case gone
    }

    let event: Event
    /// The row's table and place: as it is now, or as it was before it went.
    let table: Table
    let row: Int
    /// The fields that differ, with what they held before.
    var before: [(key: FieldKey, value: Value)] = []
    /// Whether the server still lists it, and only the filter leaves it out.
    var isListed = true

    /// What differs between two answers of one resource, in the order of the rows; what is gone comes last.
    ///
    /// - Parameter keys: the fields that count.
    static func all(from old: Arrangement, to new: Arrangement, comparing keys: [FieldKey]) -> [RowChange] {
        var changes: [RowChange] = []
        for position in 0..<new.count {
            let table = new.table(position)
            let row = new.rows[position].row
            guard let earlier = old.position(of: new.entity(position)) else {
                changes.append(RowChange(event: .appeared, table: table, row: row))
                continue
            }
            let before = keys.filter { old.value(earlier, $0) != new.value(position, $0) }
                .map { (key: $0, value: old.value(earlier, $0)) }
            guard !before.isEmpty else { continue }
            changes.append(RowChange(event: .changed, table: table, row: row, before: before))
        }
        for position in 0..<old.count where new.position(of: old.entity(position)) == nil {
            let entity = old.entity(position)
            let isListed = new.tables.contains { $0.row(of: entity) != nil }
            changes.append(
                RowChange(
                    event: .gone, table: old.table(position), row: old.rows[position].row, isListed: isListed)
            )
        }
        return changes
    }

    /// The fields of a resource whose change is a transition: what is measured all the time is none.
    static func transitions(of resource: ResourceDescriptor) -> [FieldKey] {
        resource.fields.filter {
            switch $0.type {
            case .text, .word, .severity, .state, .states, .integer, .flag, .ref: true
            case .number, .rate, .bytes, .percent, .usage, .decibelMilliwatts, .duration, .time: false
            }
        }.map(\.key)
    }

    /// The change as one flat object, with `changed` and `before` where fields changed.
    func tree(backend: String, at moment: Timestamp) -> JSONTree {
        var members: [JSONTree.Member] = [
            .init("event", .string(event.rawValue)), .init("at", .string(moment.iso8601)),
            .init("backend", .string(backend)), .init("kind", .string(table.resource.kind.rawValue)),
            .init("id", .string(table.refs[row].id)), .init("name", .string(table.name(row))),
        ]
        if event == .gone { members.append(.init("listed", .bool(isListed))) }
        if event == .changed {
            members.append(.init("changed", .array(before.map { .string($0.key.rawValue) })))
            members.append(
                .init("before", .object(before.map { .init($0.key.rawValue, JSONTree($0.value)) })))
        }
        let taken = Set(members.map(\.key))
        for field in table.resource.fields where !taken.contains(field.key.rawValue) {
            members.append(.init(field.key.rawValue, JSONTree(table.value(row, field.key))))
        }
        return .object(members)
    }
}
