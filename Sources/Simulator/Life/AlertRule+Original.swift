extension AlertRule {
    /// A rule of one condition, as the web pages make it.
    init(
        _ id: Int, _ name: String, _ severity: String, _ expression: String, on field: String,
        _ comparison: String, _ value: String, _ settings: Settings, _ trouble: Trouble?
    ) {
        self.init(id: id, name: name, severity: severity, extra: .settings(settings))
        self.expression = expression
        self.builder = Self.builder(field, comparison, value)
        self.trouble = trouble
    }

    /// A builder of one condition, as the editor of new servers makes it.
    static func builder(_ field: String, _ comparison: String, _ value: String) -> Value {
        let condition =
            ([
                "id": .text(field), "field": .text(field), "type": "string", "input": "text",
                "operator": .text(comparison), "value": .text(value),
            ] as Value)
        return ["condition": "AND", "rules": .list([condition]), "valid": .literal("true")]
    }

    /// What every server comes with.
    static let all: [AlertRule] = [
        with(
            AlertRule(
                1, "Devices up/down", "critical", "%macros.device_down = \"1\"",
                on: "macros.device_down", "equal", "1", Settings(), .deviceDown)
        ) {
            $0.notes = "See runbook\nhttps://wiki.example.net/rb/1"
            $0.proc = nil
        },
        AlertRule(
            2, "Device rebooted", "warning", "%devices.uptime < \"300\" && %macros.device = \"1\"",
            on: "devices.uptime", "less", "300", Settings(count: "1", delay: .computed(0)), .rebooted),
        with(
            AlertRule(
                3, "BGP Session down", "critical",
                "%bgpPeers.bgpPeerState != \"established\" && %macros.device_up = \"1\"",
                on: "bgpPeers.bgpPeerState", "not_equal", "established",
                Settings(count: "1", delay: .computed(0)), .peering)
        ) { $0.scope.groups = [1] },
        AlertRule(
            4, "Port utilisation over threshold", "warning",
            "%macros.port_usage_perc >= \"80\" && %macros.port_up = \"1\"",
            on: "macros.port_usage_perc", "greater_or_equal", "80",
            Settings(count: "5", delay: .computed(0)), .rush),
        AlertRule(
            5, "Port status up/down", "warning", "%macros.port_down = \"1\"",
            on: "macros.port_down", "equal", "1", Settings(isMute: true, delay: .computed(0)), .portDown),
        with(
            AlertRule(
                6, "Sensor over limit", "critical",
                "%sensors.sensor_current > \"%sensors.sensor_limit\"",
                on: "sensors.sensor_current", "greater", "sensors.sensor_limit",
                Settings(count: "3", delay: .text("300")), .sensor)
        ) { $0.scope.locations = [1, 2, 3] },
        AlertRule(
            7, "Service up/down", "critical", "%services.service_status != \"0\"",
            on: "services.service_status", "not_equal", "0",
            Settings(count: "1", delay: .computed(60)), .service),
        with(
            AlertRule(
                8, "Disabled: processor usage", "ok", "%processors.processor_usage >= \"90\"",
                on: "processors.processor_usage", "greater_or_equal", "90",
                Settings(count: "", delay: .text("")), nil)
        ) { $0.isDisabled = true },
        with(
            AlertRule(
                9, "High error rate (in)", "warning",
                "%ports.ifInErrors_rate >= \"100\" && %macros.device = \"1\"",
                on: "ports.ifInErrors_rate", "greater_or_equal", "100", Settings(knowsInvert: true), .errors)
        ) { $0.scope.groups = [2, 5] },
    ]

    /// A rule whose name no dashboard expects, in worlds with oddities.
    static let odd = AlertRule(
        10, "Nästy \"rule\" <b>\\ ✓\nsecond line", "ok",
        "%devices.location ~ \"@Zürich@\" && %devices.notes != \"\u{1b}[31m\"",
        on: "devices.location", "regex", "Zürich", Settings(delay: .computed(0)), nil)

    /// A rule without settings and with the longest name there can be, in worlds with oddities.
    static let long = with(
        AlertRule(
            id: 11, name: String(repeating: "N", count: 255), severity: "warning", extra: .text(""))
    ) {
        $0.isDisabled = true
        $0.expression = "%devices.hostname ~ \"@\(String(repeating: "x", count: 1_000))@\""
        $0.builder = builder("devices.hostname", "regex", String(repeating: "x", count: 1_000))
    }

    private static func with(_ rule: AlertRule, _ change: (inout AlertRule) -> Void) -> AlertRule {
        var rule = rule
        change(&rule)
        return rule
    }
}
