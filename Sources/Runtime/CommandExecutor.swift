internal import AdapterKit
public import Audit
public import Dashboard
public import Domain
internal import HTTP

/// Carries commands out: prepares, records, sends once, looks for evidence, records.
///
/// Plans stay here: the dashboard sees previews, and what is sent is what was previewed.
public final class CommandExecutor: Sendable {
    let connections: [Connection]
    let audit: AuditLog
    let clock: any Clock
    /// What the screens of a team recorded; nil without one.
    let team: (any SharedRecord)?
    private let report: @Sendable (_ session: Int, BackendID, String) -> Void
    private let plans = PlanStore()

    /// Makes a executor for the configured backends.
    ///
    /// - Parameters:
    ///   - team: what the screens of a team recorded; nil without one.
    ///   - report: takes how far a command is that takes its time, in words; called from any task.
    public init(
        connections: [Connection], audit: AuditLog, clock: any Clock, team: (any SharedRecord)? = nil,
        reporting report: @escaping @Sendable (_ session: Int, BackendID, String) -> Void
    ) {
        self.connections = connections
        self.audit = audit
        self.clock = clock
        self.team = team
        self.report = report
    }

    private func connection(_ id: BackendID) -> Connection? {
        connections.indices.contains(Int(id.index)) ? connections[Int(id.index)] : nil
    }

    /// Reads what the form of a command begins with.
    public func opening(
        _ backend: BackendID, _ command: Command
    ) async -> Result<Opening, BackendError> {
        guard let connection = connection(backend) else {
            return .failure(BackendError(.missing, "this backend is not configured any more"))
        }
        do throws(BackendError) {
            return .success(try await connection.adapter.form(of: command))
        } catch {
            return .failure(error)
        }
    }

    /// Reads what must be known and keeps the plan.
    public func prepare(
        _ session: Int, _ backend: BackendID, _ command: Command
    ) async -> Result<Dashboard.Prepared, BackendError> {
        guard let connection = connection(backend) else {
            return .failure(BackendError(.missing, "this backend is not configured any more"))
        }
        do throws(BackendError) {
            let plan = try await connection.adapter.prepare(command)
            let preview = plan.preview(at: connection.settings.endpoint)
            let (earlier, missed) = await repeats(plan, at: connection)
            let repeats = earlier.map(\.again)
            plans.put(
                PlanStore.Prepared(
                    plan: plan, preview: preview, repeats: Set(repeats.map(\.record)),
                    at: clock.wall),
                at: PlanStore.Key(session: session, backend: backend))
            return .success(
                Dashboard.Prepared(
                    preview: preview, lastDone: await lastDone(command, connection, missed),
                    repeats: repeats))
        } catch {
            return .failure(error)
        }
    }

    /// Records and sends the kept plan, once: a second call finds it taken and does nothing.
    ///
    /// Where nothing was sent, because the log or a repetition refused it, the plan may be taken again.
    ///
    /// - Parameter tier: what the operator was asked for, by `CommandPolicy`.
    public func perform(_ session: Int, _ backend: BackendID, as tier: Tier) async -> [Outcome] {
        guard let connection = connection(backend),
            let ticket = plans.take(PlanStore.Key(session: session, backend: backend))
        else { return [] }
        let prepared = ticket.prepared
        var plan = prepared.plan
        func refused(_ words: String) -> [Outcome] {
            plans.giveBack(ticket)
            return plan.steps.map { Outcome($0.entity, .failed, "nothing was sent: \(words)") }
        }
        if let readOnly = Self.refusal(of: connection) { return refused(readOnly) }
        let repeats = await repeats(plan, at: connection).found
        if let new = repeats.first(where: { !prepared.repeats.contains($0.again.record) }) {
            // What the record could not say when it was asked first is not newer for that.
            let when =
                new.time >= prepared.at ? "after you were asked" : "which was not known when you were asked"
            return refused("\(new.again.name) had it done \(new.again.words), \(when): look at it first")
        }
        let descriptor = connection.adapter.commands.first { $0.kind == plan.command.kind }
        let sending = connection.settings.endpoint.limits.command * Double(max(1, plan.steps.count))
        var intent = AuditIntent(
            backend: connection.settings.name, command: plan.command, preview: prepared.preview,
            form: plan.form ?? descriptor?.form ?? [],
            // Then evidence is looked for, half a minute or as long as the command's own takes.
            limit: sending + max(descriptor?.watch?.length ?? 0, 60) + 30)
        intent.server = connection.server
        let admission: AuditAdmission
        do throws(AuditError) {
            admission = try audit.begin(intent)
        } catch {
            return refused(error.words)
        }
        plans.admit(ticket, admission)
        plan.sentAt = connection.settings.now()
        let answers = await send(plan, max(tier, prepared.preview.tier), admission, to: connection)
        plans.keep(PlanStore.Sent(plan: plan, admission: admission, answers: answers), of: ticket)
        var outcomes = await connection.adapter.verify(plan, answers: answers) { [report] words in
            report(session, backend, words)
        }
        if let remark = audit.finish(admission, outcomes), !outcomes.isEmpty {
            outcomes[0].words += "; the result is not in the audit log: \(remark.words)"
        }
        return outcomes
    }

