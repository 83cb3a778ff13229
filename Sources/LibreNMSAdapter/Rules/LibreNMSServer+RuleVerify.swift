internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Whatever the server answers, only the rule that is read afterwards counts: it calls every failure a name that is
/// taken, and answers an error for rules that it wrote.
extension LibreNMSServer {
    func verifyRules(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        await following.outcomes(
            of: plan, { CommandAnswer($0, in: answers) }, reporting: reporting
        ) { open in
            await Evidence.all(
                open,
                in: { () async throws(BackendError) in
                    _ = try await dialect()
                    return try await wireRules()
                }
            ) { target, rules in evidence(plan, target, rules) }
        }
    }

    private func evidence(_ plan: Plan, _ target: EntityRef, _ rules: [WireRule]) -> Evidence {
        let command = plan.command
        let sent = plan.step(of: target)?.request.body.flatMap { try? JSONDocument($0).root }
        if command.kind == .addRule { return added(command, sent, rules) }
        let rule = rules.first { $0.id == target.id }
        if command.kind == .deleteRule {
            // A rule that was never there is no success of ours.
            if plan.steps.isEmpty, rule == nil, command.arguments[.opened] == nil {
                return .unseen("the server has no such rule")
            }
            return rule == nil ? .done("the rule is gone") : .not("the rule is still there")
        }
        guard let rule else { return .unseen("the rule is gone: the server has none by that number") }
        guard rule.isDisabled != nil else {
            return .unseen("the server does not say whether the rule is enabled")
        }
        let found = differences(command, sent, rule, before: opened(target.id, command))
        let state = rule.isDisabled == true ? "disabled" : "enabled"
        return found.isEmpty
            ? .done("the rule is \(state), all of it as wanted" + remarks(sent, rule))
            : .not(found.joined(separator: "; "))
    }

    /// What the server made of texts that it took.
    private func remarks(_ sent: JSONValue?, _ rule: WireRule) -> String {
        guard let sent else { return "" }
        return RuleReadBack(sent: sent, found: rule).remarks.map { "; \($0)" }.joined()
    }

    private func added(_ command: Command, _ sent: JSONValue?, _ rules: [WireRule]) -> Evidence {
        let name = sent?["name"]?.text ?? command.text(.name) ?? ""
        guard !name.isEmpty, let rule = rules.last(where: { KeptText(name, as: $0.name) != .other }) else {
            if rules.contains(where: { $0.row["name"]?.text == nil }) {
                return .unseen("the server does not say what all its rules are called")
            }
            return .not("there is no rule of that name")
        }
        let found = differences(command, sent, rule, before: opened(nil, command))
        if found.isEmpty {
            return .done("the rule is there, as number \(rule.id)" + remarks(sent, rule))
        }
        // It is there, and sending it again would make a second one.
        return .ended(
            .accepted, "the rule was made as number \(rule.id), but \(found.joined(separator: "; "))")
    }

    /// What is not as it was sent; after a crash, as it was asked for.
    private func differences(
        _ command: Command, _ sent: JSONValue?, _ rule: WireRule, before: WireRule?
    ) -> [String] {
        if let sent { return RuleReadBack(sent: sent, found: rule, before: before).differences }
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
        if let before, before.keepsOperations, command.flag("mute") != false {
            found += RuleOperation.differences(from: before.operation, to: rule.operation)
        }
        return found
    }

    /// A rule as it was read before it was written; nil where nothing was kept of it.
    ///
    /// - Parameter id: its number; the first that was kept where it has a new one.
    private func opened(_ id: String?, _ command: Command) -> WireRule? {
        guard case .text(let text) = command.arguments[.opened], let root = try? JSONDocument(text).root
        else { return nil }
        let rules = (root.array.map { $0.map { $0 } } ?? [root]).compactMap { WireRule($0) }
        return id.map { id in rules.first { $0.id == id } } ?? rules.first
    }
}
