internal import Domain

extension ResourceDescriptor {
    /// The management server itself: one row, whose detail has versions, backups, certificates and checks.
    static let system = ResourceDescriptor(
        .system, plural: "systems", pane: .devices,
        fields: [
            Field(.status, "Status", .state, width: 6...10, priority: 0, decides: true),
            Field(.name, "System", .text, width: 14...32, priority: 0),
            Field("type", "Type", .word, width: 6...10, priority: 6),
            Field("version", "Version", .text, width: 6...18, priority: 5),
            Field(.note, "Updates", .text, width: 8...40, priority: 7),
        ],
        interval: 300)
}
