public import Domain

/// One command of the log with what became of it.
///
/// All texts are cleaned: a shared log holds what others wrote.
public struct AuditEntry: Sendable, Hashable, Identifiable {
    /// The record's number.
    public var id: String
    /// When it was recorded, just before it was sent.
    public var time: Timestamp
    /// Who sent it, from which machine and, by SSH, from where.
    public var user: String, host: String, client: String?
    /// The process that sent it.
    public var process: Int32
    /// The name of the backend.
    public var backend: String
    /// Where the server is, by a name that all screens of a team have for it; empty where the record does not say it.
    public var server = ""
    /// What was done.
    public var command: CommandKind
    /// What it asked before it was sent.
    public var tier: Tier?
    /// To what, and with which outcome.
    public var targets: [Target]
    /// The form as it was filled in, without secrets.
    public var arguments: [Argument]
    /// What was sent.
    public var requests: [Request]
    /// What would put it back; nil when nothing is known to.
    public var undo: Undo?
    /// How far it came.
    public var state: State
    /// When the last result was recorded.
    public var finishedAt: Timestamp?

    /// How far a command came.
    public enum State: String, Sendable, Hashable {
        /// Its process lives and has not recorded a result yet.
        case running
        /// A result is recorded; the targets say which.
        case finished
        /// No result was recorded and none will be: it may have happened.
        case unknown
    }

    /// One entity of a command.
    public struct Target: Sendable, Hashable {
        /// The kind, the server's id and the name at that time.
        public var kind: String, id: String, name: String
        /// What became of it; nil while the command is running.
        public var outcome: Outcome.State?
        /// The same in words.
        public var words: String
        /// Whether it is unknown and was looked for so late that another look is not expected to tell more.
        public var isSettled = false
    }

    /// One answer of a form.
    public struct Argument: Sendable, Hashable {
        /// The field's key and what was filled in.
        public var key: String, value: String
    }

    /// One request as it was shown.
    public struct Request: Sendable, Hashable {
        /// The method, the address and the body without secrets.
        public var method: String, url: String, body: String?
    }

    /// The command that would put another one back, with the old values.
    public struct Undo: Sendable, Hashable {
        /// What to do.
        public var command: CommandKind
        /// To what, by kind and the server's id.
        public var targets: [Entity]
        /// The values that held before, as they were: several lines, and not cleaned for a screen.
        public var arguments: [FieldKey: Value]

        /// A kind and the server's id.
        public struct Entity: Sendable, Hashable {
            /// What it is.
            public var kind: String
            /// The server's own id.
            public var id: String
        }
    }

    /// Whether any of it may have happened: the offer to check applies.
    public var isUnknown: Bool { targets.contains { $0.outcome == .unknown } || state == .unknown }

    /// Whether any of it is unknown and a look may still tell.
    public var isOpen: Bool {
        state == .unknown || targets.contains { $0.outcome == .unknown && !$0.isSettled }
    }

    /// The entity's outcome in this command; nil when it was no target or is still running.
    public func target(kind: ResourceKind, id: String) -> Target? {
        targets.first { $0.id == id && $0.kind == kind.rawValue }
    }
}
