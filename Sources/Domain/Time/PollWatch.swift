/// What a server's own polling is like, as long as somebody goes on looking at what it lists.
public struct PollWatch: Sendable {
    /// What its rows said last.
    public private(set) var polling = Polling()
    /// What its clock is taken to have shown at a moment.
    private var time: (at: Instant, shows: Timestamp)?
    /// What `polling` is of: the tables, and what the configuration says.
    private var source: (revisions: [UInt64], interval: Double?)?

    /// Nothing is known of it yet.
    public init() {}

    /// Takes what rows of devices say about when the server looked at them.
    ///
    /// Where it is not certain what its times mean, its clock is taken to show the last time that it looked at anything,
    /// from when that was first heard of: a server that stands still is found in any zone. One that stood still before is
    /// found when it did for longer than zones can be apart.
    ///
    /// - Parameters:
    ///   - tables: all rows of devices that it lists.
    ///   - interval: seconds between two looks where the configuration says it.
    ///   - clock: what its times mean; nil where that is not known yet.
    public mutating func update(
        _ tables: [Table], interval: Double?, clock: ServerClock?, now: Instant, wall: Timestamp
    ) {
        let before = polling.newest
        let revisions = tables.map(\.revision)
        if source?.revisions != revisions || source?.interval != interval {
            polling = Polling(of: tables, interval: interval)
            source = (revisions, interval)
        }
        if clock?.isCertain == true {
            time = (now, wall)
        } else if polling.newest != before || time == nil {
            let least = clock?.least(at: wall)
            time = polling.newest.map { (now, max($0, least ?? $0)) }
        }
    }

    /// What the server's clock is taken to show; nil while nothing is known of it.
    public func serverNow(_ now: Instant) -> Timestamp? {
        time.map { Timestamp($0.shows.seconds &+ Int64(max(0, now - $0.at))) }
    }

    /// The devices that the server itself did not look at for too long; nil where there are none.
    public func late(_ now: Instant) -> Polling.Late? { serverNow(now).flatMap(polling.late) }
}
