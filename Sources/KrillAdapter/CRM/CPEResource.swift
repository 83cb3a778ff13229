internal import Domain

extension ResourceDescriptor {
    /// CPEs of the CRM, joined with what the monitoring says of them.
    ///
    /// Their list is long and changes seldom; what is down is asked every minute. They count in no number of the
    /// header: many subscribers switch their equipment off at night.
    static let cpe = ResourceDescriptor(
        .cpe, plural: "cpes", pane: .devices,
        fields: [
            Field(.status, "Status", .state, width: 6...10, priority: 0, decides: true),
            Field(.name, "Device", .text, width: 10...32, priority: 0),
            Field("reason", "Why", .word, width: 4...24, priority: 3),
            Field(
                .customer, "Customer", .ref(.customer), width: 10...28, priority: 2,
                dependence: .ofReferred),
            Field("registration", "Registered", .word, width: 7...11, priority: 3),
            Field("pon", "PON", .ref(.pon), width: 10...24, priority: 3, dependence: .ofRow),
            Field("failing", "Failing", .word, width: 6...20, priority: 4),
            Field("hardware", "Hardware", .word, width: 8...24, priority: 5),
            Field("profile", "Profile", .word, width: 6...14, priority: 5),
            Field(.since, "Since", .time, width: 5...8, priority: 4),
            Field(.lastPolled, "Polled", .time, width: 6...8, priority: 2),
            Field("tech", "Tech", .word, width: 4...8, priority: 6),
            Field(.location, "Location", .text, width: 8...24, priority: 7),
            Field(.externalID, "External id", .text, width: 8...16, priority: 7, links: .circuit),
            Field("serial", "Serial", .text, width: 8...20, priority: nil, links: .serial),
            Field("mac", "MAC", .text, width: 12...17, priority: nil, links: .mac),
            Field("realm", "Realm", .word, width: 4...10, priority: nil),
            Field("topology", "Topology", .word, width: 8...36, priority: nil),
            Field("line_profile", "Line profile", .word, width: 8...16, priority: nil),
            Field("olt", "OLT", .ref(.device), width: 8...20, priority: nil, dependence: .ofRow),
            Field("registration_id", "Place", .text, width: 8...16, priority: nil),
            Field("output", "Output", .text, width: 10...60, priority: nil),
            Field("host_name", "Host", .text, width: 8...20, priority: nil, links: .hostName),
            Field("access", "Access", .flag, width: 5...6, priority: nil),
            Field("active", "Active", .flag, width: 5...6, priority: nil),
        ],
        interval: 600, order: [SortKey(.name)], quickInterval: 60)

    /// The place of a field that this adapter declares itself, so that it is always there.
    func place(of key: FieldKey) -> Int { index(of: key) ?? 0 }
}

extension ResourceKind {
    /// A passive optical network: a port of an OLT with what hangs on it.
    static let pon: ResourceKind = "pon"
    /// The optical end of a subscriber's line.
    static let onu: ResourceKind = "onu"
}
