import Domain
import Filter

/// The columns of what is shown.
extension PaneState {
    /// What is drawn, without the columns that no row has anything in; what the operator chose stays.
    ///
    /// Where rows of several kinds stand in one pane, as ports of switches and of PONs do, these are not the columns
    /// of all: at least half of the rows on the screen are of a kind that has the column, or the most frequent kind
    /// does. The one that the operator sorts by is always among them.
    public var visiblePane: Pane {
        let screen = fieldsOnScreen
        return showingOrder(filledPane { screen?.contains($0) ?? true })
    }

    /// The columns of all rows, whichever are on the screen: what is copied.
    var wholePane: Pane { showingOrder(filledPane { _ in true }) }

    private func filledPane(_ isOnScreen: (FieldKey) -> Bool) -> Pane {
        guard columnChoice == nil, arrangement.total > 0 else { return shown }
        let said = fieldsSaidByTitle
        func isFilled(_ column: PaneColumn) -> Bool {
            if said.contains(column.key) { return false }
            if column.key == .trend { return hasTrends && isOnScreen(.trend) }
            if column.key == .backend || column.key == grouping { return true }
            return arrangement.filled.contains(column.key) && isOnScreen(column.key)
        }
        var visible = shown
        visible.sticky = visible.columns.prefix(visible.sticky).count(where: isFilled)
        visible.columns = visible.columns.filter(isFilled)
        return visible.columns.isEmpty ? shown : visible
    }

    /// What is the same in all rows of a second table: whose they are, and the backend.
    private var fieldsSaidByTitle: Set<FieldKey> {
        guard let owner else { return [] }
        let fields = arrangement.tables.compactMap { table in
            table.resource.owner(owner.kind).map { table.resource.fields[$0].key }
        }
        return Set(fields + [.backend])
    }

    /// The fields of the kinds that the rows on the screen are of; nil where all rows are of one kind.
    var fieldsOnScreen: Set<FieldKey>? {
        let tables = arrangement.tables
        guard page > 0, Set(tables.lazy.filter { $0.count > 0 }.map(\.resource.kind)).count > 1 else {
            return nil
        }
        let first = max(0, min(top, arrangement.count - 1))
        var counts: [ResourceKind: Int] = [:]
        for handle in arrangement.rows[first..<min(first + page, arrangement.count)] {
            counts[tables[handle.table].resource.kind, default: 0] += 1
        }
        let rows = counts.values.reduce(0, +)
        guard rows > 0, let most = counts.values.max() else { return nil }
        var shares: [FieldKey: Int] = [:]
        var fields: Set<FieldKey> = []
        for (kind, count) in counts {
            var own: Set<FieldKey> = []
            for (place, table) in tables.enumerated() where table.resource.kind == kind {
                own.formUnion(arrangement.filledByTable[place])
                if !table.resource.trends.isEmpty { own.insert(.trend) }
            }
            // Kinds that are equally frequent are all the most frequent one.
            if count == most { fields.formUnion(own) }
            for field in own { shares[field, default: 0] += count }
        }
        return fields.union(shares.filter { $0.value * 2 >= rows }.keys)
    }
}
