internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// The server checks nothing: it acknowledges what has cleared and unmutes any row. So the alerts are read first,
/// and only those in the right state are sent.
extension LibreNMSServer {
    func alertPlan(_ command: Command) async throws(BackendError) -> Plan {
        let dialect = try await dialect()
        let open = try await openAlerts(dialect, priority: 0)
        if let error = open.error {
            throw BackendError(error.kind, "nothing was prepared, the alerts can't be read: \(error.words)")
        }
        _ = await rulesIfNeeded(for: command.targets.compactMap { open[$0.id] })
        var plan = Plan(command)
        for target in command.targets {
            guard let alert = open[target.id] else {
                plan.excluded.append(await absent(target, command.kind, unnamed: open.unnamed))
                continue
            }
            let title = withMemory { $0.title(of: alert) }
            if let reason = reason(against: command.kind, alert) {
                plan.exclude(target, name: title, words: reason)
            } else {
                plan.add(
                    target, name: title, state: alert.state.rawValue,
                    request: request(command, target, dialect))
            }
        }
        describe(&plan, dialect)
        return plan
    }

    /// Why nothing is to be sent for an alert that is there.
    private func reason(against kind: CommandKind, _ alert: WireAlert) -> String? {
        if !alert.saysState { return "the server does not say in which state it is" }
        let isAcknowledged = alert.state == .acknowledged
        if kind == .acknowledge, isAcknowledged {
            let note = alert.lastNote.whole
            return note.isEmpty ? "already acknowledged" : "already acknowledged: \(note)"
        }
        if kind == .unmute, !isAcknowledged {
            return "not acknowledged, it is \(alert.state.rawValue): there is nothing to take back"
        }
        return nil
    }

    /// The truth about an alert that is not among the open ones.
    private func absent(
        _ target: EntityRef, _ kind: CommandKind, unnamed: Int
    ) async -> PlanPreview.Target {
        let name = "alert \(target.id)"
        if unnamed > 0 { return PlanPreview.Target(target, name: name, words: Self.unnamedWords) }
        switch await cleared(target.id) {
        case .success(let alert?):
            let verb = kind == .acknowledge ? "acknowledge" : "unmute"
            return PlanPreview.Target(
                target, name: withMemory { $0.title(of: alert) },
                words: "it has cleared since: there is nothing to \(verb)")
        case .success(nil):
            return .gone(target)
        case .failure(let error):
            return PlanPreview.Target(
                target, name: name, words: "no longer open; whether it cleared can't be read: \(error.words)")
        }
    }

    /// That an alert may be one of those that came without a number.
    static let unnamedWords = "some alerts came without a number, and it may be one of them"

    /// An alert that has cleared, by its id; nil for one that the server does not have, as newer ones say.
    func cleared(_ id: AlertID) async -> Result<WireAlert?, BackendError> {
        do {
            let response = try await read(Path.alert, ["id": id], query: [("state", "0")], priority: 0)
            if Verdict.saysGone("alert", response) { return .success(nil) }
            let alerts = try Verdict.list("alerts", in: response)?.compactMap { WireAlert($0) } ?? []
            return .success(alerts.first { $0.id == id && $0.state == .cleared })
        } catch {
            return .failure(error)
        }
    }

    private func request(_ command: Command, _ target: EntityRef, _ dialect: Dialect) -> CommandStep {
        let path = command.kind == .acknowledge ? Path.alert : Path.unmute
        guard dialect.takesNotes else { return CommandStep(.put, path, ["id": target.id]) }
        var body: [JSONTree.Member] = [.init("note", .string(command.note))]
        if command.kind == .acknowledge { body.append(.init("until_clear", .bool(command.lastsUntilClear))) }
        return step(.put, path, ["id": target.id], body: body)
    }

    private func describe(_ plan: inout Plan, _ dialect: Dialect) {
        let command = plan.command
        let count = plan.steps.count
        let alerts = count == 1 ? plan.steps[0].name : "\(count) alerts"
        if count == 0 {
            plan.summary = ["Nothing to send."]
        } else if command.kind == .unmute {
            plan.summary = ["Take the acknowledgement of \(alerts) back at \(settings.name)."]
        } else {
            plan.summary = ["Acknowledge \(alerts) at \(settings.name)."]
            if dialect.takesNotes {
                plan.summary.append(
                    command.lastsUntilClear
                        ? "It stays acknowledged until it clears." : "It comes back when it gets worse.")
            }
        }
        if count > 0, !command.note.isEmpty {
            if dialect.takesNotes {
                plan.summary.append("Note: \(Cleaning.clean(command.note))")
            } else {
                plan.warnings.append("This server keeps no notes: the note stays in the audit log here.")
            }
        }
    }
}
