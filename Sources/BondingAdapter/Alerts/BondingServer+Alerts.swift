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
        let (troubles, gap) = try await findTroubles()
        let now = now
        let unread = withMemory { memory in
            memory.openings.keep(troubles, at: now)
            memory.troubles = Dictionary(
                troubles.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            return memory.version == .three
                ? Array(memory.openings.unread(troubles).prefix(Self.mostHistories)) : []
        }
        let coverage: Coverage = gap == nil ? .everything : .page
        sink.add(table(of: troubles), covering: coverage)
        if !unread.isEmpty {
            await readHistories(of: unread)
            sink.add(table(of: troubles), covering: coverage)
        }
        return gap.map { .partial($0) } ?? .complete
    }

    private func findTroubles() async throws(BackendError) -> ([Trouble], gap: String?) {
        let list = try await bonds(for: .alert)
        var gap = list.gap
        var nodes: [WireNode]?
        do throws(BackendError) {
            nodes = try await aggregators(for: .alert)
        } catch {
            if error.kind == .cancelled { throw error }
            // What the account may not see is said where aggregators are listed.
            if error.kind != .forbidden { gap = gap ?? "nothing is known of aggregators: \(error.words)" }
        }
        var updates: ConfigUpdates?
        do throws(BackendError) {
            updates = try await configUpdates()
        } catch {
            if error.kind == .cancelled { throw error }
            if error.kind != .forbidden, error.kind != .missing {
                gap = gap ?? "nothing is known of configuration updates: \(error.words)"
            }
        }
        if list.bonds.contains(where: { $0.legs == nil }) {
            let unseen = withMemory { memory in list.bonds.count { memory.legs(of: $0) == nil } }
            if unseen > 0 { gap = gap ?? "the legs of \(Quantity.count(unseen)) bonds are not known" }
        }
        let memory = withMemory { $0 }
        let finder = TroubleFinder(memory: memory, bonds: list.bonds, aggregators: nodes, updates: updates)
        return (finder.troubles, gap)
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

    private func readHistories(of legs: [String]) async {
        let places = withMemory { memory in
            legs.compactMap { leg in memory.owners[leg].map { (leg: leg, bond: $0) } }
        }
        await withTaskGroup(of: Void.self) { group in
            for place in places {
                group.addTask { [self] in
                    guard let history = try? await history(of: place.leg, bond: place.bond, priority: 1)
                    else { return }
                    let now = now
                    withMemory { memory in
                        let since = history.downSince
                        memory.openings.note(
                            leg: place.leg,
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
        return StateHistory(listing.rows, clock: clock)
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
                if let space = trouble.space {
                    builder.set(
                        resource.place(of: .customer), ref: entity(.customer, space.id),
                        name: space.name ?? "space \(space.id)")
                }
                if let cause = trouble.cause {
                    builder.set(
                        resource.place(of: .cause), ref: entity(.alert, cause), name: titles[cause] ?? cause)
                }
                let since = memory.openings.since(trouble)
                builder.set(resource.place(of: .since), time: since?.at)
                builder.set(resource.place(of: .sinceFrom), text: since?.origin.word ?? "")
            }
            return builder.finish()
        }
    }
}

extension ConfigUpdates {
    /// Reads the counts, whatever the server calls its states.
    init(_ root: JSONValue) {
        count = root["count"]?.int64
        failures = root["failures"]?.int64
        byStatus =
            root["status"]?.object?.compactMap { key, value in
                value.int64.map { (word: Cleaning.clean(key).lowercased(), count: $0) }
            } ?? []
    }
}
