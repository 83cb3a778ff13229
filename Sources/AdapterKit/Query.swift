public import Domain

/// What is to be read.
public struct Query: Sendable, Hashable {
    /// The resource.
    public var kind: ResourceKind
    /// Entities to read first where each costs a request: what is on screen or in alerts.
    public var focus: [EntityRef]
    /// Which of its rows.
    public var scope: Scope
    /// Whether nobody asks a second time: what other lists or later refreshes would fill in is read now as well.
    public var isOnce: Bool

    /// Asks for rows of a resource, for all unless told otherwise.
    public init(
        _ kind: ResourceKind, focus: [EntityRef] = [], scope: Scope = .everything, isOnce: Bool = false
    ) {
        self.kind = kind
        self.focus = focus
        self.scope = scope
        self.isOnce = isOnce
    }

    /// Which rows of a resource are asked for.
    public enum Scope: Sendable, Hashable {
        /// All: what is missing from a complete answer is gone.
        case everything
        /// What changes often, with few requests; what is missing stays as it is. Only for resources with a
        /// `quickInterval`.
        case changes
        /// Some entities alone; one that the server does not know any more stays until the next whole answer.
        case only([EntityRef])
    }
}

/// Where an adapter puts rows as they arrive; may be called from any task.
public protocol SnapshotSink: Sendable {
    /// Takes a page of rows.
    func add(_ page: Table, covering: Coverage)
    /// Takes how far a long refresh has come, as in `ports of 310 of 10,000 devices`.
    func progress(_ words: String)
}
