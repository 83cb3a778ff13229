internal import Domain

extension ResourceDescriptor {
    /// PPPoE sessions that are online: `oratio/accounting`.
    static let session = ResourceDescriptor(
        .session, plural: "sessions", pane: .customers,
        fields: [
            Field(.status, "Status", .state, width: 6...10, priority: 1, decides: true),
            Field(.name, "Customer", .text, width: 12...36, priority: 0),
            Field(.customer, "Of", .ref(.customer), width: 10...28, priority: 2),
            Field("cpe", "CPE", .ref(.cpe), width: 8...20, priority: 3, dependence: .ofRow),
            Field("online_since", "Online", .time, width: 5...8, priority: 3),
            Field("session_address", "Address", .text, width: 9...39, priority: 3, links: .address),
            Field("nas", "NAS", .word, width: 8...20, priority: 5),
            Field("mac", "MAC", .text, width: 12...17, priority: 6),
        ],
        interval: 300, order: [SortKey(.name)])

    /// Telephone lines: `isp/potses`.
    static let pots = ResourceDescriptor(
        .pots, plural: "potses", pane: .customers,
        fields: [
            Field(.name, "Customer", .text, width: 12...36, priority: 0),
            Field("number", "Number", .text, width: 8...18, priority: 3),
            Field(.customer, "Of", .ref(.customer), width: 10...28, priority: 2),
            Field("cpe", "CPE", .ref(.cpe), width: 8...20, priority: 3, dependence: .ofRow),
            Field("label", "Label", .text, width: 6...20, priority: 5),
            Field("voicemail", "Voicemail", .flag, width: 5...9, priority: 6),
            Field("pbx_extension", "PBX", .flag, width: 4...6, priority: 6),
            Field("dtmf", "DTMF", .word, width: 4...8, priority: nil),
        ],
        interval: 900, order: [SortKey(.name)])

    /// Pools of addresses with how much of them is used.
    static let pool = ResourceDescriptor(
        .pool, plural: "pools", pane: .customers,
        fields: [
            Field(.name, "Customer", .text, width: 12...36, priority: 0),
            Field(.usedPercent, "Used %", .percent, width: 5...7, priority: 3),
            Field("used_count", "Used", .integer, width: 4...8, priority: 3),
            Field("free_count", "Free", .integer, width: 4...8, priority: 4),
            Field("total", "Total", .integer, width: 4...8, priority: 4),
        ],
        interval: 300, order: [SortKey(.usedPercent, descending: true)])
}
