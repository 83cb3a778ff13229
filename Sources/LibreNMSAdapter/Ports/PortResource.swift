internal import Domain
internal import JSON

extension ResourceDescriptor {
    /// Ports of all devices, section "Ports" of the API.
    static let port = ResourceDescriptor(
        .port, plural: "ports", pane: .ports,
        fields: [
            Field("oper", "State", .state, width: 4...10, priority: 0, decides: true),
            Field(.device, "Device", .ref(.device), width: 12...30, priority: 0, dependence: .ofRow),
            Field(.name, "Port", .text, width: 8...16, priority: 0, links: .interface),
            Field("alias", "Description", .text, width: 8...40, priority: 1, links: .label),
            Field("admin", "Admin", .word, width: 5...7, priority: 6),
            Field("in_bps", "In", .rate, width: 6...8, priority: 1),
            Field("out_bps", "Out", .rate, width: 6...8, priority: 1),
            Field("in_percent", "In %", .percent, width: 5...6, priority: 3),
            Field("out_percent", "Out %", .percent, width: 5...6, priority: 3),
            Field("speed_bps", "Speed", .rate, width: 5...7, priority: 4),
            Field("errors_per_s", "Err/s", .number, width: 5...8, priority: 5),
            Field("in_errors", "In err/s", .number, width: 6...8, priority: nil),
            Field("out_errors", "Out err/s", .number, width: 6...9, priority: nil),
            Field("type", "Type", .word, width: 6...16, priority: 8),
            Field("mac", "MAC", .text, width: 12...17, priority: nil, links: .mac),
            Field("description", "ifDescr", .text, width: 8...30, priority: nil),
            Field(.lastPolled, "Polled", .time, width: 6...8, priority: 7),
        ],
        interval: 300, order: [SortKey(.device), SortKey(.name)], trends: ["in_bps", "out_bps"],
        measured: ["errors_per_s"], recording: .changes)
}

/// The operational states of a port, in words.
enum PortState {
    /// The word for what the server says: a port that is switched off is not down.
    ///
    /// A port that was never polled has nulls, which say that its server knows nothing of it.
    ///
    /// - Returns: nil where the server leaves out what it is by.
    static func word(operation: JSONValue?, admin: String?, isIgnored: Bool, isDisabled: Bool) -> String? {
        if isDisabled || admin == "down" { return DeviceStatus.disabled.rawValue }
        guard let operation else { return nil }
        if operation.kind == .null { return DeviceStatus.unknown.rawValue }
        let word = operation.string ?? ""
        // Only a port that is switched on can be up, so that nothing else has to be known then.
        if word == "up" { return DeviceStatus.up.rawValue }
        guard admin == "up" || admin == "testing" else { return nil }
        switch word {
        case "down", "lowerLayerDown":
            return isIgnored ? DeviceStatus.ignored.rawValue : DeviceStatus.down.rawValue
        case "notPresent": return "absent"
        case "testing", "dormant", "unknown": return word
        default: return nil
        }
    }
}
