internal import AdapterKit
internal import Domain
internal import JSON

/// What is never sent, because the server would change more than was asked for. Said before anything is sent, with the
/// place where it can be done.
extension LibreNMSServer {
    /// Why a rule can't be written without changing what nobody asked for; nil where it can.
    ///
    /// The API takes only whole rules, so what can't be read can't be kept.
    func obstacle(_ rule: WireRule, _ dialect: Dialect) -> String? {
        let elsewhere = "use LibreNMS' web interface"
        if dialect.decodesTwice, rule.isInverted == true {
            return "it is inverted, and this server's API takes that away whatever it writes: \(elsewhere)"
        }
        if rule.hidesExtra {
            return "its settings (extra) can't be read, so that they can't be kept: \(elsewhere)"
        }
        if let operation = rule.operation, operation.id == nil {
            return
                "the server does not say which alert operation it has, so that it can't be kept: \(elsewhere)"
        }
        if !dialect.decodesTwice, let hidden = rule.hiddenScope {
            return
                "the server does not say which \(hidden) it is for, so that they can't be kept: \(elsewhere)"
        }
        return nil
    }

    /// Throws where a rule can't be written without changing what nobody asked for.
    func refuseObstacle(_ rule: WireRule, _ dialect: Dialect) throws(BackendError) {
        guard let words = obstacle(rule, dialect) else { return }
        throw BackendError(.unsupported, "nothing was sent for the rule \(rule.title): \(words)")
    }

    /// Throws where an edit would switch a rule on or off only because the server does not say which it is.
    func refuseUnknownSwitch(_ rule: WireRule, _ command: Command) throws(BackendError) {
        guard rule.isDisabled == nil, command.flag(.enabled) == nil else { return }
        throw BackendError(
            .unsupported,
            "nothing was sent: the server does not say whether the rule \(rule.title) is enabled; say it in the form"
        )
    }

    /// Throws where delay, count or mute were changed and the rule has an alert operation.
    ///
    /// The server would make a new operation: others that share the old one would be told differently from then on, one
    /// that was the rule's own would stay behind, and its interval and whether it is suppressed would be lost. The API
    /// has no way to change or delete an operation.
    func refuseTiming(
        _ draft: RuleDraft, of rule: WireRule, among rules: [WireRule]
    ) throws(BackendError) {
        guard draft.keepsOperations, draft.changesTiming else { return }
        guard let operation = rule.operation else {
            if draft.isMute == false { return }
            throw BackendError(
                .unsupported,
                "nothing was sent: the rule \(rule.title) has no alert operation, so that nobody is notified of its alerts;"
                    + " with mute set to no, the server makes one of delay and count")
        }
        let others = rules.filter { $0.id != rule.id && $0.operation?.id == operation.id }.map(\.title)
        let sharing = others.isEmpty ? "that no other rule uses" : "that \(Self.list(others)) also use"
        throw BackendError(
            .unsupported,
            "nothing was sent: delay, count and mute of the rule \(rule.title) are those of its alert operation"
                + " \(operation.title), \(sharing). This server's API can only replace it by a new one: its segments,"
                + " its interval and whether it is suppressed would be lost, and the old one would stay."
                + " Change it in LibreNMS' web interface, under Alerts, Alert Operations")
    }

    /// `A`, `A and B`, or `A, B, C and 22 more`.
    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(3)
        let rest = names.count - shown.count
        if rest > 0 { return "\(shown.joined(separator: ", ")) and \(rest) more" }
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
        return "\(shown.dropLast().joined(separator: ", ")) and \(last)"
    }
}

extension WireRule {
    /// Whether there are settings that can't be read.
    fileprivate var hidesExtra: Bool {
        guard extra == nil, let value = row["extra"], value.kind != .null else { return false }
        // PHP writes settings without a member as an empty list.
        if value.array?.isEmpty == true { return false }
        return value.string.map { !$0.allSatisfy(\.isWhitespace) && $0 != "[]" && $0 != "null" } ?? true
    }

    /// What of the scope the server does not show; newer releases empty what an edit leaves out.
    var hiddenScope: String? {
        for key in ["devices", "groups", "locations"] where row[key]?.array == nil {
            // Releases before 2020 know no locations, and those before that one device.
            let isUnknownToServer = row[key] == nil && !keepsOperations
            if isUnknownToServer, key == "locations" || row["device_id"]?.text != nil { continue }
            return key
        }
        return nil
    }
}
