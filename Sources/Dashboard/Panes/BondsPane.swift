import Domain

extension Pane {
    /// Bonds of all backends, the worst first.
    static let bondsPane = Usual(
        name: .bonds,
        columns: [
            .status, .name, .customer, .backend, .legs, .legsUp, .legsTotal, .aggregator, .failedOver,
            .note, .since,
        ], sticky: 2,
        order: [SortKey(.status), SortKey(.name)])
}
