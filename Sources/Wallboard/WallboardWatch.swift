package import Dashboard
package import Domain
import Filter

/// What the wallboard watches: new alerts, since when it is quiet, and whether data still comes.
package struct WallboardWatch: Sendable {
    /// Seconds for which an alert keeps its page on the screen; no other pushes one aside meanwhile.
    static let hold = 60.0

    /// Since when everything that is counted is known and zero; nil when it is not.
    package private(set) var quietSince: Instant?
    /// Moves by one, at most once a second, when data came.
    package private(set) var beat = 0
    /// When an alert last pushed a page aside.
    package private(set) var interruptedAt: Instant?
    /// What is counted without the servers that nothing was heard of for too long.
    package private(set) var counts = Counts()

    private var hasHeard = false
    /// The critical alerts that were there already.
    private var known: Set<EntityRef> = []
    /// The tables that they were found in.
    private var seen: [Table] = []
    /// Which alerts were read at least once: what is in the first reading is not new.
    private var loaded: Set<Source> = []
    /// What `counts` were counted of.
    private var counted: [Table]?
    /// How many devices of each server were late then.
    private var countedLate: [Int] = []

    /// One kind of alerts of one server.
    private struct Source: Hashable {
        let backend: BackendID
        let kind: ResourceKind
    }

    /// Takes everything that is there for known, as when the wallboard is entered.
    mutating func start(_ state: State) {
        _ = newCriticals(state)
        for backend in state.backends {
            for kind in backend.kinds(of: .alerts) {
                guard let health = backend.health[kind], health.arrivedAt != nil,
                    health.completeness == .complete || health.askedAt == nil
                else { continue }
                loaded.insert(Source(backend: backend.id, kind: kind))
            }
        }
        count(state)
    }

    /// Notes whether data came, and with each second whether any came in it.
    mutating func hear(_ event: Event) {
        switch event {
        case .arrived, .looked(_, _, .success), .refreshed(_, _, .success): hasHeard = true
        case .tick:
            if hasHeard { beat += 1 }
            hasHeard = false
        default: break
        }
    }

    /// Counts what is heard of: rows of a server that is lost say nothing of what is.
    mutating func count(_ state: State) {
        let heard = state.backends.map { $0.heard(state.now) }
        let tables = heard.flatMap { backend in
            [ResourceDescriptor.Tally.alerts, .devices, .bonds].flatMap { backend.tables(of: $0) }
        }
        let late = state.backends.map(\.countedLate)
        guard counted != tables || countedLate != late else { return }
        counted = tables
        countedLate = late
        counts = Counts(of: heard, now: state.now)
    }

    /// The critical alerts that are counted, wait for somebody and were not there before.
    mutating func newCriticals(_ state: State) -> [EntityRef] {
        let tables = state.backends.flatMap { $0.tables(of: .alerts) }
        guard seen != tables else { return [] }
        let counted = CountedAlerts(tables)
        var found: Set<EntityRef> = []
        var new: [EntityRef] = []
        for (place, table) in tables.enumerated() {
            let source = Source(backend: table.backend, kind: table.resource.kind)
            guard let severity = table.resource.index(of: .severity),
                let state = table.resource.index(of: .state)
            else { continue }
            for row in 0..<table.count where Severity(word: table.text(row, severity)) == .critical {
                let word = AlertState(word: table.text(row, state))
                guard word.isOpen, counted.contains(RowHandle(table: place, row: row)) else { continue }
                let alert = table.refs[row]
                found.insert(alert)
                let isNew = word.isUnhandled && !known.contains(alert)
                if isNew, loaded.contains(source) { new.append(alert) }
            }
        }
        known = found
        seen = tables
        return new
    }

    /// Alerts that were read as a whole can be new from here on.
    mutating func load(_ event: Event, _ state: State) {
        guard case .refreshed(let backend, let kind, .success) = event,
            state.backend(backend)?.kinds(of: .alerts).contains(kind) == true
        else { return }
        loaded.insert(Source(backend: backend, kind: kind))
    }

    /// An alert pushed a page aside.
    mutating func interrupted(at now: Instant) { interruptedAt = now }

    /// Quiet is only what is known to be: anything else begins it again.
    mutating func judgeQuiet(_ headline: Headline, _ state: State) {
        let isKnown = state.backends.allSatisfy { backend in
            backend.info != nil
                && backend.resources.allSatisfy { resource in
                    !(resource.feedsCounts || resource.tally != nil)
                        || backend.freshness(of: resource, now: state.now).isTrustworthy
                }
        }
        quietSince = isKnown && headline.isCalm ? quietSince ?? state.now : nil
    }
}
