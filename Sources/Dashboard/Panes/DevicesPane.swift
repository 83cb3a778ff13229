import Domain

extension Pane {
    /// Devices of all backends, the worst first.
    static let devicesPane = Usual(
        name: .devices,
        columns: [.status, .name, .backend, .location, "hardware", "os", "uptime", .lastPolled], sticky: 2,
        order: [SortKey(.status), SortKey(.name)], groupings: [.group, .location])
}
