import Domain

extension Pane {
    /// Bills of all backends, those nearest to their limit, or furthest beyond it, first.
    static let billsPane = Usual(
        name: .bills,
        columns: [
            .usedPercent, .name, .backend, .used, .allowed, "overuse", "type", "p95_in", "p95_out", "period",
            "last_calculated", "custid", "ref",
        ], sticky: 2,
        order: [SortKey(.usedPercent, descending: true), SortKey(.name)])
}
