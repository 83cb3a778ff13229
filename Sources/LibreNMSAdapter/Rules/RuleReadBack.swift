internal import AdapterKit
internal import Domain
internal import JSON

/// What of a rule that was sent is not so at the server, field by field.
struct RuleReadBack {
    /// The body that was sent.
    let sent: JSONValue
    /// The rule as it is now.
    let found: WireRule
    /// The rule as it was before; nil for a new one.
    var before: WireRule?

    /// A line for each field that differs: `severity is warning, not critical`; empty when all is as wanted.
    var differences: [String] {
        guard let members = sent.object else { return [] }
        let own = members.compactMap { key, value in
            difference(key, value).map { "\(key) is \($0.found), not \($0.wanted)" }
        }
        return own + Self.operation(sent, found, before)
    }

    /// What is not so of what is done about the alerts: all of it stays as it was, unless it was told otherwise.
    private static func operation(_ sent: JSONValue, _ found: WireRule, _ before: WireRule?) -> [String] {
        guard let before, before.keepsOperations, sent["mute"] == nil else { return [] }
        return RuleOperation.differences(from: before.operation, to: found.operation)
    }

    /// A line for each text that the server keeps in a way of its own: `name is kept as it\'s down`.
    var remarks: [String] {
        (sent.object?.map { $0 } ?? []).compactMap { key, value in
            guard Self.prose.contains(key), let wanted = value.string, let now = found.row[key]?.text,
                KeptText(wanted, as: now) == .altered
            else { return nil }
            return "\(key) is kept as \(Cleaning.clean(now))"
        }
    }

    private func difference(_ key: String, _ value: JSONValue) -> (found: String, wanted: String)? {
        switch key {
        // The number of the operation is compared with all that is in it.
        case "rule_id", "override_query", "adv_query", "alert_operation_id": return nil
        case "builder": return builder(value)
        case "devices": return ids(value, found.scope.devices)
        case "groups": return ids(value, found.scope.groups)
        case "locations": return ids(value, found.scope.locations)
        case "disabled", "invert_map": return flags(found.row[key]?.flag, value.flag)
        case "delay": return texts(found.delay.map { "\($0) s" }, value.int64.map { "\($0) s" }, zero: "0 s")
        case "interval":
            return texts(found.interval.map { "\($0) s" }, value.int64.map { "\($0) s" }, zero: "0 s")
        case "count": return texts(found.count, value.text, zero: "")
        case "mute": return flags(found.isMute, value.flag)
        case "invert": return flags(found.isInverted, value.flag)
        case "recovery", "acknowledgement": return flags(found.extra?[key]?.flag, value.flag)
        case _
        where Self.prose.contains(key)
            && KeptText(value.text ?? "", as: found.row[key]?.text ?? "") == .altered:
            return nil
        default: return texts(found.row[key]?.text, value.text, zero: "")
        }
    }

    /// What people read; anything else that is escaped means something else.
    private static let prose: Set<String> = ["name", "notes", "proc"]

    private func texts(_ now: String?, _ wanted: String?, zero: String) -> (String, String)? {
        let (now, wanted) = (now ?? zero, wanted ?? zero)
        if now == wanted { return nil }
        return (
            now.isEmpty ? "nothing" : Cleaning.clean(now), wanted.isEmpty ? "nothing" : Cleaning.clean(wanted)
        )
    }

    /// A flag that is not there is off.
    private func flags(_ now: Bool?, _ wanted: Bool?) -> (String, String)? {
        (now ?? false) == (wanted ?? false)
            ? nil : (now == true ? "on" : "off", wanted == true ? "on" : "off")
    }

    private func ids(_ value: JSONValue, _ now: [String]) -> (String, String)? {
        let wanted = Set(value.array?.compactMap(\.text) ?? []).subtracting(["-1"])
        if wanted == Set(now) { return nil }
        return (Self.list(now), Self.list(Array(wanted)))
    }

    private static func list(_ ids: [String]) -> String {
        ids.isEmpty ? "none" : ids.sorted().joined(separator: ", ")
    }

    private func builder(_ value: JSONValue) -> (String, String)? {
        guard let now = found.builder else { return ("nothing", "what was sent") }
        if JSONTree(now) == JSONTree(value) { return nil }
        let (a, b) = (RuleExpression(builder: now), RuleExpression(builder: value))
        if let a, a == b { return nil }
        return (a?.text ?? "something else", b?.text ?? "what was sent")
    }
}
