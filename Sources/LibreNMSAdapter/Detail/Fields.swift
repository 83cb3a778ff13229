internal import AdapterKit
internal import Domain
internal import JSON

/// Turns what the server gave of one entity into lines, every field of it but secrets.
struct Fields {
    /// How the server's local times are read.
    let clock: ServerClock
    /// The entities that ids in a row stand for.
    let links: (_ key: String, _ id: String) -> Value?

    /// Sections in order: each takes the keys it asks for, the last what nobody took.
    func sections(_ row: JSONValue, _ groups: [FieldGroup]) -> [Detail.Section] {
        var lines: [[Detail.Line]] = Array(repeating: [], count: groups.count + 1)
        guard let members = row.object else { return [] }
        for (key, value) in members where !SecretKeys.libreNMS.holds(key) {
            let group = groups.firstIndex { $0.takes(key) } ?? groups.count
            lines[group].append(line(key, value))
        }
        let titles = groups.map(\.title) + ["Other"]
        return zip(titles, lines).filter { !$1.isEmpty }.map { Detail.Section($0, $1) }
    }

    /// One field as a line.
    func line(_ key: String, _ value: JSONValue) -> Detail.Line {
        let name = Cleaning.clean(key)
        if let id = value.text, let link = links(key, id) { return Detail.Line(name, link, linkType(link)) }
        if let type = FieldTypes.byKey[key], let typed = typed(value, type) {
            return Detail.Line(name, typed, type)
        }
        if let rate = octetRate(key, value) { return Detail.Line(name, rate, .rate) }
        if let time = time(value) { return Detail.Line(name, .time(time), .time) }
        return Detail.Line(name, plain(value))
    }

    private func linkType(_ link: Value) -> FieldType {
        if case .ref(let entity, _) = link { return .ref(entity.kind) }
        return .text
    }

    private func typed(_ value: JSONValue, _ type: FieldType) -> Value? {
        switch type {
        case .flag: value.flag.map { .flag($0) }
        case .duration, .rate, .bytes, .integer: value.int64.map { .integer($0) }
        case .time: value.int64.flatMap { $0 > 0 ? .time(Timestamp($0)) : nil }
        default: nil
        }
    }

    /// Octet rates are bytes per second at the server and bits per second here.
    private func octetRate(_ key: String, _ value: JSONValue) -> Value? {
        guard key.hasSuffix("Octets_rate"), let bytes = value.int64 else { return nil }
        return PortRows.bits(bytes).map { .integer($0) }
    }

    private func time(_ value: JSONValue) -> Timestamp? {
        guard let text = value.string, text.utf8.count >= 19, text.utf8.count <= 35 else { return nil }
        return CivilTime.parse(text, clock: clock)
    }

    private func plain(_ value: JSONValue) -> Value {
        switch value.kind {
        case .null: Value.none
        case .bool: .flag(value.flag ?? false)
        case .array, .object: .text(Cleaning.clean(JSONTree(value).without(.libreNMS).text))
        case .number, .string: value.text.map { $0.isEmpty ? .none : .text(Cleaning.clean($0)) } ?? .none
        }
    }
}

/// Fields that are shown under one heading.
struct FieldGroup: Sendable {
    /// The heading.
    let title: String
    /// Takes these keys.
    var keys: Set<String> = []
    /// Takes keys that hold one of these.
    var parts: [String] = []
    /// Takes keys that begin with one of these.
    var prefixes: [String] = []
    /// Takes every key.
    var takesAll = false

    func takes(_ key: String) -> Bool {
        takesAll || keys.contains(key) || parts.contains { key.contains($0) }
            || prefixes.contains { key.hasPrefix($0) }
    }
}

/// Fields whose bare numbers mean something.
private enum FieldTypes {
    static let byKey: [String: FieldType] = {
        var types: [String: FieldType] = [
            "uptime": .duration, "agent_uptime": .duration, "ifSpeed": .rate, "ifSpeed_prev": .rate,
            "poll_time": .time, "poll_prev": .time, "poll_period": .duration,
            "bill_cdr": .rate, "bill_quota": .bytes,
        ]
        for key in ["rate_95th", "rate_95th_in", "rate_95th_out"] { types[key] = .rate }
        for key in ["rate_average", "rate_average_in", "rate_average_out"] { types[key] = .rate }
        for key in ["total_data", "total_data_in", "total_data_out"] { types[key] = .bytes }
        for key in [
            "status", "ignore", "disabled", "snmp_disable", "disable_notify", "ignore_status", "mtu_status",
            "override_sysLocation", "open", "deleted", "invert_map",
        ] {
            types[key] = .flag
        }
        return types
    }()
}

extension SecretKeys {
    /// How devices are asked by SNMP: communities, and users with what they authenticate and encrypt by.
    static let libreNMS = SecretKeys(
        parts: ["community", "pass", "private"], whole: ["authname", "snmp_v3_user"])
}
