public import Domain

/// What of one reading of a list may be another than what was recorded.
public struct ListReading: Sendable, Equatable {
    /// Whose list.
    public var list: HistoryList
    /// How much of it is recorded.
    public var recording: ResourceDescriptor.Recording
    /// Whether all of it arrived.
    public var isComplete: Bool
    /// Whether rows that it lacked are still taken for being there: then nothing says when they were seen.
    public var hasDoubts = false
    /// How often it is read, in seconds.
    public var interval: Int64 = 60
    /// When it was asked for.
    public var startedAt: Timestamp
    /// When it had arrived.
    public var seenAt: Timestamp
    /// Whether this process read it whole before.
    public var wasWhole = false
    /// When this process read it whole and without doubts before; nil where it never did.
    public var lastComplete: Timestamp?
    /// The ids of which that reading could not say how they were.
    public var unsettled: Set<String> = []
    /// The file whose list is as this process knows it, as `Touched` named it; only in that one it is noted as read.
    public var epoch: Int64?
    /// The rows that may be others than recorded.
    public var rows: [Observation]
    /// The ids of rows that this process knew and a complete answer lacks.
    public var missing: [String]
    /// All ids that there are, where this process does not know which were recorded; whether all others are gone is for
    /// the next reading to say.
    public var present: Set<String>?
    /// The most changes that are recorded of it.
    public var most: Int
    /// Whether another process read it, and records what is in it.
    public var isTaken = false
    /// The ids of what another process was to record by now; what is still missing of them is recorded nevertheless.
    public var due: Set<String> = []

    /// Describes a reading.
    public init(
        _ list: HistoryList, recording: ResourceDescriptor.Recording, isComplete: Bool, startedAt: Timestamp,
        seenAt: Timestamp, lastComplete: Timestamp? = nil, rows: [Observation], missing: [String] = [],
        present: Set<String>? = nil, most: Int = .max
    ) {
        self.list = list
        self.recording = recording
        self.isComplete = isComplete
        self.startedAt = startedAt
        self.seenAt = seenAt
        self.lastComplete = lastComplete
        self.rows = rows
        self.missing = missing
        self.present = present
        self.most = most
    }
}

/// The state of an entity as a row has it; these are all the fields that are ever stored.
public struct Observation: Sendable, Hashable {
    /// The server's own id.
    public var id: String
    /// What it is called, which device it belongs to, and where it is; cleaned.
    public var name: String, device: String, site: String
    /// The state word.
    public var state: String
    /// How bad that is.
    public var severity: Severity
    /// What people wrote to it.
    public var note: String
    /// Since when the server says that it is so; nil where it does not say.
    public var since: Timestamp?
    /// The state word that this process saw before; nil where it saw none.
    public var before: String?

    /// Describes a state.
    public init(
        id: String, name: String, device: String = "", site: String = "", state: String,
        severity: Severity = .unknown, note: String = "", since: Timestamp? = nil, before: String? = nil
    ) {
        self.id = id
        self.name = name
        self.device = device
        self.site = site
        self.state = state
        self.severity = severity
        self.note = note
        self.since = since
        self.before = before
    }
}

/// What was recorded of an entity last.
package struct KnownState: Sendable, Hashable {
    /// What it was called, the device that it belonged to, and where it was.
    package var name: String, device: String, site: String
    /// The state word.
    package var state: String
    /// How bad that was.
    package var severity: Severity
    /// What people had written to it.
    package var note: String
    /// The time that the server named then.
    package var said: Timestamp?
    /// When it was seen so first.
    package var seenAt: Timestamp

    /// Describes what was recorded.
    package init(
        name: String, device: String, site: String, state: String, severity: Severity, note: String,
        said: Timestamp?, seenAt: Timestamp
    ) {
        (self.name, self.device, self.site) = (name, device, site)
        (self.state, self.severity, self.note) = (state, severity, note)
        (self.said, self.seenAt) = (said, seenAt)
    }

    /// Whether it was no more.
    var isOver: Bool { Judgement.isOver(state) }
}
