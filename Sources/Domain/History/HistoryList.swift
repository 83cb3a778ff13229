/// One list of one backend, by names that hold over restarts.
public struct HistoryList: Hashable, Sendable {
    /// The name of the backend in the configuration.
    public var backend: String
    /// What it lists.
    public var kind: ResourceKind

    /// Names a list.
    public init(backend: String, kind: ResourceKind) {
        self.backend = backend
        self.kind = kind
    }
}
