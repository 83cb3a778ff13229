extension LibreNMSCall {
    /// `GET /alerts`: those of one state, the first unless it is said; newer releases take several.
    func listAlerts() -> Reply {
        var rows = alertsOfState()
        if release.isModern {
            if let severity = query["severity"], ["ok", "warning", "critical"].contains(severity) {
                rows = rows.filter { $0.rule?.severity == severity }
            }
            if let rule = query["alert_rule"].flatMap({ Int($0) }) {
                rows = rows.filter { $0.ruleID == rule }
            }
            guard let sorted = sort(rows) else { return failed(400, "Invalid order column") }
            rows = sorted
        }
        return alerts(rows)
    }

    /// `GET /alerts/:id`: by state too, so an acknowledged alert is not there unless `state=2` asks for it.
    func getAlert() -> Reply {
        let id = Int(self["id"])
        return alerts(alertsOfState().filter { $0.id == id })
    }

    private func alerts(_ rows: [Alert]) -> Reply {
        list("alerts", rows.map { AlertRow(alert: $0, view: view) }, AlertColumns.schema)
    }

    /// The newer release joins the rules and so loses alerts whose rule is gone.
    private func alertsOfState() -> [Alert] {
        let states: Set<Int>
        switch (query["state"], release) {
        case (nil, _): states = [1]
        case (let text?, .modern): states = Set(text.split(separator: ",").map { Self.leadingNumber($0) })
        case (let text?, .release2016): states = [Self.leadingNumber(text)]
        }
        // Nothing between the commas means 0, as the database reads an empty word.
        let wanted = states.isEmpty ? [0] : states
        return view.alerts.filter {
            wanted.contains($0.state.rawValue) && ($0.rule != nil || !release.isModern)
        }
    }

    /// What a database makes of a word where it wants a number: `1,2` is 1, `x` is 0.
    private static func leadingNumber(_ text: some StringProtocol) -> Int {
        Int(String(text.prefix { $0.isASCII && $0.isNumber })) ?? 0
    }

    /// Newest first, or `column asc|desc` in lower case; nil for a column that is none.
    private func sort(_ rows: [Alert]) -> [Alert]? {
        let words = (query["order"] ?? "").split(separator: " ").map(String.init)
        guard words.count == 2, ["asc", "desc"].contains(words[1]) else {
            return rows.sorted { ($0.story.changedAt, $0.id) > ($1.story.changedAt, $1.id) }
        }
        guard let column = AlertColumns.schema.column(words[0], in: .list) else { return nil }
        let sorted = rows.map { ($0, column.value(AlertRow(alert: $0, view: view)).sortKey) }
            .sorted { $0.1 < $1.1 }.map(\.0)
        return words[1] == "desc" ? sorted.reversed() : sorted
    }

    // MARK: Acknowledge and unmute

    /// `PUT /alerts/:id`: acknowledges.
    func acknowledge() -> Reply {
        touch(.acknowledged, done: "Alert has been acknowledged", unknown: "No Alert by that ID")
    }

    /// `PUT /alerts/unmute/:id`, which undoes an acknowledgement, and has nothing to do with muted rules.
    func unmute() -> Reply {
        touch(.active, done: "Alert has been unmuted", unknown: "No alert by that ID")
    }

    /// Servers answer 200 for every number, look at no state, and say "no alert" also when nothing changed.
    private func touch(_ state: AlertStory.State, done word: String, unknown: String) -> Reply {
        // The newer release asks its policy about a class instead of an alert, which fails for all but admins.
        if release.isModern, role != .admin { return broken() }
        guard let id = Int(self["id"]) else {
            return failed(release.isModern ? 400 : 500, "Invalid alert has been provided", inErrorText: true)
        }
        guard let alert = view.alert(id) else { return done(release.isModern ? unknown : Self.nothing) }
        guard release.isModern else {
            guard alert.state != state else { return done(Self.nothing) }
            view.touch(id, state: state, untilClear: .yes) { $0 }
            return done(word)
        }
        let body = body ?? .null
        let line = "\(Moment(view.time(view.tick) + style.zone).mailText) \(zoneText) - Ack (admin) "
        let untilClear: AlertChanges.UntilClear
        switch (state, body["until_clear"].flag) {
        case (.acknowledged, true?): untilClear = .yes
        case (.acknowledged, false?): untilClear = .no
        case (.acknowledged, nil): untilClear = .unsaid
        default: untilClear = alert.untilClear
        }
        view.touch(id, state: state, untilClear: untilClear) { earlier in
            (earlier.isEmpty ? "" : earlier + "\n") + line + (body["note"].text ?? "")
        }
        return done(word)
    }

    private static let nothing = "No alert by that ID"

    /// The server's zone as mail writes it: `+0100`.
    private var zoneText: String {
        let minutes = abs(style.zone) / 60
        let digits = String(minutes / 60 * 100 + minutes % 60)
        return (style.zone < 0 ? "-" : "+") + String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    }
}

/// An alert with the view that knows what time it is.
struct AlertRow: Sendable {
    let alert: Alert
    let view: WorldView
}

/// The columns of an alert: the old release tells neither severity nor rule.
enum AlertColumns {
    static let schema = Schema<AlertRow>([
        Column("hostname", in: .all) { .text($0.alert.device.hostname) },
        Column("id", in: .all) { .integer($0.alert.id) },
        Column("device_id", in: .all) { .integer($0.alert.device.id) },
        Column("rule_id", in: .all) { .integer($0.alert.ruleID) },
        Column("state", in: .all) { .integer($0.alert.state.rawValue) },
        Column("alerted", in: .all) { .integer($0.alert.alerted) },
        Column("open", in: .all) { .flag($0.alert.isOpen) },
        Column("note", in: .modern) { .text($0.alert.note) },
        // The old database moves the time whenever the row changes: an acknowledged alert looks new.
        Column("timestamp", in: .old) {
            .time($0.view.time(max($0.alert.story.changedAt, $0.alert.touchedAt ?? .min)))
        },
        Column("timestamp", in: .modern) { .time($0.view.time($0.alert.story.changedAt)) },
        Column("info", in: .modern) { .text($0.alert.info) },
        Column("severity", in: .modern) { .text(orNull: $0.alert.rule?.severity) },
        Column("name", in: .modern) { .text(orNull: $0.alert.rule?.name) },
        Column("proc", in: .modern) { $0.alert.ruleID == 1 ? .null : .text("") },
        Column("notes", in: .modern) { .text(orNull: $0.alert.rule?.notes) },
    ])
}
