internal import Domain

extension ResourceDescriptor {
    /// Alert rules, section "Rules" of the API; alerts take their names and severities from them.
    static let rule = ResourceDescriptor(
        .rule, plural: "rules", pane: .rules,
        fields: [
            Field(.name, "Name", .text, width: 14...50, priority: 0),
            Field(.severity, "Severity", .severity, width: 4...10, priority: 0, decides: true),
            Field(.enabled, "Enabled", .flag, width: 3...7, priority: 1, decides: true),
            Field(.expression, "Rule", .text, width: 12...60, priority: 2),
            Field("delay", "Delay", .duration, width: 5...7, priority: 4),
            Field("count", "Count", .integer, width: 3...5, priority: 6),
            Field("mute", "Mute", .flag, width: 3...4, priority: 4),
            Field("invert", "Invert", .flag, width: 3...6, priority: 7),
            Field("scope", "Scope", .word, width: 3...20, priority: 5),
            Field("notes", "Notes", .text, width: 8...40, priority: 5),
            Field(.procedure, "Procedure", .text, width: 8...40, priority: nil),
        ],
        interval: 300, order: [SortKey(.name)])
}
