internal import Domain

/// How a bond is, derived from its legs with regard to what is left, and from the aggregator that it ends at: the server
/// itself has no word for it.
struct BondHealth: Sendable, Equatable {
    /// The states of a bond.
    enum Status: String, Sendable {
        case up, degraded, down, unknown
        /// It has no legs yet.
        case unmonitored
    }

    var status: Status
    /// What the legs alone would make of it.
    let legStatus: Status
    let aggregatorState: AggregatorState
    /// Legs that carry traffic; nil where no leg's state is known.
    var up: Int?
    /// All legs; nil where they are not known.
    var total: Int?
    /// A symbol's word per leg, with spaces between them.
    var signs: String
    /// Legs that should carry traffic and do not.
    var down: [WireLeg]
    /// Legs that carry traffic, and not well.
    var impaired: [WireLeg]
    /// Whether the server said all that decides: what it left out is no word of its own that it does not know.
    let isTold: Bool

    /// Judges legs, nil for those that are not known, and what the bond stands on.
    ///
    /// A leg that people set aside is no trouble by itself, but a bond in which no leg is left in use is down.
    init(_ legs: [WireLeg]?, on aggregatorState: AggregatorState) {
        let known = legs ?? []
        let carrying = known.count { $0.state.carries }
        let unknown = known.count { $0.state == .unknown }
        down = known.filter { $0.state == .down }
        impaired = known.filter { $0.state == .impaired }
        if legs == nil {
            legStatus = .unknown
        } else if known.isEmpty {
            legStatus = .unmonitored
        } else if carrying > 0 {
            legStatus = !down.isEmpty || !impaired.isEmpty ? .degraded : unknown > 0 ? .unknown : .up
        } else {
            legStatus = unknown > 0 ? .unknown : .down
        }
        self.aggregatorState = aggregatorState
        status = Self.status(legStatus, on: aggregatorState)
        let areAllUnknown = unknown == known.count && !known.isEmpty
        up = legs == nil || areAllUnknown ? nil : carrying
        total = legs?.count
        signs = known.map(\.state.sign).joined(separator: " ")
        isTold = legs != nil && known.allSatisfy(\.isTold) && aggregatorState != .untold
    }

    private static func status(_ legs: Status, on aggregatorState: AggregatorState) -> Status {
        switch (aggregatorState, legs) {
        case (_, .down), (_, .unmonitored), (.up, _), (.hidden, _): legs
        case (.down(hasOther: false), _): .down
        // It may have been moved a moment ago.
        case (.down(hasOther: true), .degraded): .degraded
        case (.down(hasOther: true), _): .unknown
        case (.unknown, .up), (.untold, .up): .unknown
        case (.unknown, _), (.untold, _): legs
        }
    }

    /// The word for a table: nothing where the server did not say what decides.
    var word: String { status == .unknown && !isTold ? "" : status.rawValue }

    /// Whether its aggregator is down although its legs say otherwise.
    var isCutOff: Bool {
        switch (aggregatorState, legStatus) {
        case (.down, .down), (.down, .unmonitored), (.down(hasOther: true), .degraded): return false
        case (.down, _): return true
        default: return false
        }
    }

    /// How bad that is: what still carries traffic is a warning, the last leg is critical.
    var severity: Severity {
        switch status {
        case .up, .unmonitored: .ok
        case .degraded: .warning
        case .down: .critical
        case .unknown: .unknown
        }
    }

    /// The legs in words, as in `1 of 2 legs up`.
    var words: String {
        guard let total else { return "its legs are not known" }
        guard let up else { return "\(total) \(total == 1 ? "leg" : "legs"), none of them in a known state" }
        return "\(up) of \(total) \(total == 1 ? "leg" : "legs") up"
    }
}
