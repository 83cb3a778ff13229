/// How far the rows of one resource of one backend can be trusted.
public enum Freshness: Int, Sendable, Hashable, Comparable {
    /// Arrived within twice its interval.
    case fresh
    /// A page, a device or a resource is missing.
    case partial
    /// As fresh as can be, but the server itself did not look for too long.
    case outdated
    /// Asked for the first time and not answered yet.
    case asking
    /// The same, with rows of an earlier session until it answers.
    case remembered
    /// Older than twice its interval.
    case stale
    /// Older than five times its interval.
    case lost
    /// The account lacks the right.
    case noRight
    /// The server does not accept the credentials.
    case refused
    /// No answer was ever seen.
    case neverSeen

    /// From the best to the worst.
    public static func < (a: Freshness, b: Freshness) -> Bool { a.rawValue < b.rawValue }
    /// Whether a count that it feeds may be called complete.
    public var isTrustworthy: Bool { self == .fresh }
}

/// What is known of the refreshes of one resource of one backend.
public struct ResourceHealth: Sendable, Hashable {
    /// When rows last arrived.
    public var arrivedAt: Instant?
    /// How long the last complete answer took, in seconds.
    public var duration: Double = 0
    /// Whether all of it arrived.
    public var completeness: Completeness = .complete
    /// Why the last refresh failed; nil after one that did not.
    public var error: BackendError?
    /// How many refreshes failed one after another.
    public var failures = 0
    /// When the refresh that is under way was started.
    public var askedAt: Instant?
    /// When the next refresh is due.
    public var dueAt: Instant
    /// When the next look between two refreshes is due; nil where there are none.
    public var lookDueAt: Instant?
    /// Whether such a look is under way.
    public var isLooking = false

    /// The health of a resource that was never asked for.
    public init(dueAt: Instant) { self.dueAt = dueAt }

    /// How far its rows can be trusted now; ages count from the arrival by the boot-time clock.
    public func freshness(interval: Double, now: Instant) -> Freshness {
        switch error?.kind {
        case .refused: return .refused
        case .forbidden: return .noRight
        default: break
        }
        guard let arrivedAt else { return failures == 0 ? .asking : .neverSeen }
        let age = now - arrivedAt
        if age > 5 * interval + duration { return .lost }
        if age > 2 * interval + duration { return .stale }
        if case .partial = completeness { return .partial }
        return .fresh
    }
}
