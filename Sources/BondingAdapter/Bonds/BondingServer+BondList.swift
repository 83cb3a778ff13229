internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// The bonds of one cycle, and what is missing of them.
struct BondList: Sendable {
    var bonds: [WireBond]
    /// In words; nil when all of it is here.
    var gap: String?
}

extension BondingServer {
    /// The list that bonds, legs, alerts and nodes of one cycle are made from.
    func bonds(for taker: ResourceKind, priority: Int = 1) async throws(BackendError) -> BondList {
        try await bondList.value(for: taker, at: now) { [self] () async throws(BackendError) in
            try await readBonds(priority: priority)
        }
    }

    /// Reads all bonds, and where they are now where the list does not say it.
    private func readBonds(priority: Int) async throws(BackendError) -> BondList {
        let isFour = try await version() == .four
        let listing = try await list(isFour ? Path.V4.bonds : Path.bonds, priority: priority)
        var found = BondList(bonds: [], gap: listing.gap)
        var seen: Set<String> = []
        for bond in listing.rows.compactMap({ WireBond($0) }) where seen.insert(bond.id).inserted {
            found.bonds.append(bond)
        }
        if found.bonds.isEmpty, !listing.rows.isEmpty {
            throw BackendError(.invalid, "the bonds of this server have no id: check url")
        }
        if isFour {
            try await addLegs(to: &found)
        } else if found.bonds.contains(where: { !$0.saysCurrent }) {
            await addCurrent(to: &found)
        }
        await learnAggregators(for: .bond)
        withMemory { $0.take(found.bonds) }
        return found
    }

    /// v4 lists the legs of all bonds in one place.
    private func addLegs(to found: inout BondList) async throws(BackendError) {
        let listing: Listing
        do {
            listing = try await list(Path.V4.legs)
        } catch {
            if error.kind == .cancelled { throw error }
            found.gap = found.gap ?? "legs are missing: \(error.words)"
            return
        }
        let legs = Dictionary(
            grouping: listing.rows.compactMap { WireLeg($0, bond: nil) }, by: \.bond)
        found.gap = found.gap ?? listing.gap
        for place in found.bonds.indices { found.bonds[place].legs = legs[found.bonds[place].id] ?? [] }
    }

    /// Asks each aggregator which bonds are on it, where bonds themselves do not say.
    private func addCurrent(to found: inout BondList) async {
        guard let nodes = try? await aggregators(for: .bond) else { return }
        var places: [String: Reference] = [:]
        var missing: [String] = []
        await withTaskGroup(of: (WireNode, Result<Listing, BackendError>).self) { group in
            for node in nodes { group.addTask { [self] in (node, await currentBonds(of: node.id)) } }
            for await (node, result) in group {
                switch result {
                case .success(let listing):
                    for bond in listing.rows.compactMap({ Reference($0) }) {
                        places[bond.id] = Reference(id: node.id, name: node.name)
                    }
                    if listing.gap != nil { missing.append(node.name) }
                case .failure: missing.append(node.name)
                }
            }
        }
        for place in found.bonds.indices where !found.bonds[place].saysCurrent {
            found.bonds[place].current = places[found.bonds[place].id]
        }
        if !missing.isEmpty {
            found.gap =
                found.gap ?? "which bonds are on \(missing.sorted().joined(separator: ", ")) can't be read"
        }
    }

    /// The bonds that are on an aggregator now.
    func currentBonds(of aggregator: String) async -> Result<Listing, BackendError> {
        do throws(BackendError) {
            return .success(try await list(Path.bondsCurrent, ["id": aggregator]))
        } catch {
            return .failure(error)
        }
    }

    /// Learns what aggregators are called, once; later their own refresh keeps it.
    func learnAggregators(for taker: ResourceKind) async {
        guard withMemory({ $0.aggregators == nil }) else { return }
        if (try? await aggregators(for: taker)) == nil, !Task.isCancelled {
            withMemory { $0.aggregators = $0.aggregators ?? [:] }
        }
    }

    /// The list of aggregators of this cycle.
    func aggregators(for taker: ResourceKind) async throws(BackendError) -> [WireNode] {
        try await aggregatorList.value(for: taker, at: now) { [self] () async throws(BackendError) in
            let isFour = try await version() == .four
            let listing = try await list(isFour ? Path.V4.aggregators : Path.aggregators)
            let nodes = try Self.nodes(listing, "aggregator")
            withMemory {
                $0.aggregators = Dictionary(
                    nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            }
            return nodes
        }
    }

    /// Rows of nodes; a list of which a part is missing is none.
    static func nodes(_ listing: Listing, _ noun: String) throws(BackendError) -> [WireNode] {
        if let gap = listing.gap { throw BackendError(.invalid, gap) }
        let nodes = listing.rows.compactMap { WireNode($0, noun) }
        if nodes.isEmpty, !listing.rows.isEmpty {
            throw BackendError(.invalid, "the \(noun)s of this server have no id: check url")
        }
        return nodes
    }
}
