internal import Domain

/// The rows of several tables that pass a request's filter, in the order of the tables.
struct Selection {
    var rows: [RowHandle] = []
    var hidden = 0
    var undecided = 0

    static func make(
        _ request: Arrangement.Request, refining earlier: Arrangement?, isCancelled: () -> Bool
    ) -> Selection? {
        var selection = Selection()
        for (place, table) in request.tables.enumerated() {
            let filter = CompiledFilter(request.filter, table, request.context)
            let hiding = request.hiding.map { CompiledFilter($0, table, request.context) }
            for row in 0..<min(table.count, RowHandle.rowLimit) {
                if row % 4096 == 0, isCancelled() { return nil }
                guard filter.matches(row) else { continue }
                if let hiding, hiding.matches(row) {
                    selection.hidden += 1
                } else {
                    selection.rows.append(RowHandle(table: place, row: row))
                }
            }
        }
        return selection
    }
}
