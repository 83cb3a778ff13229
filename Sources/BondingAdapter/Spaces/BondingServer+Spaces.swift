internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What the list of bonds says of one space itself, without those below it.
struct SpaceTally: Sendable, Equatable {
    var bonds: Int64 = 0
    var degraded: Int64 = 0
    var down: Int64 = 0
    var unknown: Int64 = 0
    var legsUp: Int64 = 0
    var legs: Int64 = 0

    /// The worst of its bonds; nil for a space without any.
    var status: BondHealth.Status? {
        if bonds == 0 { return nil }
        if down > 0 { return .down }
        if degraded > 0 { return .degraded }
        return unknown > 0 ? .unknown : .up
    }

    mutating func add(_ health: BondHealth) {
        bonds += 1
        switch health.status {
        case .up: break
        case .degraded: degraded += 1
        case .down: down += 1
        case .unknown: unknown += 1
        }
        legsUp += Int64(health.up ?? 0)
        legs += Int64(health.total ?? 0)
    }
}

extension BondingServer {
    /// The resources below `spaces/X/statistics/`.
    static let statisticKinds = [
        "users", "bonds", "qos_profiles", "speed_tests", "aggregators", "connected_ips", "routes",
        "cpe_nat_ips", "legs", "bonders",
    ]

    /// Reads spaces; the counts come from the bonds that are read anyway, not from ten requests a space.
    func refreshSpaces(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let spaces = try await spaces(for: .customer)
        let (bonds, completeness) = try await bondsBeside(.customer)
        // Of a part of the bonds no number would be right.
        sink.add(table(of: spaces, completeness == .complete ? bonds : nil), covering: .everything)
        return completeness
    }

    /// The list of spaces of this cycle.
    func spaces(for taker: ResourceKind) async throws(BackendError) -> [WireSpace] {
        try await spaceList.value(for: taker, at: now) { [self] () async throws(BackendError) in
            let isFour = try await version() == .four
            let listing = try await list(isFour ? Path.V4.spaces : Path.spaces)
            if let gap = listing.gap { throw BackendError(.invalid, gap) }
            let spaces = listing.rows.compactMap { WireSpace($0) }
            if spaces.isEmpty, !listing.rows.isEmpty {
                throw BackendError(.invalid, "the spaces of this server have no id: check url")
            }
            return spaces
        }
    }

    private func table(of spaces: [WireSpace], _ bonds: [WireBond]?) -> Table {
        var tallies: [String: SpaceTally] = [:]
        for bond in bonds ?? [] {
            guard let space = bond.space else { continue }
            tallies[space.id, default: SpaceTally()].add(withMemory { BondHealth($0.legs(of: bond)) })
        }
        let names = Dictionary(spaces.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var builder = TableBuilder(.space, backend, capacity: spaces.count)
        let resource = ResourceDescriptor.space
        for space in spaces {
            builder.begin(entity(.customer, space.id))
            builder.set(resource.place(of: .name), text: space.name)
            builder.set(resource.place(of: "key"), text: space.key)
            builder.set(resource.place(of: .externalID), text: space.externalID)
            if let parent = space.parent {
                builder.set(
                    resource.place(of: "parent"), ref: entity(.customer, parent.id),
                    name: parent.name ?? names[parent.id] ?? "space \(parent.id)")
            }
            guard bonds != nil else {
                builder.set(resource.place(of: "bonds"), integer: space.bonds)
                continue
            }
            let tally = tallies[space.id] ?? SpaceTally()
            builder.set(resource.place(of: .status), text: tally.status?.rawValue ?? "")
            builder.set(resource.place(of: "bonds"), integer: tally.bonds)
            builder.set(resource.place(of: "bonds_degraded"), integer: tally.degraded)
            builder.set(resource.place(of: "bonds_down"), integer: tally.down)
            builder.set(resource.place(of: .legsUp), integer: tally.legsUp)
            builder.set(resource.place(of: .legsTotal), integer: tally.legs)
        }
        return builder.finish()
    }

    /// Everything about a space: its fields, its bonds, and its ten statistics.
    func spaceDetail(
        _ entity: EntityRef, _ partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        if withMemory({ $0.version }) == .four {
            let listing = try await list(Path.V4.spaces, priority: 0)
            guard let row = listing.rows.first(where: { Reference($0)?.id == entity.id }),
                let space = WireSpace(row)
            else { throw missing(entity) }
            return Detail(entity, title: space.name, sections: [Detail.Section("Space", fields.lines(row))])
        }
        guard let row = try await row(Path.space, ["id": entity.id], priority: 0), let space = WireSpace(row)
        else { throw missing(entity) }
        var sections = [Detail.Section("Space", fields.lines(row))]
        let bonds = withMemory { memory in
            memory.bonds.values.filter { $0.space?.id == entity.id }.sorted { $0.name < $1.name }
        }
        if !bonds.isEmpty {
            sections.append(
                Detail.Section(
                    "Bonds (\(Quantity.count(bonds.count)))",
                    bonds.prefix(500).map { bond in
                        Detail.Line(
                            withMemory { BondHealth($0.legs(of: bond)) }.status.rawValue,
                            .ref(self.entity(.bond, bond.id), name: bond.name), .ref(.bond))
                    }))
        }
        let part = DetailPart(title: "Statistics") { [self] () async throws(BackendError) in
            await statisticSections(of: entity.id)
        }
        return await Detail(entity, title: space.name, sections: sections).filled(with: [part], partly)
    }

    /// The counts of a space, and with those below it.
    private func statisticSections(of space: String) async -> [Detail.Section] {
        var found: [String: [Detail.Line]] = [:]
        await withTaskGroup(of: (String, [Detail.Line]).self) { group in
            for kind in Self.statisticKinds {
                group.addTask { [self] in
                    do throws(BackendError) {
                        let root = try await object(
                            Path.statistics, ["id": space, "kind": kind], priority: 0)
                        return (kind, [statisticLine(kind, root)])
                    } catch {
                        return (kind, [Detail.Line(kind, .text("can't be read: \(error.words)"))])
                    }
                }
            }
            for await (kind, lines) in group { found[kind] = lines }
        }
        return [Detail.Section("Statistics", Self.statisticKinds.flatMap { found[$0] ?? [] })]
    }

    private func statisticLine(_ kind: String, _ root: JSONValue) -> Detail.Line {
        let own = Self.counts(root["local"]).joined(separator: ", ")
        let all = Self.counts(root["including_child_spaces"]).joined(separator: ", ")
        let words = own == all || all.isEmpty ? own : "\(own); with the spaces below: \(all)"
        return Detail.Line(kind.replacing("_", with: " "), .text(words.isEmpty ? "no counts" : words))
    }

    /// `12, dhcp 4, link mode: active 10`.
    private static func counts(_ value: JSONValue?) -> [String] {
        guard let members = value?.object else { return [] }
        return members.compactMap { key, value in
            let name = Cleaning.clean(key).replacing("_", with: " ")
            if value.kind == .object {
                let inner = counts(value)
                return inner.isEmpty ? nil : "\(name): \(inner.joined(separator: ", "))"
            }
            guard let number = value.int64 else { return nil }
            return key == "count" ? Quantity.count(Int(number)) : "\(name) \(Quantity.count(Int(number)))"
        }
    }
}
