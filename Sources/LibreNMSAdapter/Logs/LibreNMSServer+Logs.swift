internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// How many lines are read at a time.
    private static let newestLines = 200

    /// Reads the newest lines of a log.
    func refreshLog(
        _ format: LogFormat, into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        let resource = format.resource
        let clock = withMemory { $0.usableClock }
        var builder = TableBuilder(resource, backend)
        var missing = MissingFields()
        for row in try await newest(Self.newestLines, of: format.path, by: format.time, priority: 1).rows {
            guard let id = row[format.number]?.id else {
                missing.note(format.number, of: resource.kind == .event ? "events" : "lines")
                continue
            }
            builder.begin(entity(resource.kind, id))
            builder.set(
                resource.place(of: .time),
                time: row[format.time]?.text.flatMap { CivilTime.parse($0, clock: clock) })
            builder.set(resource.place(of: "log"), text: format.word)
            builder.set(resource.place(of: "level"), text: format.level(row[format.level]?.text ?? ""))
            if let device = row["device_id"]?.text, device != "0" {
                let host = row["hostname"]?.text
                builder.set(
                    resource.place(of: .device), ref: entity(.device, device),
                    name: withMemory { $0.name(ofDevice: device, host: host) })
            }
            builder.set(resource.place(of: "source"), text: row[format.source]?.text ?? "")
            builder.set(resource.place(of: "message"), text: row[format.message]?.text ?? "")
            builder.set(resource.place(of: "facility"), text: row["facility"]?.text ?? "")
        }
        sink.add(builder.finish(), covering: .everything)
        return missing.completeness
    }

    /// Everything about a line, which is found by its number; an event of a port leads to that.
    func lineDetail(_ entity: EntityRef, _ format: LogFormat) async throws(BackendError) -> Detail {
        let query = [("from", entity.id), ("to", entity.id), ("limit", "1")]
        let list = try await rows("logs", format.path, query: query, priority: 0)
        guard let row = list?.array.first(where: { $0[format.number]?.text == entity.id }) else {
            throw BackendError(.missing, "the log has no line \(Cleaning.clean(entity.id)) any more")
        }
        var sections = fields.sections(row, [FieldGroup(title: "Line", takesAll: true)])
        if format.resource.kind == .event, row["type"]?.text == "interface",
            let port = row["reference"]?.int64, port > 0
        {
            let link = Detail.Line(
                "port", .ref(self.entity(.port, String(port)), name: "port \(port)"), .ref(.port))
            sections.insert(Detail.Section("What it is about", [link]), at: 0)
        }
        return Detail(
            entity, title: Cleaning.clean(row[format.message]?.text ?? "line \(entity.id)"),
            sections: sections)
    }

    /// The newest rows of a log; releases that know no order give the oldest first, and say how many there are.
    func newest(
        _ count: Int, of path: PathTemplate, _ parameters: [String: String] = [:], by time: String,
        priority: Int
    ) async throws(BackendError) -> NewestRows {
        let limit = ("limit", String(count))
        let response = try await read(
            path, parameters, query: [limit, ("sortorder", "DESC")], priority: priority)
        guard let rows = try Verdict.list("logs", in: response).map({ Array($0) }) else {
            return NewestRows(rows: [], hasMore: false)
        }
        let total = try Verdict.root(of: response)["total"]?.int64
        let hasMore = total.map { $0 > Int64(rows.count) } ?? (rows.count >= count)
        guard hasMore, let first = rows.first?[time]?.text, let last = rows.last?[time]?.text, first < last
        else { return NewestRows(rows: rows, hasMore: hasMore) }
        guard let total else { return NewestRows(rows: rows, hasMore: true, areOldest: true) }
        let start = ("start", String(max(0, total - Int64(count))))
        let newest = try await self.rows("logs", path, parameters, query: [limit, start], priority: priority)
        return NewestRows(rows: newest.map { Array($0.array) } ?? [], hasMore: true)
    }
}

/// The newest rows of a log.
struct NewestRows {
    let rows: [JSONValue]
    /// Whether there are more, or may be.
    let hasMore: Bool
    /// Whether they are the oldest instead: the server knows no order, and does not say how many there are.
    var areOldest = false
}
