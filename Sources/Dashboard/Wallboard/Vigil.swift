public import Domain
import Filter

/// What the wallboard keeps an eye on: new alerts, since when it is quiet, and whether data still comes.
public struct Vigil: Sendable {
    /// Seconds for which an alert keeps its page on the screen; no other pushes one aside meanwhile.
    static let hold = 60.0

    /// Since when everything that is counted is known and zero; nil when it is not.
    public internal(set) var quietSince: Instant?
    /// Moves by one, at most once a second, when data came.
    public internal(set) var beat = 0
    /// When an alert last pushed a page aside.
    public internal(set) var interruptedAt: Instant?
    /// What is counted without the servers that nothing was heard of for too long.
    public internal(set) var counts = Counts()

    var hasHeard = false
    /// The critical alerts that were there already.
    var known: Set<EntityRef> = []
    /// The tables that they were found in.
    var seen: [Table] = []
    /// Which alerts were read at least once: what is in the first reading is not new.
    var loaded: Set<Source> = []
    /// What `counts` were counted of.
    var counted: [Table]?
    /// How many devices of each server were late then.
    var countedLate: [Int] = []

    /// One kind of alerts of one server.
    struct Source: Hashable {
        let backend: BackendID
        let kind: ResourceKind
    }
}

extension State {
    /// Brings the wallboard in step with what happened, whatever it was.
    mutating func attend(to event: Event) -> [Effect] {
        guard wallboard != nil else { return [] }
        var read: ResourceKind?
        switch event {
        case .probed(_, .success): makePages()
        case .arrived, .looked(_, _, .success): wallboard?.vigil.hasHeard = true
        case .refreshed(_, let kind, .success):
            wallboard?.vigil.hasHeard = true
            read = kind
        case .tick:
            if wallboard?.vigil.hasHeard == true { wallboard?.vigil.beat += 1 }
            wallboard?.vigil.hasHeard = false
        default: break
        }
        count()
        learnCustomers()
        var effects = arrangePages(read)
        let new = newCriticals()
        if case .refreshed(let backend, let kind, .success) = event,
            self.backend(backend)?.kinds(of: .alerts).contains(kind) == true
        {
            wallboard?.vigil.loaded.insert(Vigil.Source(backend: backend, kind: kind))
        }
        if !new.isEmpty { effects += interrupt(for: new) }
        effects += turnDuePage()
        judgeQuiet()
        dressWallboard()
        return effects
    }

    /// Counts what is heard of: rows of a server that is lost say nothing of what is.
    private mutating func count() {
        let heard = backends.map { $0.heard(now) }
        let tables = heard.flatMap { backend in
            [ResourceDescriptor.Tally.alerts, .devices, .bonds].flatMap { backend.tables(of: $0) }
        }
        let late = backends.map(\.countedLate)
        guard wallboard?.vigil.counted != tables || wallboard?.vigil.countedLate != late else { return }
        wallboard?.vigil.counted = tables
        wallboard?.vigil.countedLate = late
        wallboard?.vigil.counts = Counts(of: heard, now: now)
    }

    /// The critical alerts that are counted, wait for somebody and were not there before.
    private mutating func newCriticals() -> [EntityRef] {
        let tables = backends.flatMap { $0.tables(of: .alerts) }
        guard let vigil = wallboard?.vigil, vigil.seen != tables else { return [] }
        let counted = CountedAlerts(tables)
        var known: Set<EntityRef> = []
        var new: [EntityRef] = []
        for (place, table) in tables.enumerated() {
            let source = Vigil.Source(backend: table.backend, kind: table.resource.kind)
            guard let severity = table.resource.index(of: .severity),
                let state = table.resource.index(of: .state)
            else { continue }
            for row in 0..<table.count where Severity(word: table.text(row, severity)) == .critical {
                let word = AlertState(word: table.text(row, state))
                guard word.isOpen, counted.contains(RowHandle(table: place, row: row)) else { continue }
                let alert = table.refs[row]
                known.insert(alert)
                let isNew = word.isUnhandled && !vigil.known.contains(alert)
                if isNew, vigil.loaded.contains(source) { new.append(alert) }
            }
        }
        wallboard?.vigil.known = known
        wallboard?.vigil.seen = tables
        return new
    }

    /// Quiet is only what is known to be: anything else begins it anew.
    private mutating func judgeQuiet() {
        let isKnown = backends.allSatisfy { backend in
            backend.info != nil
                && backend.resources.allSatisfy { resource in
                    !(resource.feedsCounts || resource.tally != nil)
                        || backend.freshness(of: resource, now: now).isTrustworthy
                }
        }
        let isQuiet = isKnown && Headline(self).isCalm
        let since = wallboard?.vigil.quietSince ?? now
        wallboard?.vigil.quietSince = isQuiet ? since : nil
    }

    /// Takes everything that is there for known, as when the wallboard is entered.
    mutating func beginVigil() {
        _ = newCriticals()
        for backend in backends {
            for kind in backend.kinds(of: .alerts) {
                guard let health = backend.health[kind], health.arrivedAt != nil,
                    health.completeness == .complete || health.askedAt == nil
                else { continue }
                wallboard?.vigil.loaded.insert(Vigil.Source(backend: backend.id, kind: kind))
            }
        }
        count()
        judgeQuiet()
    }
}

extension BackendState {
    /// The same without rows that nothing was heard of for too long.
    fileprivate func heard(_ now: Instant) -> BackendState {
        var heard = self
        for resource in resources where freshness(of: resource, now: now) >= .lost {
            heard.tables[resource.kind] = nil
        }
        return heard
    }
}
