public import Domain

/// What hangs on an entity: a tree, and how many of each kind there are in it.
public struct Impact: Sendable, Hashable {
    /// An entity in the tree; each thing stands in it once.
    public struct Node: Sendable, Hashable {
        /// The entity.
        public let entity: EntityRef
        /// How far it is from the start, from 1; what hangs on a node follows it.
        public let depth: Int
        /// By which link it hangs there; nil where its own server says so.
        public let evidence: Evidence?
        /// What is left of a bond; nil for other kinds.
        public let bond: BondLoss?
    }

    /// How many legs a bond has left.
    public struct BondLoss: Sendable, Hashable {
        /// Legs that carry, and would not go with the start; nil where not all legs are known.
        public let left: Int?
        /// All its legs; nil where that is not known.
        public let of: Int?

        /// `1 of 2 legs left`, `no leg left`, `legs not known`.
        public var words: String {
            guard let left, let of else { return "legs not known" }
            if of == 0 { return "no legs" }
            return left == 0 ? "no leg left" : "\(left) of \(of) \(of == 1 ? "leg" : "legs") left"
        }
    }

    /// What it is the impact of: of an alert what that is about.
    public let start: EntityRef
    /// All that hangs on it, in the order of the tree.
    public let nodes: [Node]
    /// What is one thing with the start or with a node.
    let others: [EntityRef]
    /// Alerts about the start or what hangs on it, but for the one that was asked for.
    public let alerts: [EntityRef]
    /// How many there are of each kind that some server offers.
    public let counts: [ResourceKind: Count]

    /// How many of a kind; nil where no server offers it.
    public subscript(_ kind: ResourceKind) -> Count? { counts[kind] }
    /// Customers who have no service left by what is known.
    public var customers: Count? { counts[.customer] }
    /// Bonds that lose legs, or all.
    public var bonds: Count? { counts[.bond] }
    /// Customers' equipment.
    public var cpes: Count? { counts[.cpe] }
    /// What is charged to the customers.
    public var bills: Count? { counts[.bill] }
    /// Other alerts.
    public var otherAlerts: Count? { counts[.alert] }
}

extension Impact {
    /// For a column: `3 bonds, 41 customers`, `12+ CPEs`, `none`, `?`.
    ///
    /// Says `none` only where bonds, CPEs and customers are known to be none.
    public var short: String {
        var parts: [String] = []
        let told: [(Count?, String, String)] = [
            (bonds, "bond", "bonds"), (cpes, "CPE", "CPEs"), (customers, "customer", "customers"),
        ]
        let counts = told.compactMap(\.0)
        for (count, one, many) in told {
            guard let count, let least = count.least, least > 0 else { continue }
            // A CPE of each customer says the same twice.
            if one == "CPE", let customers, customers.least ?? 0 > 0 { continue }
            parts.append("\(Self.spelled(count)) \(count == .exactly(1) ? one : many)")
        }
        if !parts.isEmpty { return parts.joined(separator: ", ") }
        if counts.isEmpty || counts.contains(.unknown) { return "?" }
        return "none"
    }

    /// What rows are sorted by: customers first, then bonds; what is not known is below none.
    public var weight: Int {
        let customers = customers?.least ?? -1
        let bonds = bonds?.least ?? -1
        return customers < 0 && bonds < 0 ? -1 : max(0, customers) * 10_000 + min(9_999, max(0, bonds))
    }

    private static func spelled(_ count: Count) -> String {
        switch count {
        case .exactly(let number): Quantity.count(number)
        case .atLeast(let number): "\(Quantity.count(number))+"
        case .unknown: "?"
        }
    }
}
