internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// The downtime that a bond's other legs prevented, by `downtime_prevented/`.
struct Prevented: Sendable, Equatable {
    /// Seconds of the last whole week.
    var week: Int64?
    var readAt: Timestamp
}

extension BondingServer {
    /// How many bonds a refresh may ask a request of their own about.
    private static let mostLooks = 12
    /// Whole weeks change once a week.
    private static let preventedLifetime: Int64 = 3_600

    func refreshBonds(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness
    {
        if case .only(let entities) = query.scope { return try await refreshOnly(entities, into: sink) }
        let list = try await bonds(for: .bond)
        await learnSpaces(query, list.bonds.map(\.space))
        if withMemory({ $0.aggregators.areUnread }) {
            // At the start nothing that is slow may hide what bonds alone tell.
            sink.add(table(of: list.bonds), covering: .page)
        }
        await lookAtAggregators(for: .bond)
        sink.add(table(of: list.bonds), covering: list.gap == nil ? .everything : .page)
        let looked = await lookAtPrevented(query.focus)
        if !looked.isEmpty {
            sink.add(table(of: list.bonds.filter { looked.contains($0.id) }), covering: .page)
        }
        return completeness(of: list)
    }

    /// Whether all is here that the states of bonds are derived from.
    func completeness(of list: BondList) -> Completeness {
        let now = now
        let (unseen, gap) = withMemory { memory in
            (list.bonds.count { !memory.hasLegs(of: $0, at: now) }, memory.aggregators.gap)
        }
        var completeness = list.gap.map { Completeness.partial($0) } ?? .complete
        if unseen > 0 {
            let all = Quantity.count(list.bonds.count)
            completeness = completeness.and(
                .partial("legs of \(Quantity.count(list.bonds.count - unseen)) of \(all) bonds"))
        }
        return completeness.and(gap.map { .partial($0) } ?? .complete)
    }

    /// Reads some bonds by themselves, one request each.
    private func refreshOnly(
        _ entities: [EntityRef], into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        await learnAggregators(for: .bond)
        var found: [WireBond] = []
        for entity in entities where entity.kind == .bond {
            if let bond = try await bond(entity.id) { found.append(bond) }
        }
        sink.add(table(of: found), covering: .page)
        return .complete
    }

    /// Reads one bond by itself; nil where there is none, or none that the account may see.
    func bond(_ id: String) async throws(BackendError) -> WireBond? {
        try await bondRow(id)?.bond
    }

    /// Reads one bond with all that the server says of it.
    func bondRow(_ id: String) async throws(BackendError) -> (bond: WireBond, row: JSONValue)? {
        let isFour = try await version() == .four
        guard let row = try await row(isFour ? Path.V4.bond : Path.bond, ["bond": id], priority: 0),
            var bond = WireBond(row)
        else { return nil }
        let known = withMemory { $0.bonds[id] }
        // What the list had from elsewhere is not in the bond's own answer.
        if !bond.saysCurrent { bond.current = await currentAggregator(of: bond) ?? known?.current }
        if bond.legs == nil {
            bond.legs = isFour ? known?.legs : try? await readLegs(of: id)
        }
        let taken = bond
        withMemory { $0.take(taken) }
        return (bond, row)
    }

    /// Asks the two aggregators that a bond may be on, where the bond does not say which it is.
    private func currentAggregator(of bond: WireBond) async -> Reference? {
        guard withMemory({ $0.version }) == .three else { return nil }
        for candidate in [bond.primary, bond.secondary].compactMap({ $0 }) {
            guard case .success(let listing) = await currentBonds(of: candidate.id) else { return nil }
            if listing.rows.contains(where: { Reference($0)?.id == bond.id }) { return candidate }
        }
        return nil
    }

    /// Reads the prevented downtime of bonds that are looked at, unless it is known.
    private func lookAtPrevented(_ focus: [EntityRef]) async -> Set<String> {
        guard withMemory({ $0.version }) == .three else { return [] }
        let now = now
        let wanted = withMemory { memory in
            focus.filter { entity in
                guard entity.kind == .bond, memory.bonds[entity.id] != nil else { return false }
                guard let known = memory.prevented[entity.id] else { return true }
                return now.seconds - known.readAt.seconds > Self.preventedLifetime
            }.prefix(Self.mostLooks).map(\.id)
        }
        await withTaskGroup(of: Void.self) { group in
            for id in wanted {
                group.addTask { [self] in
                    let (root, age) = await Sharing.lasting(Double(Self.preventedLifetime)) {
                        try? await object(Path.downtimePrevented, ["bond": id])
                    }
                    let week = root?["week"]?["duration"]?.int64
                    // What can't be read is not asked for again at once.
                    let readAt = Timestamp(now.seconds - Int64(age))
                    withMemory { $0.prevented[id] = Prevented(week: week, readAt: readAt) }
                }
            }
        }
        return Set(wanted)
    }

    /// How the aggregator is that a bond ends at, as it was read last.
    func aggregatorState(of bond: WireBond) -> AggregatorState {
        let now = now
        return withMemory { $0.aggregators.aggregatorState(of: bond, at: now, isFour: $0.version == .four) }
    }

    /// Rows of bonds.
    func table(of bonds: [WireBond]) -> Table {
        let now = now
        return withMemory { memory in
            var builder = TableBuilder(.bond, backend, capacity: bonds.count)
            for bond in bonds { append(bond, memory, at: now, to: &builder) }
            return builder.finish()
        }
    }

    private func append(
        _ bond: WireBond, _ memory: borrowing Memory, at now: Timestamp, to builder: inout TableBuilder
    ) {
        let resource = ResourceDescriptor.bond
        let health = memory.health(of: bond, at: now)
        builder.begin(entity(.bond, bond.id))
        builder.set(resource.place(of: .status), text: health.word)
        builder.set(resource.place(of: .name), text: bond.name)
        builder.set(resource.place(of: .legs), text: health.signs)
        builder.set(resource.place(of: .legsUp), integer: health.up.map { Int64($0) })
        builder.set(resource.place(of: .legsTotal), integer: health.total.map { Int64($0) })
        if let space = bond.space {
            builder.set(
                resource.place(of: .customer), ref: entity(.customer, space.id),
                name: memory.name(ofSpace: space, key: bond.spaceKey))
        }
        for (key, aggregator) in [
            (FieldKey.aggregator, bond.current), (.primary, bond.primary), (.secondary, bond.secondary),
        ] {
            guard let aggregator else { continue }
            builder.set(
                resource.place(of: key), ref: entity(.aggregator, aggregator.id),
                name: memory.name(ofAggregator: aggregator))
        }
        builder.set(resource.place(of: .failedOver), flag: bond.isFailedOver)
        builder.set(resource.place(of: .download), integer: bond.download)
        builder.set(resource.place(of: .upload), integer: bond.upload)
        builder.set(resource.place(of: .circuitID), text: bond.circuitID)
        builder.set(resource.place(of: .note), text: bond.note)
        builder.set(resource.place(of: .prevented), integer: memory.prevented[bond.id]?.week)
        builder.set(resource.place(of: .serverState), text: bond.word ?? "")
        if let bonder = bond.bonder {
            builder.set(
                resource.place(of: .bonder), ref: entity(.bonder, bonder.id),
                name: bonder.name ?? "bonder \(bonder.id)")
        }
        builder.set(resource.place(of: .serial), text: bond.serial)
    }
}
