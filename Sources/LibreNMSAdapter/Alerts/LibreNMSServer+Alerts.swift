internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Alerts in every open state, as far as they could be read.
struct OpenAlerts {
    private(set) var alerts: [WireAlert] = []
    private var places: [AlertID: Int] = [:]
    /// The states that could not be read, with the reason of the last.
    var missing: [Int] = []
    var error: BackendError?
    /// What rows lack without which an alert is not known, or not whether somebody took it.
    private var lacking = MissingFields()
    /// How many rows came without a number.
    private(set) var unnamed = 0

    /// The newest row of each alert: between two requests an alert may change its state.
    mutating func add(_ array: JSONArray) {
        for row in array {
            guard let alert = WireAlert(row) else {
                lacking.note("id", of: "alerts")
                unnamed += 1
                continue
            }
            if !alert.saysState { lacking.note("state", of: "alerts") }
            add(alert)
        }
    }

    /// Whether every alert is there, and says its state.
    var completeness: Completeness { lacking.completeness }

    private mutating func add(_ alert: WireAlert) {
        if let place = places[alert.id] {
            alerts[place] = alert
        } else {
            places[alert.id] = alerts.count
            alerts.append(alert)
        }
    }

    /// An alert by its id.
    subscript(id: AlertID) -> WireAlert? { places[id].map { alerts[$0] } }

    /// What a second look found; what it did not find again stays.
    mutating func update(with later: OpenAlerts) {
        for alert in later.alerts { add(alert) }
        missing = later.missing
        error = later.error
        lacking = later.lacking
        unnamed = later.unnamed
    }
}

extension LibreNMSServer {
    /// The states of the API in which an alert is open; asked for none, it gives only the first.
    static let openStates = [1, 2, 3, 4, 5]

    /// Reads the alerts of every open state, with severity and name of their rules.
    func refreshAlerts(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let dialect = try await dialect()
        var open = try await openAlerts(dialect)
        if !dialect.listsAlertStates, open.missing.isEmpty, open.completeness == .complete, lost(open.alerts)
        {
            // One that changed its state between two requests slipped through; it is found the second time.
            open.update(with: try await openAlerts(dialect))
        }
        let rulesError = await rulesIfNeeded(for: open.alerts)
        if needsClock, !open.alerts.isEmpty {
            // Nobody waits for the clock, without which the alerts are there all the same.
            sink.add(table(of: open, dialect), covering: .page)
            await learnClock(from: open.alerts, dialect)
        }
        if needsAlertLog(for: open.alerts, dialect) {
            // Nobody waits for what fired.
            sink.add(table(of: open, dialect), covering: .page)
            await readAlertLog(for: open.alerts)
        }
        let isWhole = open.missing.isEmpty && open.completeness == .complete
        sink.add(table(of: open, dialect), covering: isWhole ? .everything : .page)
        if !open.missing.isEmpty {
            let states = open.missing.map { AlertState(number: Int64($0)).rawValue }
            return .partial("no \(states.joined(separator: ", ")) alerts: \(open.error?.words ?? "")")
        }
        if let rulesError { return .partial("severities are missing: \(rulesError.words)") }
        return open.completeness
    }

    /// Reads the alerts of every open state: one request where the server takes several states, else one each.
    func openAlerts(_ dialect: Dialect, priority: Int = 1) async throws(BackendError) -> OpenAlerts {
        var open = OpenAlerts()
        let states = Self.openStates.map(String.init)
        if dialect.listsAlertStates {
            let query = [("state", states.joined(separator: ","))]
            if let list = try await rows("alerts", Path.alerts, query: query, priority: priority) {
                open.add(list.array)
            }
            return open
        }
        for state in Self.openStates {
            do {
                let query = [("state", String(state))]
                if let list = try await rows("alerts", Path.alerts, query: query, priority: priority) {
                    open.add(list.array)
                }
            } catch {
                guard error.kind == .server || error.kind == .timedOut || error.kind == .invalid else {
                    throw error
                }
                open.missing.append(state)
                open.error = error
            }
        }
        if let error = open.error, open.missing.count == states.count { throw error }
        return open
    }

