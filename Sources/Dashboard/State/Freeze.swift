public import Domain

/// A table that stays as it was while data goes on arriving.
public struct Freeze: Sendable {
    /// When it was frozen, by the clock that ages count to.
    public let at: Instant
    /// The same on the wall clock: what the ages of its rows are counted from.
    public let wall: Timestamp
    /// Its rows as they were, of all backends.
    let tables: [Table]
}
