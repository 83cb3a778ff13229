public import Domain

/// Where changes of state, and what was measured, are kept: SQLite stands behind it, or the PostgreSQL
/// that a team shares.
///
/// Every call may wait for a disk or another process: call it off the main thread. What a call throws was not written.
public protocol HistoryStore: Sendable {
    /// Whether all who share what they read record into it, so that each reading is recorded by who made it.
    var isShared: Bool { get }
    /// What others recorded since this was asked last, where nobody else says so; each once.
    func news() -> [StateChange]
    /// Which entities of a list were recorded behind a place, by whichever process, and the last place of all; without a
    /// place only that.
    func touched(_ list: HistoryList, after place: Int64?) throws(HistoryError) -> Touched
    /// Records what of a reading of a list is another than what was recorded of it last, in one transaction.
    func record(_ reading: ListReading) throws(HistoryError) -> Recorded
    /// Records changes that no list shows, but those of which the same was recorded last.
    ///
    /// - Returns: what was recorded, with its place.
    func record(_ changes: [StateChange]) throws(HistoryError) -> [StateChange]
    /// Notes when lists were last read whole without a change; nothing where the file was begun again since they were.
    ///
    /// - Parameter epoch: that of the file that knows what is in them.
    func saw(_ readings: [HistoryList: WholeReading], epoch: Int64) throws(HistoryError)
    /// Notes that the operator looked at a moment; the latest one stands.
    func setLooked(_ moment: Timestamp) throws(HistoryError)
    /// What was recorded, as far as it is asked for.
    func recall(_ query: HistoryQuery) throws(HistoryError) -> Recollection
    /// What was recorded of the way to another moment; nil where nothing was recorded at all.
    func travel(_ query: PastQuery) throws(HistoryError) -> PastFindings?
    /// How the entities of lists were recorded last, of those lists that are recorded whole.
    func last(_ lists: Set<HistoryList>) throws(HistoryError) -> [HistoryList: LastRows]
    /// Records what a list has measured, in one transaction; nothing where that was recorded shortly before.
    func record(_ reading: SampleReading) throws(HistoryError)
    /// What was measured of an entity, as far as it is asked for.
    func recall(_ query: SampleQuery) throws(HistoryError) -> StoredSamples
    /// The last readings of a list before a moment, not thinned.
    func polls(
        _ list: HistoryList, since: Timestamp, until: Timestamp, most: Int
    ) throws(HistoryError) -> StoredPolls
    /// Removes a little of what is older, or more, than is to be kept; whether there is more of it.
    func trim(at now: Timestamp) throws(HistoryError) -> Bool
    /// What happened to the store that an operator must know, each once; asking takes it away.
    func notices() -> [String]
}

extension HistoryStore {
    /// A store of its own is shared with no team.
    public var isShared: Bool { false }
    /// What other processes record in a store of its own is told by their readings.
    public func news() -> [StateChange] { [] }
}

/// What was recorded since a place.
public struct Touched: Sendable, Equatable {
    /// The ids of what was recorded of a list.
    public var ids: Set<String>
    /// The last place of all lists.
    public var place: Int64
    /// A number that each file got when it was begun: with another one nothing is known of what was recorded before.
    public var epoch: Int64

    /// Describes what was recorded.
    public init(ids: Set<String> = [], place: Int64 = 0, epoch: Int64 = 0) {
        self.ids = ids
        self.place = place
        self.epoch = epoch
    }
}

/// What became of a reading.
public struct Recorded: Sendable, Equatable {
    /// What changed, with places; also what another process recorded first.
    public var changes: [StateChange]
    /// The ids of which nothing can be said yet: another process read them while this reading was under way.
    public var unsettled: Set<String>
    /// The ids that are left to the process that read them.
    public var deferred: Set<String> = []

    /// Describes what became of a reading.
    public init(changes: [StateChange] = [], unsettled: Set<String> = []) {
        self.changes = changes
        self.unsettled = unsettled
    }
}

/// How the entities of a list were recorded last.
public struct LastRows: Sendable, Hashable {
    /// When it was read whole last.
    public var readAt: Timestamp
    /// By the server's own id.
    public var states: [String: PastState]

    /// Describes a list.
    public init(readAt: Timestamp, states: [String: PastState] = [:]) {
        self.readAt = readAt
        self.states = states
    }
}

/// That a list was read whole.
public struct WholeReading: Sendable, Hashable {
    /// When.
    public var at: Timestamp
    /// How often it is read, in seconds.
    public var interval: Int64

    /// Describes a reading.
    public init(at: Timestamp, interval: Int64) {
        self.at = at
        self.interval = interval
    }
}
