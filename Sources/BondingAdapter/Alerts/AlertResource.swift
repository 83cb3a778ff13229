internal import Domain

extension FieldKey {
    /// Where an alert's `since` comes from when it is not the server's word for when it opened.
    static let sinceFrom: FieldKey = "since_from"
}

extension ResourceKind {
    /// The management server itself.
    static let system: ResourceKind = "system"
}

extension ResourceDescriptor {
    /// What is wrong, derived from bonds, legs, aggregators and configuration updates.
    static let alert = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field(.severity, "Severity", .severity, width: 4...10, priority: 0, decides: true),
            Field(.state, "State", .state, width: 4...13, priority: 1),
            Field(.since, "Age", .time, width: 5...8, priority: 2),
            Field(.device, "On", .ref(.bond), width: 14...30, priority: 0),
            Field(.rule, "Alert", .text, width: 12...32, priority: 1),
            Field(.note, "Note", .text, width: 8...40, priority: 3),
            Field(.customer, "Space", .ref(.customer), width: 8...24, priority: 5),
            Field(.cause, "Follows from", .ref(.alert), width: 8...24, priority: nil),
            Field(.sinceFrom, "Since from", .word, width: 6...16, priority: nil),
            Field("leg", "Leg", .ref(.leg), width: 8...16, priority: nil),
        ],
        interval: 30, feedsCounts: true, nameField: .rule,
        order: [SortKey(.severity, descending: true), SortKey(.since, descending: true)])
}
