internal import AdapterKit
internal import Domain
internal import JSON

extension FieldManners {
    /// How a bonding server writes what it says of an entity.
    static let bonding = {
        var manners = FieldManners(
            secrets: .bonding,
            types: [
                .duration: ["duration", "length"],
                .rate: [
                    "upload_rate", "download_rate", "up_speed", "down_speed", "rate_limit", "up_rate",
                    "down_rate",
                ],
                .bytes: ["size", "size_bytes", "bytes"],
            ])
        manners.separator = "."
        manners.leaves = isOwnAddress
        manners.saying = { text in place(text).map { $0.suffix(2).joined(separator: " ") } ?? text }
        return manners
    }()

    /// Whether a field is only where the API has the entity, often by the server's inner name: it says nothing of it.
    private static func isOwnAddress(_ key: String, _ value: JSONValue) -> Bool {
        guard let place = value.string.flatMap(place) else { return false }
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
        let clock = settings.clock
        return Fields(.bonding, now: now, time: { WireTime.read($0, clock: clock) }) { key, value in
            guard let reference = Reference(value) else { return nil }
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
