/// The attributes of a monitored object, which are yes and no as 1 and 0.
enum MonitoringColumns {
    private typealias C = Column<Monitored>

    static let attributes: [Column<Monitored>] = names + state + checks + handling + words

    private static func number(_ name: String, _ value: @escaping @Sendable (Monitored) -> Int) -> C {
        C(name, in: .krill) { .integer(value($0)) }
    }

    private static func bit(_ name: String, _ value: @escaping @Sendable (Monitored) -> Bool) -> C {
        C(name, in: .krill) { .integer(value($0) ? 1 : 0) }
    }

    private static let names: [C] = [
        C("host_name", in: .krill) { .text($0.hostName) },
        C("service_name", in: .krill) { .text($0.serviceName) },
        C("address", in: .krill) { .text($0.address) },
    ]

    private static let state: [C] = [
        number("state") { $0.condition }, C("state_long", in: .krill) { .text($0.word) },
        number("state_type") { _ in 1 },
        number("last_hard_state") { $0.hasBeenChecked ? 0 : Monitored.pending },
        C("last_state_change", in: .krill) { $0.hasBeenChecked ? $0.call.time(tick: $0.since) : .null },
        C("last_hard_state_change", in: .krill) { $0.hasBeenChecked ? $0.call.time(tick: $0.since) : .null },
    ]

    private static let checks: [C] = [
        C("last_check", in: .krill) { $0.hasBeenChecked ? $0.checkedText(plus: 0) : .null },
        C("next_check", in: .krill) { $0.checkedText(plus: $0.interval) },
        number("latency") { $0.hasBeenChecked ? 120 + ($0.checked ?? 0) & 511 : 0 },
        bit("has_been_checked") { $0.hasBeenChecked },
        C("check_command", in: .krill) { .text($0.checkCommand) },
        number("check_interval") { $0.interval }, number("retry_interval") { _ in 60 },
        C("check_period", in: .krill) { _ in .text("") }, number("check_attempt") { _ in 1 },
        number("max_check_attempts") { _ in 1 },
        bit("enable_active_checks") { $0.serviceName != "txrx" }, number("enable_passive_checks") { _ in 1 },
        number("flap_detection_enabled") { _ in 0 }, number("is_flapping") { _ in 0 },
    ]

    private static let handling: [C] = [
        bit("acknowledged") { $0.acknowledgement != nil },
        number("acknowledgement") { $0.acknowledgement.map { $0.isSticky ? 2 : 1 } ?? 0 },
        bit("downtime") { $0.isInDowntime }, number("downtime_depth") { $0.isInDowntime ? 1 : 0 },
        bit("downtimed") { $0.isInDowntime }, bit("handled") { $0.isHandled },
        bit("problem") { $0.isProblem }, bit("alarm") { $0.isAlarm },
        number("business_impact") { $0.impact }, number("severity") { $0.severity },
    ]

    private static let words: [C] = [
        C("output", in: .krill) { $0.hasBeenChecked ? .text($0.output) : .null },
        C("long_output", in: .krill) { _ in .null },
        C("perfdata", in: .krill) { .list($0.perfdata.map(\.value)) },
        C("vars", in: .krill) { $0.isHost ? $0.variables : .object([]) },
    ]

    /// A service that is embedded in its host has no variables.
    static let embedded = attributes.filter { $0.name != "vars" }
}

extension Monitored {
    var checkCommand: String {
        guard isHost else { return "check_\(serviceName)" }
        return line == nil ? "hostalive" : "check_cpe"
    }

    /// Icinga knows when it looked to the microsecond.
    func checkedText(plus seconds: Int) -> Value {
        let time = call.view.time((checked ?? call.view.tick) + seconds)
        let text = KrillTime.text(time, zone: call.krill.zone)
        return .text(
            "\(text.prefix(19)).\(Line.padded(abs(time * 7_919) % 1_000, to: 3))000\(text.dropFirst(19))")
    }

    var address: String {
        switch source {
        case .line: ""
        case .device(let index): call.access.network.devices[index].address
        }
    }
}
