internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// A rule is only ever written whole, made from what was read just before.
extension LibreNMSServer {
    /// Switches rules on or off and changes nothing else of them.
    func switchPlan(_ command: Command) async throws(BackendError) -> Plan {
        let dialect = try await dialect()
        let rules = try await wireRules()
        let disables = command.kind == .disableRule
        var plan = Plan(command)
        var opened: [JSONTree] = []
        for target in command.targets {
            guard let rule = rules.first(where: { $0.id == target.id }) else {
                plan.excluded.append(.gone(target))
                continue
            }
            if rule.isDisabled == disables {
                let words = disables ? "already disabled" : "already enabled"
                plan.exclude(target, name: rule.title, words: words)
                continue
            }
            if command.targets.count == 1 { try refuseObstacle(rule, dialect) }
            if let words = obstacle(rule, dialect) {
                plan.exclude(target, name: rule.title, words: words)
                continue
            }
            var draft = RuleDraft(rule, dialect)
            draft.isDisabled = disables
            add(draft, target, rule, dialect, to: &plan)
            opened.append(JSONTree(rule.row))
        }
        let names = plan.steps.count == 1 ? plan.steps[0].name : "\(plan.steps.count) rules"
        let rest = plan.warnings.isEmpty ? "; nothing else changes" : ""
        plan.summary =
            plan.steps.isEmpty
            ? ["Nothing to send."]
            : ["\(disables ? "Disable" : "Enable") \(names) at \(settings.name)\(rest)."]
        plan.command.arguments[.opened] = .text(JSONTree.array(opened).text)
        plan.undo = Command(disables ? .enableRule : .disableRule, plan.steps.map(\.entity))
        return plan
    }

    /// Changes a rule, unless somebody else changed it since it was opened.
    func editPlan(_ command: Command) async throws(BackendError) -> Plan {
        let dialect = try await dialect()
        var plan = Plan(command)
        guard let target = command.targets.first else { return plan }
        guard let rule = try await wireRule(target.id) else {
            plan.excluded = [.gone(target)]
            plan.shorten()
            return plan
        }
        try refuseObstacle(rule, dialect)
        let old = RuleDraft(rule, dialect)
        try refuseConflict(command, rule, dialect)
        var draft = old
        try draft.take(command, dialect)
        try await refuseTiming(draft, of: rule, among: draft.changesTiming ? wireRules() : [])
        try refuseUnknownSwitch(rule, command)
        let changes = draft.changes(from: old)
        if changes.isEmpty {
            plan.exclude(target, name: rule.title, words: "nothing was changed in the form")
            plan.shorten()
            return plan
        }
        try refuseWithoutConditions(draft, dialect)
        add(draft, target, rule, dialect, to: &plan)
        plan.summary = ["Change the rule \(rule.title) at \(settings.name)."]
        plan.changes = changes
        plan.undo = Command(.editRule, [target], old.answersPuttingBack(dialect))
        if dialect.decodesTwice {
            plan.summary.append(
                "It stays for \(old.scope.place): this server's API moves no rule."
            )
            plan.warnings.append(Self.hiddenMaps + " They stay as they are.")
        }
        plan.command.arguments[.opened] = .text(JSONTree.array([JSONTree(rule.row)]).text)
        return plan
    }

    /// What the form of an edit begins with.
    func opening(_ command: Command) async throws(BackendError) -> [FieldKey: Value] {
        guard command.kind == .editRule, let target = command.targets.first else { return [:] }
        let dialect = try await dialect()
        guard let rule = try await wireRule(target.id) else {
            throw BackendError(.missing, "the server has no rule \(target.id) any more")
        }
        try refuseObstacle(rule, dialect)
        let draft = RuleDraft(rule, dialect)
        var values = draft.answers(dialect)
        if dialect.decodesTwice { values["devices"] = nil }
        values[.opened] = .text(JSONTree.array([JSONTree(rule.row)]).text)
        return values
    }

    /// Shows both versions and stops when the rule is not what it was when the form was opened.
    private func refuseConflict(
        _ command: Command, _ rule: WireRule, _ dialect: Dialect
    ) throws(BackendError) {
        guard let before = try openedRule(command) else { return }
        if JSONTree(before.row) == JSONTree(rule.row) { return }
        let changes = RuleDraft(rule, dialect).changes(from: RuleDraft(before, dialect))
        let words =
            changes.isEmpty ? "fields that are not in the form" : changes.map(\.words).joined(separator: "; ")
        throw BackendError(
            .conflict, "nothing was sent: somebody changed the rule since it was opened (\(words))")
    }

    private func refuseWithoutConditions(_ draft: RuleDraft, _ dialect: Dialect) throws(BackendError) {
        guard draft.builder == nil, !dialect.decodesTwice else { return }
        throw BackendError(.unsupported, "this rule has no conditions that the server would take back")
    }

    /// The rule that a form was opened with, or that was deleted; nil where there was none.
    private func openedRule(_ command: Command) throws(BackendError) -> WireRule? {
        guard case .text(let text) = command.arguments[.opened], !text.isEmpty else { return nil }
        guard let opened = try? JSONDocument(text).root, let row = opened.array?.first ?? opened.nonArray,
            let rule = WireRule(row)
        else { throw BackendError(.invalid, "what was read when the form was opened is no rule any more") }
        return rule
    }

    /// Releases of 2016 keep maps of devices and groups beside the rules, and their API says nothing of them.
    private static let hiddenMaps =
        "Maps of the rule to devices and groups can neither be read nor changed by this server's API."

