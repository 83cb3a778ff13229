internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Whatever the server answers, only the rule that is read afterwards counts: it calls every failure a name that is
/// taken, and answers an error for rules that it wrote.
extension LibreNMSServer {
    func verifyRules(_ plan: Plan, answers: [StepAnswer]) async -> [Outcome] {
        let targets = plan.steps.isEmpty ? plan.command.targets : plan.steps.map(\.entity)
        let reading: Result<[WireRule], BackendError>
        do {
            _ = try await dialect()
            reading = .success(try await wireRules())
        } catch {
            reading = .failure(error)
        }
        return targets.map { target in
            let answer = CommandAnswer(target, in: answers)
            switch reading {
            case .failure(let error): return answer.outcome(target, unreadable: error)
            case .success(let rules):
                let body = plan.steps.first { $0.entity == target }?.request.body
                let sent = body.flatMap { try? JSONDocument($0).root }
                return outcome(plan.command, target, sent, rules, answer)
            }
        }
    }

    private func outcome(
        _ command: Command, _ target: EntityRef, _ sent: JSONValue?, _ rules: [WireRule],
        _ answer: CommandAnswer
    ) -> Outcome {
        if command.kind == .addRule { return added(command, target, sent, rules, answer) }
        let rule = rules.first { $0.id == target.id }
        if command.kind == .deleteRule {
            // A rule that was never there is no success of ours.
            if sent == nil, rule == nil, case .lost = answer, command.arguments[.opened] == nil {
                return Outcome(target, .unknown, "the server has no such rule")
            }
            return answer.outcome(
                target, isAsWanted: rule == nil, rule == nil ? "the rule is gone" : "the rule is still there")
        }
        guard let rule else {
            return Outcome(target, .failed, "the rule is gone: the server has none by that number")
        }
        let found = differences(command, sent, rule)
        let state = rule.isDisabled == true ? "disabled" : "enabled"
        let words =
            found.isEmpty ? "the rule is \(state), all of it as wanted" : found.joined(separator: "; ")
        return answer.outcome(target, isAsWanted: found.isEmpty, words)
    }

    private func added(
        _ command: Command, _ target: EntityRef, _ sent: JSONValue?, _ rules: [WireRule],
        _ answer: CommandAnswer
    ) -> Outcome {
        let name = sent?["name"]?.text ?? command.text(.name) ?? ""
        let escaped = PHPName.escaped(name)
        guard !name.isEmpty, let rule = rules.last(where: { $0.name == name || $0.name == escaped }) else {
            return answer.outcome(target, isAsWanted: false, "there is no rule of that name")
        }
        let found = differences(command, sent, rule)
        if found.isEmpty {
            return answer.outcome(target, isAsWanted: true, "the rule is there, as number \(rule.id)")
        }
        // It is there, and sending it again would make a second one.
        return Outcome(
            target, .accepted,
            "the rule was made as number \(rule.id), but \(found.joined(separator: "; "))"
                + (answer.reason.map { " (\($0))" } ?? ""))
    }

    /// What is not as it was sent; after a crash, as it was asked for.
    private func differences(_ command: Command, _ sent: JSONValue?, _ rule: WireRule) -> [String] {
        if let sent { return RuleReadBack(sent: sent, found: rule).differences }
        let disables: Bool? =
            switch command.kind {
            case .enableRule: false
            case .disableRule: true
            default: command.flag(.enabled).map { !$0 }
            }
        var found: [String] = []
        if let disables, rule.isDisabled != disables {
            found.append("it is \(rule.isDisabled == true ? "disabled" : "enabled")")
        }
        if let word = command.text(.severity), word != "unchanged", word != rule.severity.word {
            found.append("severity is \(rule.severity.word), not \(word)")
        }
        if let text = command.text(.expression), text != rule.expression {
            found.append("the rule is \(Cleaning.clean(rule.expression))")
        }
        return found
    }
}

extension CommandAnswer {
    /// Why the server did not simply say ok.
    fileprivate var reason: String? {
        switch self {
        case .done: nil
        case .refused(let words), .lost(let words), .notSent(let words): words
        }
    }
}
