public import Domain

/// Whether alerts arrive too fast to be read one by one; a value that is given the size of each batch.
public struct Storm: Sendable, Hashable {
    /// Seconds that are looked back.
    public let window: Double
    /// How many new alerts within the window begin a storm.
    public let threshold: Int
    private var arrivals: [Arrival] = []
    /// Since when there is one; nil when there is none.
    public private(set) var since: Instant?

    private struct Arrival: Sendable, Hashable {
        let at: Instant
        let count: Int
    }

    /// Describes when there is a storm.
    public init(threshold: Int = 20, window: Double = 60) {
        self.threshold = max(1, threshold)
        self.window = max(1, window)
    }

    /// Whether there is one.
    public var isOn: Bool { since != nil }

    /// How many new alerts came within the window before the last moment that it was told of.
    public var recent: Int { arrivals.reduce(0) { $0 + $1.count } }

    /// Takes how many alerts are new now; 0 lets time pass.
    ///
    /// One that began ends when less than half as many come: else it would begin and end with each alert.
    /// - Returns: whether it began or ended.
    @discardableResult
    public mutating func note(_ new: Int, at now: Instant) -> Bool {
        arrivals.removeAll { now - $0.at >= window || $0.at > now }
        if new > 0 { arrivals.append(Arrival(at: now, count: new)) }
        let was = isOn
        if since == nil, recent >= threshold { since = now }
        if since != nil, recent * 2 < threshold { since = nil }
        return was != isOn
    }
}
