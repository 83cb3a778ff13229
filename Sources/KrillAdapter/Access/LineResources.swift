internal import Domain

extension ResourceKind {
    /// A group of cable modems that share their channels.
    static let macDomain: ResourceKind = "mac-domain"
    /// Where a cable network changes from fibre to coax.
    static let fiberNode: ResourceKind = "fiber-node"
    /// An ONU that showed itself on a PON and belongs to nobody yet.
    static let unconfigured: ResourceKind = "unconfigured-onu"
}

extension ResourceDescriptor {
    /// How a part of the plant is and where, the first columns of all of them.
    static let plantPlace = [
        Field("oper", "State", .state, width: 4...10, priority: 0, decides: true),
        Field(.device, "Device", .ref(.device), width: 10...30, priority: 0, dependence: .ofRow),
        Field(.name, "Port", .text, width: 8...26, priority: 0),
    ]

    /// How many of what hangs on a part of the plant are there.
    static let plantCounts = [
        Field("online", "Online", .integer, width: 4...8, priority: 3, decides: true),
        Field("offline", "Offline", .integer, width: 4...7, priority: 3, decides: true),
        Field("total", "Total", .integer, width: 4...6, priority: 2),
    ]

    /// The optical ends of lines with their light, by the monitoring's service `txrx`, which looks seldom.
    static let onu = ResourceDescriptor(
        .onu, plural: "onus", pane: .ports,
        fields: plantPlace + [
            Field("light", "Light", .severity, width: 5...8, priority: 2),
            Field("dnrx", "ONT rx", .decibelMilliwatts, width: 8...10, priority: 3),
            Field("uprx", "OLT rx", .decibelMilliwatts, width: 8...10, priority: 3),
            Field("uptx", "ONT tx", .decibelMilliwatts, width: 8...10, priority: 5),
            Field("light_why", "Against limits", .word, width: 10...44, priority: 3),
            Field("cpe", "CPE", .ref(.cpe), width: 8...20, priority: 4, dependence: .ofReferred),
            Field("pon", "PON", .ref(.pon), width: 10...24, priority: nil, dependence: .ofRow),
            Field("attenuation", "Att dB", .number, width: 6...8, priority: nil),
            Field("deviation", "Dev dB", .number, width: 6...8, priority: nil),
            Field(.lastPolled, "Polled", .time, width: 6...8, priority: 4),
        ],
        interval: 1_800, order: [SortKey(.device), SortKey(.name)], quickInterval: 60,
        trends: ["dnrx", "uprx"], measured: ["uptx"])

    /// `docsis/mac-domains/` and `docsis/fiber-nodes/` (paths and fields inferred).
    private static func cable(_ kind: ResourceKind, _ plural: String) -> ResourceDescriptor {
        ResourceDescriptor(
            kind, plural: plural, pane: .ports,
            fields: plantPlace + plantCounts + [
                Field("snr_db", "SNR dB", .number, width: 6...8, priority: 4)
            ],
            interval: 300, order: [SortKey(.device), SortKey(.name)])
    }

    static let macDomain = cable(.macDomain, "mac-domains")
    static let fiberNode = cable(.fiberNode, "fiber-nodes")

    /// `gpon/unconfigured/`.
    static let unconfigured = ResourceDescriptor(
        .unconfigured, plural: "unconfigured-onus", pane: .ports,
        fields: plantPlace + [
            Field("serial", "Serial", .text, width: 12...20, priority: 3),
            Field("hardware", "Hardware", .word, width: 8...24, priority: 4),
            Field(.since, "Since", .time, width: 5...8, priority: 3),
            Field("why_not", "Refused because", .word, width: 10...40, priority: 3),
        ],
        interval: 300, order: [SortKey(.since, descending: true)])
}