    /// Whether an alert that was open is in no list any more.
    private func lost(_ alerts: [WireAlert]) -> Bool {
        let now = Set(alerts.map(\.id))
        return withMemory { $0.alertDevices.keys.contains { !now.contains($0) } }
    }

    private func table(of open: OpenAlerts, _ dialect: Dialect) -> Table {
        withMemory { memory in
            var builder = TableBuilder(.alert, backend, capacity: open.alerts.count)
            for alert in open.alerts { append(alert, dialect, &memory, to: &builder) }
            if open.missing.isEmpty, open.completeness == .complete {
                memory.alertStarts.keep(only: Set(open.alerts.map(\.id)))
                memory.alertDevices = Dictionary(
                    open.alerts.compactMap { alert in alert.device.map { (alert.id, $0) } },
                    uniquingKeysWith: { $1 })
            }
            return builder.finish()
        }
    }

    private func append(
        _ alert: WireAlert, _ dialect: Dialect, _ memory: inout Memory, to builder: inout TableBuilder
    ) {
        let resource = ResourceDescriptor.alert
        let words = memory.rule(of: alert)
        builder.begin(entity(.alert, alert.id))
        if words.severity != .unknown || memory.isWithoutRule(alert) {
            builder.set(resource.place(of: .severity), text: words.severity.word)
        }
        builder.set(resource.place(of: .state), text: alert.state.rawValue)
        builder.set(
            resource.place(of: .device), ref: alert.device.map { entity(.device, $0) },
            name: memory.deviceName(of: alert))
        builder.set(resource.place(of: .rule), ref: entity(.rule, alert.rule), name: words.name)
        if let line = memory.alertLog.line(of: alert, clock: memory.usableClock) {
            builder.set(resource.place(of: .fired), text: line.things.summary(more: line.more))
            // Of several ports none is what the alert is about.
            if line.more == 0, line.things.count == 1, let place = line.things.first?.place,
                place.kind == .port
            {
                builder.set(
                    resource.place(of: "port"), ref: entity(.port, place.id),
                    name: line.things.first?.name ?? "")
            }
        } else if memory.alertLog.isUnknown(alert) {
            builder.set(resource.place(of: .fired), text: "unknown")
        }
        builder.set(resource.place(of: .note), text: alert.lastNote.short)
        builder.set(resource.place(of: .untilClear), flag: alert.untilClear)
        let since = memory.since(alert, dialect)
        builder.set(resource.place(of: .since), time: since.time)
        builder.set(resource.place(of: .sinceFrom), text: since.origin.word)
    }
}

extension Memory {
    /// Severity and name: the alert's own where the server gives them, else its rule's.
    func rule(of alert: WireAlert) -> RuleSummary {
        let known = rules[alert.rule]
        let name = alert.ruleName ?? known?.name
        return RuleSummary(
            name: name.map { Cleaning.clean($0) } ?? "rule \(Cleaning.clean(alert.rule))",
            severity: alert.severity ?? known?.severity ?? .unknown)
    }

    /// Whether the server has no such rule any more, so that it knows no severity itself.
    func isWithoutRule(_ alert: WireAlert) -> Bool {
        rulesReadAt != nil && !alert.rule.isEmpty && rules[alert.rule] == nil
    }

    /// What the alert's device is called.
    func deviceName(of alert: WireAlert) -> String {
        if let name = alert.device.flatMap({ deviceNames[$0] }) { return name }
        if !alert.host.isEmpty { return Cleaning.clean(alert.host) }
        return alert.device.map { "device \($0)" } ?? ""
    }

    /// Since when the alert is open.
    mutating func since(
        _ alert: WireAlert, _ dialect: Dialect
    ) -> (time: Timestamp?, origin: AlertStarts.Origin) {
        let time = CivilTime.parse(alert.timestamp, clock: usableClock)
        return dialect.acknowledgeMovesTime ? alertStarts.since(alert.id, alert.state, time) : (time, .server)
    }

    /// What an alert is called where its device and rule are not beside it.
    func title(of alert: WireAlert) -> String { "\(rule(of: alert).name) on \(deviceName(of: alert))" }
}
