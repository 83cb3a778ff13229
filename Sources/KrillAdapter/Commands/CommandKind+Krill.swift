internal import Domain

/// The names of the commands that only Krill offers.
extension CommandKind {
    /// Has an ACS set a customer's equipment up again.
    static let reconfigureCPE: CommandKind = "reconfigure-cpe"
    /// Restarts a customer's equipment.
    static let rebootCPE: CommandKind = "reboot-cpe"
    /// Takes a customer's line out of service and puts it back.
    static let reprovisionCPE: CommandKind = "reprovision-cpe"
    /// Takes a customer's line out of service.
    static let unprovisionCPE: CommandKind = "unprovision-cpe"
    /// Sets a customer's equipment back to what left the factory.
    static let factoryResetCPE: CommandKind = "factory-reset-cpe"
    /// Ends a customer's PPPoE session.
    static let disconnectPPPoE: CommandKind = "disconnect-pppoe"
    /// Takes an ONU that nobody configured into service.
    static let enableONU: CommandKind = "enable-onu"
}
