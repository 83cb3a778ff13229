public import Domain

/// A table that stays as it was while new data arrives.
public struct Freeze: Sendable {
    /// When it was frozen, by the clock that ages count to.
    public let at: Instant
    /// The same on the wall clock: what the ages of its rows are counted from.
    public let wall: Timestamp
    /// Its rows as they were, of all backends.
    let tables: [Table]
}

/// What a table holds while rows arrive: its rows as they were, or the cursor in the first row.
struct Hold: Sendable {
    /// The rows as they were; nil while they are up to date.
    private(set) var frozen: Freeze?
    /// Whether the cursor stays in the first row.
    private(set) var isFollowing = false
    /// When the cursor last came on another entity by itself.
    private(set) var followedAt: Instant?

    /// Keeps rows as they are; nil brings them up to date again.
    mutating func freeze(_ rows: Freeze?) { frozen = rows }

    /// Keeps the cursor in the first row.
    mutating func follow() { isFollowing = true }

    /// Leaves the cursor where it is: the operator put it there.
    mutating func endFollowing() {
        isFollowing = false
        followedAt = nil
    }

    /// Another entity came under a cursor that follows, or that kept its line.
    mutating func followed(at now: Instant) { followedAt = now }
}

extension PaneState {
    /// Since when the rows stay as they are; nil while they are up to date.
    public var frozen: Freeze? { hold.frozen }

    /// Whether the cursor stays in the first row while rows arrive.
    public var isFollowing: Bool { hold.isFollowing }
}
