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
        return [
            "alarms": .list(alarms),
            "distance": .integer(isUp && line.technology == .gpon ? cpe.pick(300...18_000, 60) : -1),
            "dnbw": .integer(isUp ? (rate.first ?? 0) / 100 : 0),
            "upbw": .integer(isUp ? (rate.last ?? 0) / 100 : 0), "ips": .list([.text(host.ip)]),
            "output": .text(host.output), "registration": registration, "services": .object(services),
            "state": .text(isUp ? "up" : "down"), "state_id": .integer(isUp ? 0 : 1), "tech": technology,
            "uptime": .integer(isUp ? call.view.tick - state.started : 0),
        ]
    }

    private var alarms: [Value] {
        guard state.isUp, line.id % 37 == 5 else { return [] }
        return [
            [
                "level": "warning", "type": "processerror", "admin_status": "init",
                "name": "The GPON ONT configuration recovery fails",
                "extra": "effect=serviceaffect curr=0 prev=1",
            ]
        ]
    }

    private var registration: Value {
        let states = state.isUp ? ["online"] : [host.registrationState]
        return [
            "host": .text(host.nodeName), "id": .text(host.registrationID),
            "last_down_time": state.isUp ? .null : call.time(tick: state.since),
            "related_services": .list(line.pon == nil ? [] : [.text("onug-\(host.tags.first ?? "")")]),
            "states": .list((state.isNew ? ["offline"] : states).map(Value.text)),
            "tags": .list(host.tags.map(Value.text)),
        ]
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
                ["output": .text(isUp ? words : ""), "state_id": 0, "perfdatas": .list(levels)])
        ]
    }

    private func level(
        _ metric: String, _ hundredths: Int, _ unit: String, _ range: ClosedRange<Int>, _ limits: [Int],
        absent: Value = .null
    ) -> Value {
        [
            "metric": .text(metric), "value": state.isUp ? .float(hundredths: hundredths) : absent,
            "uom": .text(unit), "min": .integer(range.lowerBound), "max": .integer(range.upperBound),
            "thresholds": .list(limits.map(Value.integer)), "items": .list([]),
        ]
    }

    private var technology: Value {
        guard line.technology == .gpon else { return .object([]) }
        let port =
            ([
                "id": .integer(6_000 + line.id), "user_vlan": 1_023, "service_vlan": 833,
                "outbound_traffic_table_name": .text(cpe.profile.words),
                "inbound_traffic_table_name": .text(cpe.profile.words), "native_vlan": 0,
            ] as Value)
        return [
            "line_profile": "residential_krill", "service_profile": "HG1000",
            "type_name": .text(line.model.name), "service_ports": .list(state.isUnprovisioned ? [] : [port]),
        ]
    }
}
