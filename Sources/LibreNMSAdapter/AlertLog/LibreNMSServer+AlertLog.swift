internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What fired: the alerts themselves name a device and a rule, only the log of alerts names the port or the sensor.
///
/// Nothing is claimed that it does not say; alerts are complete without it.
extension LibreNMSServer {
    /// How many lines are asked for: each may hold whole rows of a device.
    private static let newestLines = 100
    private static let deviceLines = 50
    /// The most seconds that a list of alerts waits for the log.
    static let alertLogPatience = 5.0

    /// Whether the log has to be read for alerts that were just read.
    func needsAlertLog(for alerts: [WireAlert], _ dialect: Dialect) -> Bool {
        dialect.offers("list_alertlog")
            && withMemory { [now = settings.now()] in $0.alertLog.isDue(for: alerts, at: now) }
    }

    /// Reads the newest lines of all devices, and those of some devices whose alerts are older than that.
    ///
    /// A server may have very many lines, and take longer for them than for all the alerts: it gets a moment.
    func readAlertLog(for alerts: [WireAlert]) async {
        await within(Self.alertLogPatience) { await self.askAlertLog(for: alerts) }
    }

    private func askAlertLog(for alerts: [WireAlert]) async {
        let now = settings.now()
        do throws(BackendError) {
            if withMemory({ $0.alertLog.needsNewest(for: alerts, at: now) }) {
                // Where no alert changed, what another of a team read since this process did says as much.
                let lasts = withMemory { $0.alertLog.hasChanged(alerts) } ? 0 : Double(AlertLog.interval)
                let (lines, age) = try await Sharing.lasting(lasts) { () async throws(BackendError) in
                    try await newestAlertLines()
                }
                withMemory {
                    $0.alertLog.take(lines)
                    $0.alertLog.finishNewest(
                        alerts, at: Timestamp(now.seconds - Int64(age)), clock: $0.usableClock)
                }
            }
            for _ in 0..<AlertLog.devicesAtOnce {
                guard let device = withMemory({ $0.alertLog.nextDevice }) else { break }
                let lines = try await alertLines(of: device, priority: 2)
                withMemory { $0.alertLog.take(lines, of: device) }
            }
        } catch {
            withMemory { $0.alertLog.fail(at: now) }
        }
    }

    private func newestAlertLines() async throws(BackendError) -> [AlertLog.Line] {
        lines(try await newest(Self.newestLines, of: Path.alertLogOfAll, by: "time_logged", priority: 2).rows)
    }

    /// The newest lines of a device; a device that the server does not know gives those of all, so each is looked at.
    func alertLines(of device: DeviceID, priority: Int) async throws(BackendError) -> [AlertLog.Line] {
        let list = try await rows(
            "logs", Path.alertLog, ["hostname": device],
            query: [("limit", String(Self.deviceLines)), ("sortorder", "DESC")], priority: priority)
        return list.map { lines($0.array) }?.filter { $0.pair.device == device } ?? []
    }

    private func lines(_ rows: some Sequence<JSONValue>) -> [AlertLog.Line] {
        let clock = withMemory { $0.usableClock }
        return rows.compactMap { AlertLog.Line($0, clock: clock) }
    }

    // MARK: In the detail of an alert

    /// What fired, as links, and what the alert went through.
    func firedSections(_ alert: WireAlert, _ dialect: Dialect) async -> [Detail.Section] {
        guard dialect.offers("list_alertlog"), let pair = AlertLog.Pair(alert) else { return [] }
        let lines: [AlertLog.Line]
        do {
            lines = try await alertLines(of: pair.device, priority: 0).filter { $0.pair == pair }
        } catch {
            return [Detail.Section("What fired", [Detail.Line("", .text("can't be read: \(error.words)"))])]
        }
        withMemory { $0.alertLog.take(lines) }
        var sections: [Detail.Section] = []
        if let line = withMemory({ $0.alertLog.line(of: alert, clock: $0.usableClock) }), !line.things.isEmpty
        {
            let count = line.things.count + line.more
            var things = line.things.map { self.line(of: $0) }
            if line.more > 0 {
                things.append(Detail.Line("", .text("and \(Quantity.count(line.more)) more")))
            }
            sections.append(Detail.Section("What fired (\(Quantity.count(count)))", things))
        }
        let history = lines.sorted { $1.isBefore($0) }.prefix(30).map { line in
            var words = [line.state == .open ? "fired" : line.state.rawValue]
            if line.state.isOpen { words.append(line.things.summary(more: line.more)) }
            return Detail.Line(words.filter { !$0.isEmpty }.joined(separator: "  "), .time(line.time), .time)
        }
        if !history.isEmpty { sections.append(Detail.Section("History, the newest first", history)) }
        return sections
    }

    private func line(of thing: FiredThing) -> Detail.Line {
        let words = thing.words.isEmpty ? thing.name : "\(thing.name)  \(thing.words)"
        guard let place = thing.place else { return Detail.Line(thing.kind, .text(words)) }
        return Detail.Line(
            thing.kind, .ref(entity(place.kind, place.id), name: words), .ref(place.kind))
    }
}
