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
            if let parts = value.array, parts.contains(where: { $0.kind == .object || $0.kind == .array }) {
                lines += self.lines(name, parts)
            } else if value.kind == .object, depth < 3,
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
        guard let place = value.string.flatMap(Self.place) else { return false }
        return key == "url" || key == "resource" || place.last == key
    }

    /// The path of an address within the API, such as `spaces`, `3`; nil for any other text.
    ///
    /// Its host is the server's inner name, which says nothing to people.
    private static func place(_ text: String) -> [String]? {
        guard let start = text.firstRange(of: "/api/v"), text.hasPrefix("http") || text.hasPrefix("/api/v")
        else { return nil }
        return text[start.upperBound...].split(separator: "/").dropFirst().map(String.init)
    }

    /// Parts of a list that get a line each.
    private static let mostParts = 50

    /// A list of objects: a line for each.
    private func lines(_ name: String, _ parts: JSONArray) -> [Detail.Line] {
        let shown = parts.prefix(Self.mostParts).enumerated().map { number, part in
            Detail.Line(part.words("name", "title", "id") ?? "\(name) \(number + 1)", .text(Self.words(part)))
        }
        let more = parts.count - shown.count
        return shown + (more > 0 ? [Detail.Line(name, .text("and \(Quantity.count(more)) more"))] : [])
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

    /// A value in words, without secrets inside.
    static func plain(_ value: JSONValue) -> Value {
        if value.kind == .bool { return .flag(value.flag ?? false) }
        let words = words(value)
        return words.isEmpty ? .none : .text(words)
    }

    /// What a value says in words: `up 10000000, down 50000000`.
    private static func words(_ value: JSONValue) -> String {
        switch value.kind {
        case .null: return ""
        case .bool: return value.flag == true ? "yes" : "no"
        case .number, .string:
            let text = value.text ?? ""
            return Cleaning.clean(place(text).map { $0.suffix(2).joined(separator: " ") } ?? text)
        case .array:
            return (value.array?.map { words($0) } ?? []).filter { !$0.isEmpty }.joined(separator: ", ")
        case .object:
            let named = ["name", "title", "id"].first { value[$0]?.text?.isEmpty == false }
            return (value.object?.map { $0 } ?? []).compactMap { key, member -> String? in
                if SecretKeys.bonding.holds(key) || isOwnAddress(key, member) { return nil }
                let text = words(member)
                if text.isEmpty { return nil }
                return key == named ? text : "\(Cleaning.clean(key)) \(text)"
            }.joined(separator: ", ")
        }
    }
}

extension BondingServer {
    /// Learns what the aggregators and the bond are called that a detail names, where no list told it yet.
    func learnNames(for entity: EntityRef) async {
        switch entity.kind {
        case .bond, .bonder: await learnAggregators(for: .command)
        case .address, .natAddress, .route, .speedTest, .tuning:
            guard let bond = entity.path.first, withMemory({ $0.bonds[bond] == nil }) else { return }
            _ = try? await bondRow(bond)
        default: break
        }
    }

    /// Fields with the links that this adapter knows.
    var fields: Fields {
        let (names, bonds, spaces) = withMemory { memory in
            (
                memory.aggregators.nodes?.mapValues(\.name) ?? [:], memory.bonds.mapValues(\.name),
                memory.spaces?.names ?? [:]
            )
        }
        return Fields(clock: settings.clock, now: now) { key, reference in
            let id = reference.id
            let own = reference.name
            switch key {
            case "aggregator", "primary_aggregator", "secondary_aggregator", "current_aggregator":
                return .ref(self.entity(.aggregator, id), name: own ?? names[id] ?? "aggregator \(id)")
            case "bonder": return .ref(self.entity(.bonder, id), name: own ?? "bonder \(id)")
            case "space", "parent":
                return .ref(self.entity(.customer, id), name: own ?? spaces[id] ?? "space \(id)")
            case "bond": return .ref(self.entity(.bond, id), name: own ?? bonds[id] ?? "bond \(id)")
            case "qos_profile": return .ref(self.entity(.qosProfile, id), name: own ?? "profile \(id)")
            case "leg": return .ref(self.entity(.leg, id), name: own ?? "leg \(id)")
            default: return nil
            }
        }
    }
}
