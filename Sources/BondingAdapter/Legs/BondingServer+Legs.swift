internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension ResourceKind {
    /// Who reads a list for one answer alone.
    static let command: ResourceKind = "command"
    /// Who reads the aggregators to find out where bonds are.
    static let place: ResourceKind = "place"
}

extension BondingServer {
    /// How many bonds a refresh may ask for their legs.
    private static let mostBonds = 24
    /// What a request per bond tells of legs changes seldom; bonders report once a minute.
    private static let lifetime: Int64 = 60

    func refreshLegs(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        if case .only(let entities) = query.scope { return try await refreshOnly(entities, into: sink) }
        let list = try await bonds(for: .leg)
        sink.add(table(ofLegs: list.bonds), covering: list.gap == nil ? .everything : .page)
        if query.isOnce { return try await refreshOnce(list, query, into: sink) }
        let wanted = bondsToAsk(list.bonds, query.focus)
        if !wanted.isEmpty {
            if let error = await readLegs(ofAll: wanted) { throw error }
            let looked = list.bonds.filter { wanted.contains($0.id) }
            sink.add(table(ofLegs: looked), covering: .page)
        }
        return legCompleteness(of: list)
    }

    private func legCompleteness(of list: BondList) -> Completeness {
        let now = now
        let unseen = withMemory { memory in list.bonds.count { !memory.hasLegs(of: $0, at: now) } }
        if let gap = list.gap { return .partial(gap) }
        return unseen == 0 ? .complete : Self.partial(list.bonds.count - unseen, of: list)
    }

    private static func partial(_ count: Int, of list: BondList) -> Completeness {
        .partial("legs of \(Quantity.count(count)) of \(Quantity.count(list.bonds.count)) bonds")
    }

    /// Reads what only a request per bond tells of all legs, some bonds at once, for who looks once and is not back
    /// later.
    private func refreshOnce(
        _ list: BondList, _ query: Query, into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        await learnSpaces(query, list.bonds.map(\.space))
        guard withMemory({ $0.version }) == .three else { return legCompleteness(of: list) }
        for start in stride(from: 0, to: list.bonds.count, by: Self.mostBonds) {
            let part = list.bonds[start..<min(start + Self.mostBonds, list.bonds.count)]
            let wanted = part.filter { $0.legs?.isEmpty != true }
            if let error = await readLegs(ofAll: Set(wanted.map(\.id))) {
                if [.refused, .cancelled].contains(error.kind) { throw error }
                return legCompleteness(of: list).and(
                    .partial("all that is said of legs is read of \(start) bonds alone: \(error.words)"))
            }
            sink.add(table(ofLegs: wanted), covering: .page)
            sink.progress(
                "legs of \(Quantity.count(part.endIndex)) of \(Quantity.count(list.bonds.count)) bonds")
        }
        return legCompleteness(of: list)
    }

    /// Reads the legs of some bonds, one request each; legs are asked for by their own names as well.
    private func refreshOnly(
        _ entities: [EntityRef], into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        var wanted: Set<String> = []
        for entity in entities { if let bond = try await owner(of: entity) { wanted.insert(bond) } }
        var found: [WireBond] = []
        for id in wanted.sorted() {
            guard let legs = try await legs(of: id) else { continue }
            guard var bond = withMemory({ $0.bonds[id] }) else { continue }
            bond.legs = legs
            found.append(bond)
        }
        sink.add(table(ofLegs: found), covering: .page)
        return .complete
    }

    /// The bond of a leg; what nobody saw yet is looked for in the list.
    func owner(of entity: EntityRef) async throws(BackendError) -> String? {
        if entity.kind == .bond { return entity.id }
        guard entity.kind == .leg else { return nil }
        if let known = withMemory({ $0.owners[entity.id] }) { return known }
        let list = try await bonds(for: .command, priority: 0)
        if let found = withMemory({ $0.owners[entity.id] }) { return found }
        // Where bonds come without their legs, the list can't tell: each bond is asked.
        let silent = list.bonds.filter { $0.legs == nil }.map(\.id)
        for start in stride(from: 0, to: silent.count, by: Self.mostBonds) {
            let part = Set(silent[start..<min(start + Self.mostBonds, silent.count)])
            if let error = await readLegs(ofAll: part) { throw error }
            if let found = withMemory({ $0.owners[entity.id] }) { return found }
        }
        return nil
    }

