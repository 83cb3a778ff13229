internal import Domain

/// The rows of several tables that pass a request's filter.
struct Selection {
    /// What is shown and what is hidden, in the order of the tables, or of the arrangement that was refined.
    var rows: [RowHandle] = []
    var hidden: [RowHandle] = [], silenced: [RowHandle] = []
    var undecided = 0
    /// How many rows belong to the owner, whether they pass or not; nil where none was named.
    var owned: Int?
    /// Whether `rows` are already in the order that was asked for.
    var isSorted = false

    /// - Returns: nil when it was cancelled.
    static func make(
        _ request: Arrangement.Request, refining earlier: Arrangement?, isCancelled: () -> Bool
    ) -> Selection? {
        withoutActuallyEscaping(isCancelled) { isCancelled in
            let base = earlier.flatMap { request.narrows($0) ? $0 : nil }
            var shown: [RowSet] = []
            var selection = Selection(owned: request.owner == nil ? nil : base?.total ?? 0)
            for (place, table) in request.tables.enumerated() {
                var evaluation = FilterEvaluation(table, isCancelled: isCancelled)
                let candidates = base?.passing(place) ?? RowSet.all(of: table, belongingTo: request.owner)
                if base == nil, request.owner != nil { selection.owned? += candidates.count }
                let filter = CompiledFilter(request.filter, table, request.context)
                var rows = evaluation.rows(filter, among: candidates)
                rows.subtract(evaluation.undecided)
                // Few are silenced: each is looked for, instead of all rows through all of them.
                for row in request.silencing.lazy.compactMap({ table.row(of: $0) })
                where row < RowHandle.rowLimit && rows.contains(row) {
                    rows.remove(row)
                    selection.silenced.append(RowHandle(table: place, row: row))
                }
                if let hiding = request.hiding {
                    let hiding = CompiledFilter(hiding, table, request.context)
                    let hidden = evaluation.rows(hiding, among: rows)
                    rows.subtract(hidden)
                    hidden.forEach { row in
                        selection.hidden.append(RowHandle(table: place, row: row))
                        return true
                    }
                }
                if evaluation.wasCancelled { return nil }
                selection.undecided += evaluation.undecided.count
                shown.append(rows)
            }
            request.doubles?.remove(from: &shown, request.tables)
            selection.fill(shown, base, request)
            return selection
        }
    }

    private mutating func fill(_ shown: [RowSet], _ base: Arrangement?, _ request: Arrangement.Request) {
        if let base, base.request.order == request.order {
            isSorted = true
            rows = base.sortedRows.filter { shown[$0.table].contains($0.row) }
            return
        }
        rows.reserveCapacity(shown.reduce(0) { $0 + $1.count })
        for (place, set) in shown.enumerated() {
            set.forEach { row in
                rows.append(RowHandle(table: place, row: row))
                return true
            }
        }
    }
}

extension Arrangement.Request {
    /// Whether nothing can pass this that did not pass in an earlier arrangement.
    func narrows(_ earlier: Arrangement) -> Bool {
        let old = earlier.request
        guard earlier.undecided == 0, tables == old.tables, owner == old.owner, hiding == old.hiding,
            silencing == old.silencing,
            // What stood for a row may pass no longer, and the row with it.
            doubles == nil, old.doubles == nil,
            context.backends == old.context.backends, context.sets == old.context.sets,
            filter.narrows(old.filter)
        else { return false }
        if context.now == old.context.now { return true }
        return !filter.dependsOnTime && !(hiding?.dependsOnTime ?? false)
    }
}

extension Arrangement {
    /// The rows of a table that passed the filter, hidden or not.
    fileprivate func passing(_ table: Int) -> RowSet {
        var set = RowSet(capacity: tables[table].count)
        for handle in sortedRows where handle.table == table { set.insert(handle.row) }
        for handle in hiddenRows where handle.table == table { set.insert(handle.row) }
        for handle in silencedRows where handle.table == table { set.insert(handle.row) }
        return set
    }
}

extension RowSet {
    /// The rows of a table that belong to an owner; all of them where there is none.
    fileprivate static func all(of table: Table, belongingTo owner: EntityRef?) -> RowSet {
        let limit = min(table.count, RowHandle.rowLimit)
        guard let owner else { return .all(limit) }
        var set = RowSet(capacity: limit)
        for row in table.rows(belongingTo: owner) where row < limit { set.insert(row) }
        return set
    }
}
