internal import AdapterKit
internal import Domain
internal import JSON

/// Turns what the server gave of one entity into lines, every field of it but secrets.
struct Fields {
    /// How the server's local times are read.
    let clock: ServerClock?
    /// The present: what is still to come is told as a date.
    let now: Timestamp
    /// The link that a reference under a key becomes.
    let link: (_ key: String, _ reference: Reference) -> Value?

    /// Fields whose bare numbers mean something.
    private static let types: [String: FieldType] = {
        var types: [String: FieldType] = ["duration": .duration, "length": .duration]
        for key in [
            "upload_rate", "download_rate", "up_speed", "down_speed", "rate_limit", "up_rate", "down_rate",
        ] {
            types[key] = .rate
        }
        for key in ["size", "size_bytes", "bytes"] { types[key] = .bytes }
        return types
    }()

    /// All fields in the server's order; those in `leaving` stand elsewhere already.
    func lines(_ row: JSONValue, leaving: Set<String> = []) -> [Detail.Line] {
        lines(row, prefix: "", leaving, depth: 0)
    }

    private func lines(
        _ row: JSONValue, prefix: String, _ leaving: Set<String>, depth: Int
    ) -> [Detail.Line] {
        guard let members = row.object else { return [] }
        var lines: [Detail.Line] = []
        for (key, value) in members
        where !SecretKeys.bonding.holds(key) && !leaving.contains(key) && !Self.isOwnAddress(key, value) {
            let name = prefix + Cleaning.clean(key)
            if value.kind == .object, depth < 3,
                link(key, Reference(id: "")) == nil || Reference(value) == nil
            {
                lines += self.lines(value, prefix: "\(name).", [], depth: depth + 1)
            } else {
                lines.append(line(name, key, value))
            }
        }
        return lines
    }

    /// Whether a field is only where the API has the entity, often by the server's inner name: it says nothing of it.
    private static func isOwnAddress(_ key: String, _ value: JSONValue) -> Bool {
        key == "url" && value.string?.contains("/api/v") == true
    }

    private func line(_ name: String, _ key: String, _ value: JSONValue) -> Detail.Line {
        if let reference = Reference(value), let link = link(key, reference) {
            if case .ref(let entity, _) = link { return Detail.Line(name, link, .ref(entity.kind)) }
        }
        if let type = Self.types[key], let number = value.int64 {
            return Detail.Line(name, .integer(number), type)
        }
        if let text = value.string, (19...35).contains(text.utf8.count),
            let time = WireTime.read(text, clock: clock)
        {
            if time.seconds > now.seconds + 60 {
                let date = CivilTime.fields(time, offset: 0).text
                let wait = Quantity.duration(time.seconds - now.seconds)
                return Detail.Line(name, .text("\(date) UTC, in \(wait)"))
            }
            return Detail.Line(name, .time(time), .time)
        }
        return Detail.Line(name, Self.plain(value))
    }

    /// A value as it is, without secrets inside.
    static func plain(_ value: JSONValue) -> Value {
        switch value.kind {
        case .null: Value.none
        case .bool: .flag(value.flag ?? false)
        case .array:
            .text(
                Cleaning.clean(
                    value.array?.map { item in item.text ?? JSONTree(item).without(.bonding).text }
                        .joined(separator: ", ") ?? ""))
        case .object: .text(Cleaning.clean(JSONTree(value).without(.bonding).text))
        case .number, .string: value.text.map { $0.isEmpty ? .none : .text(Cleaning.clean($0)) } ?? .none
        }
    }
}

extension BondingServer {
    /// Fields with the links that this adapter knows.
    var fields: Fields {
        let (names, bonds) = withMemory { memory in
            (memory.aggregators.nodes?.mapValues(\.name) ?? [:], memory.bonds.mapValues(\.name))
        }
        return Fields(clock: settings.clock, now: now) { key, reference in
            let id = reference.id
            let own = reference.name
            switch key {
            case "aggregator", "primary_aggregator", "secondary_aggregator", "current_aggregator":
                return .ref(self.entity(.aggregator, id), name: own ?? names[id] ?? "aggregator \(id)")
            case "bonder": return .ref(self.entity(.bonder, id), name: own ?? "bonder \(id)")
            case "space", "parent": return .ref(self.entity(.customer, id), name: own ?? "space \(id)")
            case "bond": return .ref(self.entity(.bond, id), name: own ?? bonds[id] ?? "bond \(id)")
            case "qos_profile": return .ref(self.entity(.qosProfile, id), name: own ?? "profile \(id)")
            case "leg": return .ref(self.entity(.leg, id), name: own ?? "leg \(id)")
            default: return nil
            }
        }
    }
}
