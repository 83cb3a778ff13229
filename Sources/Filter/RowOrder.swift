internal import Domain

/// Sorts rows of several tables by fields.
///
/// Every level of an order makes one number per row, whose order is that of the values: numbers and moments as
/// they are, words and texts by their rank. What is equal is told apart by the next level, then by entity.
struct RowOrder {
    let tables: [Table]
    let isCancelled: () -> Bool

    /// The rows in order; as they are without any key.
    ///
    /// - Returns: nil when it was cancelled.
    func sorted(_ rows: [RowHandle], by order: [SortKey]) -> [RowHandle]? {
        guard !order.isEmpty, rows.count > 1 else { return rows }
        var items = rows.map { Keyed(key: 0, value: $0.packed) }
        var runs = [0..<items.count]
        for key in order where !runs.isEmpty {
            if isCancelled() { return nil }
            let count = runs.reduce(0) { $0 + $1.count }
            FieldOrder(tables, key, rowCount: count).setKeys(of: &items, in: runs)
            if isCancelled() { return nil }
            runs = Self.sort(&items, runs)
        }
        for run in runs {
            for index in run {
                let handle = RowHandle(packed: items[index].value)
                items[index].key = tables[handle.table].refs[handle.row].packed
            }
        }
        _ = Self.sort(&items, runs)
        return items.map { RowHandle(packed: $0.value) }
    }

    /// Sorts each run by its keys and gives the runs of equal keys that are left.
    private static func sort(_ items: inout [Keyed], _ runs: [Range<Int>]) -> [Range<Int>] {
        var left: [Range<Int>] = []
        for run in runs {
            Keyed.sort(&items, run)
            Keyed.forEachRun(items, run) { left.append($0) }
        }
        return left
    }
}
