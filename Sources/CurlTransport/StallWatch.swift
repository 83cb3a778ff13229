/// Tells a slow answer from one that has stopped coming.
///
/// curl's own check also counts the wait for the first byte, which has a limit of its own, and knows whole
/// seconds only. This one starts with the first byte and looks ten times within the limit.
struct StallWatch {
    /// How long an answer may be too slow.
    private let limit: Duration
    /// Bytes per second below which it is.
    private let rate: Int
    private var sampledAt: ContinuousClock.Instant
    private var sampledBytes = 0
    private var slowSince: ContinuousClock.Instant?

    init(limit: Duration, rate: Int, from start: ContinuousClock.Instant) {
        self.limit = limit
        self.rate = rate
        sampledAt = start
    }

    /// When to look next.
    var nextLook: ContinuousClock.Instant { sampledAt + limit / 10 }

    /// Looks at what has come so far; true once it has been too slow for the whole limit.
    mutating func hasStalled(received bytes: Int, at now: ContinuousClock.Instant) -> Bool {
        guard now >= nextLook else { return false }
        let wanted = Double(rate) * (now - sampledAt).inSeconds
        if Double(bytes - sampledBytes) < wanted {
            slowSince = slowSince ?? sampledAt
        } else {
            slowSince = nil
        }
        sampledAt = now
        sampledBytes = bytes
        guard let slowSince else { return false }
        return now - slowSince >= limit
    }
}

extension Duration {
    /// The duration as a number of seconds.
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
