import Domain

extension Pane {
    /// Alerts of all backends, worst and youngest first.
    static let alertsPane = Usual(
        name: .alerts,
        columns: [.severity, .since, .state, .backend, .device, .rule, .name, .note], sticky: 2,
        order: [SortKey(.severity, descending: true), SortKey(.since, descending: true)])
}
