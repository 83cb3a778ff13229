import AdapterKit
import Domain
import Runtime
import Synchronization

/// One answer of every backend for one resource.
struct FetchedRows: Sendable {
    /// The rows, a table per backend and kind.
    var tables: [Table] = []
    /// When each backend's rows arrived.
    var fetchedAt: [BackendID: Timestamp] = [:]
    /// What went wrong, a line a backend.
    var failures: [String] = []
    /// The backends that gave nothing at all.
    var silent: Set<BackendID> = []
    /// What answers say that is not wrong and makes them worth less, a line a backend.
    var remarks: [String] = []
    /// What the backends that answered can list.
    var known: [String] = []
    /// The tables that do not say all that there is, by revision.
    var incomplete: Set<UInt64> = []

    /// Whether every backend answered and none has such a resource.
    var isUnknown: Bool { tables.isEmpty && failures.isEmpty }

    /// Asks all backends at once and waits for the last, or for so many seconds.
    ///
    /// - Parameters:
    ///   - search: what the servers themselves are to look for; nil takes all rows.
    ///   - judgesPolls: reads devices beside alerts, to know whether the servers look at them at all.
    static func gather(
        _ resource: String, search: String? = nil, from network: Network, timeout: Double,
        judgesPolls: Bool = false
    ) async -> FetchedRows {
        await gather(
            resource, search: search, from: network, Patience(total: timeout), judgesPolls: judgesPolls)
    }

    /// Asks all backends at once for all that they list, but for what is only read while it is looked at.
    ///
    /// - Parameters:
    ///   - resource: what was read already and is not read again; nil for nothing.
    ///   - progress: says what is waited for.
    static func gatherRest(
        besides resource: String?, from network: Network, _ patience: Patience,
        progress: ProgressLine? = nil
    ) async -> FetchedRows {
        await gather(.rest(besides: resource), from: network, patience, progress: progress)
    }

    /// Asks all backends at once and waits for the last, or until patience is at its end.
    ///
    /// - Parameters:
    ///   - search: what the servers themselves are to look for; nil takes all rows.
    ///   - progress: says what is waited for.
    static func gather(
        _ resource: String, search: String? = nil, from network: Network, _ patience: Patience,
        judgesPolls: Bool = false, progress: ProgressLine? = nil
    ) async -> FetchedRows {
        await gather(
            .named(resource), search: search, from: network, patience, judgesPolls: judgesPolls,
            progress: progress)
    }

    private static func gather(
        _ lists: FetchRequest.Lists, search: String? = nil, from network: Network, _ patience: Patience,
        judgesPolls: Bool = false, progress: ProgressLine? = nil
    ) async -> FetchedRows {
        var harvest = FetchedRows()
        let drawing = progress.map { progress in Task { await progress.run() } }
        await withTaskGroup(of: Part.self) { group in
            for (connection, plan) in zip(network.connections, network.plans) {
                let wish = FetchRequest(
                    lists: lists, search: search, judgesPolls: judgesPolls,
                    pollInterval: plan.pollInterval)
                group.addTask {
                    await Part.gather(wish, from: connection, patience, network.clock, progress)
                }
            }
            var parts: [Part] = []
            for await part in group {
                progress?.done(part.name)
                parts.append(part)
            }
            drawing?.cancel()
            await drawing?.value
            progress?.clear()
            for part in parts.sorted(by: { $0.id < $1.id }) {
                harvest.tables += part.tables
                harvest.fetchedAt[part.id] = part.arrivedAt
                harvest.failures += part.failure.map { ["\(part.name): \($0)"] } ?? []
                if part.failure != nil, part.tables.isEmpty { harvest.silent.insert(part.id) }
                harvest.incomplete.formUnion(part.incomplete)
                harvest.remarks += part.remark.map { ["\(part.name): \($0)"] } ?? []
                harvest.known += part.known.filter { !harvest.known.contains($0) }
            }
        }
        return harvest
    }
}

/// What is wanted of a backend.
private struct FetchRequest: Sendable {
    enum Lists: Sendable {
        case named(String)
        case rest(besides: String?)
    }

    let lists: Lists
    let search: String?
    let judgesPolls: Bool
    let pollInterval: Double?

    func wants(_ resource: ResourceDescriptor) -> Bool {
        switch lists {
        case .named(let name): resource.answers(to: [name])
        case .rest(let name): !resource.isOnDemand && !(name.map { resource.answers(to: [$0]) } ?? false)
        }
    }
}

/// One backend's part of a harvest.
private struct Part: Sendable {
    var id: BackendID
    var name: String
    var tables: [Table] = []
    var arrivedAt: Timestamp?
    var failure: String?
    var remark: String?
    var known: [String] = []
    var incomplete: Set<UInt64> = []

