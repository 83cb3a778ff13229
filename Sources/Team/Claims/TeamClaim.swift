/// That somebody has taken something on, as all of a team see it.
public struct TeamClaim: Sendable, Hashable {
    /// The number of the claim, made by whoever made it.
    public var id: String
    /// Where the server is, what the entity is, and the server's own id.
    public var server: String, kind: String, entity: String
    /// What it was called.
    public var name: String
    /// Who has it, and on which machine.
    public var owner: String, host: String
    /// What they wrote to it; empty for nothing.
    public var note: String
    /// The moment of this machine's boot-time clock at which it was made, and at which it ends by itself, in nanoseconds;
    /// nil for one that does not.
    public var madeAt: Int64, endsAt: Int64?
    /// Whether the team's store has it.
    public var isShared: Bool

    /// Describes a claim.
    public init(
        id: String, server: String, kind: String, entity: String, name: String, owner: String, host: String,
        note: String, madeAt: Int64, endsAt: Int64?, isShared: Bool
    ) {
        self.id = id
        self.server = server
        self.kind = kind
        self.entity = entity
        self.name = name
        self.owner = owner
        self.host = host
        self.note = note
        self.madeAt = madeAt
        self.endsAt = endsAt
        self.isShared = isShared
    }
}

/// What is known of a team's claims.
public struct TeamClaims: Sendable, Hashable {
    /// The claims that hold, the first made first.
    public var claims: [TeamClaim]
    /// Why claims of others may be missing or over; nil where all are known.
    public var problem: String?
    /// Whether this account may make any; nil while that is not known.
    public var mayClaim: Bool?
}

/// What an operator wants of claims.
public enum ClaimOrder: Sendable, Hashable {
    /// Makes one: the number is new, the length is in seconds, nil for until it is given back.
    case make(
        id: String, server: String, kind: String, entity: String, name: String, note: String, length: Double?)
    /// Gives one's own another note and another end, counted from now.
    case change(id: String, note: String, length: Double?)
    /// Ends one: gives one's own back, or takes another's over.
    case end(id: String)
}
