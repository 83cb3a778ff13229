/// A rule as a client of the newer release writes it, taken apart.
struct RuleDraft: Sendable {
    let name: String
    private let body: Input
    private let builder: Input
    private let scope: AlertRule.Scope

    /// Nil when no condition can be read from it: a word in the manner of 2016 is none.
    init?(_ body: Input, _ view: WorldView) {
        let sent = body["builder"].isNull ? body["rule"] : body["builder"]
        // An object, or an object in a string.
        guard let builder = sent.text.map({ Input(parsing: Array($0.utf8)) }) ?? sent,
            Self.isCondition(builder)
        else { return nil }
        self.body = body
        self.builder = builder
        name = body["name"].phpText
        // What is absent is emptied; -1 means all, which is none in particular.
        scope = AlertRule.Scope(
            devices: Self.items(body["devices"]).compactMap { item in
                let number = item.integer ?? item.text.flatMap { view.device(named: $0)?.device.id }
                return number == -1 ? nil : number
            }, groups: Self.items(body["groups"]).compactMap(\.integer),
            locations: Self.items(body["locations"]).compactMap(\.integer))
    }

    /// A tree whose leaves have a field, an operator and a value.
    private static func isCondition(_ input: Input) -> Bool {
        if let rules = input["rules"].list { return !rules.isEmpty && rules.allSatisfy(isCondition) }
        return input["field"].text != nil && input["operator"].text != nil
    }

    /// PHP makes a list of whatever it is given.
    private static func items(_ input: Input) -> [Input] {
        switch input {
        case .null: []
        case .list(let list): list
        default: [input]
        }
    }

    func write(to rule: inout AlertRule) {
        rule.name = name
        rule.severity = body["severity"].phpText
        rule.isDisabled = LibreNMSCall.isDisabled(body)
        rule.builder = builder.value
        rule.scope = scope
        let isOverridden = body["override_query"].phpText == "on" || body["override_query"] == .flag(true)
        if isOverridden { rule.query = body["adv_query"].phpText }
        // What is not said again is lost.
        var extra: [Value.Member] = ["invert", "recovery", "acknowledgement"].compactMap { key in
            body[key].flag.map { .init(key, .literal(String($0))) }
        }
        extra.append(.init("options", ["override_query": .literal(String(isOverridden))]))
        rule.extra = .value(.object(extra))
        if let notes = body["notes"].text { rule.notes = notes }
        if let proc = body["proc"].text { rule.proc = proc }
        if !body["invert_map"].isNull { rule.invertsScope = body["invert_map"].phpText == "1" }
    }

    // MARK: Operations

    private static let legacyKeys = ["count", "delay", "interval", "mute"]

    private var isLegacy: Bool { Self.legacyKeys.contains { !body[$0].isNull } }

    /// What becomes of a rule's operation.
    enum Change {
        /// Nothing was said of it.
        case none
        /// It becomes that of the number.
        case of(Int)
        /// It has none any more.
        case away
        /// It gets one of its own; nil when a segment of it would tell nobody.
        case new(stepDuration: Int?, [AlertOperation.Segment]?)
    }

    /// What is said of whom to tell: any operations at all make new ones, whatever numbers stand in them.
    ///
    /// What earlier releases kept in `extra` becomes one segment that tells the default transport, if there is one; a
    /// rule that is mute has no operation.
    func change(hasDefaultTransport: Bool) -> Change {
        // The name under which the interval is read is not the one under which it is given.
        let interval = body["default_operation_step_duration"].integer
        if let operations = body["operations"].list {
            let tellSomebody = operations.allSatisfy { operation in
                !operation["transports"].isEmptyInPHP || !operation["transport_groups"].isEmptyInPHP
            }
            return .new(stepDuration: interval, tellSomebody ? operations.map(Self.segment) : nil)
        }
        if isLegacy {
            if body["mute"].phpText == "1" || body["mute"].flag == true { return .away }
            guard hasDefaultTransport else { return .new(stepDuration: interval, nil) }
            let segment = AlertOperation.Segment(
                to: body["count"].integer.flatMap { $0 > 0 ? $0 : nil }, start: seconds("delay"),
                duration: seconds("interval"), transports: [.computed(1)])
            return .new(stepDuration: interval ?? seconds("interval"), [segment])
        }
        return body["alert_operation_id"].integer.map(Change.of) ?? .none
    }

    private static func segment(_ input: Input) -> AlertOperation.Segment {
        AlertOperation.Segment(
            phase: input["operation_phase"].text ?? "problem",
            from: input["escalation_step_from"].integer ?? 1, to: input["escalation_step_to"].integer,
            start: input["start_in_seconds"].integer ?? 0,
            duration: input["step_duration_seconds"].integer ?? 0,
            transports: items(input["transports"]).map(\.value))
    }

    private func seconds(_ key: String) -> Int {
        guard case .computed(let seconds) = LibreNMSCall.delay(body[key], keepsWords: false) else {
            return 300
        }
        return seconds
    }
}
