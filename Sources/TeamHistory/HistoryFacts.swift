public import Domain

/// What is in a team's history, of all its servers.
public struct HistoryFacts: Sendable, Hashable {
    /// How many changes there are, and of how many entities the state is known.
    public var changes: Int64 = 0, entities: Int64 = 0
    /// How many bytes its tables have in the database.
    public var bytes: Int64 = 0
    /// When recording began, or the oldest that is kept.
    public var begins: Timestamp?
    /// Of how many entities values are recorded, and how many bytes those have.
    public var sampled: Int64 = 0, sampleBytes: Int64 = 0
    /// When the oldest value was measured, to the day where it was thinned.
    public var measuredSince: Timestamp?
    /// How many servers it is of, each account counted by itself.
    public var sources: Int64 = 0
    /// For how many days it is kept, and how many bytes it may have.
    public var days: Int64 = 0, limit: Int64 = 0
}
