/// One change of the state of an entity, as nocturne saw it.
///
/// What is absent is not known: no moment and no state is ever made up.
public struct StateChange: Hashable, Sendable {
    /// Whose state changed.
    public var entity: EntityName
    /// What it was called then, cleaned.
    public var name: String
    /// The device that it belongs to, by name; empty where it belongs to none or is one.
    public var device: String
    /// Where it is; empty where no server says.
    public var site: String
    /// The state word before; nil where the entity was not there, or was seen for the first time.
    public var before: String?
    /// The state word after, such as `down`, `acknowledged`, `cleared`, or `gone` of what a server lists no more.
    public var after: String
    /// How bad it is after; of what is over, how bad it was.
    public var severity: Severity
    /// How bad it was before; nil where that is not known.
    public var severityBefore: Severity?
    /// When the server says that it happened; nil where it does not say.
    public var saidAt: Timestamp?
    /// When the state before was seen last; nil where it never was.
    ///
    /// It happened between this and `seenAt`.
    public var lastSeenBefore: Timestamp?
    /// When nocturne saw the state after.
    public var seenAt: Timestamp
    /// What people wrote to it by then, cleaned; empty for nothing.
    public var note: String
    /// Where it stands among all that was recorded; 0 before it is.
    public var place: Int64

    /// Describes a change.
    public init(
        _ entity: EntityName, name: String, device: String = "", site: String = "", before: String?,
        after: String, severity: Severity = .unknown, severityBefore: Severity? = nil,
        saidAt: Timestamp? = nil, lastSeenBefore: Timestamp? = nil, seenAt: Timestamp, note: String = "",
        place: Int64 = 0
    ) {
        self.entity = entity
        self.name = name
        self.device = device
        self.site = site
        self.before = before
        self.after = after
        self.severity = severity
        self.severityBefore = severityBefore
        self.saidAt = saidAt
        self.lastSeenBefore = lastSeenBefore
        self.seenAt = seenAt
        self.note = note
        self.place = place
    }

    /// The state word of an entity that its server lists no more.
    public static let gone = "gone"
    /// The id that stands for several entities of a kind, whose changes were too many to be recorded one by one.
    public static let several = "*"
    /// What became of those: one word for all of them.
    public static let changed = "changed"

    /// When it happened, as well as that is known: what the server says, or else when it was seen.
    public var time: Timestamp { saidAt ?? seenAt }
}
