internal import Domain

/// Something that is wrong, derived from what lists say: this API has no alerts of its own.
struct Trouble: Sendable, Equatable {
    /// Stays the same for as long as the cause does, such as `bond-21-degraded`.
    var id: String
    var severity: Severity
    /// What it is called, as in `Leg down`.
    var title: String
    /// What it is about: the bond, the aggregator or the system.
    var about: (kind: ResourceKind, id: String, name: String)
    var note: String
    var space: Reference?
    /// The trouble that it follows from.
    var cause: String?
    /// The legs that it comes from, whose history tells since when.
    var legs: [LegTrouble] = []
    /// What it is derived from.
    var source = Source.legs
    /// Whether it holds since the last of its legs went down, not the first.
    var needsAllLegs = false

    /// What a trouble is derived from.
    enum Source: Sendable {
        /// The thing's own state, that of a bond by its legs.
        case legs
        /// The aggregator that a bond is on.
        case place
        /// How that aggregator is.
        case aggregatorState
    }

    static func == (a: Trouble, b: Trouble) -> Bool {
        a.id == b.id && a.severity == b.severity && a.title == b.title && a.about == b.about
            && a.note == b.note && a.space == b.space && a.cause == b.cause && a.legs == b.legs
    }
}

/// A leg that is not as it should be; one that works badly and then goes down is another trouble from then on.
struct LegTrouble: Sendable, Hashable {
    var leg: String
    var isDown: Bool

    init(_ leg: WireLeg) {
        self.leg = leg.id
        isDown = leg.state == .down
    }
}

/// Finds what is wrong in one cycle's lists.
struct TroubleFinder {
    let memory: Memory
    let now: Timestamp
    let bonds: [WireBond]
    /// What was wrong with aggregators when that was known last, of those of which it is not known now.
    let retained: [Trouble]
    let updates: ConfigUpdates?

    /// All troubles, those that others follow from first.
    var troubles: [Trouble] {
        var nodes = aggregatorTroubles
        nodes += retained.filter { old in !nodes.contains { $0.about.id == old.about.id } }
        let ofNodes = Dictionary(nodes.map { ($0.about.id, $0.id) }, uniquingKeysWith: { first, _ in first })
        var found = nodes
        if let trouble = updateTrouble { found.append(trouble) }
        for bond in bonds { found += troubles(of: bond, ofNodes) }
        return found
    }

    /// An aggregator of which the server says nothing raises nothing, nor does one that nobody uses and none saw.
    private var aggregatorTroubles: [Trouble] {
        let tally = AggregatorTally(bonds)
        let nodes = memory.aggregators.nodes?.values.sorted { $0.id < $1.id } ?? []
        return nodes.compactMap { node in
            let hit = max(tally.current[node.id, default: 0], tally.primary[node.id, default: 0])
            let bonds = "\(Quantity.count(Int(hit))) \(hit == 1 ? "bond" : "bonds")"
            switch node.status {
            case .up: return nil
            case .down:
                return Trouble(
                    id: "aggregator-\(node.id)-down", severity: .critical, title: "Aggregator down",
                    about: (.aggregator, node.id, node.name), note: "\(bonds) of its own", space: node.space)
            case .unknown:
                guard !node.word.isEmpty, hit > 0 else { return nil }
                return Trouble(
                    id: "aggregator-\(node.id)-unknown", severity: .warning,
                    title: "Aggregator in no known state", about: (.aggregator, node.id, node.name),
                    note: "the server says \(node.word); \(bonds) of its own", space: node.space)
            }
        }
    }

    private var updateTrouble: Trouble? {
        guard let updates, updates.isFailing == true else { return nil }
        return Trouble(
            id: "config-updates-failing", severity: .warning, title: "Configuration updates failing",
            about: (.system, "system", "system"), note: updates.words, space: nil)
    }

