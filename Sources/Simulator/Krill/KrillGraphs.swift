/// What Krill can draw of a host, and the numbers for it.
enum KrillGraphs {
    struct Metric: Sendable {
        let name: String
        let unit: String
        let measurement: String
        let service: String?
        var minimum: Int?
        var maximum: Int?
    }

    static func metrics(of line: Line) -> [Metric] {
        var metrics = [
            Metric(name: "dnbw", unit: "B", measurement: "check_cpe", service: nil),
            Metric(name: "upbw", unit: "B", measurement: "check_cpe", service: nil),
        ]
        guard line.technology == .gpon else { return metrics }
        for name in ["dnrx", "uprx", "uptx"] {
            metrics.append(
                Metric(
                    name: name, unit: "dBm", measurement: "check_txrx", service: "txrx", minimum: -49,
                    maximum: 5))
        }
        metrics.append(
            Metric(
                name: "upatt", unit: "dB", measurement: "check_txrx", service: "txrx", minimum: 1, maximum: 60
            ))
        return metrics
    }

    /// `24h`, `30m`, `7d`, `2M` before now, in seconds.
    static func seconds(_ text: String) -> Int? {
        let units: [Character: Int] = ["m": 60, "h": 3_600, "d": 86_400, "M": 2_592_000]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), count >= 0 else {
            return nil
        }
        return count * unit
    }
}

extension KrillPaths {
    static let graphs: [KrillPath] = [
        .get("monitoring/graphs", "Graphs") { $0.graphs() },
        // It only reads, though it is a POST.
        .post(
            "monitoring/datasets", "Datasets", acts: false,
            fields: [
                FieldWords("host_name", .string, isRequired: true), FieldWords("service_name", .string),
                FieldWords("start", .string), FieldWords("end", .string),
                FieldWords("metrics", .field, isRequired: true),
            ]
        ) { $0.datasets() },
    ]
}

extension KrillCall {
    /// `GET monitoring/graphs/?host_name=&service_name=`.
    func graphs() -> Reply {
        guard let name = query["host_name"], !name.isEmpty else {
            return complaints([("host_name", "This field is required.")])
        }
        guard let line = cpe(named: name)?.line else {
            return host(named: name) == nil ? notFound() : json(["graphs": .list([])])
        }
        let wanted = query["service_name"]
        let metrics = KrillGraphs.metrics(of: line).filter {
            wanted?.isEmpty != false || $0.service == wanted
        }
        let groups = Dictionary(grouping: metrics, by: { $0.service ?? "bandwidth" }).sorted {
            $0.key < $1.key
        }
        let graphs = groups.enumerated().map { index, group in
            ([
                "group": .text(group.key), "severity": 0,
                "title": .text(group.key == "bandwidth" ? "Bandwidth" : "Optical levels"),
                "type": "LineChart", "weight": .integer(index + 3), "range": "24h",
                "datasets": .list(group.value.enumerated().map { dataset($0.element, $0.offset + 1) }),
            ] as Value)
        }
        return json(["graphs": .list(graphs)])
    }

    private func dataset(_ metric: KrillGraphs.Metric, _ color: Int) -> Value {
        let empty = ["warning", "critical", "error", "percentile", "operator"].map { Value.Member($0, .null) }
        return .object(
            [
                .init("label", .text(metric.name)), .init("measurement", .text(metric.measurement)),
                .init("metric", .text(metric.name)), .init("uom", .text(metric.unit)),
                .init("min", .integer(orNull: metric.minimum)),
                .init("max", .integer(orNull: metric.maximum)),
            ] + empty + [.init("color_index", .integer(color))])
    }

    /// `POST monitoring/datasets/`: the numbers of metrics over a time, at most 288 of each.
    func datasets() -> Reply {
        let body: Input
        switch reading() {
        case .body(let read): body = read
        case .refused(let reply): return reply
        }
        guard let metrics = body["metrics"].list else {
            return complaints([("metrics", "This field is required.")])
        }
        guard let start = KrillGraphs.seconds(body["start"].text ?? "24h") else {
            return complaints([("start", "Enter a number with m, h, d or M.")])
        }
        guard let end = KrillGraphs.seconds(body["end"].text ?? "0m"), end < start else {
            return complaints([("end", "Enter a number with m, h, d or M that is after the start.")])
        }
        var found: [Value.Member] = []
        for metric in metrics {
            let host = metric["host_name"].text ?? body["host_name"].plain
            let service = metric["service_name"].text ?? ""
            let name = metric["metric"].plain
            guard let line = cpe(named: host)?.line,
                let known = KrillGraphs.metrics(of: line).first(where: { $0.name == name })
            else { continue }
            let key = [known.measurement, host, service, name].filter { !$0.isEmpty }.joined(separator: "__")
            found.append(.init(key, .list(series(known, of: line, from: start, to: end))))
        }
        return json(.object(found))
    }

    private func series(_ metric: KrillGraphs.Metric, of line: Line, from start: Int, to end: Int) -> [Value]
    {
        let step = max((start - end) / 288, 300)
        let last = floorDivide(view.tick - end, by: step) * step
        let count = (start - end) / step
        return (0..<count).map { index in
            let tick = last - (count - 1 - index) * step
            return [
                "time": .text(KrillTime.text(view.time(tick), zone: 0)),
                "value": measure(metric.name, of: line, at: tick), "unit": nil,
            ]
        }
    }

    private func measure(_ metric: String, of line: Line, at tick: Int) -> Value {
        guard !line.traits.contains(.isNew),
            !view.life.ownOutages(of: line, near: tick).contains(where: { $0.episode.covers(tick) })
        else { return .null }
        let light = view.life.light(of: line, at: tick)
        switch metric {
        case "dnrx": return .float(hundredths: light.received)
        case "uptx": return .float(hundredths: light.sent)
        case "uprx": return .float(hundredths: light.returned)
        case "upatt": return .float(hundredths: light.attenuation)
        default:
            let rate = access.network.noise.pick(
                20_000...9_000_000, .usage, line.id, floorDivide(tick, by: 300))
            return .float(hundredths: rate * (metric == "upbw" ? 12 : 100))
        }
    }
}
