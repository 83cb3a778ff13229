internal import Domain

extension FieldKey {
    static let primary: FieldKey = "primary"
    static let secondary: FieldKey = "secondary"
    static let circuitID: FieldKey = "circuit_id"
    static let download: FieldKey = "download_bps"
    static let upload: FieldKey = "upload_bps"
    static let prevented: FieldKey = "downtime_prevented"
    /// The server's own word where the status here is derived.
    static let serverState: FieldKey = "server_state"
    static let bonder: FieldKey = "bonder"
    static let serial: FieldKey = "serial"
}

extension ResourceDescriptor {
    /// Bonds, `/bonds/` of the API; their status is derived from their legs and the aggregator that they end at.
    static let bond = ResourceDescriptor(
        .bond, plural: "bonds", pane: .bonds,
        fields: [
            Field(.status, "Status", .state, width: 6...10, priority: 0, decides: true),
            Field(.name, "Bond", .text, width: 12...28, priority: 0),
            Field(
                .customer, "Space", .ref(.customer), width: 8...24, priority: 2, dependence: .ofReferred),
            Field(.legs, "Legs", .states, width: 4...8, priority: 0),
            Field(.legsUp, "Up", .integer, width: 2...4, priority: 4),
            Field(.legsTotal, "Of", .integer, width: 2...4, priority: 4),
            Field(
                .aggregator, "Aggregator", .ref(.aggregator), width: 8...16, priority: 3,
                dependence: .ofRow),
            Field(.failedOver, "Failed over", .flag, width: 5...11, priority: 2),
            Field(.primary, "Primary", .ref(.aggregator), width: 8...20, priority: 7),
            Field(.secondary, "Secondary", .ref(.aggregator), width: 8...20, priority: 8),
            Field(.download, "Download", .rate, width: 5...8, priority: 4),
            Field(.upload, "Upload", .rate, width: 5...8, priority: 4),
            Field(.circuitID, "Circuit", .text, width: 8...20, priority: 5, links: .circuit),
            Field(.note, "Note", .text, width: 8...40, priority: 6, links: .label),
            Field(.prevented, "Prevented", .duration, width: 6...9, priority: nil),
            Field(.serverState, "Server says", .word, width: 6...14, priority: nil),
            Field(.bonder, "Bonder", .ref(.bonder), width: 8...24, priority: nil, dependence: .ofRow),
            Field(.serial, "Serial", .text, width: 8...20, priority: nil),
        ],
        interval: 30, feedsCounts: true, order: [SortKey(.status), SortKey(.name)])

    /// The place of a field that this adapter declares itself, so that it is always there.
    func place(of key: FieldKey) -> Int { index(of: key) ?? 0 }
}
