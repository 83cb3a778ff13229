public import Domain

/// The rows of a list as they were recorded last, in this session or an earlier one.
public struct RememberedList: Sendable {
    /// The rows, with the fields alone that are recorded.
    public let table: Table
    /// When they were read whole last.
    public let readAt: Timestamp

    /// Describes the rows.
    public init(table: Table, readAt: Timestamp) {
        self.table = table
        self.readAt = readAt
    }
}

extension State {
    /// What is asked of the history before any server has answered; nothing where none is kept, or on a wall.
    public var beginning: [Effect] {
        guard screen == nil, sinceLooked.isKept else { return [] }
        return [
            .remember(
                Dictionary(uniqueKeysWithValues: backends.map { ($0.id, $0.resources) }),
                names: Dictionary(uniqueKeysWithValues: backends.map { ($0.id, $0.name) }))
        ]
    }

    /// Shows the rows of an earlier session until each server answers: dimmed, with their age, and in no number.
    mutating func remembered(_ lists: [RememberedList]) -> [Effect] {
        guard screen == nil else { return [] }
        let (now, wall) = (now, wall)
        for list in lists {
            let age = max(0, wall.seconds.subtractingClamped(list.readAt.seconds))
            change(list.table.backend) { $0.remember(list.table, readAt: now + -Double(age)) }
        }
        return arrangePanes { $0.frozen == nil }
    }
}
