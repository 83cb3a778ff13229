public import Domain

/// The rows of one resource of one backend, and how far they can be believed.
///
/// A resource that a backend offers and that was never read is a feed as well: what it would say is not known.
public struct Feed: Sendable {
    /// What its rows are.
    public let resource: ResourceDescriptor
    /// Where they come from.
    public let backend: BackendID
    /// The last rows; nil where none ever arrived.
    public let table: Table?
    /// How far they can be believed now.
    public let freshness: Freshness

    /// Describes a feed whose rows arrived.
    public init(_ table: Table, _ freshness: Freshness = .fresh) {
        resource = table.resource
        backend = table.backend
        self.table = table
        self.freshness = freshness
    }

    /// Describes a feed that may have no rows yet.
    public init(_ resource: ResourceDescriptor, _ backend: BackendID, _ table: Table?, _ freshness: Freshness)
    {
        self.resource = resource
        self.backend = backend
        self.table = table
        self.freshness = table == nil ? max(freshness, .asking) : freshness
    }

    /// Whether it says all that there is.
    public var isTrustworthy: Bool { table != nil && freshness.isTrustworthy }
}
