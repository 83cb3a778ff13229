/// How much the largest devices of a world have of what others have little of.
///
/// It is there to see what a dashboard does with much: on either side of a split world one core router has the
/// parts and sessions, and one aggregation switch the VLANs.
public struct Extent: Sendable, Equatable {
    /// The parts in the inventory of the largest router.
    public var parts: Int
    /// The VLANs of the largest switch.
    public var vlans: Int
    /// The BGP sessions of the largest router; it has no fewer than any other router.
    public var sessions: Int
    /// The lines to subscribers; nil gives each circuit one, and six households to every ten of those.
    public var lines: Int?
    /// The bonds of the provider's customers, three legs each on average; nil for one bond to twelve devices.
    public var bonds: Int?

    /// Makes an extent; without arguments it is that of a usual world.
    public init(
        parts: Int = 2_000, vlans: Int = 500, sessions: Int = 0, lines: Int? = nil, bonds: Int? = nil
    ) {
        self.parts = max(parts, 8)
        self.vlans = max(vlans, 4)
        self.sessions = max(sessions, 0)
        self.lines = lines.map { max($0, 1) }
        self.bonds = bonds.map { max($0, 1) }
    }

    /// As much as a dashboard is to bear: 2,000 parts, 500 VLANs, 1,000 sessions.
    public static let large = Extent(sessions: 1_000)

    /// As many subscribers as a dashboard is to bear: 20,000 lines with more than 60,000 services.
    public static let manySubscribers = Extent(lines: 20_000)
}
