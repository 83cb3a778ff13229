import Domain

extension Pane {
    /// Customers of all backends, the worst first.
    static let customersPane = Usual(
        name: .customers,
        columns: [
            .name, .backend, .status, "cpes", "cpes_down", "bonds", "bonds_degraded", "bonds_down",
            .externalID,
        ],
        sticky: 1,
        order: [SortKey(.status), SortKey(.name)])
}
