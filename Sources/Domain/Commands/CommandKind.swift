/// The name of a command: `acknowledge`, `restart-bond`.
public struct CommandKind: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// Lower case with dashes; the same word binds a key and names a subcommand.
    public let rawValue: String
    /// Makes a name.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a name from a literal.
    public init(stringLiteral value: String) { rawValue = value }
    /// The name.
    public var description: String { rawValue }

    /// Takes an alert.
    public static let acknowledge: CommandKind = "acknowledge"
    /// Gives an alert back.
    public static let unmute: CommandKind = "unmute"
    /// Makes a rule look again.
    public static let enableRule: CommandKind = "enable-rule"
    /// Makes a rule look no more.
    public static let disableRule: CommandKind = "disable-rule"
    /// Changes a rule.
    public static let editRule: CommandKind = "edit-rule"
    /// Makes a new rule.
    public static let addRule: CommandKind = "add-rule"
    /// Takes a rule away for good.
    public static let deleteRule: CommandKind = "delete-rule"
    /// Has a new device watched.
    public static let addDevice: CommandKind = "add-device"
    /// Takes a device and its history away for good.
    public static let deleteDevice: CommandKind = "delete-device"
    /// Changes one field of a device.
    public static let updateDevice: CommandKind = "update-device"
    /// Has all of a device looked at anew.
    public static let discoverDevice: CommandKind = "discover-device"
    /// Gives a port another description.
    public static let describePort: CommandKind = "describe-port"
    /// Silences a device, or all of a group or location, for a while, for everybody.
    public static let maintenance: CommandKind = "maintenance"
    /// Silences a monitored host or service for a while, for everybody.
    public static let downtime: CommandKind = "downtime"
    /// Has the monitoring look again now.
    public static let recheck: CommandKind = "recheck"
    /// Has a customer's equipment test its line.
    public static let diagnostic: CommandKind = "diagnostic"

    /// Takes a bond down and up again.
    public static let restartBond: CommandKind = "restart-bond"
    /// Moves a bond back to its primary aggregator.
    public static let restorePrimary: CommandKind = "restore-primary"
    /// Measures the largest packets of a leg, or of all active legs of a bond.
    public static let detectMTU: CommandKind = "detect-mtu"
    /// Has a DHCP leg ask for its address again.
    public static let renewDHCP: CommandKind = "renew-dhcp"
    /// Takes a leg into use, aside, or out of service.
    public static let legMode: CommandKind = "leg-mode"
    /// Measures the throughput of a leg.
    public static let testLeg: CommandKind = "test-leg"
    /// Measures the throughput of a bond; its traffic stops meanwhile.
    public static let testBond: CommandKind = "test-bond"

    /// Has an ACS set a customer's equipment up anew.
    public static let reconfigureCPE: CommandKind = "reconfigure-cpe"
    /// Restarts a customer's equipment.
    public static let rebootCPE: CommandKind = "reboot-cpe"
    /// Takes a customer's line out of service and puts it back.
    public static let reprovisionCPE: CommandKind = "reprovision-cpe"
    /// Takes a customer's line out of service.
    public static let unprovisionCPE: CommandKind = "unprovision-cpe"
    /// Sets a customer's equipment back to what left the factory.
    public static let factoryResetCPE: CommandKind = "factory-reset-cpe"
    /// Ends a customer's PPPoE session.
    public static let disconnectPPPoE: CommandKind = "disconnect-pppoe"
    /// Takes an ONU that nobody configured into service.
    public static let enableONU: CommandKind = "enable-onu"
}
