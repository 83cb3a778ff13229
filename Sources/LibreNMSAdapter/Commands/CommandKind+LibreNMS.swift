internal import Domain

/// The names of the commands that only LibreNMS offers.
extension CommandKind {
    /// Makes a rule look again.
    static let enableRule: CommandKind = "enable-rule"
    /// Makes a rule look no more.
    static let disableRule: CommandKind = "disable-rule"
    /// Changes a rule.
    static let editRule: CommandKind = "edit-rule"
    /// Makes a new rule.
    static let addRule: CommandKind = "add-rule"
    /// Takes a rule away for good.
    static let deleteRule: CommandKind = "delete-rule"
    /// Has a new device watched.
    static let addDevice: CommandKind = "add-device"
    /// Takes a device and its history away for good.
    static let deleteDevice: CommandKind = "delete-device"
    /// Changes one field of a device.
    static let updateDevice: CommandKind = "update-device"
    /// Makes the server look at all of a device again.
    static let discoverDevice: CommandKind = "discover-device"
    /// Gives a port another description.
    static let describePort: CommandKind = "describe-port"
}
