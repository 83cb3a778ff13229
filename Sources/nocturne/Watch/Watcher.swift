import AdapterKit
import Domain
import Filter
import HTTP
import JSON
import Runtime
import Synchronization

/// Asks backends again and again and tells what changed, a line of JSON each.
struct Watcher: Sendable {
    let network: Network
    /// What to watch, by plural, kind or pane.
    let resources: [String]
    /// Which rows; nil takes all but what is over.
    var filter: FilterExpression?
    /// Which fields count; nil takes those whose change is a transition.
    var keys: [FieldKey]?
    /// Seconds between two answers; nil leaves it to each resource.
    var interval: Double?
    /// Whether the rows that are there at the start are told too.
    var tellsPresent = false
    /// How the rows of one answer are sorted; without any, they stay as the table has them.
    var order: [SortKey] = []
    /// Waits some seconds; tests do something else meanwhile.
    var pause: @Sendable (Double) async throws(CancellationError) -> Void = BackendSettings.sleep

    /// How it ended.
    struct End: Sendable, Equatable {
        /// The backends that never gave a complete answer.
        var silent: [String]
    }

    /// Watches until enough was told, the time is over, or the task is cancelled.
    ///
    /// - Parameter tell: takes one line, without its end.
    func run(count: Int?, timeout: Double?, tell: @escaping @Sendable (String) -> Void) async -> End {
        await follow(count: count, timeout: timeout) { tell($0.line.text) }
    }

    /// The same, with the rows themselves.
    func follow(
        count: Int?, timeout: Double?, tell: @escaping @Sendable (WatchNotice) -> Void
    ) async -> End {
        let (lines, source) = AsyncStream.makeStream(of: WatchNotice.self)
        let answered = Answered()
        let told = await withTaskGroup(of: Void.self, returning: Int.self) { group in
            for connection in network.connections {
                group.addTask { await watch(connection, answered) { source.yield($0) } }
            }
            if let timeout {
                group.addTask {
                    do throws(CancellationError) { try await BackendSettings.sleep(timeout) } catch { return }
                    source.finish()
                }
            }
            var told = 0
            for await line in lines {
                tell(line)
                told += 1
                if told == count { break }
            }
            group.cancelAll()
            return told
        }
        // Who has what was asked for is not interested in the rest.
        if told == count { return End(silent: []) }
        let heard = answered.names.withLock { $0 }
        return End(silent: network.plans.map(\.name).filter { !heard.contains($0) })
    }

    /// The rows of a resource as they were read last.
    private struct Known {
        var rows: Arrangement
        var generation: Generation
    }

    private final class Answered: Sendable {
        let names = Mutex<Set<String>>([])
    }

    /// One backend, until the task is cancelled.
    private func watch(
        _ connection: Connection, _ answered: Answered, _ tell: @Sendable (WatchNotice) -> Void
    ) async {
        let name = connection.settings.name
        var known: [ResourceKind: Known] = [:]
        var patrol = Patrol(connection, network)
        var info: ServerInfo?
        var trouble: String?
        var failures = 0
        while !Task.isCancelled {
            var wait: Double
            do throws(BackendError) {
                if info == nil { info = try await connection.adapter.check() }
                let wanted = connection.adapter.resources.filter { $0.answers(to: resources) }
                var isDoubtful = false
                for resource in wanted {
                    if try await look(at: resource, connection, &known, tell) { isDoubtful = true }
                }
                if trouble != nil { tell(event("back", name)) }
                trouble = nil
                failures = 0
                _ = answered.names.withLock { $0.insert(name) }
                if wanted.contains(where: { $0.tally == .alerts || $0.tally == .devices }) {
                    let tables = known.values.flatMap(\.rows.tables).filter { $0.resource.tally == .devices }
                    if let line = await patrol.round(tables, info) { tell(WatchNotice(line, of: name)) }
                }
                wait = interval ?? self.wait(wanted, connection)
                // A second answer tells whether all of it is really gone.
                if isDoubtful { wait = min(wait, Self.emptyInterval) }
            } catch {
                if error.kind == .cancelled { return }
                if trouble != error.words { tell(event("lost", name, error.words)) }
                trouble = error.words
                failures += 1
                wait = Self.wait(after: error, failures)
            }
            do throws(CancellationError) { try await pause(wait) } catch { return }
        }
    }

    private static let emptyInterval = 5.0

