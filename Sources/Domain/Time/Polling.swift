/// When a server itself last looked at its devices, as far as their rows say.
///
/// An answer may be new and what it says old: when a poller dies, the server goes on answering with what it knew. Only
/// devices that are up are judged, since a server looks at one that is down again only when it answers.
public struct Polling: Sendable, Equatable {
    /// How many intervals may pass without a look.
    public static let patience = 3.0

    /// Seconds within which a time whose zone is only guessed speaks for the guess.
    public static let graceOfGuess: Int64 = 900

    /// The devices that the server watches: all but those that are switched off, or that nothing watches.
    public private(set) var watched = 0
    /// When it looked at any of them last.
    public private(set) var newest: Timestamp?
    /// The devices that are up and say when they were looked at, in the order in which they become late.
    private var looks: [Look] = []
    /// The devices that are up and should say it, and do not.
    private var silent = 0

    private struct Look: Sendable, Equatable {
        let at: Int64
        /// From when on it is late.
        let lateAt: Int64
    }

    /// Nothing is known of any device.
    public init() {}

    /// Takes what the rows of some tables say; those of kinds whose server does not say how often it looks say nothing.
    ///
    /// - Parameter interval: seconds between two looks where the configuration says it.
    public init(of tables: [Table], interval: Double? = nil) {
        for table in tables { take(table, interval) }
        looks.sort { $0.lateAt < $1.lateAt }
    }

    private mutating func take(_ table: Table, _ interval: Double?) {
        if let column = table.resource.index(of: .lastPolled) {
            let latest = (0..<table.count).lazy.compactMap { table.integer($0, column) }.max()
            if let latest, latest > newest?.seconds ?? .min { newest = Timestamp(latest) }
        }
        guard let rows = PolledRows(table, interval: interval) else { return }
        for row in 0..<table.count {
            guard rows.isWatched(row) else { continue }
            watched += 1
            guard rows.isUp(row) else { continue }
            if let at = rows.polledAt(row) {
                looks.append(Look(at: at, lateAt: at &+ rows.patience(row)))
            } else if rows.isPolled(row) {
                silent += 1
            }
        }
    }

    /// The devices that were not looked at for too long; nil where there are none.
    ///
    /// - Parameter now: the moment by the server's clock.
    public func late(at now: Timestamp) -> Late? {
        // One without a time is new; where none has one, the server does not say it.
        if looks.isEmpty {
            return silent == 0 ? nil : Late(count: silent, of: watched, oldest: nil, newest: nil)
        }
        var low = 0
        var high = looks.count
        while low < high {
            let middle = (low + high) / 2
            if looks[middle].lateAt < now.seconds { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let ages = looks[..<low].map { now.seconds &- $0.at }
        return Late(count: low, of: watched, oldest: ages.max(), newest: ages.min())
    }

    /// Devices that a server did not look at for too long.
    public struct Late: Sendable, Equatable {
        /// How many.
        public let count: Int
        /// How many it watches.
        public let watched: Int
        /// Seconds since the one that waits longest; nil where the server does not say when it looked.
        public let oldest: Int64?
        private let newest: Int64?

        init(count: Int, of watched: Int, oldest: Int64?, newest: Int64?) {
            self.count = count
            self.watched = watched
            self.oldest = oldest
            self.newest = newest
        }

        /// As in `12 of 260 devices not polled for 6h`.
        public var words: String {
            let some = "\(Quantity.count(count)) of \(Quantity.count(watched)) devices"
            guard let oldest, let newest else { return "\(some) do not say when they were polled" }
            let (longest, least) = (Quantity.age(oldest), Quantity.age(newest))
            return "\(some) not polled for \(longest == least ? "" : "\(least) to ")\(longest)"
        }
    }
}

/// The rows of devices that a server polls, and when it did.
public struct PolledRows {
    private let table: Table
    private let statuses: WordValues<DeviceStatus?>
    private let polled: Int
    private let own: Int?
    private let interval: Double?

    /// - Parameter interval: seconds between two looks where the configuration says it; else the row's, else the
    ///   resource's.
    /// - Returns: nil for rows of which the server does not say how often it looks, or when it did.
    public init?(_ table: Table, interval: Double? = nil) {
        guard table.resource.tally == .devices, let status = table.resource.index(of: .status),
            let polled = table.resource.index(of: .lastPolled)
        else { return nil }
        let own = interval == nil ? table.resource.index(of: .pollInterval) : nil
        self.interval = interval ?? table.resource.pollInterval
        guard own != nil || self.interval != nil else { return nil }
        self.table = table
        statuses = WordValues(table, status) { DeviceStatus(rawValue: $0) }
        self.polled = polled
        self.own = own
    }

    /// Whether the server did not look at a device that is up for too long.
    ///
    /// - Parameter now: the moment by the server's clock.
    public func isLate(_ row: Int, at now: Timestamp) -> Bool {
        guard isUp(row), let at = polledAt(row) else { return false }
        return at &+ patience(row) < now.seconds
    }

    func isWatched(_ row: Int) -> Bool {
        switch statuses[row] {
        case .disabled, .ignored, .unmonitored: false
        default: true
        }
    }

    func isUp(_ row: Int) -> Bool {
        let word = statuses[row]
        return word == .up || word == .warning
    }

    func polledAt(_ row: Int) -> Int64? { table.integer(row, polled) }

    /// Whether it is said how often the server looks at a row, so that it should say when it did.
    func isPolled(_ row: Int) -> Bool { (ownInterval(row) ?? interval) != nil }

    private func ownInterval(_ row: Int) -> Double? {
        own.flatMap { table.integer(row, $0) }.map(Double.init)
    }

    /// Seconds without a look before a row is late: of rows that are read less often than the server looks, as many as
    /// between two readings.
    func patience(_ row: Int) -> Int64 {
        let reading = table.resource.quickInterval ?? table.resource.interval
        let seconds = max(ownInterval(row) ?? interval ?? 1e9, reading)
        return Int64(Polling.patience * max(1, min(seconds, 1e9)))
    }
}
