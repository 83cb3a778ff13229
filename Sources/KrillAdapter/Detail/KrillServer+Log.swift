internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What Krill says happened to a line: `isp/cpes/{id}/events` and `isp/cpes/{id}/logs` (application isp, the CRM), which the
/// document names among the links of a CPE; their bodies are inferred.
///
/// The monitoring's own history is in Krill's web interface alone: its path in the API is not known, so that a host that is
/// no CPE has no log here. API v1 has none at all.
extension KrillServer {
    /// How many lines are read of each of the two.
    private static let mostEntries = 100

    var loggedKinds: Set<ResourceKind> { withMemory { $0.version } == .v2 ? [.cpe, .onu, .alert] : [] }

    func log(of entity: EntityRef, since: Timestamp) async throws(BackendError) -> ServerLog? {
        guard loggedKinds.contains(entity.kind), let id = line(of: entity) else { return nil }
        let events = await logPart { () async throws(BackendError) in
            try await part(Path.cpeEvents, id, [("sort", "-start_time")], title: "events") { row, part in
                eventEntry(row, &part)
            }
        }
        let lines = await logPart { () async throws(BackendError) in
            try await part(Path.cpeLogs, id, [], title: "lines") { row, part in lineEntry(row, &part) }
        }
        return try ServerLog.joined([("its events", events), ("its logs", lines)], since: since)
    }

    /// The number of the CPE that an entity is, or that an alert is about; nil for another host of the monitoring.
    private func line(of entity: EntityRef) -> String? {
        guard entity.kind == .alert else { return entity.id }
        let host = entity.id.prefix { $0 != "!" }
        return withMemory { $0.cpe(ofHost: String(host)) }.map(String.init)
    }

    /// Reads one of the two, in whatever envelope; nil where the server has no such path.
    private func part(
        _ template: PathTemplate, _ id: String, _ query: [(String, String)], title: String,
        _ entry: (JSONValue, inout LogPart) -> ServerLog.Entry?
    ) async throws(BackendError) -> LogPart? {
        let response = try await read(
            template, ["id": id], query: query + [("limit", String(Self.mostEntries))], priority: 0)
        if response.status == 404 { return nil }
        let root = try Verdict.root(of: response)
        guard let rows = root.array ?? root["results"]?.array else {
            throw BackendError(.invalid, "the answer has no list of \(title)")
        }
        var part = LogPart()
        for row in rows {
            if let entry = entry(row, &part) { part.add(entry) }
        }
        let count = rows.count
        part.hasMore = root["count"]?.int64.map { $0 > Int64(count) } ?? (count >= Self.mostEntries)
        if part.hasMore, let first = part.times.first, let last = part.times.last {
            part.areOldest = first < last
        }
        return part
    }

    /// The times of this server name their zone; one that does not is a guess, unless the configuration says it.
    private var logClock: ServerClock { settings.clock ?? ServerClock(offset: 0, isCertain: false) }

    private func eventEntry(_ row: JSONValue, _ part: inout LogPart) -> ServerLog.Entry? {
        guard let time = row["start_time"]?.string.flatMap({ WrittenTime($0, clock: logClock) }) else {
            part.missing.note("start_time", of: "events")
            return nil
        }
        var words = [row["type"]?.text ?? "", Self.words(of: row["data"])].filter { !$0.isEmpty }
            .joined(separator: ": ")
        if let end = row["end_time"]?.string.flatMap({ WrittenTime($0, clock: logClock) }),
            end.time > time.time
        {
            words += ", for \(Quantity.duration(end.time.seconds - time.time.seconds))"
        }
        return ServerLog.Entry(
            time.time, isTimeCertain: time.isCertain, words: words, type: row["source"]?.text ?? "")
    }

    private func lineEntry(_ row: JSONValue, _ part: inout LogPart) -> ServerLog.Entry? {
        let written = row["time"]?.text ?? row["date"]?.text ?? row["timestamp"]?.text
        guard let time = written.flatMap({ WrittenTime($0, clock: logClock) }) else {
            part.missing.note("time", of: "lines")
            return nil
        }
        return ServerLog.Entry(
            time.time, isTimeCertain: time.isCertain,
            words: row["message"]?.text ?? Self.words(of: row),
            type: row["program"]?.text ?? row["source"]?.text ?? "")
    }
}
