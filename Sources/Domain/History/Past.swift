/// A way from one recorded moment to another.
public struct PastQuery: Hashable, Sendable {
    /// Where to.
    public enum Step: Hashable, Sendable {
        /// To the reading with changes before this one.
        case earlier
        /// To the next reading with changes.
        case later
        /// To a moment: what was seen by then.
        case moment(Timestamp)
    }

    /// Where to.
    public var step: Step
    /// The place of the last change that was seen by the moment that one comes from; nil comes from now.
    public var place: Int64?
    /// The moment that one comes from, which may be later than that change.
    public var time: Timestamp?
    /// The place of the last change of all that was taken into account so far.
    public var last: Int64
    /// Lists of which all rows are recorded; asked for where one comes from now.
    public var lists: Set<HistoryList>

    /// Describes a way.
    public init(
        _ step: Step, from place: Int64? = nil, at time: Timestamp? = nil, last: Int64 = 0,
        lists: Set<HistoryList> = []
    ) {
        self.step = step
        self.place = place
        self.time = time
        self.last = last
        self.lists = lists
    }
}

/// What was recorded of a way through the past.
public struct PastFindings: Hashable, Sendable {
    /// The place of the last change that was seen by the moment.
    public var place: Int64
    /// The moment.
    public var time: Timestamp
    /// What changed in the reading that the moment is of, the first first; empty where it is between two.
    public var changes: [StateChange]
    /// Whether nothing that is kept is earlier.
    public var isOldest: Bool
    /// Whether nothing that was recorded is later.
    public var isNow: Bool
    /// How entities were then whose state may be another than where one comes from.
    public var states: [EntityName: PastState]
    /// The place of the last change of all.
    public var last: Int64
    /// When recording began, or the oldest that is kept; nil where nothing is.
    public var begins: Timestamp?
    /// Lists that were being read at the moment: all that was seen of them is recorded.
    public var read: Set<HistoryList>
    /// When others were not read around it, of those of which that is recorded.
    public var unread: [HistoryList: Unread]
    /// How the rows of the lists that were asked for are now, as they are recorded.
    public var now: [HistoryList: [String: PastState]] = [:]
    /// Lists of which more changed since than was recorded one by one.
    public var omitted: Set<HistoryList>

    /// A time in which a list was not read.
    public struct Unread: Hashable, Sendable {
        /// When it was read last before; nil where it never was.
        public var since: Timestamp?
        /// When it was read again; nil where it was not.
        public var until: Timestamp?

        /// Describes such a time.
        public init(since: Timestamp?, until: Timestamp?) {
            self.since = since
            self.until = until
        }
    }

    /// Describes what was recorded.
    public init(
        place: Int64, time: Timestamp, changes: [StateChange] = [], isOldest: Bool = false,
        isNow: Bool = false,
        states: [EntityName: PastState] = [:], last: Int64, begins: Timestamp? = nil,
        read: Set<HistoryList> = [], unread: [HistoryList: Unread] = [:], omitted: Set<HistoryList> = []
    ) {
        self.place = place
        self.time = time
        self.changes = changes
        self.isOldest = isOldest
        self.isNow = isNow
        self.states = states
        self.last = last
        self.begins = begins
        self.read = read
        self.unread = unread
        self.omitted = omitted
    }
}

/// How an entity was at an earlier moment, as far as it was recorded.
public struct PastState: Hashable, Sendable {
    /// The state word; nil where the entity was not there.
    public var word: String?
    /// How bad that was; nil where nobody recorded it.
    public var severity: Severity?
    /// Since when it was so; nil where that is not recorded.
    public var since: Timestamp?
    /// What it was called, the device that it belongs to, where it is, and what people wrote to it.
    public var name: String, device: String, site: String, note: String

    /// How it is recorded to be.
    public init(
        word: String?, severity: Severity?, since: Timestamp?, name: String, device: String = "",
        site: String = "", note: String = ""
    ) {
        self.word = word
        self.severity = severity
        self.since = since
        (self.name, self.device, self.site, self.note) = (name, device, site, note)
    }

    /// How it was since a change until the next.
    public init(since change: StateChange) {
        let isOver = change.after == StateChange.gone || change.after == AlertState.cleared.rawValue
        word = isOver ? nil : change.after
        severity = change.severity
        since = change.time
        (name, device, site, note) = (change.name, change.device, change.site, change.note)
    }

    /// How it was until a change of which none before is recorded.
    public init(until change: StateChange) {
        word = change.before
        if change.before == AlertState.cleared.rawValue || change.before == StateChange.gone { word = nil }
        severity = change.severityBefore
        (name, device, site, note) = (change.name, change.device, change.site, "")
    }
}
