extension LibreNMSCall {
    /// `GET /logs/eventlog/:hostname`: of one device or of all.
    func eventLog() -> Reply {
        guard let devices = devicesOfLog() else { return unknownDevice() }
        let events = (devices.flatMap(view.events) + writtenEvents("eventlog", devices)).sorted {
            ($0.tick, $0.id) < ($1.tick, $1.id)
        }
        return log(events, LoggedEvent.schema, number: \.id, tick: \.tick)
    }

    /// `GET /logs/syslog/:hostname`: what devices sent of the same.
    func syslog() -> Reply {
        guard let devices = devicesOfLog() else { return unknownDevice() }
        let own = devices.flatMap(view.events).filter { $0.type == "interface" }
        let lines = (own + writtenEvents("syslog", devices)).sorted { ($0.tick, $0.id) < ($1.tick, $1.id) }
        return log(lines, LoggedEvent.syslogSchema, number: \.id, tick: \.tick)
    }

    /// `GET /logs/alertlog/:hostname`: what became of alerts.
    func alertLog() -> Reply {
        guard let devices = devicesOfLog() else { return unknownDevice() }
        let wanted = parameters["hostname"] == nil ? nil : Set(devices.map(\.device.id))
        let lines = view.alerts.filter { wanted?.contains($0.device.id) ?? true }.flatMap {
            LoggedAlert.lines(of: $0, view)
        }
        return log(
            lines.sorted { ($0.tick, $0.id) < ($1.tick, $1.id) }, LoggedAlert.schema, number: \.id,
            tick: \.tick)
    }

    private func unknownDevice() -> Reply { failed(404, "Device \(self["hostname"]) does not exist") }

    /// The devices whose log is wanted; nil when the path names one that is not there.
    private func devicesOfLog() -> [DeviceRow]? {
        guard parameters["hostname"] != nil else { return view.devices }
        return device.map { [$0] }
    }

    /// The only lists that come in pages; oldest first unless asked otherwise.
    func log<Line: Sendable>(
        _ lines: [Line], _ schema: Schema<Line>, number: KeyPath<Line, Int>, tick: KeyPath<Line, Int>
    ) -> Reply {
        // A bound is a number of a line, or a time as the server prints it.
        func isWithin(_ line: Line, _ name: String, _ agrees: (Bool, Bool) -> Bool) -> Bool {
            guard let bound = query[name], !bound.isEmpty else { return true }
            if let id = Int(bound) { return agrees(line[keyPath: number] >= id, line[keyPath: number] <= id) }
            let time = Moment(view.time(line[keyPath: tick]) + style.zone).text
            return agrees(time >= bound, time <= bound)
        }
        var wanted = lines.filter { line in
            isWithin(line, "from") { isAfter, _ in isAfter }
                && isWithin(line, "to") { _, isBefore in isBefore }
        }
        // Only capitals turn the order.
        if query["sortorder"] == "DESC" { wanted.reverse() }
        let page = Page(query, offset: "start", limit: "limit", usually: 50).of(wanted)
        return json(
            200,
            [
                "status": "ok",
                "logs": Column.rows(Array(page), count: page.count, schema.columns(in: .list)),
                "count": .computed(page.count), "total": .computed(wanted.count),
            ])
    }
}

/// Numbers of log lines: they rise with time and never change, though nobody keeps the lines.
func lineNumber(_ tick: Int, _ thing: Int) -> Int { (tick + 100_000_000) * 10_000_000 + thing }

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
    var author = ""

    static let schema = Schema<LoggedEvent>([
        Column("hostname", in: .all) { .text($0.device.device.hostname) },
        Column("sysName", in: .all) { .text(orNull: $0.device.device.identity.name) },
        Column("host", in: .all) { .integer($0.device.device.id) },
        Column("event_id", in: .all) { .integer($0.id) },
        Column("device_id", in: .all) { .integer($0.device.device.id) },
        Column("datetime", in: .all) { .time($0.device.view.time($0.tick)) },
        Column("message", in: .all) { .text($0.message) },
        Column("type", in: .all) { .text($0.type) },
        Column("reference", in: .all) { .text($0.reference) },
        Column("username", in: .all) { .text($0.author) },
        Column("severity", in: .all) { .integer($0.severity) },
    ])

    /// The same as the device itself would have sent it.
    static let syslogSchema = Schema<LoggedEvent>([
        Column("hostname", in: .all) { .text($0.device.device.hostname) },
        Column("sysName", in: .all) { .text(orNull: $0.device.device.identity.name) },
        Column("device_id", in: .all) { .integer($0.device.device.id) },
        Column("facility", in: .all) { _ in .text("daemon") },
        Column("priority", in: .all) { .text($0.severity > 1 ? "err" : "notice") },
        Column("level", in: .all) { .text($0.severity > 1 ? "err" : "notice") },
        Column("tag", in: .all) { _ in .text("1e") },
        Column("timestamp", in: .all) { .time($0.device.view.time($0.tick)) },
        Column("program", in: .all) { _ in .text("LINK") },
        Column("msg", in: .all) { .text("%LINK-3-UPDOWN: \($0.message)\u{1B}[0m") },
        Column("seq", in: .all) { .integer($0.id) },
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
        // What happened at once is told by port; a device's own line comes first.
        return lines.filter { $0.tick <= tick }.map { line in
            let thing = (Int(line.reference) ?? 0) * 10 + line.severity
            return LoggedEvent(
                id: lineNumber(
                    line.tick, line.reference.isEmpty ? row.index * 10 + line.severity : 1_000_000 + thing),
                device: row, tick: line.tick, message: line.message, type: line.type,
                reference: line.reference, severity: line.severity)
        }.sorted { ($0.tick, $0.id) < ($1.tick, $1.id) }
    }
}
