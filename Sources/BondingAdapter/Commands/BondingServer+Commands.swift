internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension BondingServer {
    func prepare(_ command: Command) async throws(BackendError) -> Plan {
        guard try await version() == .three else {
            throw BackendError(
                .unsupported, "\(settings.name) has no API v3, and what v4 has for this is not known here")
        }
        await learnAggregators(for: .command)
        let plan = try await plan(for: command)
        await rememberUpdates(before: plan)
        return plan
    }

    private func plan(for command: Command) async throws(BackendError) -> Plan {
        switch command.kind {
        case .restartBond: return try await restartPlan(command)
        case .restorePrimary: return try await restorePlan(command)
        case .detectMTU: return try await detectPlan(command)
        case .renewDHCP: return try await renewPlan(command)
        case .legMode: return try await legModePlan(command)
        case .testLeg, .testBond: return try await speedTestPlan(command)
        case "tune-bond", "tune-leg": return try await tunePlan(command)
        case "create-isos": return try await isoPlan(command)
        default:
            if let act = TuningAct(command.kind) { return try await tuningActPlan(command, act) }
            if let (part, verb) = BondPart.of(command.kind) { return try await partPlan(command, part, verb) }
            if let record = EditableRecord.of(command.kind) { return try await editPlan(command, record) }
            throw BackendError(.unsupported, "a bonding server has no command \(command.kind) here")
        }
    }

    func verify(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        forgetLists()
        defer { forgetLists() }
        if plan.command.kind == .restartBond { return await verifyRestart(plan, answers, reporting) }
        guard takesItsTime(plan.command.kind) else {
            return await following.outcomes(
                of: plan, { answer($0, of: plan, in: answers) }, reporting: reporting
            ) { open in
                forgetLists()
                return await Evidence.each(open) { (target) async throws(BackendError) in
                    try await evidence(plan, target)
                }
            }
        }
        let sentAt = Timestamp(now.seconds - Self.duration(of: answers, settings.endpoint.limits.command) - 2)
        var outcomes: [Outcome] = []
        for target in plan.judged {
            let answer = answer(target, of: plan, in: answers)
            let found: Evidence
            do {
                found = try await evidence(plan, target, answer, answers, sentAt: sentAt, reporting)
            } catch {
                found = .unreadable(error)
            }
            outcomes.append(answer.outcome(target, found))
        }
        return outcomes
    }

    private var following: Following { Following(now: { [self] in now }, pause: settings.pause) }

    /// Whether a command is followed in a way of its own.
    private func takesItsTime(_ kind: CommandKind) -> Bool {
        switch kind {
        case .restorePrimary, .detectMTU, .renewDHCP, .testLeg, .testBond, "tune-bond", "tune-leg": true
        default: false
        }
    }

    /// What becomes of a command that takes its time, followed to its end.
    private func evidence(
        _ plan: Plan, _ target: EntityRef, _ answer: CommandAnswer, _ answers: [StepAnswer],
        sentAt: Timestamp, _ reporting: @escaping @Sendable (String) -> Void
    ) async throws(BackendError) -> Evidence {
        // What the server refused, or what never left, is looked at once, and what was never made not at all.
        var isRefused = false
        switch answer {
        case .notSent: return .unseen("")
        case .denied, .refused: isRefused = true
        case .done, .lost: break
        }
        switch plan.command.kind {
        case .restorePrimary: return try await restored(target, looks: isRefused ? 1 : 30, reporting)
        case .detectMTU: return try await detected(plan, target, looks: isRefused ? 1 : 6, reporting)
        case .renewDHCP:
            return try await renewed(target, looks: isRefused ? 1 : 10, sentAt: sentAt, reporting)
        case .testLeg, .testBond:
            return isRefused ? .unseen("") : try await speedTestEvidence(plan, target, answers, reporting)
        default: return isRefused ? .unseen("") : try await tuneEvidence(plan, target, answers, reporting)
        }
    }

    /// What one look shows of a command that is done at once.
    private func evidence(_ plan: Plan, _ target: EntityRef) async throws(BackendError) -> Evidence {
        let command = plan.command
        switch command.kind {
        case .legMode: return try await legModeEvidence(plan, target)
        case "create-isos": return isoEvidence(target)
        default: break
        }
        if let act = TuningAct(command.kind) { return try await tuningActEvidence(target, act) }
        if let (part, verb) = BondPart.of(command.kind), verb != "edit" {
            return try await partEvidence(command, part, verb, target, isSent: !plan.steps.isEmpty)
        }
        guard let record = EditableRecord.of(command.kind) else {
            return .unseen("a bonding server has no command \(command.kind) here")
        }
        return try await editEvidence(plan, record, target)
    }

    /// What the server said for an entity.
    func answer(_ entity: EntityRef, of plan: Plan, in answers: [StepAnswer]) -> CommandAnswer {
        // An action without a body may well be answered without one.
        let manners = AnswerManners.bonding(isBodyDue: plan.step(of: entity)?.request.body != nil)
        return CommandAnswer(entity, in: answers, judging: manners.judge)
    }

    /// What stands in a plan for an entity that is not there.
    func gone(_ target: EntityRef) -> PlanPreview.Target {
        PlanPreview.Target(
            target, name: "\(target.kind) \(Cleaning.clean(target.id))",
            words: "gone, or outside what this account may see: the server has no such \(target.kind)")
    }
}

extension AnswerManners {
    /// A Django REST framework says what is wrong in JSON of several shapes; its own server errors are pages.
    static func bonding(isBodyDue: Bool) -> AnswerManners {
        AnswerManners(
            isBodyDue: isBodyDue,
            words: { Verdict.problem(with: $0)?.words ?? "status \($0.status)" },
            objection: { body in
                if !isBodyDue || body.response.status == 202 { return nil }
                return body.root.kind == .object ? nil : .isForeign
            },
            refusal: { body in
                // The server's own words say more than its status.
                guard let words = Verdict.words(in: body.response) else { return nil }
                if body.response.status == 400 { return "the server refuses (400): \(words)" }
                return Verdict.problem(with: body.response)?.words
            })
    }
}

extension TuningAct {
    /// The act of a command such as `accept-tuning`; nil for any other.
    init?(_ kind: CommandKind) {
        guard let act = Self.allCases.first(where: { kind.rawValue == "\($0.rawValue)-tuning" }) else {
            return nil
        }
        self = act
    }
}
