import Domain

extension Pane {
    /// Alerts of all backends, the worst first, of those the ones that nobody took, of those the youngest.
    static let alertsPane = Usual(
        name: .alerts,
        columns: [.severity, .since, .state, .backend, .device, .rule, .name, .impact, "fired", .note],
        sticky: 2,
        order: [SortKey(.severity, descending: true), SortKey(.state), SortKey(.since, descending: true)],
        groupings: [.device, .rule])
}
