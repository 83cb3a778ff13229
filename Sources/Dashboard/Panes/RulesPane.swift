import Domain

extension Pane {
    /// What makes alerts at all backends, by name.
    static let rulesPane = Usual(
        name: .rules,
        columns: [
            .severity, .name, .backend, .enabled, .expression, "delay", "count", "mute", "invert", "scope",
        ], sticky: 2,
        order: [SortKey(.name)])
}
