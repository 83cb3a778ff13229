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
        switch command.kind {
        case .restartBond: return try await restartPlan(command)
        default: throw BackendError(.unsupported, "a bonding server has no command \(command.kind) here")
        }
    }

    func verify(
        _ plan: Plan, answers: [StepAnswer], telling: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        forgetLists()
        switch plan.command.kind {
        case .restartBond: return await verifyRestart(plan, answers, telling)
        default:
            return plan.command.targets.map {
                Outcome($0, .unknown, "a bonding server has no command \(plan.command.kind) here")
            }
        }
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

extension Plan {
    /// Keeps what a dialog says short, however many there are.
    mutating func shorten(to limit: Int = 12) {
        if summary.count > limit {
            summary = summary.prefix(limit - 1) + ["and \(summary.count - limit + 1) more"]
        }
        if steps.isEmpty { summary = ["Nothing to send."] }
    }
}
