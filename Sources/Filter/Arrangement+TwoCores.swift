extension Arrangement {
    /// Fewer rows than these are filtered and sorted on one core: handing them over costs more.
    private static let least = 20_000

    /// Filters and sorts as `make` does, many rows on two cores; never on the main thread.
    ///
    /// What is shown is the same, row by row.
    @concurrent
    public static func makeOnTwoCores(_ request: Request, refining earlier: Arrangement? = nil) async
        -> Arrangement
    {
        await makeOnTwoCores(request, refining: earlier, least: least)
    }

    @concurrent
    static func makeOnTwoCores(_ request: Request, refining earlier: Arrangement?, least: Int) async
        -> Arrangement
    {
        let selection = await Selection.makeOnTwoCores(request, refining: earlier, least: least)
        var rows = selection.rows
        if !selection.isSorted {
            rows = await HalvedOrder(tables: request.tables, least: least).sorted(rows, by: request.order)
        }
        await Extent.prepare(rows, request, least: least)
        return Arrangement(request, rows, selection)
    }
}
