extension LibreNMSCall {
    /// `GET /rules`: all of them.
    func listRules() -> Reply { list("rules", view.rulebook.rules, RuleColumns.schema) }

    /// `GET /rules/:id`: an empty list when there is none, also for what is no number.
    func getRule() -> Reply {
        let id = Int(self["id"])
        return list("rules", view.rulebook.rules.filter { $0.id == id }, RuleColumns.schema)
    }

    /// `POST /rules` and `PUT /rules`, which are one: what tells them apart is a number in the body.
    func saveRule() -> Reply {
        guard release.isModern else { return view.changeRules(saveOldRule) }
        guard role == .admin else { return unauthorized() }
        return view.changeRules(saveModernRule)
    }

    /// `DELETE /rules/:id`: 200 for every number, whether there was such a rule or not.
    func deleteRule() -> Reply {
        if release.isModern, role != .admin { return unauthorized() }
        guard let id = Int(self["id"]) else {
            let status = release.isModern ? 400 : 500
            return failed(status, "Invalid rule id has been provided", inErrorText: true)
        }
        let isGone = view.changeRules { $0.remove(id) }
        return done(isGone ? "Alert rule has been removed" : "No alert rule by that ID")
    }

    /// Somebody without the right, on a newer server.
    func unauthorized() -> Reply { Self.compact(403, message: "This action is unauthorized.") }

    /// What both releases take for on or off: a 1 is off, all else is on.
    static func isDisabled(_ body: Input) -> Bool { body["disabled"].phpText == "1" }

    /// Seconds of `5 m`, `1 h`, `2 d` or a plain number; 300 of anything else.
    ///
    /// A plain number stays the word or the number that it was, which is why rows differ.
    static func delay(_ input: Input, keepsWords: Bool) -> Value {
        let word = input.phpText.filter { !$0.isWhitespace }
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits) else { return .computed(300) }
        switch word.dropFirst(digits.count).first {
        case "m": return .computed(number &* 60)
        case "h": return .computed(number &* 3_600)
        case "d": return .computed(number &* 86_400)
        case nil: return keepsWords ? .text(String(digits)) : .computed(number)
        default: return .computed(300)
        }
    }
}

extension LibreNMSCall {
    private static let severities = ["ok", "warning", "critical"]

    /// The old release looks at everything and answers with the last of its complaints.
    ///
    /// A rule without a name is one whose name is taken: by nothing.
    private func saveOldRule(_ book: inout Rulebook) -> Reply {
        let body = body ?? .null
        let id = body["rule_id"].integer
        let name = PHP.escaped(body["name"].phpText)
        let form = Form(demands: [
            .init("rule", "Missing the alert rule") { !$0["rule"].isEmptyInPHP },
            .init("name", "Missing the alert rule name") { _ in !name.isEmpty },
            .oneOf(Self.severities, "severity", "Missing the severity"),
            .init("taken", "Edition failed : Name has already been used") { [book] _ in
                !name.isEmpty && !book.has(name: name, besides: id)
            },
        ])
        if let complaint = form.complaints(about: body).last {
            return oldResult(500, "error", complaint.words)
        }

        // An edit of a number that is none writes nothing, and is fine.
        if let id, book[id] == nil { return oldResult(200, "ok", "") }
        var rule =
            id.flatMap { book[$0] }
            ?? AlertRule(
                id: book.nextID(), name: name, severity: "", deviceID: device(of: body), extra: .text(""))
        rule.name = name
        rule.severity = body["severity"].phpText
        rule.expression = body["rule"].phpText
        rule.isDisabled = Self.isDisabled(body)
        rule.extra = .text(
            PHP.json(
                [
                    "mute": .literal(String(body["mute"].phpText == "1")),
                    "count": .text(PHP.escaped(body["count"].phpText)),
                    "delay": Self.delay(body["delay"], keepsWords: true),
                ]))
        book.put(rule, at: view.tick)
        return oldResult(200, "ok", "")
    }

    /// All devices when none is named, without a word; only a new rule has its device written.
    private func device(of body: Input) -> String {
        guard let number = body["device_id"].integer, number != 0 else { return "-1" }
        return String(number)
    }

    private func oldResult(_ status: Int, _ word: String, _ error: String) -> Reply {
        json(status, ["status": .text(word), "err-msg": .text(error)])
    }

    // MARK: Today

    private static let form = Form(demands: [
        .init("devices", "Missing the devices or global device (-1)") {
            !$0["rule_id"].isNull || !$0["devices"].isEmptyInPHP
        },
        .init("builder", "Missing the alert builder rule") {
            !($0["builder"].isNull ? $0["rule"] : $0["builder"]).isEmptyInPHP
        },
        .init("name", "Missing the alert rule name") { !$0["name"].isEmptyInPHP },
        .oneOf(severities, "severity", "Missing the severity"),
    ])

    private func saveModernRule(_ book: inout Rulebook) -> Reply {
        guard let body, body.isContainer else { return failed(500, "We couldn't parse the provided json") }
        if let complaint = Self.form.complaints(about: body).first { return failed(400, complaint.words) }
        guard let draft = RuleDraft(body, view) else { return failed(500, "We couldn't parse your rule") }

        let id = body["rule_id"].integer
        if book.has(name: draft.name, besides: id) {
            let isNew = body["rule_id"].isNull
            return failed(
                500,
                isNew ? "Addition failed : Name has already been used" : "Update failed : Invalid rule id")
        }
        if let id, book[id] == nil { return failed(500, "Failed to update existing alert rule") }
        var rule =
            id.flatMap { book[$0] } ?? AlertRule(id: book.nextID(), name: "", severity: "", extra: .text(""))
        draft.write(to: &rule)
        // The rule is written before anybody asks whom its operation would tell.
        book.put(rule, at: view.tick)
        switch draft.change(hasDefaultTransport: view.world.hasDefaultTransport) {
        case .none: break
        case .of(let id): rule.operation = book.operation(id) ?? rule.operation
        case .away: rule.operation = nil
        case .new(_, nil):
            return failed(400, "Each operation must include at least one transport or transport group.")
        case .new(let stepDuration, let segments?):
            rule.operation = book.makeOperation(
                "\(rule.name) \u{2014} API", stepDuration: stepDuration, segments)
        }
        book.put(rule, at: view.tick)
        return json(200, ["status": "ok"])
    }
}
