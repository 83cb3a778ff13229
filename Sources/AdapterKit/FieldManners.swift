package import Domain
package import JSON

/// How an API writes what it says of an entity: its secrets, what its bare numbers mean, and what says nothing.
package struct FieldManners: Sendable {
    /// Keys that nothing is shown of, at any depth.
    package var secrets: SecretKeys
    /// What bare numbers and flags under a key mean.
    private let types: [String: FieldType]
    /// What only a key and its value together tell, in the unit of the screen; nil for all others.
    package var special: @Sendable (_ key: String, _ value: JSONValue) -> (Value, FieldType)? = { _, _ in nil
    }
    /// Whether a field says nothing of its entity.
    package var leaves: @Sendable (_ key: String, _ value: JSONValue) -> Bool = { _, _ in false }
    /// What a text says; empty where it says nothing.
    package var saying: @Sendable (_ text: String) -> String = { $0 }
    /// The keys that a part of a list is called by, the best first.
    package var names = ["name", "title", "id"]
    /// The keys of a number and of its unit, which are told without their names.
    package var measured: (value: String, unit: String)?
    /// What stands between the names of objects within each other.
    package var separator = " "
    /// Objects within objects of which each member gets a line of its own.
    package var deepest = 3
    /// Whether the outermost object is a mere envelope, whose name says nothing.
    package var hidesOutermost = false

    /// Makes those of an API.
    ///
    /// - Parameter types: flags, durations in seconds, rates in bits per second, bytes and moments in seconds since
    ///   1970, with the keys that hold them.
    package init(secrets: SecretKeys, types: [FieldType: [String]]) {
        self.secrets = secrets
        var byKey: [String: FieldType] = [:]
        for (type, keys) in types { for key in keys { byKey[key] = type } }
        self.types = byKey
    }

    /// The members of an object that are shown, in the server's order; none for anything else.
    package func shown(_ row: JSONValue) -> [(key: String, value: JSONValue)] {
        guard let members = row.object else { return [] }
        return members.compactMap { member in
            secrets.holds(member.key) || leaves(member.key, member.value) ? nil : (member.key, member.value)
        }
    }

    /// What a value under a key means; nil where only its text tells.
    func typed(_ key: String, _ value: JSONValue) -> (Value, FieldType)? {
        if let found = special(key, value) { return found }
        guard let type = types[key] else { return nil }
        let meant: Value? =
            switch type {
            case .flag: value.flag.map { .flag($0) }
            case .duration: value.int64.flatMap { $0 >= 0 ? .integer($0) : nil }
            case .rate, .bytes, .integer: value.int64.map { .integer($0) }
            case .time: value.int64.flatMap { $0 > 0 ? .time(Timestamp($0)) : nil }
            default: nil
            }
        return meant.map { ($0, type) }
    }

    /// A value in words, without secrets inside.
    package func plain(_ value: JSONValue) -> Value {
        if value.kind == .bool { return .flag(value.flag ?? false) }
        let words = words(value)
        return words.isEmpty ? .none : .text(words)
    }

    /// What a value says in words, never in JSON: `-22.1 dBm, warning -11`.
    ///
    /// - Parameter isTitled: whether its own name stands beside it already.
    package func words(_ value: JSONValue, isTitled: Bool = false) -> String {
        switch value.kind {
        case .null: return ""
        case .bool: return value.flag == true ? "yes" : "no"
        case .number, .string: return Cleaning.clean(saying(value.text ?? ""))
        case .array:
            return (value.array?.map { words($0) } ?? []).filter { !$0.isEmpty }.joined(separator: ", ")
        case .object:
            let named = nameKey(of: value)
            let unit = measured.flatMap { value[$0.unit] }.map { words($0) } ?? ""
            return shown(value).compactMap { key, member -> String? in
                if key == measured?.unit || (isTitled && key == named) { return nil }
                let text = words(member)
                if text.isEmpty || key == named { return text.isEmpty ? nil : text }
                if key == measured?.value { return unit.isEmpty ? text : "\(text) \(unit)" }
                return "\(Cleaning.clean(key)) \(text)"
            }.joined(separator: ", ")
        }
    }

    /// What a part of a list is called; nil where nothing in it says so.
    func name(of part: JSONValue) -> String? {
        nameKey(of: part).flatMap { part[$0]?.text }.map { Cleaning.clean($0) }
    }

    private func nameKey(of value: JSONValue) -> String? {
        names.first { value[$0]?.text.map { !$0.allSatisfy(\.isWhitespace) } ?? false }
    }

    /// What a member of an object is called on the screen, given what the object is called.
    func name(of key: String, in outer: String, depth: Int) -> String {
        let key = Cleaning.clean(key)
        return depth == 0 && hidesOutermost ? key : outer + separator + key
    }
}
