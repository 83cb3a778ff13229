public import Domain

/// What one shift hands over to the next: what is wrong, who has it, what was done, and what is over.
///
/// A value without a screen: the page, the command line, Markdown and JSON say the same.
public struct Handoff: Sendable, Hashable {
    /// From when on.
    public var since: Timestamp
    /// Until when: when it was made.
    public var until: Timestamp
    /// Alerts that nobody took, the worst first.
    public var open: [Item] = []
    /// Alerts that somebody took.
    public var acknowledged: [Item] = []
    /// Rows that somebody of the team has, whatever they are, the first claimed first.
    public var claimed: [Item] = []
    /// Rows that are hidden on this operator's screen, whatever they are.
    public var snoozed: [Item] = []
    /// The commands that were sent, the first first.
    public var done: [Deed] = []
    /// What was wrong and is over, the latest first.
    public var recovered: [Item] = []
    /// Backends that did not answer for a while, the latest first.
    public var lost: [Item] = []
    /// What may be missing from any of it, in words.
    public var remarks: [String] = []
    /// What of it was read whole.
    public var known = Known()

    /// What a handoff is made of, and whether all of it could be read.
    public struct Known: Sendable, Hashable {
        /// The alerts of every server, as they are now.
        public var alerts = true
        /// The commands of the whole time.
        public var commands = true
        /// What was recorded of the whole time.
        public var history = true
    }

    /// One thing that is or was wrong.
    public struct Item: Sendable, Hashable {
        /// What it is, by names that hold elsewhere.
        public var entity: EntityName
        /// How bad it is, or was.
        public var severity: Severity
        /// What it is called, and the device that it belongs to; empty where it belongs to none.
        public var name: String, device: String
        /// The state word.
        public var state: String
        /// Since when it is so; of what is over, when it ended; nil where nobody says.
        public var since: Timestamp?
        /// How long it was so, in seconds, where it is over; nil where that is not known.
        public var seconds: Int64?
        /// Whether it ended at an unknown moment before that, so that it was not as long either.
        public var isAtMost = false
        /// How often it was so in the time.
        public var times = 1
        /// Who has it: by their claim, else as far as the audit log says.
        public var owner: String
        /// What people wrote to it.
        public var note: String
        /// Who is hit; empty where that is not known.
        public var impact: String
        /// When it is shown, or asked about, again, in words; empty where nothing ends.
        public var end: String

        /// Describes a thing.
        public init(
            _ entity: EntityName, _ severity: Severity, name: String, device: String = "", state: String,
            since: Timestamp? = nil, seconds: Int64? = nil, owner: String = "", note: String = "",
            impact: String = "", end: String = ""
        ) {
            self.entity = entity
            self.severity = severity
            self.name = name
            self.device = device
            self.state = state
            self.since = since
            self.seconds = seconds
            self.owner = owner
            self.note = note
            self.impact = impact
            self.end = end
        }
    }

    /// One command and what became of it.
    public struct Deed: Sendable, Hashable {
        /// When it was sent.
        public var time: Timestamp
        /// What it was, and the backend: `restart-bond on bonds`.
        public var what: String
        /// Who sent it.
        public var who: String
        /// To what, by name.
        public var targets: [String]
        /// What became of it, such as `verified`, `unknown` or `running`.
        public var result: String
        /// The same in words, per target.
        public var words: [String]
    }
}

/// What a handoff is made of.
public struct HandoffSource: Sendable {
    /// The alerts of each backend, with the backend's name.
    public var tables: [(backend: String, table: Table)]
    /// Whether these are all alerts of all servers, as they are now.
    public var areAlertsWhole: Bool
    /// The servers that do not answer now.
    public var silent: Set<String>
    /// What was recorded in the time, or why that can't be read; nil where no history is kept.
    public var recollection: Result<Recollection, BackendError>?
    /// The audit log, in any order; or why it can't be read.
    public var commands: Result<[AuditRow], BackendError>
    /// Whether the commands of the whole time are among them.
    public var areCommandsWhole: Bool
    /// Who of the team has which rows.
    public var claims: [HandedClaim] = []
    /// What is hidden on this operator's screen.
    public var snoozes: [Snooze]
    /// What may be missing, in words, such as a backend that does not answer.
    public var remarks: [String]
    /// From when on, and now.
    public var since: Timestamp, now: Timestamp
    /// Seconds that local time is east of UTC.
    public var zone: Int

    /// Describes what there is.
    public init(
        tables: [(backend: String, table: Table)], areAlertsWhole: Bool = true, silent: Set<String> = [],
        recollection: Result<Recollection, BackendError>?, commands: Result<[AuditRow], BackendError>,
        areCommandsWhole: Bool = true, snoozes: [Snooze] = [], remarks: [String] = [], since: Timestamp,
        now: Timestamp, zone: Int
    ) {
        self.tables = tables
        self.areAlertsWhole = areAlertsWhole
        self.silent = silent
        self.recollection = recollection
        self.commands = commands
        self.areCommandsWhole = areCommandsWhole
        self.snoozes = snoozes
        self.remarks = remarks
        self.since = since
        self.now = now
        self.zone = zone
    }
}
