import Synchronization

/// An Internet provider that lives: sites, devices, ports, customers, and what goes wrong with them.
///
/// Everything but what people do is a function of the seed, the scale and the tick, so two worlds
/// of one seed are alike at every moment, and time may be moved at will. Safe to use from any thread.
public final class World: Sendable {
    /// What the world is grown from.
    public let seed: UInt64
    /// The number of ports; there is about one device for ten.
    public let scale: Int
    /// The moment at which the world began, in Unix seconds.
    public let origin: Int

    /// The numbers of ports that a world can have.
    public static let scales = 60...1_000_000
    /// The numbers of lines to subscribers that a world can have.
    public static let lineCounts = 1...100_000
    /// The number of lines for a world of so many ports, where nobody chose one; nil leaves it to the ports.
    ///
    /// A line costs several times what a port costs, so a very large network does not have them in proportion.
    public static func usualLines(scale: Int) -> Int? { scale > 100_000 ? lineCounts.upperBound : nil }

    /// The moment at which a world begins unless told otherwise: 21 November 2026, 01:20 UTC.
    public static let usualOrigin = 1_795_224_000

    let life: Life
    let hasOddities: Bool
    let hasDefaultTransport: Bool
    let extent: Extent
    private let clock: Mutex<Int>
    let alertChanges = Mutex(AlertChanges())
    let rulebooks = Mutex<[Territory: Rulebook]>([:])
    let registers = Mutex<[Territory: Register]>([:])
    let lineChanges = Mutex(LineChanges())
    let bondBook = Mutex<BondBook?>(nil)

    /// Grows a world.
    ///
    /// - Parameters:
    ///   - seed: Worlds of one seed are alike.
    ///   - scale: The number of ports, from 60 up.
    ///   - origin: The Unix time at which it begins; it stands still until it is advanced.
    ///   - withOddities: Whether some devices say what no dashboard expects.
    ///   - extent: How much the largest devices have.
    ///   - hasDefaultTransport: Whether new LibreNMS servers know whom to tell of an alert unless a rule says.
    public init(
        seed: UInt64 = 1, scale: Int = 3_300, startingAt origin: Int = World.usualOrigin,
        withOddities: Bool = true, extent: Extent = Extent(), hasDefaultTransport: Bool = false
    ) {
        self.seed = seed
        self.scale = max(scale, 60)
        self.origin = origin
        var builder = NetworkBuilder(seed: seed, scale: scale, withOddities: withOddities, extent: extent)
        self.extent = extent
        life = Life(network: builder.build())
        hasOddities = withOddities
        self.hasDefaultTransport = hasDefaultTransport
        clock = Mutex(origin)
    }

    /// The present moment of the world, in Unix seconds.
    public var now: Int { clock.withLock { $0 } }

    /// Moves the world to a moment in Unix seconds; it never goes back.
    public func advance(to moment: Int) {
        clock.withLock { $0 = max($0, moment) }
    }

    /// Moves the world on by so many seconds.
    public func advance(by seconds: Int) {
        clock.withLock { $0 += max(seconds, 0) }
    }

    /// The world as it is now, at some of its sites.
    func view(of territory: Territory) -> WorldView {
        let tick = now - origin
        let register = registers.withLock { $0[territory] } ?? .empty
        return WorldView(world: self, territory: territory, tick: tick, register: register)
    }
}

/// The part of the world that one server watches.
public enum Territory: Sendable, Hashable {
    /// All sites.
    case everywhere
    /// The sites of the core team, and the devices that are at no proper site.
    case core
    /// The sites of the edge team.
    case edge
    /// One of several alike parts, from 0: every so many-th pool of fifty devices, so that what feeds them is in it.
    case part(Int, of: Int)

    func contains(_ device: Device) -> Bool {
        switch self {
        case .everywhere: true
        case .core: !device.site.isEdge
        case .edge: device.site.isEdge
        case .part(let part, let count): (device.id - 1) / Self.poolSize % max(count, 1) == part
        }
    }

    /// Whether things that are nowhere, such as a bill without ports, are here: on one server of each fleet.
    var hasTheRest: Bool {
        switch self {
        case .everywhere, .core: true
        case .edge: false
        case .part(let part, _): part == 0
        }
    }

    /// The devices that a core router feeds, itself included, stand in a row.
    public static let poolSize = 50
}
