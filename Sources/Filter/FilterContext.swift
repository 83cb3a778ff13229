public import Domain

/// What a filter needs to know beyond the rows.
public struct FilterContext: Sendable, Equatable {
    /// What ages are counted from.
    public var now: Timestamp
    /// The names of the backends, by their place in the configuration.
    public var backends: [String]
    /// Sets of entities by name: what `is:marked` means.
    public var sets: [String: Set<EntityRef>]

    /// Makes a context.
    public init(now: Timestamp, backends: [String] = [], sets: [String: Set<EntityRef>] = [:]) {
        self.now = now
        self.backends = backends
        self.sets = sets
    }
}
