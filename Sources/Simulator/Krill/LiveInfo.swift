/// What an OLT says of a line when it is asked now: `GET monitoring/cpes/{id}/info`.
struct LiveInfo: Sendable {
    let cpe: CPE
    let state: LineState
    let host: Monitored
    let light: LineLife.Light

    init(_ cpe: CPE, _ call: KrillCall) {
        self.cpe = cpe
        state = call.view.state(of: cpe.line)
        host = call.host(of: state)
        light = call.view.life.light(of: cpe.line, at: call.view.tick)
    }

    private var line: Line { cpe.line }
    private var call: KrillCall { cpe.call }

    /// Here `state` is a word and `state_id` the number; in search it is the other way round.
    var value: Value {
        let isUp = state.isUp
        let rate = host.perfdata.map { $0.hundredths ?? 0 }
        return .object([
            .init("alarms", .list(alarms)),
            .init("distance", .integer(isUp && line.technology == .gpon ? cpe.pick(300...18_000, 60) : -1)),
            .init("dnbw", .integer(isUp ? (rate.first ?? 0) / 100 : 0)),
            .init("upbw", .integer(isUp ? (rate.last ?? 0) / 100 : 0)),
            .init("ips", .list([.text(host.ip)])), .init("output", .text(host.output)),
            .init("registration", registration), .init("services", .object(services)),
            .init("state", .text(isUp ? "up" : "down")), .init("state_id", .integer(isUp ? 0 : 1)),
            .init("tech", technology),
            .init("uptime", .integer(isUp ? call.view.tick - state.started : 0)),
        ])
    }

    private var alarms: [Value] {
        guard state.isUp, line.id % 37 == 5 else { return [] }
        return [
            .object([
                .init("level", .text("warning")), .init("type", .text("processerror")),
                .init("admin_status", .text("init")),
                .init("name", .text("The GPON ONT configuration recovery fails")),
                .init("extra", .text("effect=serviceaffect curr=0 prev=1")),
            ])
        ]
    }

    private var registration: Value {
        let states = state.isUp ? ["online"] : [host.registrationState]
        return .object([
            .init("host", .text(host.nodeName)), .init("id", .text(host.registrationID)),
            .init("last_down_time", state.isUp ? .null : call.time(tick: state.since)),
            .init("related_services", .list(line.pon == nil ? [] : [.text("onug-\(host.tags.first ?? "")")])),
            .init("states", .list((state.isNew ? ["offline"] : states).map(Value.text))),
            .init("tags", .list(host.tags.map(Value.text))),
        ])
    }

    /// Of an ONT that is offline the levels are null, the attenuation is -1, and the state is 0 all the same.
    private var services: [Value.Member] {
        guard line.technology == .gpon else { return [] }
        let isUp = state.isUp
        let levels: [Value] = [
            level("dnrx", light.received, "dBm", -49...5, [-29, -27, -11, -8]),
            level("uptx", light.sent, "dBm", -10...15, []),
            level("uprx", light.returned, "dBm", -49...5, [-32, -30, -12, -9]),
            level("upatt", light.attenuation, "dB", 1...60, [26, 46], absent: .literal("-1.0")),
        ]
        let words = host.call.services(of: host).first { $0.serviceName == "txrx" }?.output ?? ""
        return [
            .init(
                "txrx",
                .object([
                    .init("output", .text(isUp ? words : "")), .init("state_id", .integer(0)),
                    .init("perfdatas", .list(levels)),
                ]))
        ]
    }

    private func level(
        _ metric: String, _ hundredths: Int, _ unit: String, _ range: ClosedRange<Int>, _ limits: [Int],
        absent: Value = .null
    ) -> Value {
        .object([
            .init("metric", .text(metric)),
            .init("value", state.isUp ? .float(hundredths: hundredths) : absent), .init("uom", .text(unit)),
            .init("min", .integer(range.lowerBound)), .init("max", .integer(range.upperBound)),
            .init("thresholds", .list(limits.map(Value.integer))), .init("items", .list([])),
        ])
    }

    private var technology: Value {
        guard line.technology == .gpon else { return .object([]) }
        let port = Value.object([
            .init("id", .integer(6_000 + line.id)), .init("user_vlan", .integer(1_023)),
            .init("service_vlan", .integer(833)),
            .init("outbound_traffic_table_name", .text(cpe.profile.words)),
            .init("inbound_traffic_table_name", .text(cpe.profile.words)), .init("native_vlan", .integer(0)),
        ])
        return .object([
            .init("line_profile", .text("residential_krill")), .init("service_profile", .text("HG1000")),
            .init("type_name", .text(line.model.name)),
            .init("service_ports", .list(state.isUnprovisioned ? [] : [port])),
        ])
    }
}
