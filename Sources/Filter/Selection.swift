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
            var making = Making(request, refining: earlier)
            for place in request.tables.indices {
                var table = making.table(place)
                for stage in [FilterStage.shown, .hidden] {
                    guard let filter = table.filter(stage, request) else { continue }
                    var evaluation = FilterEvaluation(table.table, isCancelled: isCancelled)
                    let rows = evaluation.rows(filter, among: table.rows)
                    if evaluation.wasCancelled { return nil }
                    table.took(rows, evaluation.undecided, stage, request)
                }
                making.took(table)
            }
            return making.selection
        }
    }

    /// The same, where rows are many on two cores: each looks at half the rows of a table.
    static func makeOnTwoCores(
        _ request: Arrangement.Request, refining earlier: Arrangement?, least: Int
    ) async -> Selection {
        var making = Making(request, refining: earlier)
        for place in request.tables.indices {
            var table = making.table(place)
            for stage in [FilterStage.shown, .hidden] {
                guard let filter = table.filter(stage, request) else { continue }
                let (rows, undecided) = await FilterEvaluation.rows(
                    filter, of: table.table, among: table.rows, least: least)
                table.took(rows, undecided, stage, request)
            }
            making.took(table)
        }
        return making.selection
    }

    /// What a request's two filters are for, in this order.
    fileprivate enum FilterStage { case shown, hidden }

    /// A selection while it is made.
    private struct Making {
        let request: Arrangement.Request
        let base: Arrangement?
        /// The rows of each table that passed before, where only those are tested.
        private let candidates: [RowSet]?
        private var shown: [RowSet] = []
        private var made: Selection

        init(_ request: Arrangement.Request, refining earlier: Arrangement?) {
            self.request = request
            base = earlier.flatMap { request.narrows($0) ? $0 : nil }
            candidates = base?.passing
            made = Selection(owned: request.owner == nil ? nil : base?.total ?? 0)
        }

        func table(_ place: Int) -> TableSelection {
            let table = request.tables[place]
            return TableSelection(
                table: table, place: place,
                rows: candidates?[place] ?? RowSet.all(of: table, belongingTo: request.owner))
        }

        mutating func took(_ table: TableSelection) {
            if base == nil, request.owner != nil { made.owned? += table.candidates }
            made.hidden += table.hidden
            made.silenced += table.silenced
            made.undecided += table.undecided
            shown.append(table.rows)
        }

        var selection: Selection {
            var (shown, selection) = (shown, made)
            request.doubles?.remove(from: &shown, request.tables)
            selection.fill(shown, base, request)
            return selection
        }
    }

    /// The rows of one table.
    private struct TableSelection {
        let table: Table
        let place: Int
        /// Those that may pass; then those that do.
        var rows: RowSet
        let candidates: Int
        var hidden: [RowHandle] = [], silenced: [RowHandle] = []
        var undecided = 0

        init(table: Table, place: Int, rows: RowSet) {
            self.table = table
            self.place = place
            self.rows = rows
            candidates = rows.count
        }

        func filter(_ stage: FilterStage, _ request: Arrangement.Request) -> CompiledFilter? {
            let expression = stage == .shown ? request.filter : request.hiding
            return expression.map { CompiledFilter($0, table, request.context) }
        }

        /// Takes in what passed a filter, and where a pattern gave up.
        mutating func took(
            _ passed: RowSet, _ gaveUp: RowSet, _ stage: FilterStage, _ request: Arrangement.Request
        ) {
            undecided += gaveUp.count
            guard stage == .shown else {
                rows.subtract(passed)
                passed.forEach { row in
                    hidden.append(RowHandle(table: place, row: row))
                    return true
                }
                return
            }
            rows = passed
            rows.subtract(gaveUp)
            // Few are silenced: each is looked for, instead of all rows through all of them.
            for row in request.silencing.lazy.compactMap({ [table] in table.row(of: $0) })
            where row < RowHandle.rowLimit && rows.contains(row) {
                rows.remove(row)
                silenced.append(RowHandle(table: place, row: row))
            }
        }
    }

    fileprivate mutating func fill(
        _ shown: [RowSet], _ base: Arrangement?, _ request: Arrangement.Request
    ) {
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
    /// The rows of each table that passed the filter, hidden or not.
    fileprivate var passing: [RowSet] {
        // The sets end to end: to find that of each row would cost more than to put it in.
        var starts = [0]
        for table in tables { starts.append(starts[starts.count - 1] + RowSet.words(for: table.count)) }
        var words = [UInt64](repeating: 0, count: starts[tables.count])
        words.withUnsafeMutableBufferPointer { words in
            starts.withUnsafeBufferPointer { starts in
                for rows in [sortedRows, hiddenRows, silencedRows] {
                    for handle in rows {
                        words[starts[handle.table] + handle.row >> 6] |= 1 << UInt64(handle.row & 63)
                    }
                }
            }
        }
        return tables.indices.map { RowSet(words[starts[$0]..<starts[$0 + 1]]) }
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
