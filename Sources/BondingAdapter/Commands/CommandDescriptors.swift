internal import Domain

extension CommandDescriptor {
    /// Everything that can be done at a server of API v3.
    static let bonding: [CommandDescriptor] = [restartBond]

    /// `POST bonds/X/restart/`.
    static let restartBond = CommandDescriptor(
        .restartBond, title: "Restart bond", targets: [.bond], tier: .hurts,
        effect: "The bond goes down and comes up again: its customer is cut off for a short while.",
        guardWindow: 600, watch: Watch(every: 2, for: 60))
}
