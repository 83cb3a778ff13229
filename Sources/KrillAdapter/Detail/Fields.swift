internal import AdapterKit
internal import Domain
internal import JSON

/// Turns what the server gave of one entity into lines, every field of it but secrets and links.
struct Fields {
    /// The entities that ids in a row stand for.
    let links: (_ key: String, _ id: String) -> Value?

    /// Fields under headings: each takes the keys it names, the last what nobody took.
    func sections(_ row: JSONValue, _ groups: [(title: String, keys: Set<String>)]) -> [Detail.Section] {
        var lines: [[Detail.Line]] = Array(repeating: [], count: groups.count + 1)
        guard let members = row.object else { return [] }
        for (key, value) in members where !SecretKeys.krill.holds(key) && !key.hasPrefix("_") {
            let group = groups.firstIndex { $0.keys.contains(key) } ?? groups.count
            lines[group] += self.lines(key, value)
        }
        let titles = groups.map(\.title) + ["Other"]
        return zip(titles, lines).filter { !$1.isEmpty }.map { Detail.Section($0, $1) }
    }

    /// Objects within objects of which each member gets a line of its own.
    private static let deepest = 3
    /// Parts of a list that get a line each.
    private static let mostParts = 50

    /// One field as lines: what lies in it stands in words, never as JSON.
    private func lines(_ key: String, _ value: JSONValue, depth: Int = 0) -> [Detail.Line] {
        if let link = link(key, value) { return [link] }
        if let parts = value.array, parts.contains(where: { $0.kind == .object || $0.kind == .array }) {
            let shown = parts.prefix(Self.mostParts).enumerated().map { number, part in
                Detail.Line(Self.title(key, number, part), .text(Self.words(part)))
            }
            let more = parts.count - shown.count
            return shown + (more > 0 ? [Detail.Line(Cleaning.clean(key), .text("and \(more) more"))] : [])
        }
        guard let members = value.object else { return [line(key, value)] }
        guard depth < Self.deepest else {
            return [Detail.Line(Cleaning.clean(key), .text(Self.words(value)))]
        }
        return members.filter { !SecretKeys.krill.holds($0.key) && !$0.key.hasPrefix("_") }.flatMap {
            lines(depth == 0 ? $0.key : "\(key) \($0.key)", $0.value, depth: depth + 1)
        }
    }

    private func link(_ key: String, _ value: JSONValue) -> Detail.Line? {
        guard let id = value.text ?? value["id"]?.text, let link = links(key, id) else { return nil }
        let name = Cleaning.clean(key)
        if case .ref(let entity, _) = link { return Detail.Line(name, link, .ref(entity.kind)) }
        return Detail.Line(name, link)
    }

    /// What the monitoring says by 0 and 1.
    private static let flags: Set<String> = [
        "acknowledged", "downtime", "downtimed", "handled", "problem", "alarm", "has_been_checked",
        "is_flapping", "flap_detection_enabled", "enable_active_checks", "enable_passive_checks",
    ]
    /// What it says in seconds.
    private static let durations: Set<String> = ["check_interval", "retry_interval", "sessiontime", "uptime"]

    /// One field that holds nothing else as a line.
    private func line(_ key: String, _ value: JSONValue) -> Detail.Line {
        let name = Cleaning.clean(key)
        if Self.flags.contains(key), value.kind != .string, let flag = value.flag {
            return Detail.Line(name, .flag(flag), .flag)
        }
        if Self.durations.contains(key), let seconds = value.int64, seconds >= 0 {
            return Detail.Line(name, .integer(seconds), .duration)
        }
        if let text = value.string, text.utf8.count >= 19,
            let time = CivilTime.parse(text, clock: ServerClock(offset: 0, isCertain: true))
        {
            return Detail.Line(name, .time(time), .time)
        }
        return Detail.Line(name, Self.plain(value))
    }

    /// A value as it is; `__placeholders__` and addresses of zeros are none.
    static func plain(_ value: JSONValue) -> Value {
        switch value.kind {
        case .null: return .none
        case .bool: return .flag(value.flag ?? false)
        case .array, .object:
            let words = words(value)
            return words.isEmpty ? .none : .text(words)
        case .number, .string:
            guard let text = value.text, !text.isEmpty, text != "0.0.0.0", !isPlaceholder(text) else {
                return .none
            }
            return .text(Cleaning.clean(text))
        }
    }

    // MARK: Words

    private static let names = ["name", "lineid", "metric", "id"]

    /// What a part of a list is called: by its own name, else by its number.
    private static func title(_ key: String, _ number: Int, _ part: JSONValue) -> String {
        let own = names.lazy.compactMap { part[$0]?.text }.first { !$0.isEmpty }
        return Cleaning.clean(own ?? "\(key) \(number + 1)")
    }

    /// What a value says in words, without secrets: `-22.1 dBm, warning -11`.
    static func words(_ value: JSONValue) -> String {
        if let parts = value.array {
            return parts.map { words($0) }.filter { !$0.isEmpty }.joined(separator: ", ")
        }
        guard let members = value.object else {
            if value.kind == .bool { return value.flag == true ? "yes" : "no" }
            guard let text = value.text, !isPlaceholder(text) else { return "" }
            return Cleaning.clean(text)
        }
        let unit = members.first { $0.key == "uom" }.map { words($0.value) } ?? ""
        let named = names.first { value[$0]?.text?.isEmpty == false }
        return members.compactMap { key, member -> String? in
            guard key != named, key != "uom", !key.hasPrefix("_"), !SecretKeys.krill.holds(key) else {
                return nil
            }
            let text = words(member)
            if text.isEmpty { return nil }
            if key == "value" { return unit.isEmpty ? text : "\(text) \(unit)" }
            return "\(Cleaning.clean(key)) \(text)"
        }.joined(separator: ", ")
    }

    private static func isPlaceholder(_ text: String) -> Bool {
        text.hasPrefix("__") && text.hasSuffix("__")
    }
}

extension SecretKeys {
    /// Keys of wireless networks, and credentials of customers.
    static let krill = SecretKeys(parts: ["wpa_key", "private"])
}
