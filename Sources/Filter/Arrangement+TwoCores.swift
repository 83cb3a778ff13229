extension Arrangement {
    /// Fewer rows than these are filtered on one core: handing half of them over costs more.
    private static let least = 20_000

    /// Filters and sorts as `make` does, many rows of a table filtered on two cores; never on the main thread.
    ///
    /// What is shown is the same, row by row. Sorting stays on one core: by halves it was slower at 100,000 rows and at
    /// 300,000, as what it copies costs more than what it compares.
    @concurrent
    public static func makeOnTwoCores(
        _ request: Request, refining earlier: Arrangement? = nil
    ) async -> Arrangement {
        await makeOnTwoCores(request, refining: earlier, least: least)
    }

    @concurrent
    static func makeOnTwoCores(
        _ request: Request, refining earlier: Arrangement?, least: Int
    ) async -> Arrangement {
        let selection = await Selection.makeOnTwoCores(request, refining: earlier, least: least)
        if selection.isSorted { return Arrangement(request, selection.rows, selection) }
        let order = RowOrder(tables: request.tables, isCancelled: { false })
        let rows = order.sorted(selection.rows, by: request.order)
        return Arrangement(request, rows ?? selection.rows, selection)
    }
}
