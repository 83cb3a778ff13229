import Domain

/// For each kind what feeds the number of it that hangs on another kind: only where all of that is fresh and complete
/// is a number more than the least.
struct Trust: Sendable {
    private var places: [ResourceKind: Int] = [:]
    /// The kinds that can hang on each kind, itself among them, as bits.
    private var below: [UInt64] = []
    /// The kinds that each kind can hang on, itself among them.
    private var above: [UInt64] = []
    /// The kinds of which some server does not say all.
    private var doubtful: UInt64 = 0

    init(_ feeds: [Feed], canLink: Bool) {
        var edges: [UInt64] = []
        func place(_ kind: ResourceKind) -> Int {
            if let place = places[kind] { return place }
            // More kinds than bits share the last one, which is then doubtful more often than it need be.
            let place = min(places.count, 63)
            places[kind] = place
            while edges.count <= place { edges.append(0) }
            return place
        }
        for feed in feeds {
            let own = place(feed.resource.kind)
            if !feed.isTrustworthy { doubtful |= 1 << UInt64(own) }
            for field in feed.resource.fields {
                guard case .ref(let kind) = field.type else { continue }
                let other = place(kind)
                // A field that says who is concerned of an alert may refer to any kind.
                switch field.dependence {
                case .ofRow: edges[other] |= 1 << UInt64(own)
                case .ofReferred: edges[own] |= 1 << UInt64(other)
                case nil: break
                }
            }
        }
        if canLink {
            let linked = Set(
                feeds.filter { feed in feed.resource.fields.contains { $0.links != nil } }.map(
                    \.resource.kind))
            for one in linked {
                for other in linked where one != other {
                    let isSame = Family(one) == Family(other)
                    let hangs = (one.level ?? .max) < (other.level ?? .min)
                    if isSame || hangs { edges[place(one)] |= 1 << UInt64(place(other)) }
                }
            }
        }
        below = Self.closed(edges)
        above = below.indices.map { kind in
            below.indices.reduce(0) { $0 | (below[$1] >> UInt64(kind) & 1) << UInt64($1) }
        }
    }

    private static func closed(_ edges: [UInt64]) -> [UInt64] {
        var reach = edges.enumerated().map { $1 | 1 << UInt64($0) }
        for middle in reach.indices {
            for from in reach.indices where reach[from] >> UInt64(middle) & 1 == 1 {
                reach[from] |= reach[middle]
            }
        }
        return reach
    }

    /// Whether any server offers a kind.
    func isOffered(_ kind: ResourceKind) -> Bool { places[kind] != nil }

    /// Whether all that says how many of a kind hang on another is fresh and complete.
    func isComplete(_ kind: ResourceKind, under start: ResourceKind) -> Bool {
        guard let from = places[start], let to = places[kind] else { return false }
        let feeding = below[from] & above[to] | 1 << UInt64(from) | 1 << UInt64(to)
        return feeding & doubtful == 0
    }

    /// Whether all that can hang on a kind is known, and all alerts.
    func areAlertsComplete(under start: ResourceKind) -> Bool {
        guard let from = places[start] else { return false }
        return (below[from] & doubtful) == 0 && isComplete(.alert)
    }

    /// Whether all rows of a kind are known.
    func isComplete(_ kind: ResourceKind) -> Bool {
        places[kind].map { doubtful >> UInt64($0) & 1 == 0 } ?? false
    }
}