    /// Sends steps one after another; what hurts stops at the first that did not clearly succeed.
    private func send(
        _ plan: Plan, _ tier: Tier, _ admission: AuditAdmission, to connection: Connection
    ) async -> [StepAnswer] {
        var answers: [StepAnswer] = []
        for (step, receipt) in zip(plan.steps, admission.receipts) {
            do throws(TransportError) {
                var response = try await Self.commander(of: connection).send(step.request, receipt)
                // A server that does not know who asks did not do it: with new credentials it may be asked again.
                if connection.adapter.refusesCredentials(response), await renewed(connection.adapter),
                    let commander = connection.commander,
                    let second = try? audit.again(
                        admission, after: receipt, because: "the credentials were refused and renewed")
                {
                    response = try await commander.send(step.request, second)
                }
                answers.append(StepAnswer(step.entity, .success(response)))
                if CommandPolicy.stopsAtFailure(tier), !response.isSuccess { break }
            } catch {
                answers.append(StepAnswer(step.entity, .failure(error)))
                if CommandPolicy.stopsAtFailure(tier) { break }
            }
        }
        // What nothing was sent for did not happen, and is not in doubt.
        let reached = Set(answers.map(\.entity))
        answers += plan.steps.map(\.entity).filter { !reached.contains($0) }.map {
            StepAnswer($0, .failure(.refused("the one before it did not succeed")))
        }
        return answers
    }

    /// Why nothing may be sent to a backend; nil when it may.
    private static func refusal(of connection: Connection) -> String? {
        guard connection.commander == nil else { return nil }
        return connection.refusal ?? "\(connection.settings.name) is read-only"
    }

    /// Asked for each step again: what was sealed meanwhile sends nothing more.
    private static func commander(
        of connection: Connection
    ) throws(TransportError) -> any CommandTransport {
        if let commander = connection.commander { return commander }
        throw .refused(refusal(of: connection) ?? "read-only")
    }

    /// Makes it impossible to send anything more; what is on its way is not cut.
    ///
    /// - Parameter backend: the one that becomes read-only; nil for all.
    func seal(_ backend: BackendID?, because reason: String) {
        for connection in connections where backend == nil || connection.settings.id == backend {
            connection.seal(because: reason)
        }
    }

    private func renewed(_ adapter: any Adapter) async -> Bool {
        do throws(BackendError) { return try await adapter.renewCredentials() } catch { return false }
    }

    /// Looks again for evidence of what was sent, and records what it finds; sends nothing.
    public func check(_ session: Int, _ backend: BackendID) async -> [Outcome] {
        guard let connection = connection(backend),
            let sent = plans.sent(PlanStore.Key(session: session, backend: backend))
        else { return [] }
        let outcomes = await connection.adapter.verify(sent.plan, answers: sent.answers) { [report] words in
            report(session, backend, words)
        }
        _ = audit.conclude(sent.admission.record, outcomes)
        return outcomes
    }

    /// Looks for evidence of a command of the log, which may be another process's; sends nothing.
    func check(record id: String) async -> [Outcome] {
        guard let entry = await entry(of: id),
            let connection = connections.first(where: { $0.settings.name == entry.backend })
        else { return [] }
        let targets = entry.targets.filter { $0.outcome == .unknown || $0.outcome == nil }.map {
            EntityRef(connection.settings.id, ResourceKind(rawValue: $0.kind), id: $0.id)
        }
        let arguments = Dictionary(
            entry.arguments.map { (FieldKey(rawValue: $0.key), Value.text($0.value)) },
            uniquingKeysWith: { $1 })
        var plan = Plan(Command(entry.command, targets, arguments), steps: [], summary: [], tier: .hurts)
        plan.sentAt = entry.time
        let outcomes = await connection.adapter.verify(plan, answers: [])
        _ = audit.conclude(id, outcomes)
        return outcomes
    }

    /// The record of what was sent of a plan; nil before it was.
    public func record(_ session: Int, _ backend: BackendID) -> String? {
        plans.record(PlanStore.Key(session: session, backend: backend))
    }

    /// Drops the plans of a session.
    public func forget(_ session: Int) {
        plans.forget(session)
    }
}
