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
    /// How old bonds may be that are shown beside other rows: as old as those of a refresh of their own.
    private static let besideLifetime: Int64 = 30

    /// The list that bonds, legs, alerts and nodes of one cycle are made from.
    ///
    /// - Parameter isBeside: whether they are shown beside other rows, so that those of the last refresh will do.
    func bonds(
        for taker: ResourceKind, priority: Int = 1, isBeside: Bool = false
    ) async throws(BackendError) -> BondList {
        let age = isBeside ? Self.besideLifetime : nil
        return try await bondList.value(for: taker, at: now, within: age) {
            [self] () async throws(BackendError) in
            try await readBonds(priority: priority)
        }
    }

    /// Reads all bonds, and where they are now where the list does not say it.
    private func readBonds(priority: Int) async throws(BackendError) -> BondList {
        let isFour = try await version() == .four
        let listing = try await list(isFour ? Path.V4.bonds : Path.bonds, priority: priority)
        var found = BondList(bonds: [], gap: listing.gap)
        var seen: Set<String> = []
        let bonds = listing.rows.compactMap { WireBond($0) }
        for bond in bonds where seen.insert(bond.id).inserted { found.bonds.append(bond) }
        if found.bonds.isEmpty, !listing.rows.isEmpty {
            throw BackendError(.invalid, "the bonds of this server have no id: check url")
        }
        found.gap = found.gap ?? Self.gap(listing.rows.count - bonds.count, "bonds")
        if isFour {
            try await addLegs(to: &found)
        } else if found.bonds.contains(where: { !$0.saysCurrent }) {
            await addCurrent(to: &found)
        }
        let told = found.bonds
        found.bonds = withMemory { memory in
            let bonds = memory.doubting(told)
            memory.take(bonds)
            return bonds
        }
        return found
    }

    /// What is missing where rows do not say which they are; nil when all do.
    static func gap(_ nameless: Int, _ plural: String) -> String? {
        var missing = MissingFields()
        for _ in 0..<max(0, nameless) { missing.note("id", of: plural) }
        if case .partial(let words) = missing.completeness { return words }
        return nil
    }

    /// v4 lists the legs of all bonds in one place.
    private func addLegs(to found: inout BondList) async throws(BackendError) {
        let listing: ReadList
        do {
            listing = try await list(Path.V4.legs)
        } catch {
            if error.kind == .cancelled { throw error }
            found.gap = found.gap ?? "legs are missing: \(error.words)"
            return
        }
        let all = listing.rows.compactMap { WireLeg($0, bond: nil) }
        let legs = Dictionary(grouping: all, by: \.bond)
        found.gap = found.gap ?? listing.gap ?? Self.gap(listing.rows.count - all.count, "legs")
        for place in found.bonds.indices { found.bonds[place].legs = legs[found.bonds[place].id] ?? [] }
    }

    /// Asks each aggregator which bonds are on it, where bonds themselves do not say.
    private func addCurrent(to found: inout BondList) async {
        guard let nodes = try? await aggregators(for: .place) else { return }
        var places: [String: Reference] = [:]
        var missing: [String] = []
        await withTaskGroup(of: (WireNode, Result<ReadList, BackendError>).self) { group in
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
    func currentBonds(of aggregator: String) async -> Result<ReadList, BackendError> {
        do throws(BackendError) {
            return .success(try await list(Path.bondsCurrent, ["id": aggregator]))
        } catch {
            return .failure(error)
        }
    }

    /// Learns how aggregators are, unless that is known.
    func learnAggregators(for taker: ResourceKind) async {
        if withMemory({ $0.aggregators.areUnread }) { await lookAtAggregators(for: taker) }
    }

    /// Reads how aggregators are, which the state of every bond depends on, and keeps it, or why it can't be read.
    func lookAtAggregators(for taker: ResourceKind, isBeside: Bool = false) async {
        _ = try? await aggregators(for: taker, isBeside: isBeside)
    }

    /// The list of aggregators of this cycle.
    func aggregators(
        for taker: ResourceKind, isBeside: Bool = false
    ) async throws(BackendError) -> [WireNode] {
        let age = isBeside ? Self.besideLifetime : nil
        do throws(BackendError) {
            return try await aggregatorList.value(for: taker, at: now, within: age) {
                [self] () async throws(BackendError) in
                let isFour = try await version() == .four
                let listing = try await list(isFour ? Path.V4.aggregators : Path.aggregators)
                let nodes = try self.nodes(listing, "aggregator")
                let now = now
                withMemory { $0.aggregators.take(nodes, at: now) }
                return nodes
            }
        } catch {
            if error.kind != .cancelled { withMemory { $0.aggregators.miss(error) } }
            throw error
        }
    }

    /// Rows of nodes; a list of which a part is missing is none.
    func nodes(_ listing: ReadList, _ noun: String) throws(BackendError) -> [WireNode] {
        if let gap = listing.gap { throw BackendError(.invalid, gap) }
        let nodes = listing.rows.compactMap { node($0, noun) }
        if nodes.isEmpty, !listing.rows.isEmpty {
            throw BackendError(.invalid, "the \(noun)s of this server have no id: check url")
        }
        if let gap = Self.gap(listing.rows.count - nodes.count, "\(noun)s") {
            throw BackendError(.invalid, gap)
        }
        return nodes
    }

    /// Reads a node as it is now; nil for a row without an id.
    func node(_ row: JSONValue, _ noun: String) -> WireNode? {
        WireNode(row, noun, at: now, clock: settings.clock)
    }
}
