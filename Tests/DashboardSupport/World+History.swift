import Canvas
import Dashboard
import Domain

/// What was recorded of the night before the operator looked.
extension World {
    /// When the operator looked last: 22:14.
    static let looked = Timestamp(wall.seconds - 5 * 3_600)

    static func name(_ backend: String, _ kind: ResourceKind, _ id: Int64) -> EntityName {
        EntityName(backend: backend, kind: kind, id: String(id))
    }

    /// A change that was seen so many minutes ago; the state before was seen a minute earlier.
    static func change(
        _ entity: EntityName, _ name: String, device: String = "", site: String = "", _ before: String?,
        _ after: String, _ severity: Severity = .critical, before severityBefore: Severity? = nil,
        ago minutes: Int64, saidAgo: Int64? = nil, note: String = "", isFirstSight: Bool = false
    ) -> StateChange {
        let seen = wall.seconds - minutes * 60
        return StateChange(
            entity, name: name, device: device, site: site, before: before, after: after, severity: severity,
            severityBefore: severityBefore, saidAt: saidAgo.map { Timestamp(wall.seconds - $0 * 60) },
            lastSeenBefore: isFirstSight ? nil : Timestamp(seen - 60), seenAt: Timestamp(seen), note: note)
    }

    /// What happened since 22:14, the first first; places follow.
    static let night: [StateChange] = {
        let changes = [
            change(
                name("core", .alert, 9), "High load", device: "bcn2-acc-sw10", site: "bcn2", "open",
                "cleared",
                .warning, before: .warning, ago: 250, saidAgo: 251),
            change(
                name("core", .device, 3), "mad1-agg-sw11", site: "mad1", "up", "down", before: .ok, ago: 200),
            change(
                name("core", .device, 3), "mad1-agg-sw11", site: "mad1", "down", "up", .ok, before: .critical,
                ago: 190),
            change(
                name("edge", .alert, 21), "Packet loss to upstream", device: "lon5-edge-rtr02", site: "lon5",
                "open", "worse", before: .warning, ago: 22),
            change(
                name("bonds", "bond", 20), "globex-north", "up", "degraded", .warning, before: .ok, ago: 8,
                saidAgo: 8),
            change(
                name("core", .alert, 12), "Port down: Te0/1/3 (fibre Coslada)", device: "mad1-agg-sw11",
                site: "mad1", nil, "open", ago: 6, saidAgo: 6),
            change(
                name("core", .device, 3), "mad1-agg-sw11", site: "mad1", "up", "down", before: .ok, ago: 5),
            change(
                name("core", .alert, 11), "BGP session down", device: "mad1-core-rtr02", site: "mad1", nil,
                "open", ago: 4, saidAgo: 4),
        ]
        return changes.enumerated().map { place, change in
            var change = change
            change.place = Int64(place + 1)
            return change
        }
    }()
}

extension Desk {
    /// A desk where a history is kept, and what was recorded since the last look is here.
    static func remembering(
        size: Size = Size(120, 30), _ changes: [StateChange] = World.night,
        since: Timestamp? = World.looked, begins: Timestamp? = Timestamp(World.looked.seconds - 86_400),
        isCut: Bool = false, unrecorded: [String] = []
    ) -> Desk {
        var desk = Desk.ready(size: size, keepsHistory: true)
        let recollection = Recollection(
            since: since, begins: begins, changes: changes, isCut: isCut, unrecorded: unrecorded)
        desk.send(.recalled(.sinceLooked, .success(recollection)))
        return desk
    }
}

extension [Effect] {
    /// What the history is asked for in them; nil where it is not.
    var recallPurpose: HistoryPurpose? {
        lazy.compactMap { if case .recall(_, let purpose) = $0 { purpose } else { nil } }.first
    }
}
