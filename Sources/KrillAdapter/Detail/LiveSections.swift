internal import Domain
internal import JSON

/// What is shown of a live answer.
///
/// An ONT that is offline has nulls, -1 and 0.0.0.0: those are no values, and the zero that its services have all
/// the same does not mean that it is fine.
enum LiveSections {
    static func all(_ info: LineInfo, limits: OpticalLimits) -> [Detail.Section] {
        [line(info), levels(info, limits), ports(info), alarms(info)].compactMap { $0 }
    }

    /// One ONU of a PON: its light only while it is online.
    static func onu(_ row: JSONValue, _ limits: OpticalLimits) -> Detail.Line {
        let name = row["desc"]?.text ?? row["sn"]?.text ?? row["onu_id"]?.text ?? ""
        let state =
            Registration.word(row["status"]) ?? Registration.word(row["registration_state"]) ?? "unknown"
        var parts = [state]
        if state == "online", let light = row["dnrx"]?.double {
            let judgement = limits.downstream.judge(light)
            parts.append(Quantity.decibelMilliwatts(light))
            if judgement.severity > .ok { parts.append(judgement.words) }
        } else if let why = Registration.word(row["registration_state"]), why != state {
            parts.append(why)
        }
        return Detail.Line(Cleaning.clean(name), .text(parts.joined(separator: ", ")))
    }

    private static func line(_ info: LineInfo) -> Detail.Section {
        let row = info.row
        let registration = row["registration"]
        let states = Registration.words(registration?["states"])
        var lines = [
            Detail.Line("state", .text(info.isUp ? "up" : "down"), .state),
            Detail.Line("registered", text(states.joined(separator: ", "))),
            Detail.Line(
                "at",
                text(
                    [info.olt, Registration.word(registration?["id"])].compactMap { $0 }.joined(
                        separator: ":"))),
            Detail.Line("output", text(row["output"]?.text)),
        ]
        if let uptime = info.uptime { lines.append(Detail.Line("uptime", .integer(uptime), .duration)) }
        let addresses = Registration.words(row["ips"]).filter { $0 != "0.0.0.0" }
        lines.append(Detail.Line("addresses", text(addresses.joined(separator: ", "))))
        if let distance = row["distance"]?.double, distance >= 0, info.isUp {
            lines.append(Detail.Line("distance m", .number(distance), .number))
        }
        for (key, title) in [("dnbw", "download"), ("upbw", "upload")] where info.isUp {
            // The server counts bytes.
            if let bytes = row[key]?.double, bytes >= 0 {
                lines.append(Detail.Line(title, .number(bytes * 8), .rate))
            }
        }
        if let time = moment(registration?["last_down_time"]) {
            lines.append(Detail.Line("last down", .time(time), .time))
        }
        return Detail.Section("Live: the line", lines)
    }

    private static func levels(_ info: LineInfo, _ limits: OpticalLimits) -> Detail.Section? {
        guard let metrics = info.row["services"]?["txrx"]?["perfdatas"]?.array, !metrics.isEmpty else {
            return nil
        }
        guard info.isUp else {
            return Detail.Section(
                "Live: light", [Detail.Line("", .text("no reading: the line is offline"))])
        }
        var lines: [Detail.Line] = []
        for metric in metrics {
            guard let name = metric["metric"]?.text else { continue }
            let unit = metric["uom"]?.text ?? ""
            let value = metric["value"]?.double
            let title = Levels.title(name)
            guard let value, !(unit == "dB" && value < 0) else {
                lines.append(Detail.Line(title, .none))
                continue
            }
            let type: FieldType = unit == "dBm" ? .decibelMilliwatts : .number
            lines.append(
                Detail.Line(unit == "dBm" ? title : "\(title) \(Cleaning.clean(unit))", .number(value), type))
            let own = metric["thresholds"]?.array?.compactMap { $0.double } ?? []
            if let words = Levels.words(value, name, thresholds: own, limits) {
                lines.append(Detail.Line("", .text(words)))
            }
        }
        return Detail.Section("Live: light", lines)
    }

    private static func ports(_ info: LineInfo) -> Detail.Section? {
        guard let tech = info.row["tech"], tech.kind == .object, let ports = tech["service_ports"]?.array
        else {
            return nil
        }
        if ports.isEmpty {
            return Detail.Section(
                "Live: service ports", [Detail.Line("", .text("none: the line is not provisioned"))])
        }
        let lines = ports.map { port in
            let vlans = [port["user_vlan"]?.text, port["service_vlan"]?.text].compactMap { $0 }
            return Detail.Line(
                Cleaning.clean(port["id"]?.text ?? ""),
                .text("VLAN \(Cleaning.clean(vlans.joined(separator: " → ")))"))
        }
        return Detail.Section("Live: service ports", lines)
    }

    private static func alarms(_ info: LineInfo) -> Detail.Section? {
        let lines = (info.row["alarms"]?.array?.map { $0 } ?? []).map { alarm in
            Detail.Line(Cleaning.clean(alarm["level"]?.text ?? "alarm"), text(alarm["name"]?.text))
        }
        return lines.isEmpty ? nil : Detail.Section("Live: alarms", lines)
    }

    private static func text(_ words: String?) -> Value {
        words.map { Cleaning.clean($0) }.flatMap { $0.isEmpty ? nil : .text($0) } ?? .none
    }

    private static func moment(_ value: JSONValue?) -> Timestamp? {
        value?.string.flatMap { CivilTime.parse($0, clock: ServerClock(offset: 0, isCertain: true)) }
    }
}

/// Optical levels in words.
enum Levels {
    /// What a metric is called.
    static func title(_ metric: String) -> String {
        switch metric {
        case "dnrx": "ONT receives"
        case "uptx": "ONT sends"
        case "uprx": "OLT receives"
        case "upatt": "attenuation up"
        case "dnatt": "attenuation down"
        case "pondesv": "deviation from the PON"
        default: Cleaning.clean(metric)
        }
    }

    /// How a value stands to its limits: four of the server's own (low, low, high, high), two (warning, critical),
    /// or the usual ones; nil where there are none.
    static func words(
        _ value: Double, _ metric: String, thresholds: [Double], _ limits: OpticalLimits
    ) -> String? {
        switch thresholds.count {
        case 4 where thresholds == thresholds.sorted():
            return OpticalLimits.Band(
                lowCritical: thresholds[0], lowWarning: thresholds[1], highWarning: thresholds[2],
                highCritical: thresholds[3]
            ).judge(value).words
        case 2:
            func shown(_ number: Double) -> String { "\(Quantity.number(number)) dB" }
            if value > thresholds[1] { return "critical, above \(shown(thresholds[1]))" }
            if value > thresholds[0] { return "too high, above \(shown(thresholds[0]))" }
            return "fine, below \(shown(thresholds[0]))"
        default: return limits[metric].map { $0.judge(value).words }
        }
    }
}