    /// Makes a rule; its name must be free, since it is found by that afterwards.
    ///
    /// One that was deleted comes back whole: what no form shows is taken from what it was.
    func addRulePlan(_ command: Command) async throws(BackendError) -> Plan {
        let dialect = try await dialect()
        guard let target = command.targets.first else {
            throw BackendError(.invalid, "no backend was named")
        }
        guard let name = command.text(.name), command.text(.expression) != nil else {
            throw BackendError(.invalid, "a rule needs a name and a rule such as %devices.status = \"0\"")
        }
        let deleted = try openedRule(command)
        var draft = deleted.map { RuleDraft($0, dialect) } ?? RuleDraft()
        // A form of a new rule says mute either way; of one that comes back it is not known.
        let isMute = draft.isMute
        try draft.take(command, dialect)
        if let deleted, deleted.keepsOperations {
            if isMute == nil, draft.isMute == false { draft.isMute = nil }
            if RuleDraft(deleted, dialect).hasTiming(of: draft) { draft.changesTiming = false }
            try refuseTiming(draft, of: deleted, among: [])
        }
        try refuseWithoutConditions(draft, dialect)
        if let other = try await wireRules().first(where: {
            $0.name == name || $0.name == PHPName.escaped(name)
        }) {
            throw BackendError(.invalid, "there is a rule of that name already: number \(other.id)")
        }
        var plan = Plan(command)
        let request = step(.post, Path.rules, body: draft.body(id: nil, dialect))
        plan.steps = [
            Plan.Step(target, name: Cleaning.clean(name), state: "there is none yet", request: request)
        ]
        plan.summary =
            ["Add the rule \(Cleaning.clean(name)) at \(settings.name)."]
            + draft.words.filter { !$0.value.isEmpty && $0.name != "name" }.map { "\($0.name): \($0.value)" }
        warn(of: draft, from: deleted, dialect, in: &plan)
        return plan
    }

    func deleteRulePlan(_ command: Command) async throws(BackendError) -> Plan {
        let dialect = try await dialect()
        var plan = Plan(command, summary: ["Nothing to send."])
        var opened: [JSONTree] = []
        let rules = try await wireRules()
        for target in command.targets {
            guard let rule = rules.first(where: { $0.id == target.id }) else {
                plan.excluded.append(.gone(target))
                continue
            }
            plan.add(
                target, name: rule.title, state: Cleaning.clean(rule.expression),
                request: CommandStep(.delete, Path.rule, ["id": target.id]))
            opened.append(JSONTree(rule.row))
            plan.summary = ["Delete the rule \(rule.title) at \(settings.name)."]
            var answers = RuleDraft(rule, dialect).answers(dialect)
            answers[.opened] = .text(JSONTree.array([JSONTree(rule.row)]).text)
            plan.undo = Command(.addRule, [.new(backend, .rule)], answers)
            plan.warnings = ["Its alerts go with it. The audit log keeps what the rule was."]
            if dialect.decodesTwice { plan.warnings.append(Self.hiddenMaps + " They are lost permanently.") }
        }
        plan.command.arguments[.opened] = .text(JSONTree.array(opened).text)
        return plan
    }

    /// All rules, read now.
    ///
    /// - Throws: also where one can't be told from others: what is looked for may be that one.
    func wireRules() async throws(BackendError) -> [WireRule] {
        guard let list = try await rows("rules", Path.rules, priority: 0) else { return [] }
        let rules = list.array.compactMap { WireRule($0) }
        if case .partial(let words) = list.without("id", rules.count, "rules") {
            throw BackendError(.invalid, "the server does not name all its rules: \(words)")
        }
        return rules
    }

    private func add(
        _ draft: RuleDraft, _ target: EntityRef, _ rule: WireRule, _ dialect: Dialect, to plan: inout Plan
    ) {
        let request = step(.put, Path.rules, body: draft.body(id: target.id, dialect))
        plan.add(
            target, name: rule.title, state: rule.isDisabled == true ? "disabled" : "enabled",
            request: request)
        warn(of: draft, from: rule, dialect, in: &plan)
    }

    /// Names what the server will not keep, before anything is lost.
    private func warn(of draft: RuleDraft, from rule: WireRule?, _ dialect: Dialect, in plan: inout Plan) {
        if dialect.decodesTwice {
            let lost = rule?.settingsBeyond2016 ?? []
            if !lost.isEmpty {
                plan.tier = .hurts
                plan.warnings.append(
                    "This server's API drops other settings of \(Cleaning.clean(draft.name)): \(lost.joined(separator: ", "))."
                )
            }
            let escaped = PHPName.escaped(draft.name)
            if escaped != draft.name {
                plan.warnings.append(
                    "This server escapes names twice: \(Cleaning.clean(draft.name)) becomes \(Cleaning.clean(escaped))."
                )
            }
            return
        }
        guard draft.keepsOperations, let extra = rule?.extra else { return }
        let sent = Set(draft.body(id: nil, dialect).map(\.key))
        let lost = ["mute", "count", "delay", "interval"].filter { extra[$0] != nil && !sent.contains($0) }
        if !lost.isEmpty {
            plan.warnings.append(
                "This server drops old settings of \(draft.name) that it no longer uses: \(lost.joined(separator: ", "))."
            )
        }
        if draft.changesTiming {
            plan.warnings.append(
                "Nobody is notified of alerts of \(Cleaning.clean(draft.name)) now. A new alert operation will tell the default transport; without one the server makes none."
            )
        }
    }
}

extension JSONValue {
    /// Itself, unless it is an array.
    fileprivate var nonArray: JSONValue? { kind == .array ? nil : self }
}

/// How releases of 2016 store a name: escaped for the database once more than it has to be.
enum PHPName {
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'", "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\0": result += "\\0"
            case "\u{1A}": result += "\\Z"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
