import AdapterKit
import Domain
import Runtime

/// Whether servers look at their devices themselves, for those who read once.
enum Polls {
    /// The devices of a backend that its server did not look at for too long, in words; nil where there are none.
    ///
    /// - Parameter interval: seconds between two looks where the configuration says it.
    static func late(_ tables: [Table], _ clock: ServerClock, interval: Double?, now: Timestamp) -> String? {
        let polling = Polling(of: tables, interval: interval)
        // Where its times may mean any zone, the last of them is taken for now, unless that is old in every zone.
        let moment = clock.isCertain ? now : polling.newest.map { max($0, clock.least(at: now)) }
        return moment.flatMap(polling.late)?.words
    }

    /// Reads the devices of a backend whose server says when it looked at them.
    static func devices(of adapter: any Adapter, _ backend: BackendID) async throws(BackendError) -> [Table] {
        var tables: [Table] = []
        for resource in adapter.resources where resource.tally == .devices && resource.saysPolls {
            let snapshot = Snapshot(from: .empty(resource, backend))
            let arrived = try await adapter.refresh(Query(resource.kind), into: snapshot)
            tables.append(snapshot.finish(arrived).table)
        }
        return tables
    }
}

extension ResourceDescriptor {
    /// Whether its rows say when the server looked at what they stand for, and how often it does.
    var saysPolls: Bool {
        index(of: .lastPolled) != nil && (pollInterval != nil || index(of: .pollInterval) != nil)
    }
}
