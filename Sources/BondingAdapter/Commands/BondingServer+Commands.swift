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
        return try await plan(for: command)
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
            if let editing = Editing.of(command.kind) { return try await editPlan(command, editing) }
            throw BackendError(.unsupported, "a bonding server has no command \(command.kind) here")
        }
    }

    func verify(
        _ plan: Plan, answers: [StepAnswer], telling: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        forgetLists()
        if plan.command.kind == .restartBond { return await verifyRestart(plan, answers, telling) }
        let sentAt = Timestamp(now.seconds - Self.duration(of: answers, settings.endpoint.limits.command) - 2)
        var outcomes: [Outcome] = []
        for target in targets(of: plan) {
            let answer = answer(target, in: answers)
            if case .notSent(let reason) = answer {
                outcomes.append(Outcome(target, .failed, "nothing was sent: \(reason)"))
                continue
            }
            do {
                outcomes.append(try await outcome(plan, target, answers, sentAt: sentAt, telling))
            } catch {
                outcomes.append(answer.outcome(target, unreadable: error))
            }
        }
        forgetLists()
        return outcomes
    }

    private func outcome(
        _ plan: Plan, _ target: EntityRef, _ answers: [StepAnswer], sentAt: Timestamp,
        _ telling: @escaping @Sendable (String) -> Void
    ) async throws(BackendError) -> Outcome {
        let answer = answer(target, in: answers)
        let command = plan.command
        switch command.kind {
        case .restorePrimary: return try await restoreOutcome(target, answer, telling)
        case .detectMTU: return try await detectOutcome(plan, target, answer, telling)
        case .renewDHCP: return try await renewOutcome(target, answer, sentAt: sentAt, telling)
        case .legMode: return try await legModeOutcome(plan, target, answer)
        case .testLeg, .testBond: return try await speedTestOutcome(plan, target, answers, telling)
        case "tune-bond", "tune-leg": return try await tuneOutcome(plan, target, answers, telling)
        case "create-isos": return isoOutcome(target, answer)
        default: break
        }
        if let act = TuningAct(command.kind) { return try await tuningActOutcome(target, act, answer) }
        if let (part, verb) = BondPart.of(command.kind), verb != "edit" {
            return try await partOutcome(command, part, verb, target, answer, isSent: !plan.steps.isEmpty)
        }
        guard Editing.of(command.kind) != nil else {
            return Outcome(target, .unknown, "a bonding server has no command \(command.kind) here")
        }
        guard let found = try await differences(plan, target) else {
            return Outcome(
                target, .unknown, "the server has no such \(target.kind), or none that this account sees")
        }
        let words = found.isEmpty ? "the server has all of it as wanted" : found.joined(separator: "; ")
        return answer.outcome(
            target, isAsWanted: found.isEmpty, words + (await updateWords(found.isEmpty)))
    }

    /// What the server said for an entity.
    func answer(_ entity: EntityRef, in answers: [StepAnswer]) -> CommandAnswer {
        CommandAnswer(entity, in: answers) { response in
            if response.isSuccess { return nil }
            // The server's own words say more than its status.
            let words = Verdict.words(in: response)
            let problem = Verdict.problem(with: response)?.words ?? "status \(response.status)"
            return response.status == 400
                ? words.map { "the server refuses (400): \($0)" } ?? problem : problem
        }
    }

    /// The entities whose outcome is asked for; after a crash a plan has no steps.
    func targets(of plan: Plan) -> [EntityRef] {
        plan.steps.isEmpty ? plan.command.targets : plan.steps.map(\.entity)
    }

    /// What stands in a plan for an entity that is not there.
    func gone(_ target: EntityRef) -> PlanPreview.Target {
        PlanPreview.Target(
            target, name: "\(target.kind) \(Cleaning.clean(target.id))",
            words: "gone, or outside what this account may see: the server has no such \(target.kind)")
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

extension Plan {
    /// Keeps what a dialog says short, however many there are.
    mutating func shorten(to limit: Int = 12) {
        if summary.count > limit {
            summary = summary.prefix(limit - 1) + ["and \(summary.count - limit + 1) more"]
        }
        if steps.isEmpty { summary = ["Nothing to send."] }
    }
}
