import Dashboard
import Domain

/// What the four servers of the fixture offer: two of a kind that the product knows, two made up.
enum Offer {
    static let alert = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field(.severity, "SEVERITY", .severity, width: 4...10, priority: 0),
            Field(.state, "STATE", .state, width: 4...13, priority: 1),
            Field(.since, "SINCE", .time, width: 5...8, priority: 2),
            Field(.device, "DEVICE", .ref(.device), width: 14...40, priority: 0),
            Field(.rule, "RULE", .ref(.rule), width: 12...40, priority: 1),
            Field(.note, "NOTE", .text, width: 8...50, priority: 4),
            Field("until_clear", "UNTIL CLEAR", .flag, width: 5...11, priority: nil),
        ],
        interval: 20, feedsCounts: true, nameField: .rule,
        order: [SortKey(.severity, descending: true), SortKey(.since, descending: true)])

    static let device = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [
            Field(.status, "STATUS", .state, width: 6...10, priority: 0),
            Field(.name, "NAME", .text, width: 14...40, priority: 0),
            Field("reason", "WHY", .word, width: 4...10, priority: 6),
            Field("hardware", "HARDWARE", .word, width: 8...24, priority: 4),
            Field("os", "OS", .word, width: 4...12, priority: 5),
            Field(.location, "LOCATION", .word, width: 8...24, priority: 3),
            Field("uptime", "UPTIME", .duration, width: 6...9, priority: 2),
            Field(.lastPolled, "POLLED", .time, width: 6...8, priority: 2),
            Field("ip", "IP", .text, width: 9...39, priority: 5),
            Field("serial", "SERIAL", .text, width: 8...20, priority: nil),
        ],
        interval: 120, feedsCounts: true, order: [SortKey(.name)])

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
            Field("speed", "SPEED", .rate, width: 5...7, priority: 4),
            Field("admin", "ADMIN", .word, width: 4...7, priority: 6),
            Field("mac", "MAC", .text, width: 12...17, priority: nil),
        ],
        interval: 300, order: [SortKey(.device), SortKey(.name)], trends: ["in_bps", "out_bps"])

    static let bond = ResourceDescriptor(
        "bond", plural: "bonds", pane: "bonds",
        fields: [
            Field(.status, "STATUS", .state, width: 6...10, priority: 0),
            Field(.name, "BOND", .text, width: 10...30, priority: 0),
            Field(.legsUp, "UP", .integer, width: 3...4, priority: 1),
            Field(.legsTotal, "OF", .integer, width: 3...4, priority: 2),
            Field("aggregator", "AGGREGATOR", .ref("node"), width: 8...20, priority: 3),
            Field("failed_over", "FAILED OVER", .flag, width: 5...11, priority: 4),
            Field(.legs, "LEGS", .states, width: 4...8, priority: 1),
        ],
        interval: 30, order: [SortKey(.name)])

    /// A kind that no pane of the product knows, with optical levels.
    static let line = ResourceDescriptor(
        "onu", plural: "ONUs", pane: "customers",
        fields: [
            Field(.name, "ONU", .text, width: 10...24, priority: 0),
            Field("customer", "CUSTOMER", .text, width: 8...30, priority: 1),
            Field("rx", "RX", .decibelMilliwatts, width: 9...10, priority: 1),
            Field("load", "LOAD", .percent, width: 5...6, priority: 2),
            Field("sent", "SENT", .bytes, width: 7...8, priority: 3),
        ],
        interval: 300, order: [SortKey("rx")])

    static let acknowledge = CommandDescriptor(
        .acknowledge, title: "Acknowledge", targets: [.alert], tier: .harmless,
        effect: "The server stops notifying about the alert until it gets worse, or until it clears.",
        form: [
            FormField(.note, "Note", .line(required: false)),
            FormField("until_clear", "Until it clears", .toggle(initially: false)),
        ])
    static let plainAcknowledge = CommandDescriptor(
        .acknowledge, title: "Acknowledge", targets: [.alert], tier: .harmless,
        effect: "The server stops notifying about the alert.")
    static let unmute = CommandDescriptor(
        .unmute, title: "Unmute", targets: [.alert], tier: .harmless,
        effect: "The alert is open again, and the server notifies about it again.")
    static let restart = CommandDescriptor(
        "restart-bond", title: "Restart bond", targets: ["bond"], tier: .hurts,
        effect: "Clears routes, firewall entries and DHCP on both ends, then restarts. "
            + "Traffic of this customer stops for some seconds.",
        guardWindow: 600, watch: .init(every: 2, for: 60))
    static let relabel = CommandDescriptor(
        "label-onu", title: "Label", targets: ["onu"], tier: .hurts, effect: "The label changes.",
        form: [
            FormField("label", "Label", .line(required: true)),
            FormField("colour", "Colour", .choice(["red", "green", "blue"])),
            FormField("pin", "PIN", .secret(required: false)),
        ], bulk: false)
}
