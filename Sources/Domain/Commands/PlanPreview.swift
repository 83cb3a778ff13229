/// A plan's number within the process.
public struct PlanID: Hashable, Sendable {
    /// The number.
    public let number: Int
    /// Makes an identifier.
    public init(_ number: Int) { self.number = number }
}

/// What will be sent, as dialogs, dry run and audit show it: no secrets.
public struct PlanPreview: Sendable, Hashable {
    /// What it will do in words, a line each.
    public var summary: [String]
    /// What it will cost others; empty when nothing.
    public var warnings: [String]
    /// The entities that something will be sent for, in order.
    public var targets: [Target]
    /// The entities that nothing will be sent for, with the reason.
    public var excluded: [Target]
    /// The requests in order.
    public var requests: [Request]
    /// What it asks, raised by what was read.
    public var tier: Tier
    /// What it changes of an entity, value by value, for old and new to be shown below each other.
    public var changes: [Change] = []
    /// The command that would put everything back, with the old values and no secrets; the record keeps it.
    public var undo: Command?

    /// Makes a preview.
    public init(
        summary: [String], warnings: [String] = [], targets: [Target], excluded: [Target] = [],
        requests: [Request], tier: Tier
    ) {
        self.summary = summary
        self.warnings = warnings
        self.targets = targets
        self.excluded = excluded
        self.requests = requests
        self.tier = tier
    }

    /// One entity of a plan.
    public struct Target: Sendable, Hashable {
        /// The entity.
        public var entity: EntityRef
        /// What it is called.
        public var name: String
        /// What was read about it, or why it is left out.
        public var words: String
        /// What the operator types to confirm it: its name, or its kind and id.
        ///
        /// A name of blanks alone would be confirmed by nobody, or by accident.
        public var confirmation: String { name.allSatisfy(\.isWhitespace) ? entity.description : name }
        /// Makes a target.
        public init(_ entity: EntityRef, name: String, words: String) {
            self.entity = entity
            self.name = name
            self.words = words
        }
    }

    /// One request of a plan.
    public struct Request: Sendable, Hashable {
        /// The entity that it is for.
        public var entity: EntityRef
        /// The method.
        public var method: String
        /// The full address.
        public var url: String
        /// The body without secrets.
        public var body: String?
        /// Makes a request.
        public init(entity: EntityRef, method: String, url: String, body: String?) {
            self.entity = entity
            self.method = method
            self.url = url
            self.body = body
        }
    }
}

/// What became of a command for one entity.
public struct Outcome: Sendable, Hashable {
    /// The entity.
    public var entity: EntityRef
    /// What is known.
    public var state: State
    /// The same in words for the operator.
    public var words: String
    /// Whether another look is not expected to tell more: only of what is unknown is that a question.
    public var isSettled: Bool

    /// Makes an outcome.
    public init(_ entity: EntityRef, _ state: State, _ words: String, isSettled: Bool? = nil) {
        self.entity = entity
        self.state = state
        self.words = words
        self.isSettled = isSettled ?? (state != .unknown)
    }

    /// What is known of a command.
    public enum State: String, Sendable, Hashable {
        /// Nothing was sent, and nothing had to be.
        case skipped
        /// Evidence read after sending shows it.
        case verified
        /// The server took it; no evidence yet.
        case accepted
        /// It did not happen.
        case failed
        /// It left and no answer came: it may have happened.
        case unknown
    }
}
