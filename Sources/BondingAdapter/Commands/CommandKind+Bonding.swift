internal import Domain

/// The names of the commands that only a management server of bonds offers.
extension CommandKind {
    /// Takes a bond down and up again.
    static let restartBond: CommandKind = "restart-bond"
    /// Moves a bond back to its primary aggregator.
    static let restorePrimary: CommandKind = "restore-primary"
    /// Measures the largest packets of a leg, or of all active legs of a bond.
    static let detectMTU: CommandKind = "detect-mtu"
    /// Has a DHCP leg ask for its address again.
    static let renewDHCP: CommandKind = "renew-dhcp"
    /// Takes a leg into use, aside, or out of service.
    static let legMode: CommandKind = "leg-mode"
    /// Measures the throughput of a leg.
    static let testLeg: CommandKind = "test-leg"
    /// Measures the throughput of a bond; its traffic stops meanwhile.
    static let testBond: CommandKind = "test-bond"
}
