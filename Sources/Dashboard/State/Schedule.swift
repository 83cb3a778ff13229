import Domain

/// What is known of when something is due, so that it is not looked for at every key.
struct Schedule: Sendable {
    /// When the next refresh or look is due, as long as nothing but time went by; nil when it has to be found.
    private(set) var knownDue: Instant?
    private var random: UInt64

    init(seed: UInt64) { random = seed }

    /// Knows when something is due, until something happens; nil does not.
    mutating func know(_ due: Instant?) { knownDue = due }

    /// A factor between 0.8 and 1.2, so that many dashboards do not ask at once.
    mutating func jitter() -> Double {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return 0.8 + 0.4 * Double(random >> 40) / Double(1 << 24)
    }
}
