import Domain

extension Pane {
    /// Customers of all backends by name.
    static let customersPane = Usual(
        name: .customers,
        columns: [.name, .backend, .status, .externalID],
        sticky: 1,
        order: [SortKey(.name)])
}
