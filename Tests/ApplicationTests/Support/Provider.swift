import AdapterKit
import Dashboard
import HTTP
import Domain

@testable import LibreNMSAdapter
@testable import Simulator
@testable import nocturne

/// Two simulated LibreNMS servers of a small provider: `core`, which is new, and `edge`, which is of 2016.
struct Provider {
    static let tokens = Tokens(
        admin: "an-admins-t0ken-of-some-length", readOnly: "a-readers-t0ken-of-some-length")

    let world: World
    let core: SimulatedServer
    let edge: SimulatedServer

    init(scale: Int = 900, withOddities: Bool = false) {
        let world = World(scale: scale, withOddities: withOddities)
        func server(_ release: LibreNMSRelease, _ territory: Territory) -> SimulatedServer {
            SimulatedServer(
                api: .libreNMS(release), world: world, tokens: Self.tokens, territory: territory)
        }
        self.world = world
        core = server(.modern, .core)
        edge = server(.release2016, .edge)
    }

    func start() async throws {
        try await core.start()
        try await edge.start()
    }

    func stop() async {
        await core.stop()
        await edge.stop()
    }

    /// The requests that are no reads, on both servers, as method and target.
    var commands: [String] { (core.arrivals() + edge.arrivals()).filter(\.isCommand).map(\.line) }

    var plans: [BackendPlan] {
        [BackendPlan("core", at: core.url ?? ""), BackendPlan("edge", at: edge.url ?? "")]
    }
}

extension Arrival {
    var isCommand: Bool { !["GET", "HEAD", "OPTIONS"].contains(method) }
    var line: String { "\(method) \(target)" }
}

extension AdapterDescriptor {
    /// LibreNMS without the pauses between the requests of a sweep.
    static let unhurried = AdapterDescriptor(
        kind: LibreNMS.descriptor.kind, title: LibreNMS.descriptor.title,
        basePath: LibreNMS.descriptor.basePath, authentication: LibreNMS.descriptor.authentication,
        credentialHeader: LibreNMS.descriptor.credentialHeader, reads: LibreNMS.descriptor.reads,
        secrets: LibreNMS.descriptor.secrets,
        make: { settings, transport in
            let hurried = settings.pausing { seconds throws(CancellationError) in
                // What is given up after a moment is given that moment.
                if seconds == LibreNMSServer.clockPatience { try await BackendSettings.sleep(seconds) }
            }
            return LibreNMSServer(hurried, transport)
        })
}

extension BackendPlan {
    /// A backend at an address on loopback.
    init(_ name: String, at url: String, _ descriptor: AdapterDescriptor = .unhurried) {
        let origin = Origin.parse(url)?.origin ?? Origin(scheme: "http", host: "127.0.0.1", port: 1)
        self.init(
            name: name, descriptor: descriptor,
            endpoint: Endpoint(origin: origin, basePath: descriptor.basePath, proxy: ""),
            secret: Secret(Provider.tokens.admin), mode: .normal)
    }
}

extension Provider {
    /// What the world knows of an alert, whatever its server says about it.
    func alert(_ entity: EntityRef, on server: SimulatedServer) -> Alert? {
        Int(entity.id).flatMap { world.view(of: server === core ? .core : .edge).alert($0) }
    }

    /// Acknowledges an alert behind the application's back.
    func acknowledge(_ entity: EntityRef, on server: SimulatedServer, note: String) {
        guard let id = Int(entity.id) else { return }
        world.view(of: server === core ? .core : .edge)
            .touch(id, state: .acknowledged, untilClear: .no) { _ in note }
    }
}

extension Provider {
    /// The first of some alerts to clear, and in how many seconds; found in a world that is alike but ahead.
    func nextToClear(of alerts: [EntityRef], on server: SimulatedServer) -> (EntityRef, Int)? {
        let ahead = World(scale: world.scale, startingAt: world.origin, withOddities: false)
        for step in 1...300 {
            ahead.advance(by: 1_200)
            let view = ahead.view(of: server === core ? .core : .edge)
            let found = alerts.first { Int($0.id).flatMap { view.alert($0) }?.state == .cleared }
            if let found { return (found, step * 1_200) }
        }
        return nil
    }
}

extension Provider {
    /// The new server once more, at the port where it was before it stopped; the caller stops it.
    func revivedCore(at port: Int) async throws -> SimulatedServer {
        let server = SimulatedServer(
            api: .libreNMS(.modern), world: world, tokens: Self.tokens, territory: .core, port: UInt16(port))
        try await server.start()
        return server
    }
}
