internal import Domain

extension FieldKey {
    static let bondsPrimary: FieldKey = "bonds_primary"
    static let bondsSecondary: FieldKey = "bonds_secondary"
    static let bondsCurrent: FieldKey = "bonds_current"
}

extension ResourceDescriptor {
    /// Aggregators: where bonds end, the operator's own.
    static let aggregator = ResourceDescriptor(
        .aggregator, plural: "aggregators", pane: .devices,
        fields: nodeFields(nameTitle: "Aggregator") + [
            Field(.bondsCurrent, "Bonds now", .integer, width: 4...9, priority: 3),
            Field(.bondsPrimary, "Primary", .integer, width: 4...8, priority: 4),
            Field(.bondsSecondary, "Secondary", .integer, width: 4...9, priority: 5),
        ],
        interval: 60, feedsCounts: true, order: [SortKey(.name)], tally: .devices)

    /// Bonders: where customers' bonds begin; a dark one is a customer's trouble, so that none is counted.
    static let bonder = ResourceDescriptor(
        .bonder, plural: "bonders", pane: .devices,
        fields: nodeFields(nameTitle: "Bonder") + [
            Field("bond", "Bond", .ref(.bond), width: 8...24, priority: 4, dependence: .ofReferred),
            Field(.aggregator, "Aggregator", .ref(.aggregator), width: 8...20, priority: 5),
            Field(.serial, "Serial", .text, width: 8...20, priority: nil, links: .serial),
        ],
        interval: 120, order: [SortKey(.name)])

    private static func nodeFields(nameTitle: String) -> [Field] {
        [
            Field(.status, "Status", .state, width: 6...10, priority: 0, decides: true),
            Field(.name, nameTitle, .text, width: 14...32, priority: 0, links: .hostName),
            Field("type", "Type", .word, width: 6...10, priority: 6),
            Field("version", "Version", .word, width: 6...18, priority: 5),
            Field("ip", "IP", .text, width: 9...39, priority: 4, links: .address),
            Field(.lastPolled, "Heard", .time, width: 6...8, priority: 5),
            Field(.customer, "Space", .ref(.customer), width: 8...24, priority: 6),
            Field(.note, "Note", .text, width: 8...40, priority: 7),
        ]
    }
}