    /// Reads the legs of one bond; nil for one that is not there.
    func legs(of bond: String) async throws(BackendError) -> [WireLeg]? {
        if try await version() == .four {
            _ = try await bonds(for: .command, priority: 0)
            return withMemory { $0.bonds[bond]?.legs }
        }
        do {
            return try await readLegs(of: bond)
        } catch {
            // A proxy may say that there are none as well; whether the API did, only its answer tells.
            guard error.kind == .missing,
                Verdict.saysMissing(try await read(Path.legs, ["bond": bond], priority: 0))
            else { throw error }
            return nil
        }
    }

    func readLegs(of bond: String) async throws(BackendError) -> [WireLeg] {
        let listing = try await list(Path.legs, ["bond": bond], priority: 0)
        if let gap = listing.gap { throw BackendError(.invalid, gap) }
        let legs = listing.rows.compactMap { WireLeg($0, bond: bond) }
        let now = now
        withMemory { $0.take(legs, of: bond, at: now) }
        return legs
    }

    /// The bonds whose legs are to be read: those that are looked at, then those of which nothing is known.
    private func bondsToAsk(_ bonds: [WireBond], _ focus: [EntityRef]) -> Set<String> {
        guard withMemory({ $0.version }) == .three else { return [] }
        let now = now
        return withMemory { memory in
            var ages: [String: Int64] = [:]
            for known in memory.legs.values { ages[known.leg.bond] = now.seconds - known.at.seconds }
            var wanted: Set<String> = []
            for entity in focus {
                let id = entity.kind == .bond ? entity.id : memory.owners[entity.id]
                guard let id, memory.bonds[id] != nil, wanted.count < Self.mostBonds else { continue }
                if ages[id, default: .max] > Self.lifetime { wanted.insert(id) }
            }
            let silent = bonds.filter { $0.legs == nil }.sorted {
                ages[$0.id, default: .max] > ages[$1.id, default: .max]
            }
            for bond in silent.prefix(max(0, Self.mostBonds - wanted.count)) { wanted.insert(bond.id) }
            return wanted
        }
    }

    /// Reads the legs of some bonds side by side.
    ///
    /// - Returns: why none came where that concerns all of them.
    func readLegs(ofAll bonds: Set<String>) async -> BackendError? {
        var failure: BackendError?
        await withTaskGroup(of: BackendError?.self) { group in
            for bond in bonds {
                group.addTask { [self] in
                    do throws(BackendError) {
                        _ = try await readLegs(of: bond)
                        return nil
                    } catch {
                        // One that went away meanwhile is no trouble of the others.
                        return error.kind == .missing || error.kind == .forbidden ? nil : error
                    }
                }
            }
            for await error in group { failure = failure ?? error }
        }
        return failure
    }

    /// Rows of the legs of some bonds.
    private func table(ofLegs bonds: [WireBond]) -> Table {
        withMemory { memory in
            var builder = TableBuilder(.leg, backend)
            for bond in bonds {
                for leg in memory.legs(of: bond) ?? [] { append(leg, of: bond, memory, to: &builder) }
            }
            return builder.finish()
        }
    }

    private func append(
        _ leg: WireLeg, of bond: WireBond, _ memory: borrowing Memory, to builder: inout TableBuilder
    ) {
        let resource = ResourceDescriptor.leg
        builder.begin(entity(.leg, leg.id))
        // A word that nobody knows stands as it is, with the symbol of an unknown state; no word is none.
        let word = leg.state == .unknown ? leg.word : leg.state.sign
        builder.set(resource.place(of: "oper"), text: word)
        builder.set(resource.place(of: .device), ref: entity(.bond, bond.id), name: bond.name)
        builder.set(resource.place(of: .name), text: leg.title)
        builder.set(resource.place(of: "alias"), text: leg.note ?? "")
        builder.set(resource.place(of: "admin"), text: leg.linkMode ?? "")
        builder.set(resource.place(of: "type"), text: leg.type?.title ?? "")
        builder.set(resource.place(of: "up_bps"), integer: leg.up)
        builder.set(resource.place(of: "speed_bps"), integer: leg.down)
        builder.set(resource.place(of: "address"), text: leg.address ?? "")
        builder.set(resource.place(of: "mtu"), integer: leg.mtu)
        builder.set(resource.place(of: "spare"), flag: leg.isFailover)
        builder.set(resource.place(of: .serverState), text: leg.word)
        builder.set(resource.place(of: .circuitID), text: leg.circuitID ?? "")
        builder.set(resource.place(of: "mac"), text: leg.mac ?? "")
        if let space = bond.space {
            builder.set(
                resource.place(of: .customer), ref: entity(.customer, space.id),
                name: memory.name(ofSpace: space, key: bond.spaceKey))
        }
    }
}
