internal import Domain

extension ResourceDescriptor {
    /// Legs of bonds: their states come with the list of bonds, the rest with a request per bond.
    static let leg = ResourceDescriptor(
        .leg, plural: "legs", pane: .ports,
        fields: [
            Field("oper", "State", .state, width: 4...10, priority: 0, decides: true),
            Field(.device, "Bond", .ref(.bond), width: 12...30, priority: 0, dependence: .ofReferred),
            Field(.name, "Leg", .text, width: 8...24, priority: 0),
            Field("alias", "Description", .text, width: 8...40, priority: 1, links: .label),
            Field("admin", "Mode", .word, width: 5...7, priority: 3),
            Field("type", "Type", .word, width: 6...16, priority: 4),
            Field("up_bps", "Up", .rate, width: 5...7, priority: 4),
            Field("speed_bps", "Speed", .rate, width: 5...7, priority: 4),
            Field("address", "Address", .text, width: 9...39, priority: 5, links: .address),
            Field("mtu", "MTU", .integer, width: 4...5, priority: 6),
            Field("spare", "Spare", .flag, width: 4...5, priority: nil),
            Field(.serverState, "Server says", .word, width: 6...24, priority: nil),
            Field(.customer, "Space", .ref(.customer), width: 8...24, priority: 7),
            Field(.circuitID, "Circuit", .text, width: 8...20, priority: nil, links: .circuit),
            Field("mac", "MAC", .text, width: 12...17, priority: nil, links: .mac),
        ],
        interval: 30, order: [SortKey(.device), SortKey(.name)], recording: .everything)
}
