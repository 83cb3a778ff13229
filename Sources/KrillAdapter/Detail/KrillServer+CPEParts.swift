internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What of a CPE has happened and was measured.
extension KrillServer {
    private static let mostLines = 20

    /// `isp/cpes/{id}/events`, the latest first; calls with `type=cdr` (the bodies are inferred).
    func eventSection(
        _ title: String, _ id: String, query: [(String, String)]
    ) async throws(BackendError) -> [Detail.Section] {
        guard
            let rows = try await list(
                Path.cpeEvents, id,
                query: query + [("sort", "-start_time"), ("limit", String(Self.mostLines))])
        else { return [] }
        let lines = rows.prefix(Self.mostLines).map { row in
            let time = row["start_time"]?.string.flatMap {
                CivilTime.parse($0, clock: ServerClock(offset: 0, isCertain: true))
            }
            let words = [row["source"]?.text, row["type"]?.text].compactMap { $0 }.joined(separator: " ")
            var text = Self.words(of: row["data"])
            if row["end_time"]?.isNull == true, title == "Events" {
                text += text.isEmpty ? "running" : ", running"
            }
            return Detail.Line(
                time.map { CivilTime.fields($0, offset: 0).text + "Z" } ?? "",
                .text(Cleaning.clean([words, text].filter { !$0.isEmpty }.joined(separator: ": "))))
        }
        return lines.isEmpty ? [] : [Detail.Section(title, lines)]
    }

    func logSection(_ id: String) async throws(BackendError) -> [Detail.Section] {
        guard let rows = try await list(Path.cpeLogs, id, query: [("limit", String(Self.mostLines))]) else {
            return []
        }
        let lines = rows.prefix(Self.mostLines).map { row in
            let when = row["time"]?.text ?? row["date"]?.text ?? row["timestamp"]?.text ?? ""
            let who = row["program"]?.text ?? row["source"]?.text ?? ""
            let words = row["message"]?.text ?? row.text ?? Self.words(of: row)
            return Detail.Line(
                Cleaning.clean(String(when.prefix(19))),
                .text(Cleaning.clean(who.isEmpty ? words : "\(who): \(words)")))
        }
        return lines.isEmpty ? [] : [Detail.Section("Logs", lines)]
    }

    func linkSection(_ id: String) async throws(BackendError) -> [Detail.Section] {
        guard let rows = try await list(Path.cpeLinks, id, query: []) else { return [] }
        let lines = rows.prefix(Self.mostLines).compactMap { row -> Detail.Line? in
            guard let url = row["url"]?.text ?? row["href"]?.text else { return nil }
            return Detail.Line(Cleaning.clean(row["name"]?.text ?? "link"), .text(Cleaning.clean(url)))
        }
        return lines.isEmpty ? [] : [Detail.Section("Links", lines)]
    }

    /// A list below a CPE, in whatever envelope; nil where the server has no such path.
    private func list(
        _ template: PathTemplate, _ id: String, query: [(String, String)]
    ) async throws(BackendError) -> [JSONValue]? {
        let response = try await read(template, ["id": id], query: query, priority: 0)
        if response.status == 404 { return nil }
        let root = try Verdict.root(of: response)
        return (root.array ?? root["results"]?.array).map { Array($0) }
    }

    /// What free data says, without secrets.
    static func words(of data: JSONValue?) -> String {
        guard let data else { return "" }
        guard let text = (data["text"] ?? data["message"])?.text, !text.isEmpty else {
            return FieldManners.krill.words(data)
        }
        let rest = data.object?.filter { $0.key != "text" && $0.key != "message" } ?? []
        let more = rest.filter { !SecretKeys.krill.holds($0.key) }.compactMap { key, value in
            let words = FieldManners.krill.words(value)
            return words.isEmpty ? nil : "\(key) \(words)"
        }
        return ([text] + more).joined(separator: ", ")
    }

    // MARK: Metrics

    /// What was measured over the last day: the metrics of `graphs`, their values from `datasets`, which is a POST
    /// that reads.
    func measuredSections(_ cpe: CPE) async throws(BackendError) -> [Detail.Section] {
        guard let graphs = try await objectIfOffered(Path.graphs, [:], query: [("host_name", cpe.host)])
        else {
            return []
        }
        let metrics =
            graphs["graphs"]?.array?.flatMap { graph in
                graph["datasets"]?.array?.compactMap { Metric($0, group: graph["group"]?.text) } ?? []
            } ?? []
        guard !metrics.isEmpty else { return [] }
        let body: JSONTree = [
            "host_name": .string(cpe.host), "service_name": nil, "start": "24h", "end": "0m",
            "metrics": .array(metrics.map { $0.question(cpe.host) }),
        ]
        let response = try await read(Path.datasets, method: .post, body: body, priority: 0)
        let root = try Verdict.root(of: response)
        let lines = metrics.compactMap { $0.line(root, cpe.host) }
        return lines.isEmpty ? [] : [Detail.Section("Measured in 24 h: last, least to most", lines)]
    }

    /// One metric of a graph.
    private struct Metric {
        let name: String
        let measurement: String
        let unit: String
        let service: String?

        init?(_ dataset: JSONValue, group: String?) {
            guard let name = dataset["metric"]?.text, let measurement = dataset["measurement"]?.text else {
                return nil
            }
            self.name = name
            self.measurement = measurement
            unit = dataset["uom"]?.text ?? ""
            // `check_txrx` is measured by the service txrx; what the host's own check measures has no service.
            let word = measurement.hasPrefix("check_") ? String(measurement.dropFirst(6)) : ""
            service = word.isEmpty || word == "cpe" ? nil : word
        }

        func question(_ host: String) -> JSONTree {
            [
                "host_name": .string(host), "service_name": service.map { .string($0) } ?? nil,
                "measurement": .string(measurement), "metric": .string(name),
            ]
        }

        func line(_ root: JSONValue, _ host: String) -> Detail.Line? {
            let parts = [measurement, host, service, name].compactMap { $0 }
            let values = root[parts.joined(separator: "__")]?.array?.compactMap { $0["value"]?.double } ?? []
            guard let last = values.last, let least = values.min(), let most = values.max() else {
                return nil
            }
            func shown(_ value: Double) -> String {
                switch unit {
                case "dBm": Quantity.decibelMilliwatts(value)
                case "B": "\(Quantity.rate(value * 8))b/s"
                default: "\(Quantity.number(value))\(unit.isEmpty ? "" : " \(Cleaning.clean(unit))")"
                }
            }
            return Detail.Line(
                name == "dnbw" ? "download" : name == "upbw" ? "upload" : Levels.title(name),
                .text("\(shown(last)), \(shown(least)) to \(shown(most))"))
        }
    }
}
