public import Domain

/// How the rows of a pane are sorted.
struct RowOrder: Sendable {
    /// The levels of the order.
    private(set) var levels: [SortKey]
    /// What rows are grouped by, before they are sorted; nil does not group them.
    private(set) var grouping: FieldKey?

    init(_ levels: [SortKey]) { self.levels = levels }

    /// The levels with what groups the rows before them.
    var withGrouping: [SortKey] { (grouping.map { [SortKey($0)] } ?? []) + levels }

    /// Sorts by levels.
    mutating func sort(by levels: [SortKey]) { self.levels = levels }

    /// Sorts by a column, the other way round when it is sorted by already; the order before becomes the second
    /// level.
    mutating func sort(by column: PaneColumn) {
        guard levels.first?.field != column.key else { return reverse() }
        let second = levels.filter { $0.field != column.key }.prefix(1)
        levels = [SortKey(column.key, descending: column.beginsWithLargest)] + second
    }

    /// Sorts the other way round.
    mutating func reverse() {
        if !levels.isEmpty { levels[0].descending.toggle() }
    }

    /// Groups rows by a field; nil does not group them.
    mutating func group(by field: FieldKey?) { grouping = field }
}

extension PaneState {
    /// The levels of the order.
    public var order: [SortKey] { ordering.levels }
    /// What rows are grouped by, before they are sorted; nil does not group them.
    public var grouping: FieldKey? { ordering.grouping }
    /// Whether the worst rows come first: then so do the groups that they are in.
    public var isWorstFirst: Bool { order.first == SortKey(.severity, descending: true) }
}
