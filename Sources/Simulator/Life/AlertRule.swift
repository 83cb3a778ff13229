/// An alert rule: one table for the dialect that prints expressions and for the one that prints a builder.
struct AlertRule: Sendable {
    let id: Int
    let name: String
    let severity: String
    /// As old servers write it: `%macros.device_down = "1"`.
    let expression: String
    /// As new servers take it apart.
    let field: String
    let comparison: String
    let value: String
    var isDisabled = false
    var isMute = false
    /// A number of polls; `-1` is without end.
    var count = "-1"
    /// Seconds.
    var delay = 300
    var notes: String?
    let trouble: Trouble?

    /// What makes the rule's alerts.
    enum Trouble: Sendable, CaseIterable {
        case deviceDown, rebooted, peering, rush, portDown, sensor, service, errors
    }

    /// Alerts are numbered by device and rule, so that a row keeps its number as on a real server.
    static let numbersPerDevice = 12

    /// A number that alerts still carry although the rule is gone.
    static let goneRule = 12

    static let all: [AlertRule] = [
        AlertRule(
            id: 1, name: "Devices up/down", severity: "critical",
            expression: "%macros.device_down = \"1\"", field: "macros.device_down", comparison: "equal",
            value: "1", notes: "See runbook\nhttps://wiki.example.net/rb/1", trouble: .deviceDown),
        AlertRule(
            id: 2, name: "Device rebooted", severity: "warning",
            expression: "%devices.uptime < \"300\" && %macros.device = \"1\"", field: "devices.uptime",
            comparison: "less", value: "300", count: "1", delay: 0, trouble: .rebooted),
        AlertRule(
            id: 3, name: "BGP Session down", severity: "critical",
            expression: "%bgpPeers.bgpPeerState != \"established\" && %macros.device_up = \"1\"",
            field: "bgpPeers.bgpPeerState", comparison: "not_equal", value: "established", count: "1",
            delay: 0, trouble: .peering),
        AlertRule(
            id: 4, name: "Port utilisation over threshold", severity: "warning",
            expression: "%macros.port_usage_perc >= \"80\" && %macros.port_up = \"1\"",
            field: "macros.port_usage_perc", comparison: "greater_or_equal", value: "80", count: "5",
            delay: 0, trouble: .rush),
        AlertRule(
            id: 5, name: "Port status up/down", severity: "warning",
            expression: "%macros.port_down = \"1\"", field: "macros.port_down", comparison: "equal",
            value: "1", isMute: true, delay: 0, trouble: .portDown),
        AlertRule(
            id: 6, name: "Sensor over limit", severity: "critical",
            expression: "%sensors.sensor_current > \"%sensors.sensor_limit\"",
            field: "sensors.sensor_current", comparison: "greater", value: "sensors.sensor_limit",
            count: "3", trouble: .sensor),
        AlertRule(
            id: 7, name: "Service up/down", severity: "critical",
            expression: "%services.service_status != \"0\"", field: "services.service_status",
            comparison: "not_equal", value: "0", count: "1", delay: 60, trouble: .service),
        AlertRule(
            id: 8, name: "Disabled: processor usage", severity: "ok",
            expression: "%processors.processor_usage >= \"90\"", field: "processors.processor_usage",
            comparison: "greater_or_equal", value: "90", isDisabled: true, count: "", trouble: nil),
        AlertRule(
            id: 9, name: "High error rate (in)", severity: "warning",
            expression: "%ports.ifInErrors_rate >= \"100\" && %macros.device = \"1\"",
            field: "ports.ifInErrors_rate", comparison: "greater_or_equal", value: "100",
            trouble: .errors),
    ]

    /// A rule whose name no dashboard expects, in worlds with oddities.
    static let odd = AlertRule(
        id: 10, name: "Nästy \"rule\" <b>\\ ✓\nsecond line", severity: "ok",
        expression: "%devices.location ~ \"@Zürich@\" && %devices.notes != \"\u{1b}[31m\"",
        field: "devices.location", comparison: "regex", value: "Zürich", delay: 0, trouble: nil)
}