    /// - Returns: whether rows are all missing at once, which the next look must confirm.
    private func look(
        at resource: ResourceDescriptor, _ connection: Connection,
        _ known: inout [ResourceKind: Known], _ tell: (WatchNotice) -> Void
    ) async throws(BackendError) -> Bool {
        let earlier = known[resource.kind]
        let before = earlier?.rows
        let snapshot = Snapshot(
            from: before?.tables.first ?? .empty(resource, connection.settings.id),
            after: earlier?.generation)
        let sharing =
            network.team == nil
            ? nil : Sharing(list: resource.kind.rawValue, interval: interval ?? wait([resource], connection))
        let arrived = try await Sharing.allowing(sharing) { () async throws(BackendError) in
            try await connection.adapter.refresh(Query(resource.kind), into: snapshot)
        }
        let table = snapshot.finish(arrived).table
        let request = Arrangement.Request(
            tables: [table], filter: filter ?? .unlessOver(resource.kind), order: order,
            context: FilterContext(now: network.clock.wall, backends: network.plans.map(\.name)))
        guard let now = Arrangement.make(request) else { return false }
        let changes: [RowChange]
        if let before {
            changes = RowChange.all(
                from: before, to: now, comparing: keys ?? RowChange.transitions(of: resource))
        } else {
            changes =
                tellsPresent
                ? (0..<now.count).map {
                    RowChange(event: .present, table: now.table($0), row: now.rows[$0].row)
                } : []
        }
        let generation = arrived == .complete ? snapshot.generation : earlier?.generation
        known[resource.kind] = Known(rows: now, generation: generation ?? Generation())
        let name = connection.settings.name
        for (place, change) in changes.enumerated() {
            tell(
                WatchNotice(
                    change.tree(backend: name, at: network.clock.wall), of: name, change,
                    goesOn: place < changes.count - 1))
        }
        // What is missing from a part may still be there: it is no transition, and said as what it is.
        if case .partial(let words) = arrived { throw BackendError(.invalid, "incomplete: \(words)") }
        let isEmptied = snapshot.generation.isEmptied && snapshot.generation.doubts > 0
        // Said once: what goes on being empty while other lists name it is known by then.
        return isEmptied && earlier?.generation.isEmptied != true
    }

    private func event(_ event: String, _ backend: String, _ words: String? = nil) -> WatchNotice {
        WatchNotice(
            .object(
                [
                    .init("event", .string(event)), .init("at", .string(network.clock.wall.iso8601)),
                    .init("backend", .string(backend)),
                ] + (words.map { [.init("words", .string($0))] } ?? [])), of: backend)
    }

    private func wait(_ wanted: [ResourceDescriptor], _ connection: Connection) -> Double {
        let place = Int(connection.settings.id.index)
        let own = network.plans.indices.contains(place) ? network.plans[place].intervals : [:]
        return wanted.map { own[$0.kind.rawValue] ?? $0.interval }.min() ?? 60
    }

    /// Longer each time, five minutes at most; a refused login is not tried for ten, since some servers ban who insists.
    static func wait(after error: BackendError, _ failures: Int) -> Double {
        if error.mayBan { return 600 }
        let usual = min(300, 5 * Double(1 << min(failures, 6)))
        return max(usual * .random(in: 0.8...1.2), error.retryAfter ?? 0)
    }
}

/// One thing that a watcher tells.
struct WatchNotice: Sendable {
    /// It as an object.
    let line: JSONTree
    /// The name of the backend.
    let backend: String
    /// What happened to a row; nil for what is about the backend.
    let change: RowChange?
    /// Whether more of the same answer follows at once.
    let goesOn: Bool

    init(_ line: JSONTree, of backend: String, _ change: RowChange? = nil, goesOn: Bool = false) {
        self.line = line
        self.backend = backend
        self.change = change
        self.goesOn = goesOn
    }
}

extension ResourceDescriptor {
    /// Whether one of some words means it: its plural, kind or pane.
    func answers(to words: [String]) -> Bool {
        words.contains { $0 == plural || $0 == kind.rawValue || $0 == pane?.rawValue }
    }
}

extension FilterExpression {
    /// Everything; of alerts, all but what is over, which is of interest only to who asks for it.
    static func unlessOver(_ kind: ResourceKind) -> FilterExpression {
        kind == .alert ? .not(.field(.state, .equals(FilterText(AlertState.cleared.rawValue)))) : .everything
    }
}
