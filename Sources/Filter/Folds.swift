public import Domain

/// What follows from a shown alert and stands under it.
public struct Fold: Sendable, Hashable {
    /// How many rows there are.
    public var count: Int
    /// Whether they are shown.
    public var isOpen: Bool
    /// The worst of them.
    public var worst: Severity
}

/// Rows that stand under the alert that they follow from, instead of among the others.
struct Folds: Sendable, Equatable {
    /// What stands under which shown row.
    private(set) var folds: [RowHandle: Fold] = [:]
    /// Under which row another one stands.
    private(set) var parents: [RowHandle: RowHandle] = [:]
    /// How many rows are not shown because they are folded, and because what they follow from is hidden.
    private(set) var folded = 0, hidden = 0
    /// The most that stand under one row.
    private(set) var largest = 0

    /// Takes rows out of their order that follow from others.
    ///
    /// - Parameters:
    ///   - rows: what passes a filter, in order; afterwards what is shown.
    ///   - silenced: what is left out for a while; what follows from it goes with it, unless it is worse.
    ///   - unfolded: the entities whose followers are shown.
    ///   - order: how the rows are sorted.
    /// - Returns: nil where nothing follows from anything that passes the filter.
    static func take(
        from rows: inout [RowHandle], hidden: [RowHandle], silenced: [RowHandle], _ tables: [Table],
        unfolded: Set<EntityRef>, order: [SortKey]
    ) -> Folds? {
        guard let causes = Causes(tables) else { return nil }
        let shown = sets(rows, tables)
        let hiding = sets(hidden, tables)
        let silent = sets(silenced, tables)
        var origins: [RowHandle: RowHandle] = [:]
        for handle in rows {
            let origin = causes.origin(of: handle) {
                shown[$0.table].contains($0.row) || hiding[$0.table].contains($0.row)
                    || silent[$0.table].contains($0.row)
            }
            guard let origin else { continue }
            let isWorse = { severity(handle, tables) > severity(origin, tables) }
            if silent[origin.table].contains(origin.row), isWorse() { continue }
            origins[handle] = origin
        }
        var folds = Folds()
        // What others stand under stands nowhere itself; where a circle says otherwise, all of it stays in sight.
        folds.parents = origins.filter { origins[$0.value] == nil }
        guard !folds.parents.isEmpty else { return nil }
        let followers = Dictionary(grouping: rows.filter { folds.parents[$0] != nil }) {
            folds.parents[$0] ?? $0
        }
        var visible: [RowHandle] = []
        visible.reserveCapacity(rows.count - folds.parents.count)
        for handle in folds.heads(of: rows, shown, tables, order) {
            visible.append(handle)
            guard let below = followers[handle] else { continue }
            let isOpen = unfolded.contains(tables[handle.table].refs[handle.row])
            let worst = below.map { severity($0, tables) }.max()
            folds.folds[handle] = Fold(count: below.count, isOpen: isOpen, worst: worst ?? .unknown)
            folds.largest = max(folds.largest, below.count)
            if isOpen { visible += below } else { folds.folded += below.count }
        }
        folds.hidden = followers.reduce(0) { $0 + (folds.folds[$1.key] == nil ? $1.value.count : 0) }
        rows = visible
        return folds
    }

    /// The rows that stand under none, in order; where that is by severity, one with worse under it stands where the
    /// worst would, so that folding hides no urgency.
    private func heads(
        of rows: [RowHandle], _ shown: [RowSet], _ tables: [Table], _ order: [SortKey]
    ) -> [RowHandle] {
        guard let first = order.first, first.field == .severity else {
            return rows.filter { parents[$0] == nil }
        }
        var places: Set<RowHandle> = []
        var heads: [RowHandle] = []
        for handle in first.descending ? rows : rows.reversed() {
            var head = handle
            if let parent = parents[handle] {
                guard shown[parent.table].contains(parent.row),
                    Self.severity(handle, tables) > Self.severity(parent, tables)
                else { continue }
                head = parent
            }
            if places.insert(head).inserted { heads.append(head) }
        }
        return first.descending ? heads : heads.reversed()
    }

    private static func severity(_ handle: RowHandle, _ tables: [Table]) -> Severity {
        Severity(word: tables[handle.table].text(handle.row, .severity))
    }

    private static func sets(_ rows: [RowHandle], _ tables: [Table]) -> [RowSet] {
        var sets = tables.map { RowSet(capacity: $0.count) }
        for handle in rows { sets[handle.table].insert(handle.row) }
        return sets
    }
}

extension Arrangement {
    /// How many rows are folded under others.
    public var folded: Int { folds?.folded ?? 0 }

    /// The most rows that stand under one.
    public var largestFold: Int { folds?.largest ?? 0 }

    /// What stands under a shown row; nil where nothing does.
    public func fold(_ position: Int) -> Fold? { folds?.folds[rows[position]] }

    /// What stands under a shown row, in the order of the rows, shown or not.
    public func below(_ position: Int) -> [EntityRef] {
        guard let folds else { return [] }
        let head = rows[position]
        return sortedRows.filter { folds.parents[$0] == head }.map { tables[$0.table].refs[$0.row] }
    }

    /// Whether a shown row stands under another.
    public func isBelow(_ position: Int) -> Bool { folds?.parents[rows[position]] != nil }

    /// The entity that another one stands under, shown or folded.
    public func parent(of entity: EntityRef) -> EntityRef? {
        guard let folds, let handle = tables.handle(of: entity), let parent = folds.parents[handle] else {
            return nil
        }
        return tables[parent.table].refs[parent.row]
    }
}
