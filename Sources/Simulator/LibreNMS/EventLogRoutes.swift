extension LibreNMSCall {
    /// `GET /logs/eventlog/:hostname`: the only list that comes in pages; oldest first unless asked otherwise.
    func eventLog() -> Reply {
        guard let device else { return failed(404, "Device \(self["hostname"]) does not exist") }
        var events = view.events(of: device)
        // Only capitals turn the order.
        if query["sortorder"] == "DESC" { events.reverse() }
        let page = Page(query, offset: "start", limit: "limit", usually: 50).of(events)
        let columns = LoggedEvent.schema.columns(in: .list)
        return json(
            200,
            .object([
                .init("status", .text("ok")),
                .init("logs", Column.rows(Array(page), count: page.count, columns)),
                .init("count", .computed(page.count)), .init("total", .computed(events.count)),
            ]))
    }
}

/// A line of the event log.
struct LoggedEvent: Sendable {
    let id: Int
    let device: DeviceRow
    let tick: Int
    let message: String
    let type: String
    let reference: String
    /// From 1, fine, to 5, critical.
    let severity: Int

    static let schema = Schema<LoggedEvent>([
        Column("hostname", in: .all) { .text($0.device.device.hostname) },
        Column("sysName", in: .all) { .text(orNull: $0.device.device.identity.name) },
        Column("event_id", in: .all) { .integer($0.id) },
        Column("device_id", in: .all) { .integer($0.device.device.id) },
        Column("datetime", in: .all) { .time($0.device.view.time($0.tick)) },
        Column("message", in: .all) { .text($0.message) },
        Column("type", in: .all) { .text($0.type) },
        Column("reference", in: .all) { .text($0.reference) },
        Column("username", in: .all) { _ in .text("") },
        Column("severity", in: .all) { .integer($0.severity) },
    ])
}

extension WorldView {
    /// What happened at a device lately, oldest first.
    func events(of row: DeviceRow) -> [LoggedEvent] {
        guard row.addition == nil else { return [] }
        var lines: [(tick: Int, message: String, type: String, reference: String, severity: Int)] = []
        for outage in Set(life.outages(of: row.index, near: tick)) {
            lines.append((outage.start, "Device status changed to Down from icmp check.", "down", "", 5))
            lines.append((outage.end, "Device status changed to Up from icmp check.", "up", "", 1))
        }
        for index in network.fragilePorts[row.index] {
            let port = network.ports[index]
            let name = port.name ?? ""
            for episode in Set(life.breaks(of: port, near: tick)) {
                let id = String(port.id)
                lines.append((episode.start, "ifOperStatus: up -> down (\(name))", "interface", id, 5))
                lines.append((episode.end, "ifOperStatus: down -> up (\(name))", "interface", id, 1))
            }
        }
        let past = lines.filter { $0.tick <= tick }.sorted {
            ($0.tick, $0.message, $0.reference) < ($1.tick, $1.message, $1.reference)
        }
        return past.enumerated().map { number, line in
            LoggedEvent(
                id: row.index * 10_000 + number + 1, device: row, tick: line.tick, message: line.message,
                type: line.type, reference: line.reference, severity: line.severity)
        }
    }
}
