import Domain

/// Kinds of which two servers may see the same thing.
enum Family: Hashable, Sendable {
    /// Boxes, whatever a server calls them.
    case equipment
    /// One kind on all servers.
    case kind(ResourceKind)

    init(_ kind: ResourceKind) {
        switch kind {
        case .device, .aggregator, .bonder, .cpe: self = .equipment
        default: self = .kind(kind)
        }
    }

    /// Whether rows of it can be one thing with rows of another server: not what belongs to a server alone.
    var canBeShared: Bool {
        switch self {
        case .equipment, .kind(.port), .kind(.customer), .kind("pon"), .kind(.bond), .kind(.leg): true
        case .kind: false
        }
    }
}
