internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    func prepare(_ command: Command) async throws(BackendError) -> Plan {
        if let action = CPEAction(command.kind) { return try await actionPlan(command, action) }
        if let action = MonitoringAction(command.kind) { return try await monitoringPlan(command, action) }
        if let (operation, record) = RecordOperation.read(command.kind) {
            return try await recordPlan(command, operation, record)
        }
        switch command.kind {
        case .disconnectPPPoE: return try await disconnectPlan(command)
        case .enableONU: return try await enablePlan(command)
        default: throw BackendError(.unsupported, "Krill has no command \(command.kind) here")
        }
    }

    func verify(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        if let action = CPEAction(plan.command.kind) {
            return await verifyAction(action, plan, answers: answers, reporting: reporting)
        }
        if let action = MonitoringAction(plan.command.kind) {
            return await verifyMonitoring(action, plan, answers: answers, reporting: reporting)
        }
        if let (operation, record) = RecordOperation.read(plan.command.kind) {
            return await verifyRecords(operation, record, plan, answers: answers, reporting: reporting)
        }
        switch plan.command.kind {
        case .disconnectPPPoE: return await verifyDisconnect(plan, answers: answers, reporting: reporting)
        case .enableONU: return await verifyEnable(plan, answers: answers, reporting: reporting)
        default:
            return plan.command.targets.map {
                Outcome($0, .unknown, "Krill has no command \(plan.command.kind) here")
            }
        }
    }
}

extension KrillServer {
    var following: Following { Following(now: settings.now, pause: settings.pause) }
}

extension CommandAnswer {
    /// What Krill said to a step: a success is only that it took the order.
    init(_ entity: EntityRef, of plan: Plan, in answers: [StepAnswer]) {
        // What it answers an order without a body is documented nowhere.
        let manners = AnswerManners.krill(isBodyDue: plan.step(of: entity)?.request.body != nil)
        self.init(entity, in: answers, judging: manners.judge)
    }
}

extension AnswerManners {
    /// A Django REST framework says what is wrong in an object; its own server errors are pages.
    static func krill(isBodyDue: Bool) -> AnswerManners {
        AnswerManners(
            isBodyDue: isBodyDue,
            words: { Verdict.problem(with: $0)?.words ?? "the server answers \($0.status)" },
            objection: { body in
                if body.response.status == 202 || !isBodyDue, body.root.string != nil { return nil }
                return body.root.kind == .object ? nil : .isForeign
            },
            refusal: { body in
                guard body.root.kind == .object, Verdict.message(in: body.root) != nil else { return nil }
                return Verdict.problem(with: body.response)?.words
            })
    }
}
