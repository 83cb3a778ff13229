internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What the server's logs say of one entity: `GET /logs/eventlog/:hostname` (section Logs, `list_eventlog`) of its device,
/// and of an alert also `GET /logs/alertlog/:hostname` (`list_alertlog`).
///
/// Releases before 2017 have neither: there nothing is asked.
extension LibreNMSServer {
    /// How many lines of a device are read, and how many where most are not about the port that is asked for.
    private static let deviceLines = 200, portLines = 500

    var loggedKinds: Set<ResourceKind> {
        guard let dialect = withMemory({ $0.dialect }) else { return [] }
        var kinds: Set<ResourceKind> = []
        if dialect.offers("list_eventlog") { kinds.formUnion([.device, .port, .alert]) }
        if dialect.offers("list_alertlog") { kinds.insert(.alert) }
        return kinds
    }

    func log(of entity: EntityRef, since: Timestamp) async throws(BackendError) -> ServerLog? {
        let dialect = try await dialect()
        guard loggedKinds.contains(entity.kind) else { return nil }
        switch entity.kind {
        case .device:
            return try ServerLog.joined([("", await eventPart(of: entity.id))], since: since)
        case .port:
            let device = try await deviceOfPort(entity, dialect)
            return try ServerLog.joined([("", await eventPart(of: device, port: entity))], since: since)
        case .alert:
            let alert = try await anyAlert(entity.id, dialect)
            guard let device = alert.device else { return nil }
            var parts: [(title: String, result: Result<LogPart?, BackendError>)] = []
            if dialect.offers("list_eventlog") {
                parts.append(("its event log", await eventPart(of: device)))
            }
            if dialect.offers("list_alertlog"), let pair = AlertLog.Pair(alert) {
                parts.append(("its alert log", await alertPart(of: pair)))
            }
            return try ServerLog.joined(parts, since: since)
        default: return nil
        }
    }

    /// The device of a port: known where ports are read device by device, else asked for.
    private func deviceOfPort(_ port: EntityRef, _ dialect: Dialect) async throws(BackendError) -> DeviceID {
        if let known = withMemory({ $0.sweep.device(of: port) }) { return known }
        guard dialect.listsAllPorts else {
            throw BackendError(
                .missing, "this server finds a port only by its device, and that device was not read yet")
        }
        guard let row = try await portRow(port.id) else {
            throw BackendError(.missing, "the server has no port \(Cleaning.clean(port.id)) any more")
        }
        guard let device = row["device_id"]?.id else {
            throw BackendError(.invalid, "the server does not say on which device the port is")
        }
        return device
    }

    /// The event log of a device, or what of it is about one of its ports.
    private func eventPart(
        of device: DeviceID, port: EntityRef? = nil
    ) async -> Result<LogPart?, BackendError> {
        await logPart { () async throws(BackendError) in
            let format = LogFormat.events
            let found = try await newest(
                port == nil ? Self.deviceLines : Self.portLines, of: Path.eventLog, ["hostname": device],
                by: format.time, priority: 0)
            let clock = withMemory { $0.usableClock }
            var part = LogPart()
            (part.hasMore, part.areOldest) = (found.hasMore, found.areOldest)
            for row in found.rows {
                guard let owner = row["device_id"]?.id else {
                    part.missing.note("device_id", of: "events")
                    continue
                }
                // A server that does not know the device gives the log of all.
                guard owner == device else {
                    part.gap = "the server answers with the log of other devices"
                    continue
                }
                guard let time = row[format.time]?.text.flatMap({ WrittenTime($0, clock: clock) }) else {
                    part.missing.note(format.time, of: "events")
                    continue
                }
                guard let message = row[format.message]?.text else {
                    part.missing.note(format.message, of: "events")
                    continue
                }
                let subject = Self.port(in: row)
                if let port {
                    guard let subject else {
                        part.missing.note("reference", of: "events")
                        continue
                    }
                    guard subject == port.id else {
                        part.times.append(time.time)
                        continue
                    }
                }
                let level = format.level(row[format.level]?.text ?? "")
                part.add(
                    ServerLog.Entry(
                        time.time, isTimeCertain: time.isCertain, words: message,
                        type: row[format.source]?.text ?? "", level: level, severity: Self.severity(level),
                        who: row["username"]?.text ?? "",
                        about: subject.flatMap { $0.isEmpty ? nil : entity(.port, $0) }))
            }
            return part
        }
    }

    /// The port that an event is about, empty for none; nil where the row does not say what it is about.
    private static func port(in row: JSONValue) -> String? {
        guard let type = row["type"], let reference = row["reference"] else { return nil }
        guard ["interface", "port"].contains(type.text ?? ""), let id = reference.id, id != "0" else {
            return ""
        }
        return id
    }

    /// What its words for a level are here; what only informs is not judged.
    private static func severity(_ level: String) -> Severity {
        switch level {
        case "error": .critical
        case "warning": .warning
        case "ok": .ok
        default: .unknown
        }
    }

    /// What an alert went through: the lines of its device and rule.
    private func alertPart(of pair: AlertLog.Pair) async -> Result<LogPart?, BackendError> {
        await logPart { () async throws(BackendError) in
            let found = try await newest(
                Self.deviceLines, of: Path.alertLog, ["hostname": pair.device], by: "time_logged", priority: 0
            )
            let clock = withMemory { $0.usableClock }
            var part = LogPart()
            (part.hasMore, part.areOldest) = (found.hasMore, found.areOldest)
            for row in found.rows {
                guard let time = row["time_logged"]?.text.flatMap({ WrittenTime($0, clock: clock) }),
                    let line = AlertLog.Line(row, clock: clock)
                else {
                    part.missing.note("time_logged, device_id, rule_id or state", of: "lines")
                    continue
                }
                guard line.pair == pair else {
                    part.times.append(time.time)
                    continue
                }
                var words = [line.state == .open ? "fired" : line.state.rawValue]
                if line.state.isOpen { words.append(line.things.summary(more: line.more)) }
                part.add(
                    ServerLog.Entry(
                        time.time, isTimeCertain: time.isCertain, words: words.joined(separator: " "),
                        type: "alert"))
            }
            return part
        }
    }
}
