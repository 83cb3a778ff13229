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

/// What the server said to a step that changes a rule or a device.
enum CommandAnswer: Equatable {
    /// It says that it did it.
    case done
    /// It refused or failed, in words; it may have done it all the same.
    case refused(String)
    /// It left, and no answer came.
    case lost(String)
    /// It was never sent.
    case notSent(String)

    init(_ entity: EntityRef, in answers: [StepAnswer]) {
        switch answers.last(where: { $0.entity == entity })?.result {
        case nil: self = .lost("no answer is known")
        case .failure(let error):
            let words = BackendError(error).words
            if case .refused = error { self = .notSent(words) } else { self = .lost(words) }
        case .success(let response):
            do {
                let root = try Verdict.root(of: response)
                if root["status"]?.text == "error" {
                    self = .refused(Verdict.message(in: root) ?? "the server says error")
                } else {
                    self = .done
                }
            } catch {
                self = .refused(error.words)
            }
        }
    }

    /// The outcome, given whether what is read now is as wanted.
    ///
    /// - Parameters:
    ///   - found: the same in words.
    func outcome(_ entity: EntityRef, isAsWanted: Bool, _ found: String) -> Outcome {
        switch self {
        case .notSent(let reason): Outcome(entity, .failed, "nothing was sent: \(reason)")
        case .done where isAsWanted: Outcome(entity, .verified, found)
        case .done: Outcome(entity, .failed, "the server said ok, but \(found)")
        case .refused(let reason) where isAsWanted:
            Outcome(entity, .verified, "the server answered with an error (\(reason)), but \(found)")
        case .refused(let reason): Outcome(entity, .failed, "\(reason); \(found)")
        case .lost where isAsWanted: Outcome(entity, .verified, "no answer came, but \(found)")
        case .lost(let reason): Outcome(entity, .unknown, "\(reason); so far \(found)")
        }
    }

    /// The outcome when nothing could be read.
    func outcome(_ entity: EntityRef, unreadable error: BackendError) -> Outcome {
        switch self {
        case .notSent(let reason): Outcome(entity, .failed, "nothing was sent: \(reason)")
        case .done: Outcome(entity, .accepted, "the server said ok; reading back failed: \(error.words)")
        case .refused(let reason):
            Outcome(entity, .unknown, "\(reason); what became of it can't be read: \(error.words)")
        case .lost(let reason): Outcome(entity, .unknown, "\(reason); reading back failed: \(error.words)")
        }
    }
}

extension Command {
    /// An answer of the form without white space around it; nil for none.
    func text(_ key: FieldKey) -> String? {
        let text: String
        switch arguments[key] {
        case .text(let given): text = given
        case .integer(let number): text = String(number)
        case .number(let number): text = Quantity.number(number)
        default: return nil
        }
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest.isEmpty ? nil : String(rest)
    }

    /// A yes or no of the form; nil for none, and for what is to stay as it is.
    func flag(_ key: FieldKey) -> Bool? {
        switch arguments[key] {
        case .flag(let flag): return flag
        case .text(let text):
            switch text.lowercased() {
            case "yes", "true", "1", "on": return true
            case "no", "false", "0", "off": return false
            default: return nil
            }
        default: return nil
        }
    }
}
