internal import Domain

/// Sorts rows of several tables by fields.
enum RowOrder {
    static func sort(
        _ rows: [RowHandle], of tables: [Table], by order: [SortKey], isCancelled: () -> Bool
    ) -> [RowHandle]? {
        guard !order.isEmpty else { return rows }
        func text(_ handle: RowHandle, _ key: SortKey) -> String {
            Quantity.text(tables[handle.table].value(handle.row, key.field), .text, now: Timestamp(0))
        }
        return rows.sorted { a, b in
            for key in order {
                let first = text(a, key)
                let second = text(b, key)
                if first == second { continue }
                if first.isEmpty || second.isEmpty { return second.isEmpty }
                return NaturalOrder.precedes(first, second) != key.descending
            }
            return tables[a.table].refs[a.row].packed < tables[b.table].refs[b.row].packed
        }
    }
}
