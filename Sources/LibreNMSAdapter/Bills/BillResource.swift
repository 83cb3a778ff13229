internal import Domain

extension ResourceDescriptor {
    /// Bills, section "Bills" of the API.
    ///
    /// What is allowed and used is bits per second in one kind of bill and bytes in the other, so the words stand
    /// beside numbers of both kinds.
    static let bill = ResourceDescriptor(
        .bill, plural: "bills", pane: .bills,
        fields: [
            Field(.usedPercent, "Used %", .usage, width: 6...18, priority: 0),
            Field(.name, "Name", .text, width: 14...40, priority: 0),
            Field(.used, "Used", .text, width: 10...11, priority: 1, decides: true),
            Field(.allowed, "Allowed", .text, width: 10...11, priority: 1, decides: true),
            Field("overuse", "Over", .text, width: 6...11, priority: 2),
            Field("type", "Type", .word, width: 4...5, priority: 3),
            Field("p95_in", "95th in", .rate, width: 6...8, priority: 4),
            Field("p95_out", "95th out", .rate, width: 6...8, priority: 4),
            Field("period", "Period", .word, width: 10...24, priority: 6),
            Field("last_calculated", "Counted", .time, width: 6...8, priority: 5),
            Field("custid", "Customer", .text, width: 8...20, priority: 3, links: .ofCustomer),
            Field("ref", "Reference", .text, width: 8...16, priority: 7, links: .label),
            Field("notes", "Notes", .text, width: 8...40, priority: nil),
            Field("ports", "Ports", .integer, width: 3...6, priority: nil),
            Field("used_bps", "Used bit/s", .rate, width: 6...8, priority: nil),
            Field("allowed_bps", "Allowed bit/s", .rate, width: 6...8, priority: nil),
            Field("used_bytes", "Used bytes", .bytes, width: 6...8, priority: nil),
            Field("allowed_bytes", "Allowed bytes", .bytes, width: 6...8, priority: nil),
        ],
        interval: 300, order: [SortKey(.usedPercent, descending: true), SortKey(.name)])
}
