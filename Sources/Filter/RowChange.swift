public import Domain

/// One thing that happened to a row between two answers.
public struct RowChange: Sendable {
    /// What happened.
    public enum Event: String, Sendable {
        /// It was there at the start.
        case present
        /// It is there and was not, or passes the filter and did not.
        case appeared
        /// Its fields are not what they were.
        case changed
        /// It is not there any more, or does not pass the filter.
        case gone
    }

    /// What happened.
    public let event: Event
    /// The row's table and place: as it is now, or as it was before it went.
    public let table: Table
    /// See ``table``.
    public let row: Int
    /// The fields that differ, with what they held before.
    public private(set) var before: [(key: FieldKey, value: Value)] = []
    /// Whether the server still lists it, and only the filter leaves it out.
    public private(set) var isListed = true

    /// Describes what happened to a row; of itself it says nothing about other fields.
    public init(event: Event, table: Table, row: Int) {
        self.event = event
        self.table = table
        self.row = row
    }

    private init(
        event: Event, table: Table, row: Int, before: [(key: FieldKey, value: Value)] = [],
        isListed: Bool = true
    ) {
        self.init(event: event, table: table, row: row)
        self.before = before
        self.isListed = isListed
    }

    /// What differs between two answers of one resource, in the order of the rows; what is gone comes last.
    ///
    /// - Parameter keys: the fields that count.
    public static func all(from old: Arrangement, to new: Arrangement, comparing keys: [FieldKey])
        -> [RowChange]
    {
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
    public static func transitions(of resource: ResourceDescriptor) -> [FieldKey] {
        resource.fields.filter {
            switch $0.type {
            case .text, .word, .severity, .state, .states, .integer, .flag, .ref: true
            case .number, .rate, .bytes, .percent, .usage, .decibelMilliwatts, .duration, .time: false
            }
        }.map(\.key)
    }
}
