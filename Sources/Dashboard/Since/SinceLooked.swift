internal import Domain
internal import Filter

/// What happened since the operator looked last, as far as it was recorded.
struct SinceLooked: Sendable {
    /// Whether a history is kept at all.
    let isKept: Bool
    /// When the operator looked last; nil while that is not known, and where nobody ever did.
    private(set) var since: Timestamp?
    /// When recording began; nil where nothing is recorded.
    private(set) var begins: Timestamp?
    /// Why nothing is known of it; nil where something is.
    private(set) var problem: String?
    /// Whether what was recorded before this screen began is here.
    private(set) var isKnown = false
    /// Whether there was more than was asked for.
    private(set) var isCut = false
    /// Backends of which nothing is recorded.
    private(set) var unrecorded: [String] = []
    /// What the changes come to.
    private(set) var net = NetChanges()
    /// The entities by what their changes come to.
    private(set) var entities: [NetChange.Turn: Set<EntityRef>] = [:]
    /// The same by entity: what stands in the margin of tables.
    private(set) var marks: [EntityRef: NetChange.Turn] = [:]
    /// Counts what changed them, so that drawn rows know.
    private(set) var revision = 0
    /// What was recorded while the history was still being read.
    private var early: [StateChange] = []
    /// Whether an answer is waited for, and when it was asked for last.
    private var isAsking = false
    private var askedAt: Instant?
    /// When it was written down last that the operator looked.
    private var writtenAt: Timestamp?

    /// So many changes are read at most.
    static let limit = 5_000
    /// Seconds between two notes of a key.
    private static let noteInterval: Int64 = 60
    /// Seconds until what could not be read is asked for again.
    private static let retryInterval = 60.0

    init(isKept: Bool) { self.isKept = isKept }

    /// Whether there is anything to show: the first minutes of a first session have nothing.
    var isShown: Bool { isKept && (isKnown && begins != nil || problem != nil) }

    /// Asks for what was recorded: once, and again some time after that failed.
    mutating func ask(_ now: Instant) -> HistoryQuery? {
        guard isKept, !isKnown || problem != nil else { return nil }
        if let askedAt, now - askedAt < Self.retryInterval { return nil }
        return question(now)
    }

    /// Asks once more where something was recorded and nobody said since when: only the store knows that.
    mutating func askBeginning(_ now: Instant) -> HistoryQuery? {
        isKnown && begins == nil && problem == nil ? question(now) : nil
    }

    private mutating func question(_ now: Instant) -> HistoryQuery? {
        guard !isAsking else { return nil }
        isAsking = true
        askedAt = now
        return HistoryQuery(since: since, limit: Self.limit)
    }

    /// Takes what was recorded before.
    ///
    /// - Parameters:
    ///   - now: where nobody ever looked, the operator looks for the first time.
    mutating func recalled(
        _ result: Result<Recollection, BackendError>, now: Timestamp, _ backends: [String: BackendID]
    ) {
        isAsking = false
        switch result {
        case .success(let recollection):
            begins = recollection.begins
            unrecorded = recollection.unrecorded
            problem = nil
            // The operator has looked since it was asked: all that changed after that came as it was recorded.
            if isKnown, recollection.since != since { break }
            since = recollection.since ?? now
            isCut = recollection.isCut
            isKnown = true
            net = NetChanges()
            net.add(recollection.changes)
            net.add(early)
            early = []
        case .failure(let error): problem = error.words
        }
        index(backends)
    }

    /// Takes what was recorded just now.
    mutating func recorded(_ changes: [StateChange], _ backends: [String: BackendID]) {
        guard isKept else { return }
        guard isKnown else {
            if early.count < Self.limit { early += changes }
            return
        }
        net.add(changes)
        index(backends)
    }

    /// The operator has looked: nothing is news any more.
    mutating func look(at moment: Timestamp) {
        since = moment
        isCut = false
        net = NetChanges()
        entities = [:]
        marks = [:]
        revision += 1
        writtenAt = moment
    }

    /// Whether a key that is pressed now is to be written down as a look: once a minute.
    mutating func note(_ moment: Timestamp) -> Bool {
        guard isKept, isKnown else { return false }
        if let writtenAt, abs(moment.seconds.subtractingClamped(writtenAt.seconds)) < Self.noteInterval {
            return false
        }
        writtenAt = moment
        return true
    }

    private mutating func index(_ backends: [String: BackendID]) {
        entities = [:]
        marks = [:]
        revision += 1
        for (name, change) in net.turns {
            guard let backend = backends[name.backend] else { continue }
            let entity = EntityRef(backend, name.kind, id: name.id)
            entities[change.turn, default: []].insert(entity)
            marks[entity] = change.turn
        }
    }
}