    private func troubles(of bond: WireBond, _ nodes: [String: String]) -> [Trouble] {
        let legs = memory.legs(of: bond)
        let health = memory.health(of: bond, at: now)
        var found = [trouble(of: bond, health, legs, nodes)].compactMap { $0 }
        let parent = found.first?.id
        let about = (kind: ResourceKind.bond, id: bond.id, name: bond.name)
        for leg in health.down {
            let type = leg.type.map { " (\($0.title))" } ?? ""
            found.append(
                Trouble(
                    id: "leg-\(leg.id)-down", severity: health.severity == .critical ? .critical : .warning,
                    title: "Leg down: \(leg.title)\(type)", about: about,
                    note: leg.word == "down" ? health.words : "\(leg.word); \(health.words)",
                    space: bond.space, cause: parent, legs: [LegTrouble(leg)]))
        }
        if bond.isFailedOver == true, let primary = bond.primary, let current = bond.current {
            found.append(
                Trouble(
                    id: "bond-\(bond.id)-failed-over", severity: .warning, title: "Bond failed over",
                    about: about,
                    note: "on \(memory.name(ofAggregator: current)) instead of "
                        + memory.name(ofAggregator: primary),
                    space: bond.space, cause: nodes[primary.id], source: .place))
        }
        return found
    }

    /// What is wrong with a bond as a whole; nil where nothing is, or where the server leaves open whether.
    private func trouble(
        of bond: WireBond, _ health: BondHealth, _ legs: [WireLeg]?, _ nodes: [String: String]
    ) -> Trouble? {
        var trouble = Trouble(
            id: "bond-\(bond.id)-\(health.status.rawValue)", severity: health.severity, title: "",
            about: (.bond, bond.id, bond.name), note: words(health, legs), space: bond.space,
            legs: health.down.map { LegTrouble($0) })
        if health.isCutOff {
            trouble.source = .aggregatorState
            trouble.cause = bond.current.flatMap { nodes[$0.id] }
            trouble.note = words(bond, health)
            trouble.legs = []
        }
        switch health.status {
        case .up, .unmonitored: return nil
        case .degraded:
            trouble.title = "Bond degraded"
            trouble.legs += health.impaired.map { LegTrouble($0) }
        case .down:
            trouble.title = "Bond down"
            trouble.cause = bond.current.flatMap { nodes[$0.id] }
            trouble.needsAllLegs = !health.isCutOff
        case .unknown:
            if health.isCutOff {
                trouble.title = "Bond waits for failover"
            } else {
                // What the server left out is no trouble of the bond's: the list is incomplete.
                guard health.isTold, health.legStatus == .unknown else { return nil }
                trouble.title = "Bond in no known state"
            }
        }
        return trouble
    }

    /// Why a bond carries nothing whose legs say otherwise.
    private func words(_ bond: WireBond, _ health: BondHealth) -> String {
        let name = bond.current.map { memory.name(ofAggregator: $0) } ?? "its aggregator"
        let other: String
        if case .down(hasOther: true) = health.aggregatorState {
            other = "it is not on its secondary yet"
        } else if bond.isFailedOver == true, let primary = bond.primary,
            memory.aggregators.nodes?[primary.id]?.status == .up
        {
            other =
                "it was moved there; its primary, \(memory.name(ofAggregator: primary)), is up: restore it"
        } else if let secondary = bond.secondary, secondary.id != bond.current?.id {
            other = "its secondary, \(memory.name(ofAggregator: secondary)), is down as well"
        } else {
            other = "it has no other to move to"
        }
        return "\(name) is down and \(other); its legs say: \(health.words)"
    }

    private func words(_ health: BondHealth, _ legs: [WireLeg]?) -> String {
        var words = health.words
        if !health.down.isEmpty {
            words += "; down: " + health.down.map(\.title).joined(separator: ", ")
        }
        if !health.impaired.isEmpty {
            words += "; " + health.impaired.map { "\($0.title): \($0.word)" }.joined(separator: ", ")
        }
        let aside = legs?.filter(\.state.isAside) ?? []
        if !aside.isEmpty {
            words += "; " + aside.map { "\($0.title) is \($0.state.sign)" }.joined(separator: ", ")
        }
        return words
    }
}
