public import Domain
import Filter

/// Rows that are read again by themselves for a while, because a command was sent to them.
public struct WatchedRows: Sendable, Equatable {
    /// The server.
    public let backend: BackendID
    /// What they are.
    public let kind: ResourceKind
    /// Which.
    public let entities: [EntityRef]
    /// Seconds between two looks.
    public let interval: Double
    /// When the last look is.
    public let until: Instant
    /// When the next one is.
    public fileprivate(set) var dueAt: Instant
    /// Whether one is under way.
    public fileprivate(set) var isLooking = false
}

extension State {
    /// Begins to look closely at what a command was sent to.
    mutating func watch(_ session: CommandSession) {
        guard let watch = session.descriptor.watch else { return }
        for part in session.parts where part.hasWork {
            let targets = Dictionary(grouping: (part.plan?.targets ?? []).map(\.entity), by: \.kind)
            for (kind, entities) in targets where backend(part.backend)?.resource(kind) != nil {
                watches.removeAll { $0.backend == part.backend && $0.entities == entities }
                watches.append(
                    WatchedRows(
                        backend: part.backend, kind: kind, entities: entities, interval: watch.interval,
                        until: now + watch.length, dueAt: now + watch.interval))
            }
        }
    }

    /// Starts what is due between two refreshes; never beside a refresh of the same rows.
    mutating func dueLooks() -> [Effect] {
        var effects: [Effect] = []
        let now = now
        watches.removeAll { $0.until < now && !$0.isLooking }
        for index in watches.indices where !watches[index].isLooking && watches[index].dueAt <= now {
            let watch = watches[index]
            guard canLook(watch.backend, watch.kind) else { continue }
            watches[index].isLooking = true
            effects.append(.look(watch.backend, watch.kind, only: watch.entities))
        }
        for backend in backends {
            for resource in backend.resources where resource.quickInterval != nil {
                guard canLook(backend.id, resource.kind), let health = backend.health[resource.kind],
                    let dueAt = health.lookDueAt, dueAt <= now, !health.isLooking
                else { continue }
                change(backend.id) { $0.askedLook(resource.kind) }
                effects.append(.look(backend.id, resource.kind, only: nil))
            }
        }
        return effects
    }

    func canLook(_ id: BackendID, _ kind: ResourceKind) -> Bool {
        guard let backend = backend(id), backend.info != nil, backend.refusedUntil == nil,
            let health = backend.health[kind]
        else { return false }
        return health.askedAt == nil && health.arrivedAt != nil
    }

    /// Takes the rows of a look: they are newer than the rest, and say nothing about it.
    mutating func looked(
        _ id: BackendID, _ kind: ResourceKind, _ result: Result<Table, BackendError>
    ) -> [Effect] {
        for index in watches.indices where watches[index].backend == id && watches[index].kind == kind {
            watches[index].isLooking = false
            watches[index].dueAt = now + watches[index].interval
        }
        change(id) { [now] in $0.looked(kind, now: now) }
        switch result {
        case .success(let table):
            return change(id) { $0.replaceRows(of: kind, table) } == true ? tableChanged(kind) + relink() : []
        case .failure(let error):
            // The next refresh will say what is wrong; only a refused login must not be tried again.
            refused(id, by: error)
            return []
        }
    }
}
