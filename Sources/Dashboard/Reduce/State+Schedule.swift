import Filter
import Domain

extension State {
    /// How long a failed resource is left alone at most, and a backend that refused the login, in seconds.
    private static let longestBackOff = 300.0
    private static let refusedBackOff = 600.0
    /// How long one is left alone at first that answered with a page for people; each time twice as long.
    private static let pageBackOff = 30.0
    /// A server that asks for more patience than this is asked again nevertheless.
    private static let longestWait = 86_400.0

    /// Starts what is due: probes first, then what is on the screen, then the rest.
    mutating func dueEffects() -> [Effect] {
        // An earlier moment asks nobody.
        if isPast { return [] }
        let due = nextDue
        guard due <= now else {
            schedule.know(due)
            return []
        }
        schedule.know(nil)
        var effects: [Effect] = []
        let inUse = kindsInUse
        for index in backends.indices {
            if let until = backends[index].refusedUntil {
                if until > now { continue }
                backends[index].endRest()
            }
            guard backends[index].info != nil else {
                if backends[index].probe.askedAt == nil, backends[index].probe.dueAt <= now {
                    backends[index].askedProbe(now: now)
                    effects.append(.probe(backends[index].id))
                }
                continue
            }
            let due = backends[index].resources.filter { resource in
                guard let health = backends[index].health[resource.kind], isWanted(resource) else {
                    return false
                }
                return health.askedAt == nil && health.dueAt <= now
            }
            // Nothing stands before what says that something is wrong.
            func rank(_ resource: ResourceDescriptor) -> Int {
                switch resource.tally {
                case .alerts: 0
                case .devices: 1
                case .bonds: 2
                case nil: inUse.contains(resource.kind) ? 3 : 4
                }
            }
            let ranked = due.enumerated().sorted { a, b in
                (rank(a.element), a.offset) < (rank(b.element), b.offset)
            }
            for resource in ranked.map(\.element) {
                let isForItself = backends[index].asked(resource.kind, now: now)
                let focus = focus(of: resource, on: index)
                guard team != nil, !isForItself else {
                    effects.append(.refresh(backends[index].id, resource.kind, focus: focus))
                    continue
                }
                effects.append(
                    .share(
                        backends[index].id, resource.kind, focus: focus,
                        within: backends[index].configuredInterval(of: resource)))
            }
        }
        return effects + dueLooks()
    }

    /// Whether a resource is to be read at all now: what is read on demand rests while it is not on the screen.
    func isWanted(_ resource: ResourceDescriptor) -> Bool {
        guard resource.isOnDemand else { return true }
        return (screen?.rows ?? pane).pane.kinds.contains(resource.kind)
    }

    /// The entities to read first where each costs a request: the rows on the screen, then devices with alerts.
    private func focus(of resource: ResourceDescriptor, on index: Int) -> [EntityRef] {
        let id = backends[index].id
        var focus: [EntityRef] = []
        func add(_ entity: EntityRef) {
            if entity.backend == id, !focus.contains(entity) { focus.append(entity) }
        }
        if screen == nil { details.last.map { add($0.entity) } }
        let pane = screen?.rows ?? pane
        for row in pane.top..<max(pane.top, min(pane.top + layout.rows, pane.arrangement.rows.count)) {
            guard let entity = pane.entity(at: row) else { continue }
            if entity.kind == .device || entity.kind == .bond { add(entity) }
            if let found = find(entity), case .ref(let device, _) = found.table.value(found.row, .device) {
                add(device)
            }
        }
        for alerts in backends[index].tables(of: .alerts) {
            guard let column = alerts.resource.index(of: .device) else { continue }
            let state = alerts.resource.index(of: .state)
            for row in 0..<alerts.count where focus.count < 200 {
                let isOpen = state.map { AlertState(rawValue: alerts.text(row, $0)) != .cleared } ?? true
                if isOpen, case .ref(let device, _) = alerts.value(row, column) { add(device) }
            }
        }
        return focus
    }

    /// Leaves a backend alone that did not accept the login; what is under way may still answer.
    mutating func refused(_ id: BackendID, by error: BackendError) {
        guard error.kind == .refused, let backend = backend(id) else { return }
        // Of several that were under way together, the first counts.
        if backend.refusedUntil != nil, !error.mayBan { return }
        let usual = error.mayBan ? Self.refusedBackOff : Self.pageWait(backend.refusals + 1)
        let wait = max(usual, min(Self.longestWait, error.retryAfter ?? 0))
        change(id) { [now] in $0.rest(until: now + wait, afterPage: !error.mayBan) }
    }

    /// Seconds to wait after a page for people came, the first time or another: 30 s, 1 m, 2 m, and then 5 m at most.
    private static func pageWait(_ times: Int) -> Double {
        min(longestBackOff, pageBackOff * Double(1 << min(times - 1, 8)))
    }

    /// When to try again after `failures` failed attempts in a row.
    mutating func retry(after error: BackendError, failures: Int) -> Instant {
        // The backend as a whole is left alone; what it lists is due as soon as it is not.
        if error.kind == .refused { return now + (error.mayBan ? Self.refusedBackOff : 1) }
        if let wait = error.retryAfter, !wait.isNaN { return now + max(1, min(Self.longestWait, wait)) }
        let backOff = 2.5 * Double(1 << min(failures, 8)) * schedule.jitter()
        return now + min(Self.longestBackOff, backOff)
    }

    /// Tries again what refused the login: only ever because the operator asked for it.
    mutating func forgive() {
        for index in backends.indices where backends[index].refusedUntil != nil {
            backends[index].endRest()
            refreshSoon(nil, on: backends[index].id)
        }
    }

    /// Makes resources due now; those that are being asked are asked once more when they have answered.
    mutating func refreshSoon(_ kinds: Set<ResourceKind>?, on only: BackendID? = nil) {
        for index in backends.indices where only == nil || backends[index].id == only {
            backends[index].hasten(kinds, now: now)
        }
    }
}