    static func gather(
        _ wish: FetchRequest, from connection: Connection, _ patience: Patience, _ clock: any Clock,
        _ progress: ProgressLine?
    ) async -> Part {
        // Whoever was asked before is not silent since then.
        patience.heard(connection.settings.id)
        let begun = Begun { words in
            patience.heard(connection.settings.id)
            progress?.take(words, of: connection.settings.name)
        }
        return await withTaskGroup(of: Part?.self) { group in
            group.addTask { await ask(wish, connection, patience, clock, begun) }
            group.addTask {
                await patience.end(of: connection.settings.id)
                return nil
            }
            let first = await group.next()
            // Cancelling reaches the transfer: the task ends at once.
            group.cancelAll()
            if let part = first ?? nil { return part }
            // What came in time is printed all the same; of no list it is known that all of it came.
            let tables = begun.snapshots.withLock { $0.map(\.table) }
            return Part(
                id: connection.settings.id, name: connection.settings.name, tables: tables,
                arrivedAt: clock.wall, failure: patience.words, incomplete: Set(tables.map(\.revision)))
        }
    }

    private static func ask(
        _ wish: FetchRequest, _ connection: Connection, _ patience: Patience, _ clock: any Clock,
        _ begun: Begun
    ) async -> Part {
        var part = Part(id: connection.settings.id, name: connection.settings.name)
        func reading<Answer>(
            _ read: () async throws(BackendError) -> Answer
        ) async throws(BackendError) -> Answer {
            try await patience.reading(part.id, reporting: begun.tell, read)
        }
        do throws(BackendError) {
            let info = try await reading { () async throws(BackendError) in
                try await connection.adapter.check()
            }
            part.known = connection.adapter.resources.map(\.plural)
            if case .named(ResourceDescriptor.whereabouts.plural) = wish.lists, let search = wish.search {
                try await part.locate(search, connection)
                part.arrivedAt = clock.wall
                return part
            }
            for wanted in connection.adapter.resources where wish.wants(wanted) {
                if let search = wish.search {
                    // What a server can't search is left to those that can.
                    guard connection.adapter.searches.contains(where: { $0.kind == wanted.kind }) else {
                        continue
                    }
                    part.tables.append(
                        try await reading { () async throws(BackendError) in
                            try await connection.adapter.search(wanted.kind, search)
                        })
                    part.arrivedAt = clock.wall
                    continue
                }
                let snapshot = Snapshot(from: Table.empty(wanted, part.id), onProgress: begun.tell)
                begun.snapshots.withLock { $0.append(snapshot) }
                let arrived: Completeness
                do throws(BackendError) {
                    arrived = try await reading { () async throws(BackendError) in
                        try await connection.adapter.refresh(
                            Query(wanted.kind, isOnce: true), into: snapshot)
                    }
                } catch {
                    // Of all that there is, one list that can't be read takes no other with it.
                    guard case .rest = wish.lists else { throw error }
                    part.failure = "\(wanted.plural): \(error.words)"
                    continue
                }
                let (table, completeness) = snapshot.finish(arrived)
                part.tables.append(table)
                part.arrivedAt = clock.wall
                if case .partial(let words) = completeness {
                    part.failure = "incomplete: \(words)"
                    part.incomplete.insert(table.revision)
                }
            }
            guard wish.search == nil else { return part }
            var devices = part.tables.filter { $0.resource.tally == .devices }
            if devices.isEmpty, wish.judgesPolls,
                part.tables.contains(where: { $0.resource.tally == .alerts })
            {
                devices = try await Polls.devices(of: connection.adapter, part.id)
            }
            part.remark = Polls.late(devices, info.clock, interval: wish.pollInterval, now: clock.wall)
        } catch {
            part.failure = error.words
        }
        return part
    }
}

extension Part {
    /// Asks the server where an address is; of one that can't be asked that, the lists are looked through.
    fileprivate mutating func locate(
        _ text: String, _ connection: Connection
    ) async throws(BackendError) {
        guard let address = NetworkAddress(text) else {
            throw BackendError(.unsupported, "\(Cleaning.clean(text)) is no MAC, IPv4 or IPv6 address")
        }
        let adapter = connection.adapter
        if adapter.searches.contains(where: { $0.kind == .whereabouts }) {
            let located = try await adapter.locate(address)
            tables.append(located.table)
            take(located.completeness)
            return
        }
        for resource in adapter.resources where !resource.isOnDemand {
            let snapshot = Snapshot(from: Table.empty(resource, id))
            let arrived = try await adapter.refresh(Query(resource.kind), into: snapshot)
            let (table, completeness) = snapshot.finish(arrived)
            tables.append(address.whereabouts(in: [table], of: id))
            take(completeness)
        }
    }

    private mutating func take(_ completeness: Completeness) {
        guard case .partial(let words) = completeness else { return }
        failure = failure.map { "\($0); \(words)" } ?? "incomplete: \(words)"
    }
}

/// The snapshots that were begun, for when the time runs out before they are complete.
private final class Begun: Sendable {
    let snapshots = Mutex<[Snapshot]>([])
    /// Takes how far something is, in words.
    let tell: @Sendable (String) -> Void

    init(_ tell: @escaping @Sendable (String) -> Void) { self.tell = tell }
}
