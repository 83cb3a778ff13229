import AdapterKit
import Domain
import JSON
import Runtime

/// Finds out, while one backend is watched, whether its server goes on looking at its devices itself.
///
/// The rule is that of the dashboard's header: what a server tells that looks at nothing any more is old, however fast
/// it answers.
struct Patrol {
    private let connection: Connection
    private let clock: any Clock
    private let pollInterval: Double?
    private var polls = PollWatch()
    /// When devices were read that nobody watches.
    private var readAt: Instant?
    /// How many devices were late when it was told last.
    private var told = 0

    init(_ connection: Connection, _ network: Network) {
        self.connection = connection
        clock = network.clock
        let place = Int(connection.settings.id.index)
        pollInterval = network.plans.indices.contains(place) ? network.plans[place].pollInterval : nil
    }

    /// Looks once, and says what is new of it as a line: `stalled` with how many devices that is, `resumed` when it is
    /// none any more.
    ///
    /// - Parameter watched: the rows of devices where they are watched; else they are read as often as they are worth it.
    mutating func round(_ watched: [Table], _ info: ServerInfo?) async -> JSONTree? {
        let now = clock.now
        if !watched.isEmpty {
            take(watched, info)
        } else if readAt.map({ now - $0 >= interval }) ?? true {
            // What can't be read says nothing new; that it can't is told where it is watched.
            if let tables = try? await Polls.devices(of: connection.adapter, connection.settings.id) {
                take(tables, info)
                readAt = now
            }
        }
        let late = polls.late(now)
        guard (late?.count ?? 0) != told else { return nil }
        told = late?.count ?? 0
        return line(late)
    }

    private mutating func take(_ tables: [Table], _ info: ServerInfo?) {
        let known = connection.adapter.serverClock ?? info?.clock
        polls.update(
            tables, interval: pollInterval, clock: known, now: clock.now,
            wall: clock.wall)
    }

    /// Seconds between two readings of devices.
    private var interval: Double {
        connection.adapter.resources.filter { $0.tally == .devices && $0.saysPolls }.map(\.interval).min()
            ?? .infinity
    }

    private func line(_ late: Polling.Late?) -> JSONTree {
        var members: [JSONTree.Member] = [
            .init("event", .string(late == nil ? "resumed" : "stalled")),
            .init("at", .string(clock.wall.iso8601)), .init("backend", .string(connection.settings.name)),
        ]
        if let late {
            members += [
                .init("words", .string(late.words)), .init("devices", .integer(Int64(late.count))),
                .init("of", .integer(Int64(late.watched))),
            ]
        }
        return .object(members)
    }
}
