public import Domain

/// That somebody has a row, as a handoff says it: by names and times that hold elsewhere.
public struct HandedClaim: Sendable, Hashable {
    /// The row.
    public var entity: EntityName
    /// What it was called.
    public var name: String
    /// Who has it.
    public var who: String
    /// What they wrote to it.
    public var note: String
    /// Since when, and until when; nil for until it is given back.
    public var since: Timestamp, until: Timestamp?

    /// Takes over a claim.
    ///
    /// - Parameters:
    ///   - backend: the name of its server.
    ///   - now: the moment, by the clock that the claim is kept by, and what the wall clock says then.
    public init(_ claim: Claim, backend: String, now: Instant, wall: Timestamp) {
        func moment(_ instant: Instant) -> Timestamp {
            Timestamp(wall.seconds + Int64((instant - now).rounded()))
        }
        entity = EntityName(claim.entity, backend: backend)
        name = claim.name
        who = claim.who + (claim.isShared ? "" : " (not shared yet)")
        note = claim.note
        since = moment(claim.madeAt)
        until = claim.endsAt.map(moment)
    }
}
