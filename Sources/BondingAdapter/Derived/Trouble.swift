internal import Domain

/// Something that is wrong, told from what lists say: this API has no alerts of its own.
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
    /// Whether it is told from where a bond is, not from its legs.
    var isFailover = false
    /// Whether it holds since the last of its legs went down, not the first.
    var needsAllLegs = false

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
    let bonds: [WireBond]
    /// Nil where they can't be read.
    let aggregators: [WireNode]?
    let updates: ConfigUpdates?

    /// All troubles, those that others follow from first.
    var troubles: [Trouble] {
        let nodes = aggregatorTroubles
        let ofNodes = Dictionary(nodes.map { ($0.about.id, $0.id) }, uniquingKeysWith: { first, _ in first })
        var found = nodes
        if let trouble = updateTrouble { found.append(trouble) }
        for bond in bonds { found += troubles(of: bond, ofNodes) }
        return found
    }

    /// An aggregator of which the server says nothing raises nothing, nor does one that nobody uses and none saw.
    private var aggregatorTroubles: [Trouble] {
        let tally = AggregatorTally(bonds)
        return (aggregators ?? []).compactMap { node in
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
        guard let updates, updates.isFailing else { return nil }
        return Trouble(
            id: "config-updates-failing", severity: .warning, title: "Configuration updates failing",
            about: (.system, "system", "system"), note: updates.words, space: nil)
    }

    private func troubles(of bond: WireBond, _ nodes: [String: String]) -> [Trouble] {
        var found: [Trouble] = []
        let legs = memory.legs(of: bond)
        let health = BondHealth(legs)
        let about = (kind: ResourceKind.bond, id: bond.id, name: bond.name)
        switch health.status {
        case .up, .unknown: break
        case .degraded:
            found.append(
                Trouble(
                    id: "bond-\(bond.id)-degraded", severity: health.severity, title: "Bond degraded",
                    about: about, note: words(health, legs), space: bond.space,
                    legs: (health.down + health.impaired).map { LegTrouble($0) }))
        case .down:
            found.append(
                Trouble(
                    id: "bond-\(bond.id)-down", severity: health.severity, title: "Bond down", about: about,
                    note: words(health, legs), space: bond.space,
                    cause: bond.current.flatMap { nodes[$0.id] },
                    legs: health.down.map { LegTrouble($0) }, needsAllLegs: true))
        }
        let parent = found.first?.id
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
                    space: bond.space, cause: nodes[primary.id], isFailover: true))
        }
        return found
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

/// Configuration updates that wait for nodes, `system/status/configupdates/`.
struct ConfigUpdates: Sendable, Equatable {
    var count: Int64?
    var failures: Int64?
    /// How many there are by the server's word for their state.
    var byStatus: [(word: String, count: Int64)]

    static func == (a: ConfigUpdates, b: ConfigUpdates) -> Bool {
        a.count == b.count && a.failures == b.failures && a.byStatus.elementsEqual(b.byStatus, by: ==)
    }

    /// How many are on their way.
    var waiting: Int64 { sum(["pend", "queue", "wait", "retry", "progress", "sent", "sending", "unsent"]) }
    /// How many the server itself calls failed.
    var failed: Int64 { sum(["fail", "error"]) }

    /// Whether an update does not get through: the failures of those that did are past.
    var isFailing: Bool {
        if failed > 0 { return true }
        guard let failures, failures > 0 else { return false }
        return byStatus.isEmpty || waiting > 0
    }

    /// The counts in words.
    var words: String {
        var parts = byStatus.filter { $0.count > 0 }.map { "\(Quantity.count(Int($0.count))) \($0.word)" }
        if let failures, failures > 0 {
            parts.append("\(Quantity.count(Int(failures))) failed \(failures == 1 ? "attempt" : "attempts")")
        }
        if parts.isEmpty { return count.map { "\($0) updates" } ?? "no updates" }
        return parts.joined(separator: ", ")
    }

    private func sum(_ signs: [String]) -> Int64 {
        byStatus.filter { entry in signs.contains { entry.word.contains($0) } }.reduce(0) { $0 &+ $1.count }
    }
}
