import AdapterContract
import AdapterKit
import CurlTransport
import Domain
import HTTP
import Simulator
import Synchronization

@testable import LibreNMSAdapter

/// A simulated server, reached by libcurl over loopback, and the adapter that talks to it.
struct LiveLibreNMS: Sendable {
    static let tokens = Tokens(admin: "an-admins-t0ken", readOnly: "a-readers-t0ken")
    static let releases: [LibreNMSRelease] = [.release2016, .modern]

    let simulator: SimulatedServer
    let backend: CurlBackend
    /// The same server by a way that waits only for a moment.
    let impatient: CurlBackend
    let settings: BackendSettings
    let transport: any ReadTransport
    let server: LibreNMSServer

    /// The descriptor with an adapter that never waits between two reads.
    static let descriptor = AdapterDescriptor(
        kind: LibreNMS.descriptor.kind, title: LibreNMS.descriptor.title,
        basePath: LibreNMS.descriptor.basePath, authentication: LibreNMS.descriptor.authentication,
        reads: LibreNMS.descriptor.reads, make: { LibreNMSServer($0, $1) })

    /// Sends a plan's steps as the application would, and asks what became of them.
    ///
    /// - Parameter impatient: gives a command up after a moment, for a server that never answers it.
    func perform(_ plan: Plan, impatient: Bool = false) async -> [Outcome] {
        let commander = (impatient ? self.impatient : backend).commander {
            [server] () async throws(TransportError) in
            (try? await server.credentials()) ?? []
        }
        return await server.verify(plan, answers: await plan.send(by: commander))
    }

    /// Sends a plan's steps as the application would, and asks nothing.
    func send(_ plan: Plan) async -> [StepAnswer] {
        await plan.send(
            by: backend.commander { [server] () async throws(TransportError) in
                (try? await server.credentials()) ?? []
            })
    }

    /// An adapter that knows the server already and waits only for a moment from now on.
    func hurried() async throws(BackendError) -> LibreNMSServer {
        let relay = RelayTransport(transport)
        let server = LibreNMSServer(settings, relay)
        _ = try await server.check()
        relay.follow(impatient.reader(declaring: LibreNMS.descriptor.reads))
        return server
    }

    /// All rows of a resource.
    func table(_ kind: ResourceKind) async throws(BackendError) -> Table {
        let sink = MergingSink()
        _ = try await server.refresh(Query(kind), into: sink)
        return sink.table
    }

    /// The commands that arrived at the server.
    var commands: [String] {
        simulator.arrivals().filter { $0.method != "GET" }.map { "\($0.method) \($0.target)" }
    }
}

/// Runs a body against a started server and stops it afterwards.
func withLiveServer(
    _ release: LibreNMSRelease, zone: Int = 0, token: String = LiveLibreNMS.tokens.admin,
    clock: ServerClock? = nil, world: World = World(scale: 1_200),
    pause: @escaping @Sendable (Double) async throws(CancellationError) -> Void = patient,
    _ body: (LiveLibreNMS) async throws -> Void
) async throws {
    let simulator = SimulatedServer(
        api: .libreNMS(release), world: world, tokens: LiveLibreNMS.tokens, zone: zone)
    let port = try await simulator.start()
    let network = try CurlNetwork(version: "test")
    let endpoint = Endpoint(
        origin: Origin(scheme: "http", host: "127.0.0.1", port: Int(port)), basePath: "/api/v0", proxy: "")
    let backend = network.backend("core", at: endpoint)
    var hasty = endpoint
    hasty.limits.firstByte = 0.2
    hasty.limits.command = 0.2
    let transport = backend.reader(declaring: LibreNMS.descriptor.reads)
    var settings = BackendSettings(
        id: BackendID(0), name: "core", endpoint: endpoint, secret: Secret(token), clock: clock,
        now: { Timestamp(Int64(world.now)) }, pause: pause)
    settings.probeWait = 10_000
    let live = LiveLibreNMS(
        simulator: simulator, backend: backend, impatient: network.backend("core", at: hasty),
        settings: settings, transport: transport,
        server: LibreNMSServer(settings, transport))
    let result: Result<Void, any Error>
    do {
        result = .success(try await body(live))
    } catch {
        result = .failure(error)
    }
    await simulator.stop()
    await network.stop()
    try result.get()
}

/// A transport that can be exchanged for another.
private final class RelayTransport: ReadTransport {
    private let transport: Mutex<any ReadTransport>

    init(_ transport: any ReadTransport) { self.transport = Mutex(transport) }

    func follow(_ other: any ReadTransport) { transport.withLock { $0 = other } }

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        let transport = transport.withLock { $0 }
        return try await transport.read(request)
    }
}
