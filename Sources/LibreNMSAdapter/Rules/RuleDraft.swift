internal import AdapterKit
internal import Domain
internal import JSON

/// A rule as it is to be written: what the server has, with what the operator changed.
///
/// The server takes only whole rules and empties what is left out, so every field that it can be told is here.
struct RuleDraft {
    var name = ""
    var severity = "warning"
    var isDisabled = false
    /// What it looks for, as text.
    var expression = ""
    /// The tree as the server has it; used as it is unless the text was changed.
    var builder: JSONTree?
    var scope = RuleScope.all
    /// The device of releases of 2016 as the server has it, which no edit changes.
    var device: String?
    /// The members that go unchanged: procedure, query.
    var kept: [JSONTree.Member] = []
    /// Members of `extra` as they are sent; nil leaves them out.
    var count: String?
    var delay: Int64?
    var interval: Int64?
    var isMute: Bool?
    var isInverted: Bool?
    var notes: String?
    /// Other flags of `extra`.
    var flags: [JSONTree.Member] = []
    /// Whether delay, count and mute are kept in an operation beside the rule.
    var keepsOperations = false
    /// The operation, which is named and never sent: sent, it becomes a new one.
    var operation: RuleOperation?
    var changesTiming = false

    init() {}

    /// What a server has.
    init(_ rule: WireRule, _ dialect: Dialect) {
        name = rule.name
        severity = rule.row["severity"]?.text ?? ""
        isDisabled = rule.isDisabled ?? false
        expression = rule.expression
        builder = rule.builder.map { JSONTree($0) }
        scope = rule.scope
        count = rule.count
        delay = rule.delay
        interval = rule.interval
        isMute = rule.isMute
        isInverted = rule.isInverted
        notes = rule.row["notes"]?.text
        keepsOperations = rule.keepsOperations
        operation = rule.operation
        device = rule.row["device_id"]?.text
        guard !dialect.decodesTwice else { return }
        for key in ["recovery", "acknowledgement"] {
            if let flag = rule.extra?[key]?.flag { flags.append(.init(key, .bool(flag))) }
        }
        for key in ["proc", "invert_map"] {
            if let value = rule.row[key] { kept.append(.init(key, JSONTree(value))) }
        }
        let override = rule.extra?["options"]?["override_query"]
        if override?.text == "on" || override?.flag == true {
            kept.append(.init("override_query", "on"))
            kept.append(.init("adv_query", .string(rule.row["query"]?.text ?? "")))
        }
    }

    /// Takes what the operator wrote; what nothing was written for stays, and what was emptied goes.
    mutating func take(_ command: Command, _ dialect: Dialect) throws(BackendError) {
        if command.empties(.name) { throw BackendError(.invalid, "a rule needs a name") }
        if command.empties(.expression) { throw BackendError(.invalid, "a rule needs something to look for") }
        if let name = command.text(.name) { self.name = name }
        if let word = command.text(.severity), word != "unchanged" {
            guard Severity(word: word) != .unknown else {
                throw BackendError(.invalid, "there is no severity \(word): use ok, warning or critical")
            }
            severity = word.lowercased()
        }
        if let text = command.text(.expression), text != expression {
            do {
                let known = dialect.decodesTwice ? RuleComparison.signs : RuleComparison.allCases
                builder = try RuleExpression(text, comparisons: known).builder
            } catch {
                throw BackendError(.invalid, "the rule, column \(error.column): \(error.words)")
            }
            kept.removeAll { $0.key == "override_query" || $0.key == "adv_query" }
            expression = text
        }
        if let isEnabled = command.flag(.enabled) { isDisabled = !isEnabled }
        try takeTiming(command, dialect)
        if let notes = command.text("notes") { self.notes = notes }
        if command.empties("notes"), notes != nil { notes = "" }
        scope.devices = try ids(command, "devices", scope.devices)
        scope.groups = try ids(command, "groups", scope.groups)
        scope.locations = try ids(command, "locations", scope.locations)
        if dialect.decodesTwice, scope.devices.count > 1 {
            throw BackendError(.invalid, "this server takes one device for a rule, or all")
        }
    }

    private mutating func takeTiming(_ command: Command, _ dialect: Dialect) throws(BackendError) {
        let (oldCount, oldDelay, wasMute) = (count, delay ?? 0, isMute)
        if let text = command.text("delay") {
            guard let seconds = WireRule.seconds(text) else {
                throw BackendError(.invalid, "the delay \(text) is no time: write 300, 5 m, 1 h or 1 d")
            }
            delay = seconds
        }
        if command.empties("delay"), delay != nil { delay = 0 }
        // Without end is how the newer ones say that there is no count.
        if command.empties("count"), count?.isEmpty == false { count = dialect.decodesTwice ? nil : "-1" }
        if let text = command.text("count") {
            guard Int64(text) != nil else {
                throw BackendError(.invalid, "the count \(text) is no number: -1 is without end")
            }
            count = text
        }
        if let flag = command.flag("mute") { isMute = flag }
        if let flag = command.flag("invert") {
            isInverted = flag
        }
        if isInverted == true, dialect.decodesTwice {
            throw BackendError(
                .unsupported,
                "this server's API can't invert a rule: it drops invert. Use LibreNMS' web interface")
        }
        changesTiming = oldCount != count || oldDelay != delay ?? 0 || wasMute != isMute
    }

    /// Whether delay, count and mute are those of another.
    func hasTiming(of other: RuleDraft) -> Bool {
        count == other.count && delay ?? 0 == other.delay ?? 0 && isMute == other.isMute
    }

