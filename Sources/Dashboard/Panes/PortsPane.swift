import Domain

extension Pane {
    /// Ports of all backends by device and name.
    static let portsPane = Usual(
        name: .ports,
        columns: [
            .status, "oper", .device, .name, .backend, "alias", "admin", "in_bps", "out_bps", "speed_bps",
            "errors_per_s", .trend,
        ], sticky: 3,
        order: [SortKey(.device), SortKey(.name)])
}
