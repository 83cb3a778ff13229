internal import Domain

/// How a bond is, told from its legs with regard to what is left: the server itself has no word for it.
struct BondHealth: Sendable, Equatable {
    /// The states of a bond.
    enum Status: String, Sendable { case up, degraded, down, unknown }

    var status: Status
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

    /// Judges legs; nil for legs that are not known.
    ///
    /// A leg that people set aside is no trouble by itself, but a bond in which no leg is left in use is down.
    init(_ legs: [WireLeg]?) {
        guard let legs else {
            self.init(status: .unknown, up: nil, total: nil, signs: "", down: [], impaired: [])
            return
        }
        let carrying = legs.count { $0.state.carries }
        let unknown = legs.count { $0.state == .unknown }
        let down = legs.filter { $0.state == .down }
        let impaired = legs.filter { $0.state == .impaired }
        let status: Status
        if carrying > 0 {
            status =
                !down.isEmpty || !impaired.isEmpty
                ? .degraded : unknown > 0 ? .unknown : .up
        } else {
            status = unknown > 0 || legs.isEmpty ? .unknown : .down
        }
        let areAllUnknown = unknown == legs.count && !legs.isEmpty
        self.init(
            status: status, up: areAllUnknown ? nil : carrying, total: legs.count,
            signs: legs.map(\.state.sign).joined(separator: " "), down: down, impaired: impaired)
    }

    private init(status: Status, up: Int?, total: Int?, signs: String, down: [WireLeg], impaired: [WireLeg]) {
        self.status = status
        self.up = up
        self.total = total
        self.signs = signs
        self.down = down
        self.impaired = impaired
    }

    /// How bad that is: what still carries traffic is a warning, the last leg is critical.
    var severity: Severity {
        switch status {
        case .up: .ok
        case .degraded: .warning
        case .down: .critical
        case .unknown: .unknown
        }
    }

    /// The same in words, as in `1 of 2 legs up`.
    var words: String {
        guard let total else { return "its legs are not known" }
        guard let up else { return "\(total) \(total == 1 ? "leg" : "legs"), none of them in a known state" }
        return "\(up) of \(total) \(total == 1 ? "leg" : "legs") up"
    }
}
