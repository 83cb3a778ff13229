public import Domain

/// One reading of one list as it arrived.
public struct TableReading: Sendable {
    /// The name of the backend in the configuration.
    public var backend: String
    /// The rows.
    public var table: Table
    /// Whether the answer was complete: only then is something gone that it lacks.
    public var isComplete: Bool
    /// How many rows it lacked and the table kept: the next answer decides, and nobody saw them in this one.
    public var doubts: Int
    /// When it was asked for.
    public var startedAt: Timestamp
    /// When it had arrived.
    public var seenAt: Timestamp
    /// How often the list is read, in seconds.
    public var interval: Int64
    /// The other tables of the same backend, to find where a device is.
    public var related: [Table]

    /// Whether another process of a team read it: then that one records it, where they record into the same store.
    public var isTaken = false

    /// Describes a reading.
    public init(
        backend: String, table: Table, isComplete: Bool, doubts: Int = 0, startedAt: Timestamp,
        seenAt: Timestamp, interval: Int64? = nil, related: [Table] = []
    ) {
        self.interval = interval ?? Int64(table.resource.interval)
        self.backend = backend
        self.table = table
        self.isComplete = isComplete
        self.doubts = doubts
        self.startedAt = startedAt
        self.seenAt = seenAt
        self.related = related
    }
}
