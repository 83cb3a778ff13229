internal import Domain

/// When troubles began: the server's own history where it was read, else when they were first seen from here.
struct TroubleStarts: Sendable {
    /// Where a moment comes from.
    enum Origin: Sendable, Equatable {
        case server
        /// It was so already when the server's history begins.
        case before
        case here

        /// What stands beside the moment; empty for the server's own.
        var word: String {
            switch self {
            case .server: ""
            case .before: "at least"
            case .here: "seen here"
            }
        }
    }

    struct Opening: Sendable, Equatable {
        var at: Timestamp
        var origin: Origin
    }

    private var seen: [String: Timestamp] = [:]
    private var legs: [LegTrouble: Opening] = [:]

    /// Takes what is wrong now: what is gone is forgotten.
    mutating func keep(_ troubles: [Trouble], at now: Timestamp) {
        let ids = Set(troubles.map(\.id))
        seen = seen.filter { ids.contains($0.key) }
        for id in ids where seen[id] == nil { seen[id] = now }
        let down = Set(troubles.flatMap(\.legs))
        legs = legs.filter { down.contains($0.key) }
    }

    /// Takes since when a leg is as it is.
    mutating func note(_ leg: LegTrouble, _ opening: Opening) { legs[leg] = opening }

    /// Legs in trouble whose history was not read yet, in order.
    func unread(_ troubles: [Trouble]) -> [LegTrouble] {
        var known: Set<LegTrouble> = []
        return troubles.flatMap(\.legs).filter { legs[$0] == nil && known.insert($0).inserted }
    }

    /// Since when a trouble holds.
    func since(_ trouble: Trouble) -> Opening? {
        let ends = trouble.legs.compactMap { legs[$0] }
        if !trouble.legs.isEmpty, ends.count == trouble.legs.count,
            !ends.contains(where: { $0.origin == .here })
        {
            let sorted = ends.sorted { $0.at < $1.at }
            return trouble.needsAllLegs ? sorted.last : sorted.first
        }
        return seen[trouble.id].map { Opening(at: $0, origin: .here) }
    }
}
