/// How the times of a server without a zone are read.
public struct ServerClock: Hashable, Sendable {
    /// How far its local time is ahead of UTC.
    public var zone: ZoneRules
    /// Whether that was configured or derived; else times are shown with `~`.
    public var isCertain: Bool

    /// Makes a clock that is ahead of UTC by the same all year.
    public init(offset: Int, isCertain: Bool) {
        self.init(ZoneRules(offset: offset), isCertain: isCertain)
    }

    /// Makes a clock that keeps the time of a zone.
    public init(_ zone: ZoneRules, isCertain: Bool = true) {
        self.zone = zone
        self.isCertain = isCertain
    }
}

extension ServerClock {
    /// Seconds that no place is further behind UTC.
    private static let farthestBehind: Int64 = 12 * 3600

    /// What the server's clock shows at the least at a moment, read as this reads its times.
    ///
    /// Where it is certain, that is the moment; else no zone is ruled out, so that what is older by this is old in any.
    public func least(at moment: Timestamp) -> Timestamp {
        if isCertain { return moment }
        return Timestamp(moment.seconds &- Self.farthestBehind &- Int64(zone.offset(at: moment)))
    }
}

/// How many seconds the local time of a place is ahead of UTC, over the years.
public struct ZoneRules: Hashable, Sendable {
    /// Before the first change.
    private let first: Int
    /// From each moment on, in order of time.
    private let changes: [Change]

    /// A moment from which on the local time is ahead by so much.
    public struct Change: Hashable, Sendable {
        /// The moment.
        public var moment: Timestamp
        /// Seconds east of UTC.
        public var offset: Int
        /// Makes a change.
        public init(_ moment: Timestamp, _ offset: Int) {
            self.moment = moment
            self.offset = offset
        }
    }

    /// Rules of a place whose clocks change; moments out of order are put in order.
    public init(offset first: Int, changes: [Change] = []) {
        self.first = first
        self.changes = changes.sorted { $0.moment < $1.moment }
    }

    /// Seconds east of UTC at a moment.
    public func offset(at moment: Timestamp) -> Int {
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].moment < moment || changes[middle].moment == moment {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low == 0 ? first : changes[low - 1].offset
    }

    /// Seconds east of UTC at a local time, given as seconds since 1970 as if it were UTC.
    ///
    /// Of an hour that comes twice, in autumn, the first is meant; of one that never comes, the time before it.
    public func offset(ofLocal local: Int64) -> Int {
        // Further than any zone is from UTC, and no place changes its clocks twice within.
        let reach: Int64 = 26 * 3600
        let before = offset(at: Timestamp(local.subtracting(reach)))
        let after = offset(at: Timestamp(local.subtracting(-reach)))
        if before == after { return before }
        if offset(at: Timestamp(local.subtracting(Int64(before)))) == before { return before }
        return offset(at: Timestamp(local.subtracting(Int64(after)))) == after ? after : before
    }
}

extension Int64 {
    /// The difference, or the end of the numbers.
    fileprivate func subtracting(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }
}
