import Domain

extension Pane {
    /// Ports of all backends, the worst first, of those by device and name.
    static let portsPane = Usual(
        name: .ports,
        columns: [
            .status, "oper", .device, .name, .backend, "alias", "admin", "in_bps", "out_bps", "speed_bps",
            "errors_per_s", .trend,
        ], sticky: 3,
        order: [SortKey(.status), SortKey("oper"), SortKey(.device), SortKey(.name)])
}
