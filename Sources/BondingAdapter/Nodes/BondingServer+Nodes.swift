internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension BondingServer {
    func refreshAggregators(
        _ query: Query, into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        let nodes = try await aggregators(for: .aggregator)
        let beside = try await bondsBeside(.aggregator)
        await learnSpaces(query, nodes.map(\.space))
        sink.add(table(ofAggregators: nodes, beside), covering: .everything)
        return beside.completeness
    }

    func refreshBonders(
        _ query: Query, into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        let nodes = try await bonderList.value(for: .bonder, at: now) {
            [self] () async throws(BackendError) in
            let isFour = try await version() == .four
            return try self.nodes(
                try await list(isFour ? Path.V4.bonders : Path.bonders), "bonder")
        }
        let beside = try await bondsBeside(.bonder)
        await learnAggregators(for: .bonder)
        await learnSpaces(query, nodes.map(\.space))
        sink.add(table(ofBonders: nodes, beside.bonds), covering: .everything)
        return beside.completeness
    }

    /// The bonds that are shown beside other rows; where they can't be read, those rows are still worth having.
    func bondsBeside(_ taker: ResourceKind) async throws(BackendError) -> BondsBeside {
        do throws(BackendError) {
            let list = try await bonds(for: taker, isBeside: true)
            return BondsBeside(
                bonds: list.bonds, areAll: list.gap == nil,
                completeness: list.gap.map { .partial("their bonds: \($0)") } ?? .complete)
        } catch {
            if error.kind == .cancelled { throw error }
            return BondsBeside(
                bonds: [], areAll: false,
                completeness: .partial("their bonds are not known: \(error.words)"))
        }
    }

    /// Rows of aggregators with the bonds on them; of a part of the bonds no number would be right.
    private func table(ofAggregators nodes: [WireNode], _ beside: BondsBeside) -> Table {
        let tally = AggregatorTally(beside.bonds)
        return withMemory { memory in
            var builder = TableBuilder(.aggregator, backend, capacity: nodes.count)
            let resource = ResourceDescriptor.aggregator
            for node in nodes {
                builder.begin(entity(.aggregator, node.id))
                set(node, "aggregator", memory, resource, &builder)
                guard beside.areAll else { continue }
                for (key, counts, isKnown) in [
                    (FieldKey.bondsPrimary, tally.primary, tally.knowsPrimary),
                    (.bondsSecondary, tally.secondary, tally.knowsSecondary),
                    (.bondsCurrent, tally.current, tally.knowsCurrent),
                ] where isKnown {
                    builder.set(resource.place(of: key), integer: counts[node.id, default: 0])
                }
            }
            return builder.finish()
        }
    }

    private func table(ofBonders nodes: [WireNode], _ bonds: [WireBond]) -> Table {
        let owners = Dictionary(
            bonds.compactMap { bond in bond.bonder.map { ($0.id, bond) } },
            uniquingKeysWith: { first, _ in first })
        return withMemory { memory in
            var builder = TableBuilder(.bonder, backend, capacity: nodes.count)
            let resource = ResourceDescriptor.bonder
            for node in nodes {
                builder.begin(entity(.bonder, node.id))
                set(node, "bonder", memory, resource, &builder)
                builder.set(resource.place(of: .serial), text: node.serial)
                guard let bond = owners[node.id] else { continue }
                builder.set(resource.place(of: "bond"), ref: entity(.bond, bond.id), name: bond.name)
                if let aggregator = bond.current {
                    builder.set(
                        resource.place(of: .aggregator), ref: entity(.aggregator, aggregator.id),
                        name: memory.name(ofAggregator: aggregator))
                }
            }
            return builder.finish()
        }
    }

    private func set(
        _ node: WireNode, _ type: String, _ memory: borrowing Memory, _ resource: ResourceDescriptor,
        _ builder: inout TableBuilder
    ) {
        builder.set(resource.place(of: .status), text: node.isTold ? node.status.rawValue : "")
        builder.set(resource.place(of: .name), text: node.name)
        builder.set(resource.place(of: "type"), text: type)
        builder.set(resource.place(of: "version"), text: node.version)
        builder.set(resource.place(of: "ip"), text: node.address)
        builder.set(resource.place(of: .note), text: node.note)
        builder.set(resource.place(of: .lastPolled), time: node.contact)
        if let space = node.space {
            builder.set(
                resource.place(of: .customer), ref: entity(.customer, space.id),
                name: memory.name(ofSpace: space))
        }
    }
}

/// The bonds that are shown beside other rows.
struct BondsBeside: Sendable {
    var bonds: [WireBond]
    /// Whether these are all: of a part no number would be right.
    var areAll: Bool
    var completeness: Completeness
}

/// How many bonds have to do with each aggregator; no number is right while one bond does not say it.
struct AggregatorTally: Sendable, Equatable {
    private(set) var primary: [String: Int64] = [:]
    private(set) var secondary: [String: Int64] = [:]
    private(set) var current: [String: Int64] = [:]
    private(set) var knowsPrimary = true
    private(set) var knowsSecondary = true
    private(set) var knowsCurrent = true

    init(_ bonds: [WireBond]) {
        for bond in bonds {
            if let id = bond.primary?.id { primary[id, default: 0] += 1 }
            if let id = bond.secondary?.id { secondary[id, default: 0] += 1 }
            if let id = bond.current?.id { current[id, default: 0] += 1 }
            knowsPrimary = knowsPrimary && bond.primary != nil
            knowsSecondary = knowsSecondary && bond.saysSecondary
            knowsCurrent = knowsCurrent && bond.current != nil
        }
    }
}
