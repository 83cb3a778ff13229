import Domain

/// The customers who are hit by any open alert, each once.
public struct Toll: Sendable, Equatable {
    private var customers: Set<EntityRef> = []
    private var isOffered = false, isComplete = true

    /// Of no alert.
    public init() {}

    /// Knows whether any server has customers who could be hit.
    mutating func setOffered(_ isOffered: Bool) { self.isOffered = isOffered }

    mutating func add(_ impact: Impact) {
        guard let count = impact.customers else { return }
        if count.exact == nil { isComplete = false }
        customers.formUnion(impact.nodes.lazy.map(\.entity).filter { $0.kind == .customer })
    }

    /// Knows that alerts may be missing: whoever they hit is missing, too.
    public mutating func mayMissAlerts() { isComplete = false }

    /// How many there are; nil where no server knows customers.
    public var count: Count? { isOffered ? Count(customers.count, isComplete: isComplete) : nil }
}
