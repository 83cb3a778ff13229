/// The identity of an entity in words that hold over restarts and other processes: `EntityRef` holds in one only.
public struct EntityName: Hashable, Sendable, CustomStringConvertible {
    /// The name of the backend in the configuration.
    public var backend: String
    /// What it is.
    public var kind: ResourceKind
    /// The server's own id; of a backend itself, its name.
    public var id: String

    /// Names an entity.
    public init(backend: String, kind: ResourceKind, id: String) {
        self.backend = backend
        self.kind = kind
        self.id = id
    }

    /// Names an entity of this process by its backend's name.
    public init(_ entity: EntityRef, backend: String) {
        self.init(backend: backend, kind: entity.kind, id: entity.id)
    }

    /// As it is written on the command line: `core:device/17`.
    public var description: String { "\(backend):\(kind)/\(id)" }
}
