internal import Domain

extension ResourceDescriptor {
    /// Devices, section "Devices" of the API.
    static let device = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [
            Field(.status, "Status", .state, width: 6...10, priority: 0, decides: true),
            Field(.name, "Device", .text, width: 14...32, priority: 0, links: .hostName),
            Field("reason", "Why", .word, width: 4...10, priority: 3),
            Field("hardware", "Hardware", .word, width: 8...24, priority: 4),
            Field("os", "OS", .word, width: 4...12, priority: 5),
            Field("version", "Version", .word, width: 6...18, priority: 7),
            Field(.location, "Location", .word, width: 8...24, priority: 1),
            Field("uptime", "Uptime", .duration, width: 6...9, priority: 4),
            Field(.lastPolled, "Polled", .time, width: 6...8, priority: 2),
            Field("ip", "IP", .text, width: 9...39, priority: 5, links: .address),
            Field("type", "Type", .word, width: 6...10, priority: 8),
            Field("sysname", "sysName", .text, width: 10...30, priority: nil, links: .hostName),
            Field("serial", "Serial", .text, width: 8...20, priority: nil, links: .serial),
            Field("contact", "Contact", .word, width: 8...24, priority: nil),
            Field("description", "Description", .text, width: 12...60, priority: nil),
            Field("notes", "Notes", .text, width: 8...40, priority: nil),
            Field(.groups, "Groups", .word, width: 8...30, priority: nil),
            Field(.group, "Group", .word, width: 8...24, priority: nil),
            Field("poll_seconds", "Poll s", .number, width: 6...9, priority: nil),
            Field("hostname", "Host name", .text, width: 10...30, priority: nil, links: .hostName),
            Field("parent", "Depends on", .ref(.device), width: 10...30, priority: nil, dependence: .ofRow),
        ],
        interval: 120, feedsCounts: true, order: [SortKey(.name)], quickInterval: 60, pollInterval: 300)

    /// Devices that a search found by one of their ports.
    static let foundDevice = ResourceDescriptor(
        .device, plural: device.plural, pane: device.pane,
        fields: device.fields + [Field(.matched, "Matches", .text, width: 8...40, priority: 1)],
        interval: device.interval, order: device.order)
}
