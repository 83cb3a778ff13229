internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    func prepare(_ command: Command) async throws(BackendError) -> Plan {
        switch command.kind {
        case .acknowledge, .unmute: return try await alertPlan(command)
        case .enableRule, .disableRule: return try await switchPlan(command)
        case .editRule: return try await editPlan(command)
        case .addRule: return try await addRulePlan(command)
        case .deleteRule: return try await deleteRulePlan(command)
        case .addDevice: return try await addDevicePlan(command)
        case .deleteDevice: return try await deleteDevicePlan(command)
        case .updateDevice: return try await updateDevicePlan(command)
        case .maintenance: return try await maintenancePlan(command)
        default: throw BackendError(.unsupported, "LibreNMS has no command \(command.kind) here")
        }
    }

    func verify(
        _ plan: Plan, answers: [StepAnswer], telling: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        switch plan.command.kind {
        case .acknowledge, .unmute: return await verifyAlerts(plan, answers: answers)
        case .enableRule, .disableRule, .editRule, .addRule, .deleteRule:
            return await verifyRules(plan, answers: answers)
        default: return await verifyDevices(plan, answers: answers)
        }
    }

    /// A body in JSON, and as it may be shown.
    func step(
        _ method: Method, _ path: PathTemplate, _ parameters: [String: String] = [:],
        body: [JSONTree.Member], secrets: Set<String> = []
    ) -> CommandStep {
        let shown = body.map { member in
            secrets.contains(member.key) ? JSONTree.Member(member.key, "•••") : member
        }
        return CommandStep(
            method, path, parameters, headers: [Header("Content-Type", "application/json")],
            body: JSONTree.object(body).bytes, shownBody: JSONTree.object(shown).text)
    }
}

extension CommandAnswer {
    /// What the server said to a step that changes a rule or a device.
    init(_ entity: EntityRef, in answers: [StepAnswer]) {
        // A 500 with words of its own is how this server says no.
        self.init(entity, in: answers, isOpen: { $0.leavesOpen && !Verdict.isExplained($0) }) { response in
            do throws(BackendError) {
                let root = try Verdict.root(of: response)
                guard root["status"]?.text == "error" else { return nil }
                return Verdict.message(in: root) ?? "the server says error"
            } catch {
                return error.words
            }
        }
    }
}
