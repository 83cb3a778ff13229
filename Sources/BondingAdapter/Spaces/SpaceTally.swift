internal import Domain

/// What the list of bonds says of one space itself, without those below it.
struct SpaceTally: Sendable, Equatable {
    var bonds: Int64 = 0
    var degraded: Int64 = 0
    var down: Int64 = 0
    /// Those of which nobody knows it, by the server's own word or for lack of one.
    var unknown: Int64 = 0
    var legsUp: Int64 = 0
    var legs: Int64 = 0
    /// Bonds of which it is not known how many legs work.
    private var openLegs: Int64 = 0
    private var isTold = true
    private var hasLegs = false

    /// The worst of its bonds; no word where the server leaves open how one of them is.
    var status: String {
        if !hasLegs { return DeviceStatus.unmonitored.rawValue }
        if down > 0 { return BondHealth.Status.down.rawValue }
        if degraded > 0 { return BondHealth.Status.degraded.rawValue }
        if unknown > 0 { return isTold ? BondHealth.Status.unknown.rawValue : "" }
        return BondHealth.Status.up.rawValue
    }

    /// How many are degraded, or down: none is said only where it is known of all of them.
    func count(_ number: Int64) -> Int64? { number == 0 && unknown > 0 ? nil : number }

    /// How many legs work; nil where it is not known of all of them.
    var knownLegsUp: Int64? { openLegs > 0 ? nil : legsUp }
    /// How many legs there are; nil where it is not known.
    var knownLegs: Int64? { openLegs > 0 ? nil : legs }

    mutating func add(_ health: BondHealth) {
        bonds += 1
        switch health.status {
        case .up, .unmonitored: break
        case .degraded: degraded += 1
        case .down: down += 1
        case .unknown: unknown += 1
        }
        hasLegs = hasLegs || health.status != .unmonitored
        isTold = isTold && health.isTold
        legsUp += Int64(health.up ?? 0)
        legs += Int64(health.total ?? 0)
        if health.up == nil || health.total == nil { openLegs += 1 }
    }
}
