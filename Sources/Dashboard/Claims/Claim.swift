public import Domain

/// That somebody of the team has taken a row on.
public struct Claim: Sendable, Hashable {
    /// The number of the claim.
    public var id: String
    /// The row.
    public var entity: EntityRef
    /// What it was called when it was claimed.
    public var name: String
    /// Who has it, and on which machine.
    public var owner: String, host: String
    /// What they wrote to it; empty for nothing.
    public var note: String
    /// When it was made, and when it ends by itself; nil for one that is given back.
    public var madeAt: Instant, endsAt: Instant?
    /// Whether it is this operator's own, from this machine.
    public var isMine: Bool
    /// Whether the team's store has it, so that others see it.
    public var isShared: Bool

    /// Describes a claim.
    public init(
        id: String, entity: EntityRef, name: String, owner: String, host: String, note: String,
        madeAt: Instant, endsAt: Instant?, isMine: Bool, isShared: Bool = true
    ) {
        self.id = id
        self.entity = entity
        self.name = name
        self.owner = owner
        self.host = host
        self.note = note
        self.madeAt = madeAt
        self.endsAt = endsAt
        self.isMine = isMine
        self.isShared = isShared
    }

    /// Who has it, with the machine.
    public var who: String { "\(owner)@\(host)" }

    /// Since when, until when, and what was written to it, as in `for 5m, 55m left · splicer on site`.
    public func words(now: Instant) -> String {
        let age = Quantity.age(Int64(max(0, now - madeAt)))
        let end = endsAt.map { "\(Quantity.age(Int64(max(0, $0 - now)))) left" } ?? "until it is given back"
        return "for \(age), \(end)" + (note.isEmpty ? "" : " · \(note)")
            + (isShared ? "" : " · not shared yet")
    }
}

/// All claims of the team that are about rows of this screen's servers.
public struct ClaimBook: Sendable, Hashable {
    /// The claims that hold, the first made first.
    public var claims: [Claim]
    /// Why claims of others may be missing or over; nil where all are known.
    public var problem: String?
    /// Why none can be made; nil where they can.
    public var refusal: String?

    /// Describes what is known.
    public init(claims: [Claim], problem: String? = nil, refusal: String? = nil) {
        self.claims = claims
        self.problem = problem
        self.refusal = refusal
    }
}

/// What the operator does to claims.
public enum ClaimDeed: Sendable, Hashable {
    /// Makes one on a row that is called so, for so many seconds; nil for until it is given back.
    case make(EntityRef, name: String, note: String, length: Double?)
    /// Gives one's own another note, and another end that is counted from now.
    case change(id: String, note: String, length: Double?)
    /// Gives one's own back, or ends another's that is taken over.
    case end(id: String)
}
