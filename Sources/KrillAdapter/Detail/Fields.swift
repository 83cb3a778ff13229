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
            lines[group].append(line(key, value))
        }
        let titles = groups.map(\.title) + ["Other"]
        return zip(titles, lines).filter { !$1.isEmpty }.map { Detail.Section($0, $1) }
    }

    /// One field as a line.
    func line(_ key: String, _ value: JSONValue) -> Detail.Line {
        let name = Cleaning.clean(key)
        if let id = value.text ?? value["id"]?.text, let link = links(key, id) {
            if case .ref(let entity, _) = link { return Detail.Line(name, link, .ref(entity.kind)) }
            return Detail.Line(name, link)
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
            let tree = JSONTree(value).without(.krill)
            if case .array(let parts) = tree, parts.isEmpty { return .none }
            if let words = flat(tree) { return words.isEmpty ? .none : .text(Cleaning.clean(words)) }
            return .text(Cleaning.clean(tree.text))
        case .number, .string:
            guard let text = value.text, !text.isEmpty, text != "0.0.0.0",
                !(text.hasPrefix("__") && text.hasSuffix("__"))
            else { return .none }
            return .text(Cleaning.clean(text))
        }
    }

    /// A list of words as words.
    private static func flat(_ tree: JSONTree) -> String? {
        guard case .array(let parts) = tree else { return nil }
        var words: [String] = []
        for part in parts {
            guard case .string(let text) = part else { return nil }
            if !(text.hasPrefix("__") && text.hasSuffix("__")) { words.append(text) }
        }
        return words.joined(separator: ", ")
    }
}

extension SecretKeys {
    /// Keys of wireless networks, and credentials of customers.
    static let krill = SecretKeys(parts: ["wpa_key", "private"])
}
