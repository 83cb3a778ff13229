public import Domain
public import Filter
public import Links

/// What was found over the rows of all servers.
public struct Linked: Sendable {
    /// What is linked.
    public let network: Network
    /// What stands for others that several servers see; nil where nothing does.
    public let doubles: Doubles?
    /// Tables of alerts that say more now than those that were looked at.
    public let tables: [Changed]

    /// Who is hit by all that is wrong.
    public let toll: Toll

    /// How many open alerts are there that were not when it was looked last.
    public let newAlerts: Int

    /// The impacts that were looked at, by what they are of.
    private let impacts: [EntityRef: Impact]

    /// A table in place of another one with the same rows.
    public struct Changed: Sendable {
        /// The revision of the other one.
        public let base: UInt64
        /// The table.
        public let table: Table

        /// Describes a table.
        public init(base: UInt64, _ table: Table) {
            self.base = base
            self.table = table
        }
    }

    /// Looks through the rows.
    ///
    /// Takes some tens of milliseconds for ten thousand rows that changed: for use off the main thread.
    ///
    /// - Parameters:
    ///   - earlier: what was found before, by the same settings; what did not change is not looked at again.
    ///   - settings: how it is linked.
    public init(_ request: LinkRequest, after earlier: Linked?, settings: LinkSettings = LinkSettings()) {
        let feeds = request.feeds
        network = (earlier?.network ?? settings.network()).updated(feeds)
        var toll = Toll()
        let isKnown = network.findings == earlier?.network.findings
        var impacts = isKnown ? earlier?.impacts ?? [:] : [:]
        // Most that changes are alerts and states, and what hangs on what stays.
        let isLike = network.hanging == earlier?.network.hanging
        let like = isLike && !isKnown ? earlier?.impacts ?? [:] : [:]
        tables = feeds.compactMap { [network] feed in
            guard feed.resource.tally == .alerts, let table = feed.table else { return nil }
            let made = network.withImpact(table, toll: &toll, known: &impacts, earlier: like)
            return made === table ? nil : Changed(base: table.revision, made)
        }
        if feeds.contains(where: { $0.resource.tally == .alerts && !$0.isTrustworthy }) {
            toll.mayMissAlerts()
        }
        self.impacts = impacts
        self.toll = toll
        newAlerts = earlier.map { Self.newAlerts(feeds, after: $0.network.feeds) } ?? 0
        if isKnown {
            doubles = earlier?.doubles
            return
        }
        var standIns: [EntityRef: EntityRef] = [:]
        for thing in network.things {
            // The one that says the worst stands for all: nothing is better than a server says.
            let first = network.worstState(of: thing)?.says ?? thing.first
            for member in thing.members where member != first { standIns[member] = first }
        }
        doubles = standIns == earlier?.doubles?.standIns ?? [:] ? earlier?.doubles : Doubles(standIns)
    }
}

extension Linked {
    /// A table of alerts with what was found last; other tables as they are.
    public func withImpact(_ table: Table) -> Table { network.withImpact(table, known: impacts) }

    /// The open alerts of servers that said all before; the first list of a server is no news, nor what an incomplete
    /// one had left out.
    private static func newAlerts(_ feeds: [Feed], after earlier: [Feed]) -> Int {
        feeds.reduce(0) { count, feed in
            guard feed.resource.tally == .alerts, let table = feed.table,
                let before = earlier.first(where: {
                    $0.isTrustworthy && $0.backend == feed.backend && $0.resource.kind == feed.resource.kind
                })?.table, before !== table
            else { return count }
            return count
                + table.refs.indices.count {
                    before.row(of: table.refs[$0]) == nil && AlertState(word: table.text($0, .state)).isOpen
                }
        }
    }
}

/// The rows of all servers that are to be looked through.
public struct LinkRequest: Sendable, Equatable {
    /// Each list of each server.
    public let feeds: [Feed]

    /// Asks for what is linked in some lists.
    public init(_ feeds: [Feed]) { self.feeds = feeds }

    /// Whether both are the same rows, believed as far.
    public static func == (a: LinkRequest, b: LinkRequest) -> Bool {
        a.feeds.elementsEqual(b.feeds) {
            $0.backend == $1.backend && $0.resource.kind == $1.resource.kind && $0.table == $1.table
                && $0.freshness == $1.freshness
        }
    }
}
