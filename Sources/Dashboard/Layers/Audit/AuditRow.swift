public import Domain

/// One record of the audit log as the screen shows it.
public struct AuditRow: Sendable, Hashable {
    /// So many records are read at once for a screen, the newest.
    public static let most = 1_000

    /// The record's number.
    public var id: String
    /// When it was written.
    public var time: Timestamp
    /// Who did it, and from where.
    public var who: String
    /// What was done: the command and its backend.
    public var what: String
    /// To what, by name.
    public var targets: [String]
    /// The same by names that hold over restarts; empty where the record does not say them.
    public var entities: [EntityName]
    /// What became of it, per entity, or that it is not known.
    public var results: [Result]
    /// Everything else that the record holds, line by line.
    public var lines: [String]
    /// Whether what became of it is not known, so that a check is offered.
    public var isUnknown: Bool
    /// Whether a look may still tell what became of it.
    public var isOpen: Bool
    /// Whether no result is recorded and one may still come.
    var isRunning: Bool { results.isEmpty && !isUnknown }
    /// The worst of what became of it, or that it is not known.
    var outcome: Outcome.State { isUnknown ? .unknown : AuditPicture.worst(results) }
    /// The same in a word, as in `verified`; `running` where no result is recorded and one may still come.
    var outcomeWord: String { isRunning ? "running" : outcome.rawValue }
    /// Whether it is this operator's own.
    public var isMine = true
    /// What would put it back; nil when the record says nothing, or its backend is not configured any more.
    public var undo: Command?

    /// Makes an entry.
    public init(
        id: String, time: Timestamp, who: String, what: String, targets: [String], results: [Result],
        lines: [String], isUnknown: Bool, isOpen: Bool? = nil, undo: Command? = nil,
        entities: [EntityName] = []
    ) {
        self.entities = entities
        self.id = id
        self.time = time
        self.who = who
        self.what = what
        self.targets = targets
        self.results = results
        self.lines = lines
        self.isUnknown = isUnknown
        self.isOpen = isOpen ?? isUnknown
        self.undo = undo
    }

    /// What became of a command for one entity.
    public struct Result: Sendable, Hashable {
        /// What is known.
        public var state: Outcome.State
        /// The same in words.
        public var words: String
        /// Makes a result.
        public init(_ state: Outcome.State, _ words: String) {
            self.state = state
            self.words = words
        }
    }
}
