internal import Domain

extension ResourceKind {
    /// A check of a service on a device.
    static let service: ResourceKind = "service"
}

extension ResourceDescriptor {
    /// Checks of services: `GET /services`.
    ///
    /// They stand in a pane of their own and are counted nowhere: the server has a rule that alerts on them, so that
    /// whoever wants to be called has an alert, which would be counted a second time.
    static let service = ResourceDescriptor(
        .service, plural: "services", pane: "services",
        fields: [
            Field(.status, "Status", .severity, width: 4...10, priority: 0, decides: true),
            Field(.device, "Device", .ref(.device), width: 12...30, priority: 0, dependence: .ofRow),
            Field(.name, "Service", .text, width: 8...28, priority: 0),
            Field("type", "Type", .word, width: 4...14, priority: 2),
            Field("message", "Says", .text, width: 12...60, priority: 1),
            Field(.since, "Changed", .time, width: 5...8, priority: 2),
            Field("ip", "Address", .text, width: 9...39, priority: 4),
            Field("parameters", "Parameters", .text, width: 8...30, priority: nil),
        ],
        interval: 60, order: [SortKey(.status, descending: true), SortKey(.device), SortKey(.name)])
}

extension Severity {
    /// What a number of a check means, as Nagios plugins exit: 0 to 3; nil for any other.
    init?(check: Int64) {
        switch check {
        case 0: self = .ok
        case 1: self = .warning
        case 2: self = .critical
        case 3: self = .unknown
        default: return nil
        }
    }
}
