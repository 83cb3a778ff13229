internal import Domain

extension FilterEvaluation {
    /// The candidates that pass a filter, and those on which a pattern gave up; many on two cores, each half the rows.
    static func rows(
        _ filter: CompiledFilter, of table: Table, among candidates: RowSet, least: Int
    ) async -> (rows: RowSet, undecided: RowSet) {
        guard table.count >= least else { return rows(filter, table, 0..<table.count, candidates) }
        // A word of the set holds 64 rows: so no two cores look into the same.
        let middle = table.count / 128 * 64
        async let upper = rows(
            filter, table, middle..<table.count, candidates.clipped(to: middle..<table.count))
        var (rows, undecided) = rows(filter, table, 0..<middle, candidates.clipped(to: 0..<middle))
        let second = await upper
        rows.formUnion(second.rows)
        undecided.formUnion(second.undecided)
        return (rows, undecided)
    }

    private static func rows(
        _ filter: CompiledFilter, _ table: Table, _ range: Range<Int>, _ candidates: RowSet
    ) -> (rows: RowSet, undecided: RowSet) {
        var evaluation = FilterEvaluation(table, range, isCancelled: { false })
        let rows = evaluation.rows(filter, among: candidates)
        return (rows, evaluation.undecided)
    }
}
