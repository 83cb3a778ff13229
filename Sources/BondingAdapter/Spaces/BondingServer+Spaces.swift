internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension BondingServer {
    /// The resources below `spaces/X/statistics/`.
    static let statisticKinds = [
        "users", "bonds", "qos_profiles", "speed_tests", "aggregators", "connected_ips", "routes",
        "cpe_nat_ips", "legs", "bonders",
    ]

    /// How long the list of spaces holds: who is a customer changes seldom, how they are with every list of bonds.
    private static let spacesLifetime: Int64 = 300
    /// Who asks again sooner than any schedule does asks by hand, for spaces that were just made.
    private static let shortestInterval: Int64 = 25

    /// Reads spaces; the counts come from the bonds that are read anyway, not from ten requests a space.
    func refreshSpaces(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let spaces = try await spaces()
        var beside = try await bondsBeside(.customer)
        await lookAtAggregators(for: .customer, isBeside: true)
        if beside.areAll {
            let nameless = beside.bonds.count { $0.space == nil }
            beside.areAll = nameless == 0
            var missing = MissingFields()
            for _ in 0..<nameless { missing.note("space", of: "bonds") }
            let list = completeness(of: BondList(bonds: beside.bonds))
            beside.completeness = beside.completeness.and(missing.completeness).and(list)
        }
        sink.add(table(of: spaces, beside.areAll ? beside.bonds : nil), covering: .everything)
        return beside.completeness
    }

    /// Learns what spaces are called, where rows have their numbers alone and no list of spaces is read beside them.
    func learnSpaces(_ query: Query, _ spaces: [Reference?]) async {
        guard query.isOnce, spaces.contains(where: { $0 != nil && $0?.name == nil }),
            withMemory({ $0.spaces == nil })
        else { return }
        _ = try? await self.spaces()
    }

    /// The list of spaces, as it was read some minutes ago unless it is asked for by hand.
    private func spaces() async throws(BackendError) -> [WireSpace] {
        let now = now
        let known = withMemory { memory -> [WireSpace]? in
            defer { memory.spaces?.askedAt = now }
            guard let known = memory.spaces, now.seconds - known.readAt.seconds < Self.spacesLifetime,
                now.seconds - known.askedAt.seconds >= Self.shortestInterval
            else { return nil }
            return known.rows
        }
        if let known { return known }
        let spaces = try await spaceList.value(for: .customer, at: now) {
            [self] () async throws(BackendError) in
            let isFour = try await version() == .four
            let listing = try await list(isFour ? Path.V4.spaces : Path.spaces)
            if let gap = listing.gap { throw BackendError(.invalid, gap) }
            let spaces = listing.rows.compactMap { WireSpace($0) }
            if spaces.isEmpty, !listing.rows.isEmpty {
                throw BackendError(.invalid, "the spaces of this server have no id: check url")
            }
            if let gap = Self.gap(listing.rows.count - spaces.count, "spaces") {
                throw BackendError(.invalid, gap)
            }
            return spaces
        }
        withMemory { $0.spaces = Memory.Spaces(spaces, readAt: now) }
        return spaces
    }

    private func table(of spaces: [WireSpace], _ bonds: [WireBond]?) -> Table {
        var tallies: [String: SpaceTally] = [:]
        let now = now
        for bond in bonds ?? [] {
            guard let space = bond.space else { continue }
            tallies[space.id, default: SpaceTally()].add(withMemory { $0.health(of: bond, at: now) })
        }
        let names = Memory.Spaces(spaces, readAt: now).names
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
            builder.set(resource.place(of: .status), text: tally.status)
            builder.set(resource.place(of: "bonds"), integer: tally.bonds)
            builder.set(resource.place(of: "bonds_degraded"), integer: tally.count(tally.degraded))
            builder.set(resource.place(of: "bonds_down"), integer: tally.count(tally.down))
            builder.set(resource.place(of: .legsUp), integer: tally.knownLegsUp)
            builder.set(resource.place(of: .legsTotal), integer: tally.knownLegs)
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
        let now = now
        if !bonds.isEmpty {
            sections.append(
                Detail.Section(
                    "Bonds (\(Quantity.count(bonds.count)))",
                    bonds.prefix(500).map { bond in
                        Detail.Line(
                            withMemory { $0.health(of: bond, at: now) }.status.rawValue,
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
                        return (kind, [.unreadable(kind, because: error.words)])
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
