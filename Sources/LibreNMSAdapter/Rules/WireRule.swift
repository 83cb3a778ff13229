internal import Domain
internal import JSON

/// One alert rule as the server gave it.
struct WireRule: Sendable {
    let id: String
    /// The name as the server has it.
    let name: String
    let severity: Severity
    let isDisabled: Bool?
    /// The rule itself in older releases; newer ones have none.
    let rule: String?
    /// The tree of newer releases, a JSON object or one inside a text.
    let builder: JSONValue?
    /// Whether the server keeps beside its rules what is done about their alerts.
    let keepsOperations: Bool
    /// What is done about its alerts, at such a server; nil where nobody is notified.
    let operation: RuleOperation?
    /// What older releases keep beside the rule, and newer ones kept until 2026; an object, or one inside a text.
    let extra: JSONValue?
    /// Everything that the server gave.
    let row: JSONValue

    /// Nil for a row without an id.
    init?(_ row: JSONValue) {
        guard let id = row["id"]?.id else { return nil }
        self.id = id
        self.row = row
        name = row["name"]?.text ?? ""
        severity = Severity(word: row["severity"]?.text ?? "")
        isDisabled = row["disabled"]?.bit
        rule = row["rule"]?.text
        builder = Self.object(row["builder"])
        extra = Self.object(row["extra"])
        keepsOperations = row["operations"] != nil || row["alert_operation_id"] != nil
        operation = keepsOperations ? RuleOperation(row) : nil
    }

    /// What it is called on the screen.
    var title: String { name.isEmpty ? "rule \(Cleaning.clean(id))" : Cleaning.clean(name) }

    /// What it looks for; a builder's tree as text, else the query that was made of it.
    var expression: String {
        // Releases from 2018 to early 2026 have both, and the rule is an empty text.
        if let rule, !rule.isEmpty { return rule }
        if let builder, let expression = RuleExpression(builder: builder) { return expression.text }
        return row["query"]?.text ?? ""
    }

    /// After how many polls it alerts; -1 is no limit to repeating.
    var count: String? { keepsOperations ? operation?.count : extra?["count"]?.text }
    /// Seconds before it alerts.
    var delay: Int64? { keepsOperations ? operation?.delay : extra?["delay"].flatMap { Self.seconds($0) } }
    /// Seconds between two messages.
    var interval: Int64? {
        keepsOperations ? operation?.interval : extra?["interval"].flatMap { Self.seconds($0) }
    }
    /// Whether it alerts only in the web interface; nil where the server does not say.
    ///
    /// A rule without an operation tells nobody; whether an operation does may not be said.
    var isMute: Bool? {
        guard keepsOperations else { return extra?["mute"]?.flag }
        return operation.map { $0.isSuppressed } ?? true
    }
    /// Whether it alerts where the rule does not match.
    var isInverted: Bool? { extra?["invert"]?.flag }

    /// Settings beside mute, count and delay, as `interval (300)`: the API of 2016 writes no others.
    var settingsBeyond2016: [String] {
        (extra?.object?.map { $0 } ?? []).compactMap { key, value in
            if ["mute", "count", "delay"].contains(key) || (key == "invert" && value.flag != true) {
                return nil
            }
            return Cleaning.clean(value.text.map { "\(key) (\($0))" } ?? key)
        }
    }

    /// The devices, groups and locations that it is for, as numbers.
    var scope: RuleScope { RuleScope(row) }

    /// Seconds from a number, or from a text such as `5 m`; an empty one is none.
    static func seconds(_ value: JSONValue) -> Int64? {
        if let seconds = value.int64 { return seconds }
        return value.text.flatMap { seconds($0) }
    }

    /// Seconds from `300`, `5 m`, `1h` or `1 d`.
    static func seconds(_ text: String) -> Int64? {
        guard let reading = Quantity.read(text), reading.unit == .bare || reading.unit == .time,
            reading.number >= 0
        else { return nil }
        return Int64(exactly: reading.number.rounded())
    }

    private static func object(_ value: JSONValue?) -> JSONValue? {
        if value?.kind == .object { return value }
        guard let text = value?.string, let inner = try? JSONDocument(text).root, inner.kind == .object else {
            return nil
        }
        return inner
    }
}

/// The devices, groups and locations that a rule is for; none of them means all devices.
struct RuleScope: Sendable, Equatable {
    var devices: [String] = []
    var groups: [String] = []
    var locations: [String] = []
    /// Whether it is for devices and groups that the server's API does not show.
    var isMapped = false

    /// Every device.
    static let all = RuleScope()

    /// `all`, `mapped`, or `devices 3, 7; groups 2`.
    var text: String {
        let parts =
            [("devices", devices), ("groups", groups), ("locations", locations)]
            .filter { !$1.isEmpty }.map { "\($0) \($1.joined(separator: ", "))" }
            + (isMapped ? ["mapped"] : [])
        return parts.isEmpty ? "all" : parts.joined(separator: "; ")
    }

    /// The same in a sentence: `all devices`, `the devices and groups that it is mapped to`.
    var place: String {
        if self == .all { return "all devices" }
        return isMapped && devices.isEmpty
            ? "the devices and groups that it is mapped to" : Cleaning.clean(text)
    }
}

extension RuleScope {
    /// Reads a rule's row: one device in older releases, maps in newer ones.
    init(_ row: JSONValue) {
        if var device = row["device_id"]?.text {
            // The web interface of 2016 marks by a colon that the rule has maps of devices or groups.
            isMapped = device.hasPrefix(":")
            if isMapped { device.removeFirst() }
            devices = Int(device).map { $0 > 0 } == true ? [device] : []
        }
        devices += Self.ids(row["devices"])
        groups = Self.ids(row["groups"])
        locations = Self.ids(row["locations"])
    }

    private static func ids(_ value: JSONValue?) -> [String] {
        let ids = value?.array?.compactMap { ($0.text ?? $0["id"]?.text).map { Cleaning.clean($0) } } ?? []
        return ids.filter { $0 != "-1" }
    }
}
