/// One measured value of a check; search shows only upper limits.
struct PerfDatum: Sendable {
    let name: String
    let hundredths: Int?
    let unit: String
    var warning: Int?
    var critical: Int?

    var value: Value {
        func whole(_ number: Int?) -> Value { number.map { .literal("\($0).0") } ?? .null }
        return [
            "name": .text(name), "value": hundredths.map(Value.float) ?? .null, "uom": .text(unit),
            "warning": whole(warning), "critical": whole(critical), "min": nil, "max": nil,
        ]
    }
}

extension Monitored {
    /// The registration of a line as its OLT has it: one word.
    var registrationState: String {
        guard let line else { return "" }
        switch line.trouble {
        case nil: return "online"
        case .darkPON, .fibre: return "alarm"
        case .power: return "dyinggasp"
        case .away, .restart, .node: return "offline"
        }
    }

    /// Where a line hangs: `0/13/6-6`, the interface of a switch, or a modem's number.
    var registrationID: String {
        guard let line = line?.line else { return "" }
        if let pon = line.pon { return "\(call.access.pons[pon].place)-\(line.position)" }
        return line.port ?? "\(line.position)"
    }

    var nodeName: String { line?.line.node.map { call.access.name(ofNode: $0) } ?? "" }

    var tags: [String] {
        guard let line = line?.line, line.node != nil else { return [] }
        guard let pon = line.pon else { return [nodeName] }
        return [call.access.tag(of: call.access.pons[pon]), nodeName]
    }

    /// The address that the line has now.
    var ip: String { line?.hasService == true ? line?.line.address ?? "0.0.0.0" : "0.0.0.0" }

    // MARK: What a check says

    var output: String {
        guard isHost else { return serviceOutput }
        switch source {
        case .device:
            return condition == 0
                ? "PING OK - Packet loss = 0%, RTA = 1.2 ms" : "PING CRITICAL - Packet loss = 100%"
        case .line(let state):
            if state.isNew { return "Offline!" }
            let place = "\(nodeName):\(registrationID)"
            switch state.trouble {
            case nil: return "online \(place) \(ip)"
            case .darkPON, .fibre: return "alarm/losi/offline \(place) 0.0.0.0"
            case .power: return "dyinggasp/offline \(place) 0.0.0.0"
            case .away, .restart, .node: return "Offline! \(place) 0.0.0.0"
            }
        }
    }

    private var serviceOutput: String {
        switch (serviceName, condition) {
        case ("txrx", _):
            return perfdata.prefix(3).map { datum in
                "\(datum.name)=\(datum.hundredths.map { Value.float(hundredths: $0).plainText ?? "" } ?? "nan")"
            }.joined(separator: " ")
        case ("pppoe", 0), ("dhcp", 0): return "\(serviceName) \(ip)"
        case ("pppoe", _): return "no PPPoE session"
        case ("dhcp", _): return condition == 3 ? "no answer from the DHCP server" : "no lease"
        case ("provision", 0): return "provisioned"
        case ("provision", _): return "service ports missing on \(nodeName)"
        case ("tr069", 0): return "last inform in time"
        case ("tr069", _): return "no inform for 3 days"
        case (_, 0): return "OK"
        default: return "\(serviceName) is not well"
        }
    }

    /// What was measured; nothing of what is out of reach.
    var perfdata: [PerfDatum] {
        guard let line, hasBeenChecked else { return [] }
        let isUp = line.isUp
        if isHost {
            let rate =
                isUp
                ? call.access.network.noise.pick(
                    20_000...9_000_000, .usage, line.line.id, call.view.tick / 300) : 0
            return [
                PerfDatum(name: "dnbw", hundredths: rate * 100, unit: "B"),
                PerfDatum(name: "upbw", hundredths: rate * 12, unit: "B"),
            ]
        }
        guard serviceName == "txrx" else { return [] }
        let light = call.view.life.light(of: line.line, at: call.view.tick)
        func reading(_ hundredths: Int) -> Int? { isUp ? hundredths : nil }
        return [
            PerfDatum(
                name: "dnrx", hundredths: reading(light.received), unit: "dBm", warning: -11, critical: -8),
            PerfDatum(name: "uptx", hundredths: reading(light.sent), unit: "dBm"),
            PerfDatum(
                name: "uprx", hundredths: reading(light.returned), unit: "dBm", warning: -12, critical: -9),
            PerfDatum(
                name: "upatt", hundredths: reading(light.attenuation), unit: "dB", warning: 26, critical: 46),
            PerfDatum(
                name: "pondesv", hundredths: reading(deviation(light)), unit: "dB", warning: 2, critical: 4),
        ]
    }

    /// How far its light is from what its PON usually gets.
    private func deviation(_ light: LineLife.Light) -> Int { abs(light.received + 2_100) }
}
