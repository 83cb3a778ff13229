internal import Domain

extension ResourceDescriptor {
    /// Ports of all devices, section "Ports" of the API.
    static let port = ResourceDescriptor(
        .port, plural: "ports", pane: .ports,
        fields: [
            Field(.status, "STATUS", .state, width: 4...10, priority: 0),
            Field(.device, "DEVICE", .ref(.device), width: 12...36, priority: 0),
            Field(.name, "PORT", .text, width: 8...24, priority: 0),
            Field("alias", "ALIAS", .text, width: 8...40, priority: 2),
            Field("in_bps", "IN", .rate, width: 6...8, priority: 1),
            Field("out_bps", "OUT", .rate, width: 6...8, priority: 1),
            Field("in_percent", "IN%", .percent, width: 4...5, priority: 3),
            Field("out_percent", "OUT%", .percent, width: 4...5, priority: 3),
            Field("in_errors", "IN ERR/S", .number, width: 5...8, priority: 5),
            Field("out_errors", "OUT ERR/S", .number, width: 5...9, priority: 5),
            Field("speed", "SPEED", .rate, width: 5...7, priority: 4),
            Field("admin", "ADMIN", .word, width: 4...7, priority: 6),
            Field("oper", "OPER", .word, width: 4...14, priority: nil),
            Field("type", "TYPE", .word, width: 6...16, priority: 8),
            Field("mac", "MAC", .text, width: 12...17, priority: nil),
            Field("description", "DESCRIPTION", .text, width: 8...30, priority: nil),
            Field(.lastPolled, "POLLED", .time, width: 5...8, priority: 7),
        ],
        interval: 300, order: [SortKey(.device), SortKey(.name)])
}

/// The states of a port, in words.
enum PortStatus {
    /// What it is set to comes before what it does: a port that is shut is not down.
    static func word(operation: String?, admin: String?, isIgnored: Bool, isDisabled: Bool) -> String {
        if isDisabled { return DeviceStatus.disabled.rawValue }
        if admin == "down" { return "shut" }
        switch operation {
        case "up": return DeviceStatus.up.rawValue
        case "down", "lowerLayerDown":
            return isIgnored ? DeviceStatus.ignored.rawValue : DeviceStatus.down.rawValue
        case "notPresent": return "absent"
        case "testing", "dormant": return operation ?? ""
        default: return DeviceStatus.unknown.rawValue
        }
    }
}
