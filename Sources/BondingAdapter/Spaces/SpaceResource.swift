internal import Domain

extension ResourceDescriptor {
    /// Spaces: customers and their branches, with the bonds that were counted in them.
    static let space = ResourceDescriptor(
        .customer, plural: "spaces", pane: .customers,
        fields: [
            Field(.status, "Status", .state, width: 6...10, priority: 1, decides: true),
            Field(.name, "Space", .text, width: 12...32, priority: 0),
            Field("key", "Key", .text, width: 6...20, priority: 4),
            Field(.externalID, "Customer no.", .text, width: 6...16, priority: 3, links: .customer),
            Field("parent", "Below", .ref(.customer), width: 8...24, priority: 5),
            Field("bonds", "Bonds", .integer, width: 4...6, priority: 1),
            Field("bonds_degraded", "Degraded", .integer, width: 4...8, priority: 2),
            Field("bonds_down", "Bonds down", .integer, width: 4...10, priority: 1),
            Field(.legsUp, "Legs up", .integer, width: 4...7, priority: 4),
            Field(.legsTotal, "Legs", .integer, width: 4...6, priority: 4),
        ],
        interval: 30, order: [SortKey(.name)])
}
