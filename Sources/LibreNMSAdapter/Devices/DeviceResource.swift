internal import Domain

extension ResourceDescriptor {
    /// Devices, section "Devices" of the API.
    static let device = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [
            Field(.status, "STATUS", .state, width: 6...10, priority: 0),
            Field(.name, "NAME", .text, width: 14...40, priority: 0),
            Field("reason", "WHY", .word, width: 4...10, priority: 6),
            Field("hardware", "HARDWARE", .word, width: 8...24, priority: 4),
            Field("os", "OS", .word, width: 4...12, priority: 5),
            Field("version", "VERSION", .word, width: 6...18, priority: 7),
            Field(.location, "LOCATION", .word, width: 8...24, priority: 3),
            Field("uptime", "UPTIME", .duration, width: 6...9, priority: 2),
            Field(.lastPolled, "POLLED", .time, width: 6...8, priority: 2),
            Field("ip", "IP", .text, width: 9...39, priority: 5),
            Field("type", "TYPE", .word, width: 6...10, priority: 8),
            Field("sysname", "SYSNAME", .text, width: 10...30, priority: nil),
            Field("serial", "SERIAL", .text, width: 8...20, priority: nil),
            Field("contact", "CONTACT", .word, width: 8...24, priority: nil),
            Field("description", "DESCRIPTION", .text, width: 12...60, priority: nil),
            Field("notes", "NOTES", .text, width: 8...40, priority: nil),
            Field("poll_seconds", "POLL TIME", .number, width: 6...9, priority: nil),
        ],
        interval: 120, feedsCounts: true, order: [SortKey(.name)])
}
