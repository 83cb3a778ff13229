public import Domain

/// Two servers that say something else of the same thing, for longer than it takes either to notice.
public struct Conflict: Sendable, Hashable {
    /// What one server says.
    public struct Voice: Sendable, Hashable {
        /// Its entity.
        public let entity: EntityRef
        /// Its word for the state.
        public let word: String
    }

    /// What each server says, in the order of the backends.
    public let voices: [Voice]
    /// Since when they disagree, by the boot-time clock.
    public let since: Instant
}

/// Keeps since when servers disagree about up and down; a value that is asked after each update.
public struct Conflicts: Sendable {
    private var began: [Thing: Instant] = [:]
    /// The conflicts now, the longest first.
    public private(set) var current: [Conflict] = []

    /// Knows of none.
    public init() {}

    /// Compares what servers say now.
    ///
    /// What a server that is late or partial says neither begins nor ends a disagreement.
    /// - Parameter cycle: seconds in which a server notices a change of an entity; as a rule its resource's intervals.
    public mutating func update(_ network: Network, now: Instant, cycle: ((EntityRef) -> Double)? = nil) {
        var next: [Thing: Instant] = [:]
        current = []
        for thing in network.things {
            let voices = thing.members.compactMap { member in
                network.state(of: member).map { Conflict.Voice(entity: member, word: $0) }
            }
            let isKnown = thing.members.allSatisfy { network.freshness(of: $0)?.isTrustworthy ?? false }
            if !isKnown {
                if let since = began[thing] { next[thing] = since }
                continue
            }
            guard Self.disagree(voices) else { continue }
            let since = began[thing] ?? now
            next[thing] = since
            let patience = thing.members.map { cycle?($0) ?? network.cycle(of: $0) }.max() ?? 0
            if now - since > patience { current.append(Conflict(voices: voices, since: since)) }
        }
        began = next
        current.sort { ($0.since, $0.voices[0].entity.packed) < ($1.since, $1.voices[0].entity.packed) }
    }

    /// Whether one says up and another down; what is not known contradicts nobody.
    private static func disagree(_ voices: [Conflict.Voice]) -> Bool {
        let ranks = Set(voices.map { Urgency.rank($0.word) })
        return ranks.contains(1) && ranks.contains(5)
    }
}
