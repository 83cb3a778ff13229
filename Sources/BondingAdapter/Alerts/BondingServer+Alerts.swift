internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension BondingServer {
    /// How many histories of legs a refresh reads: those of the few that are down, not of a whole outage at once.
    private static let mostHistories = 16
    /// Updates are pushed every few seconds; a count that old is good enough for an alert.
    private static let updatesLifetime: Int64 = 60

    /// Tells what is wrong from the lists of this cycle.
    func refreshAlerts(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let cycle = try await readAlertCycle { [self] cycle in
            // At the start nothing that is slow may hide what bonds alone tell.
            guard withMemory({ $0.aggregators.areUnread }) else { return }
            sink.add(table(of: find(cycle)), covering: .page)
        }
        var troubles = note(cycle)
        sink.add(table(of: troubles), covering: .everything)
        guard withMemory({ $0.version }) == .three else { return cycle.completeness }
        let (unread, nameless) = withMemory { memory in
            let owners = Set(
                troubles.flatMap(\.legs).map(\.leg).filter { memory.legs[$0] == nil }
                    .compactMap { memory.owners[$0] })
            return (
                Array(memory.troubleStarts.unread(troubles).prefix(Self.mostHistories)),
                owners.sorted().prefix(Self.mostHistories)
            )
        }
        guard !unread.isEmpty || !nameless.isEmpty else { return cycle.completeness }
        // What the legs in trouble are called, and since when they are.
        _ = await readLegs(ofAll: Set(nameless))
        await readHistories(of: unread)
        troubles = note(cycle)
        sink.add(table(of: troubles), covering: .everything)
        return cycle.completeness
    }

    /// What is wrong in a cycle's lists, and what was wrong where they are silent now.
    private func find(_ cycle: AlertCycle) -> [Trouble] {
        let now = now
        return withMemory { memory in
            let silent = memory.troubles.values.filter { cycle.isSilent(about: $0) }.sorted { $0.id < $1.id }
            var troubles = TroubleFinder(
                memory: memory, now: now, bonds: cycle.bonds.bonds,
                retained: silent.filter { $0.about.kind == .aggregator }, updates: cycle.updates
            ).troubles
            let told = Set(troubles.map(\.id))
            troubles += silent.filter { !told.contains($0.id) }
            return troubles
        }
    }

    /// The same, kept for details and for since when it is.
    private func note(_ cycle: AlertCycle) -> [Trouble] {
        let now = now
        let troubles = find(cycle)
        withMemory { memory in
            memory.troubleStarts.keep(troubles, at: now)
            memory.troubles = Dictionary(
                troubles.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
        return troubles
    }

    /// The counts of configuration updates, at most a minute old; nil where the server has none.
    func configUpdates(fresh: Bool = false) async throws(BackendError) -> ConfigUpdates? {
        guard try await version() == .three else { return nil }
        let now = now
        if !fresh, let known = withMemory({ $0.updates }),
            now.seconds - known.at.seconds < Self.updatesLifetime
        {
            return known.counts
        }
        let counts = ConfigUpdates(try await object(Path.configUpdates))
        withMemory { $0.updates = (counts, now) }
        return counts
    }

    private func readHistories(of legs: [LegTrouble]) async {
        let places = withMemory { memory in
            legs.compactMap { leg in memory.owners[leg.leg].map { (leg: leg, bond: $0) } }
        }
        await withTaskGroup(of: Void.self) { group in
            for place in places {
                group.addTask { [self] in
                    guard let history = try? await history(of: place.leg.leg, bond: place.bond, priority: 1)
                    else { return }
                    let now = now
                    withMemory { memory in
                        let since = history.troubledSince
                        memory.troubleStarts.note(
                            place.leg,
                            since.map { .init(at: $0.at, origin: $0.isAtLeast ? .before : .server) }
                                ?? .init(at: now, origin: .here))
                    }
                }
            }
        }
    }

    /// The states of a leg over the last day.
    func history(of leg: String, bond: String, priority: Int = 0) async throws(BackendError) -> StateHistory {
        let listing = try await list(Path.legHistory, ["bond": bond, "leg": leg], priority: priority)
        return StateHistory(listing.rows, clock: settings.clock)
    }

    private func table(of troubles: [Trouble]) -> Table {
        withMemory { memory in
            var builder = TableBuilder(.alert, backend, capacity: troubles.count)
            let resource = ResourceDescriptor.alert
            let titles = Dictionary(
                troubles.map { ($0.id, "\($0.title): \($0.about.name)") },
                uniquingKeysWith: { first, _ in first })
            for trouble in troubles {
                builder.begin(entity(.alert, trouble.id))
                builder.set(resource.place(of: .severity), text: trouble.severity.word)
                builder.set(resource.place(of: .state), text: AlertState.open.rawValue)
                builder.set(
                    resource.place(of: .device), ref: entity(trouble.about.kind, trouble.about.id),
                    name: trouble.about.name)
                builder.set(resource.place(of: .rule), text: trouble.title)
                builder.set(resource.place(of: .note), text: trouble.note)
                // A trouble of one leg is that leg's; of a bond it may have several.
                if trouble.source == .legs, trouble.id.hasPrefix("leg-"), let leg = trouble.legs.first?.leg {
                    let name = memory.legs[leg]?.leg.title ?? "leg \(Cleaning.clean(leg))"
                    builder.set(resource.place(of: "leg"), ref: entity(.leg, leg), name: name)
                }
                if let space = trouble.space {
                    builder.set(
                        resource.place(of: .customer), ref: entity(.customer, space.id),
                        name: memory.name(ofSpace: space))
                }
                if let cause = trouble.cause {
                    builder.set(
                        resource.place(of: .cause), ref: entity(.alert, cause), name: titles[cause] ?? cause)
                }
                let since = memory.troubleStarts.since(trouble)
                builder.set(resource.place(of: .since), time: since?.at)
                builder.set(resource.place(of: .sinceFrom), text: since?.origin.word ?? "")
            }
            return builder.finish()
        }
    }
}
