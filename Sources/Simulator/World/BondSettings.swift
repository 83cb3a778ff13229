/// The settings of the whole system, as they are before anybody changes them.
enum BondSettings {
    static let original: [String: Input] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.name, $0.value) })

    /// In the order in which they are printed.
    static let all: [(name: String, value: Input)] = [
        ("aggregator_failover_enabled", .flag(true)), ("aggregator_failover_check_interval", .number("30")),
        ("aggregator_failover_check_count", .number("3")),
        ("aggregator_failover_suspension_percentage", .number("60")),
        ("aggregator_failover_known_hosts", .list([.text("192.0.2.53"), .text("198.51.100.53")])),
        ("bandwidth_adaptation", .flag(true)), ("domain", .text("bonding.example.net")),
        ("ntp_servers", .list([.text("ntp1.example.net"), .text("ntp2.example.net")])),
        ("smtp_host", .text("mail.example.net")), ("smtp_from", .text("noc@example.net")),
        ("backup_retention_days", .number("14")), ("timezone", .text("UTC")),
    ]
}
