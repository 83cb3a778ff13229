/// The servers that a demonstration or `nocturne simulate` runs together, on one world.
public final class SimulatedFleet: Sendable {
    /// A server of the fleet and what one needs to know to use it.
    public struct Member: Sendable {
        /// The name of the backend.
        public let name: String
        /// The kind of the backend, as a configuration calls it.
        public let kind: String
        /// Which release it plays, in words.
        public let release: String
        /// The server itself, for its faults and arrivals.
        public let server: SimulatedServer
        /// Who logs in with the token as his password; nil where a token is all that is asked for.
        public var user: String?

        /// Where to reach it; nil while it does not listen.
        public var url: String? { server.url }
        /// The token of an administrator.
        public var token: String { server.tokens.admin }
    }

    /// The world that all of them show.
    public let world: World
    /// The servers.
    public let members: [Member]

    /// Makes a fleet of the servers of a provider: the core team's new LibreNMS and the edge team's old one.
    ///
    /// - Parameters:
    ///   - world: Split between the servers by site.
    ///   - firstPort: The ports are this one and those after it; 0 takes any that are free.
    ///   - backends: So many servers of today share the network alike, for measuring what large ones cost; nil for
    ///     the two of the teams. Every fifty devices are on one of them.
    ///   - hasSubscribers: There is a Krill too, on the last port, with the lines of all sites.
    ///   - bonds: The server that manages the bonds, on the port after all others; nil leaves it out.
    ///   - clock: What moves the world.
    public init(
        world: World, firstPort: UInt16 = 0, backends: Int? = nil, hasSubscribers: Bool = false,
        bonds: BondingRelease? = nil, clock: WorldClock = .real
    ) {
        self.world = world
        func port(_ number: UInt16) -> UInt16 { firstPort == 0 ? 0 : firstPort &+ number }
        func member(
            _ name: String, _ release: LibreNMSRelease, _ words: String, _ territory: Territory,
            _ number: UInt16
        ) -> Member {
            let tokens = Tokens(admin: "demo-\(name)-admin", readOnly: "demo-\(name)-reader")
            let server = SimulatedServer(
                api: .libreNMS(release), world: world, tokens: tokens, territory: territory,
                port: port(number), clock: clock)
            return Member(name: name, kind: "librenms", release: words, server: server)
        }
        let today = "LibreNMS 26.7"
        var members: [Member]
        switch backends {
        case nil:
            members = [
                member("core", .modern, today, .core, 0),
                member("edge", .release2016, "LibreNMS 201603", .edge, 1),
            ]
        case 1: members = [member("core", .modern, today, .everywhere, 0)]
        case let count?:
            members = (0..<count).map {
                member("nms\($0 + 1)", .modern, today, .part($0, of: count), UInt16($0))
            }
        }
        if hasSubscribers {
            let server = SimulatedServer(
                api: .krill(.v2), world: world,
                tokens: Tokens(admin: "demo-access-admin", readOnly: "demo-access-reader"), zone: 3_600,
                port: port(UInt16(members.count)), clock: clock)
            members.append(
                Member(
                    name: "access", kind: "krill", release: "Krill API v2", server: server,
                    user: KrillAccount.administrator.user))
        }
        if let bonds {
            let server = SimulatedServer(
                api: .bonding(bonds), world: world,
                tokens: Tokens(admin: "demo-bonds-admin", readOnly: "demo-bonds-viewer"),
                port: port(UInt16(members.count)), clock: clock)
            members.append(
                Member(
                    name: "bonds", kind: "bonding", release: bonds.words, server: server,
                    user: BondingAccount.administrator.user))
        }
        self.members = members
    }

    /// The fleet of a demonstration: a world without oddities that begins now, on free ports.
    public static func demo(
        seed: UInt64 = 1, scale: Int = 3_300, backends: Int? = nil, hasSubscribers: Bool = true,
        bonds: BondingRelease? = .v3, clock: WorldClock = .real
    ) -> SimulatedFleet {
        let world = World(
            seed: seed, scale: scale, startingAt: clock.now(), withOddities: false,
            extent: Extent(lines: World.usualLines(scale: scale)))
        return SimulatedFleet(
            world: world, backends: backends, hasSubscribers: hasSubscribers, bonds: bonds, clock: clock)
    }

    /// Starts every server, or none.
    ///
    /// - Throws: A `SimulatorError` when a port is taken.
    public func start() async throws(SimulatorError) {
        for member in members {
            do {
                try await member.server.start()
            } catch {
                await stop()
                throw error
            }
        }
    }

    /// Stops every server.
    public func stop() async {
        for member in members { await member.server.stop() }
    }
}