    /// Numbers with commas between them; `all` and `none` are no number at all.
    private func ids(
        _ command: Command, _ key: FieldKey, _ before: [String]
    ) throws(BackendError) -> [String] {
        if command.empties(key) { return [] }
        guard let text = command.text(key) else { return before }
        if ["all", "none", "-1"].contains(text.lowercased()) { return [] }
        let words = text.split(whereSeparator: { ", ;".contains($0) }).map(String.init)
        if let wrong = words.first(where: { Int64($0).map { $0 < 0 } ?? true }) {
            throw BackendError(.invalid, "\(wrong) is no number of a device, group or location")
        }
        return words
    }

    /// The body of `POST` and `PUT /rules`; with a number it edits, without one it adds.
    func body(id: String?, _ dialect: Dialect) -> [JSONTree.Member] {
        var body: [JSONTree.Member] = []
        if let id { body.append(.init("rule_id", Int64(id).map { .integer($0) } ?? .string(id))) }
        if dialect.decodesTwice {
            // Only a new rule has its device written.
            let asRead = id == nil ? nil : device
            body.append(.init("device_id", .string(asRead ?? scope.devices.first ?? "-1")))
            body.append(.init("rule", .string(expression)))
        } else {
            body.append(.init("devices", numbers(scope.devices.isEmpty ? ["-1"] : scope.devices)))
            body.append(.init("groups", numbers(scope.groups)))
            body.append(.init("locations", numbers(scope.locations)))
            body.append(.init("builder", builder ?? .null))
        }
        body.append(.init("name", .string(name)))
        body.append(.init("severity", .string(severity)))
        body.append(.init("disabled", .integer(isDisabled ? 1 : 0)))
        if !dialect.decodesTwice { body += kept }
        if let notes, !dialect.decodesTwice { body.append(.init("notes", .string(notes))) }
        body += timing(dialect) + flags
        if let isInverted { body.append(.init("invert", .bool(isInverted))) }
        return body
    }

    /// What older servers build `extra` from.
    ///
    /// The newest make a new operation of them, so they are told the
    /// number of the one there is, and these only for a rule that has none.
    private func timing(_ dialect: Dialect) -> [JSONTree.Member] {
        if dialect.decodesTwice {
            // An empty delay would become 300 s; both it and 0 mean none.
            return [
                .init("count", .string(count ?? "")), .init("delay", .integer(delay ?? 0)),
                .init("mute", .bool(isMute ?? false)),
            ]
        }
        if let id = operation?.id {
            return [.init("alert_operation_id", Int64(id).map { .integer($0) } ?? .string(id))]
        }
        if keepsOperations && !changesTiming { return [] }
        var members: [JSONTree.Member] = []
        if let count { members.append(.init("count", .string(count))) }
        if let delay { members.append(.init("delay", .integer(delay))) }
        if let interval { members.append(.init("interval", .integer(interval))) }
        if let isMute { members.append(.init("mute", .bool(isMute))) }
        return members
    }

    private func numbers(_ ids: [String]) -> JSONTree {
        .array(ids.map { id in Int64(id).map { .integer($0) } ?? .string(id) })
    }
}

// MARK: In words

extension RuleDraft {
    /// The fields in words, in order.
    var words: [(name: String, value: String)] {
        [
            ("name", name), ("severity", severity), ("enabled", isDisabled ? "no" : "yes"),
            ("rule", expression), ("delay", delay.map { $0 == 0 ? "none" : Quantity.duration($0) } ?? "none"),
            ("count", count.flatMap { $0.isEmpty ? nil : $0 } ?? "none"),
            ("mute", isMute.map { $0 ? "yes" : "no" } ?? (keepsOperations ? "not known" : "no")),
            ("invert", isInverted == true ? "yes" : "no"), ("scope", scope.text), ("notes", notes ?? ""),
        ].map { ($0.0, Cleaning.clean($0.1)) }
    }

    /// What is not the same.
    func changes(from old: RuleDraft) -> [Change] {
        zip(old.words, words).filter { $0.value != $1.value }.map {
            Change($0.name, from: $0.value, to: $1.value)
        }
    }

    /// The answers of a form that would make it what it is.
    func answers(_ dialect: Dialect) -> [FieldKey: Value] {
        var values: [FieldKey: Value] = [
            .name: .text(name), .severity: .text(severity), .expression: .text(expression),
            .enabled: .text(isDisabled ? "no" : "yes"), "invert": .text(isInverted == true ? "yes" : "no"),
        ]
        // What is not known is left as it is.
        if isMute != nil || !keepsOperations { values["mute"] = .text(isMute == true ? "yes" : "no") }
        values["delay"] = delay.map { .text(String($0)) }
        values["count"] = count.flatMap { $0.isEmpty ? nil : .text($0) }
        func list(_ ids: [String], _ none: String) -> Value {
            .text(ids.isEmpty ? none : ids.joined(separator: ", "))
        }
        values["devices"] = list(scope.devices, "all")
        if !dialect.decodesTwice {
            values["groups"] = list(scope.groups, "none")
            values["locations"] = list(scope.locations, "none")
            values["notes"] = notes.map { .text($0) }
        }
        return values
    }
}

extension RuleDraft {
    /// The answers that put an edited rule back: what it had nothing for is emptied.
    func answersPuttingBack(_ dialect: Dialect) -> [FieldKey: Value] {
        var values = answers(dialect)
        for key in ["delay", "count", "notes"] as [FieldKey] where values[key] == nil {
            values[key] = .text("")
        }
        if dialect.decodesTwice { values["devices"] = nil }
        return values
    }
}

extension Change {
    /// `severity: warning → critical`.
    var words: String { "\(title): \(old.isEmpty ? "nothing" : old) → \(new.isEmpty ? "nothing" : new)" }
}
