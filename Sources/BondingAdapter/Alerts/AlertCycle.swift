internal import AdapterKit
internal import Domain

/// The lists that troubles are derived from, and what is missing of them.
struct AlertCycle {
    /// Of this cycle, maybe not all of them.
    var bonds: BondList
    /// Aggregators of which it is not known how they are; nil where that is so of all of them.
    private(set) var openNodes: Set<String>? = []
    /// Nil where the server has none, or they can't be read.
    private(set) var updates: ConfigUpdates?
    /// Whether it is known how configuration updates fare.
    private(set) var knowsUpdates = false
    /// Bonds whose legs nobody has read yet.
    private(set) var unseen: Set<String> = []
    /// Legs of which it is not known how they are.
    private(set) var openLegs: Set<String> = []
    /// Bonds of which it is not known how their aggregator is.
    private(set) var openAggregators: Set<String> = []
    /// What is missing, in words; nil when nothing is.
    private(set) var gap: String?
    private var missing = MissingFields()

    init(_ bonds: BondList) {
        self.bonds = bonds
        gap = bonds.gap
    }

    /// Whether all troubles that there are can be told.
    var completeness: Completeness {
        let rest = missing.completeness
        return gap.map { Completeness.partial($0).and(rest) } ?? rest
    }

    /// Notes that something is missing; the first of several is told.
    mutating func miss(_ words: String) { gap = gap ?? words }

    /// Takes how configuration updates fare; nil where the server has no such thing.
    mutating func take(_ found: ConfigUpdates?) {
        updates = found
        knowsUpdates = found == nil || found?.isFailing != nil
        if !knowsUpdates { miss("whether configuration updates fail the server does not say") }
    }

    /// Takes what is known of aggregators and legs, and notes what is not.
    mutating func take(_ memory: borrowing Memory, at now: Timestamp) {
        if let words = memory.aggregators.gap {
            miss(words)
            openNodes = nil
        } else {
            let open = memory.aggregators.nodes?.values.filter { !$0.isTold } ?? []
            openNodes = Set(open.map(\.id))
            for node in open { note(node.word, "status", "aggregators") }
        }
        for bond in bonds.bonds {
            if bond.primary == nil { missing.note("aggregator", of: "bonds") }
            if bond.current == nil, memory.version != .four {
                missing.note("current_aggregator", of: "bonds")
            }
            if memory.health(of: bond, at: now).aggregatorState == .untold { openAggregators.insert(bond.id) }
            if !memory.hasLegs(of: bond, at: now) { unseen.insert(bond.id) }
            for leg in memory.legs(of: bond) ?? [] where !leg.isTold {
                openLegs.insert(leg.id)
                note(leg.word, "state", "legs")
            }
        }
        if !unseen.isEmpty {
            let count = Quantity.count(unseen.count)
            miss("the legs of \(count) \(unseen.count == 1 ? "bond" : "bonds") are not known")
        }
    }

    private mutating func note(_ word: String, _ field: String, _ rows: String) {
        if word.isEmpty {
            missing.note(field, of: rows)
        } else {
            miss("the server calls \(rows) \"\(word.prefix(40))\", and what that means is not known here")
        }
    }

    /// Whether this cycle says nothing of what a trouble is derived from, so that it may hold still.
    func isSilent(about trouble: Trouble) -> Bool {
        switch trouble.about.kind {
        case .aggregator: return openNodes?.contains(trouble.about.id) ?? true
        case .system: return !knowsUpdates
        default: break
        }
        guard let bond = bonds.bonds.first(where: { $0.id == trouble.about.id }) else {
            return bonds.gap != nil
        }
        switch trouble.source {
        case .place: return bond.isFailedOver == nil
        case .aggregatorState: return openAggregators.contains(bond.id)
        case .legs:
            return unseen.contains(bond.id) || trouble.legs.contains { openLegs.contains($0.leg) }
        }
    }
}

extension BondingServer {
    /// Reads the lists of this cycle; what the account may not see is missing like anything else.
    ///
    /// - Parameter early: takes what bonds alone tell, before anything else is asked for.
    func readAlertCycle(_ early: (AlertCycle) -> Void) async throws(BackendError) -> AlertCycle {
        var cycle = AlertCycle(try await bonds(for: .alert))
        early(cycle)
        do throws(BackendError) {
            _ = try await aggregators(for: .alert)
        } catch {
            if error.kind == .cancelled { throw error }
        }
        do throws(BackendError) {
            cycle.take(try await configUpdates())
        } catch {
            if error.kind == .cancelled { throw error }
            // Older servers have no such counts; one that had them has them still.
            if error.kind == .missing, withMemory({ $0.updates == nil }) {
                cycle.take(nil)
            } else {
                cycle.miss("whether configuration updates fail is not known: \(error.words)")
            }
        }
        let now = now
        let lists = cycle
        return withMemory { memory in
            var cycle = lists
            cycle.take(memory, at: now)
            return cycle
        }
    }
}
