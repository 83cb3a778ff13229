internal import Domain
internal import JSON

/// What the server's log of alerts said last of each device and rule, and which alerts it was not asked about yet.
struct AlertLog: Sendable {
    /// What an alert is of: a server has one for each device and rule.
    struct Pair: Hashable, Sendable {
        let device: DeviceID
        let rule: String
    }

    /// One line of the log: an alert entered a state, with what matched it then.
    struct Line: Sendable {
        let pair: Pair
        let number: Int64
        let time: Timestamp
        let state: AlertState
        let things: [FiredThing]
        /// How many things it names beyond these.
        let more: Int

        /// Nil for a line that does not say what it is of, or when.
        init?(_ row: JSONValue, clock: ServerClock) {
            guard let device = row["device_id"]?.text, let rule = row["rule_id"]?.text,
                let number = row["state"]?.int64,
                let time = row["time_logged"]?.text.flatMap({ CivilTime.parse($0, clock: clock) })
            else { return nil }
            pair = Pair(device: device, rule: rule)
            self.number = row["id"]?.int64 ?? 0
            self.time = time
            state = AlertState(number: number)
            (things, more) = FiredThing.all(in: row["details"])
        }

        func isBefore(_ other: Line) -> Bool {
            (time.seconds, number) < (other.time.seconds, other.number)
        }
    }

    /// What an alert looked like when the log was read for it.
    private struct Look: Equatable, Sendable {
        let state: AlertState
        let time: String
    }

    /// Seconds after which the log is read even if no alert changed: it may name other things in the same state.
    static let interval: Int64 = 120
    /// Seconds for which a log that could not be read is left alone.
    private static let patience: Int64 = 300
    /// How many devices are asked for at a time whose alerts are older than the newest lines.
    static let devicesAtOnce = 4

    private var lines: [Pair: Line] = [:]
    private var looks: [AlertID: Look] = [:]
    private var waiting: [Pair] = []
    private var readAt: Timestamp?
    private var failedAt: Timestamp?

    /// Whether any request is due for these alerts.
    func isDue(for alerts: [WireAlert], at now: Timestamp) -> Bool {
        if alerts.isEmpty { return false }
        if let failedAt, abs(now.seconds - failedAt.seconds) < Self.patience { return false }
        return !waiting.isEmpty || needsNewest(for: alerts, at: now)
    }

    /// Whether the newest lines of all devices are due.
    func needsNewest(for alerts: [WireAlert], at now: Timestamp) -> Bool {
        guard let readAt, abs(now.seconds - readAt.seconds) < Self.interval else { return true }
        return hasChanged(alerts)
    }

    /// Whether an alert is another than when the log was read for it.
    func hasChanged(_ alerts: [WireAlert]) -> Bool {
        alerts.contains { looks[$0.id] != Look(state: $0.state, time: $0.timestamp) }
    }

    mutating func fail(at now: Timestamp) { failedAt = now }

    /// Takes lines in any order; of each device and rule the newest is kept.
    mutating func take(_ new: [Line]) {
        for line in new where lines[line.pair].map({ $0.isBefore(line) }) ?? true { lines[line.pair] = line }
    }

    /// Notes that the newest lines were read for these alerts; those that they don't tell of wait for their device's.
    mutating func finishNewest(_ alerts: [WireAlert], at now: Timestamp, clock: ServerClock) {
        readAt = now
        failedAt = nil
        let changed = alerts.filter { looks[$0.id] != Look(state: $0.state, time: $0.timestamp) }
        looks = Dictionary(
            alerts.map { ($0.id, Look(state: $0.state, time: $0.timestamp)) }, uniquingKeysWith: { $1 })
        let open = Set(alerts.compactMap { Pair($0) })
        lines = lines.filter { open.contains($0.key) }
        waiting = waiting.filter { open.contains($0) }
        for alert in changed where line(of: alert, clock: clock) == nil {
            if let pair = Pair(alert), !waiting.contains(pair) { waiting.append(pair) }
        }
    }

    /// The next device to ask for.
    var nextDevice: DeviceID? { waiting.first?.device }

    /// Takes all that there is of a device, which does not wait any more.
    mutating func take(_ lines: [Line], of device: DeviceID) {
        take(lines)
        waiting.removeAll { $0.device == device }
    }

    /// Whether it could not be read what an alert is about: not since it is as it is now.
    func isUnknown(_ alert: WireAlert) -> Bool {
        guard failedAt != nil, let pair = Pair(alert) else { return false }
        return waiting.contains(pair) || looks[alert.id] != Look(state: alert.state, time: alert.timestamp)
    }

    /// The line that tells of an alert as it is now; nil where the log has only older ones, or none.
    func line(of alert: WireAlert, clock: ServerClock) -> Line? {
        guard let pair = Pair(alert), let line = lines[pair], line.state.isOpen else { return nil }
        // Row and line are written one after the other.
        let opened = CivilTime.parse(alert.timestamp, clock: clock)
        if let opened, line.time.seconds < opened.seconds - 60 { return nil }
        return line
    }
}

extension AlertLog.Pair {
    init?(_ alert: WireAlert) {
        guard let device = alert.device, !alert.rule.isEmpty else { return nil }
        self.init(device: device, rule: alert.rule)
    }
}
