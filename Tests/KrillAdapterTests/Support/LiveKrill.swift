import AdapterContract
import AdapterKit
import CurlTransport
import Domain
import HTTP
import Simulator

@testable import KrillAdapter

/// A simulated server, reached by libcurl over loopback, and the adapter that talks to it.
struct LiveKrill: Sendable {
    static let tokens = Tokens(admin: "an-admins-pa55word", readOnly: "a-viewers-pa55word")

    let simulator: SimulatedServer
    let backend: CurlBackend
    let settings: BackendSettings
    let transport: any ReadTransport
    let server: KrillServer

    var world: World { simulator.world }

    /// Sends a plan's steps as the application would, and asks what became of them.
    func perform(_ plan: Plan, reporting: @escaping @Sendable (String) -> Void = { _ in }) async -> [Outcome]
    {
        await server.verify(plan, answers: await send(plan), reporting: reporting)
    }

    /// Sends a plan's steps as the application would.
    func send(_ plan: Plan) async -> [StepAnswer] {
        let commander = backend.commander { [server] () async throws(TransportError) in
            (try? await server.credentials()) ?? []
        }
        return await plan.send(by: commander)
    }

    /// All rows of a resource.
    func table(_ kind: ResourceKind, _ scope: Query.Scope = .everything) async throws(BackendError) -> Table {
        let sink = MergingSink()
        _ = try await server.refresh(Query(kind, scope: scope), into: sink)
        return sink.table
    }

    /// The requests that may have changed something: what acts by GET, and what is neither a read nor a login.
    var commands: [String] {
        let acting = Set(CPEAction.allCases.map(\.step) + ["disconnect"])
        return simulator.arrivals().compactMap { arrival in
            let path = arrival.target.prefix { $0 != "?" }
            let last = path.split(separator: "/").last.map(String.init) ?? ""
            let isReading =
                arrival.method == "POST"
                && ["login", "refresh", "datasets"].contains(last)
            if arrival.method == "GET" ? acting.contains(last) : arrival.method != "OPTIONS" && !isReading {
                return "\(arrival.method) \(path)"
            }
            return nil
        }
    }

    /// How many requests arrived for a path below the base path, whatever their query.
    func count(_ path: String) -> Int {
        simulator.arrivals().count { $0.target.prefix { $0 != "?" } == "/api\(path)" }
    }
}

/// Runs a body against a started server and stops it afterwards.
func withLiveKrill(
    _ release: KrillRelease = .v2, user: KrillAccount = .administrator, world: World = World(scale: 1_200),
    hasLogin: Bool = true, _ body: (LiveKrill) async throws -> Void
) async throws {
    let simulator = SimulatedServer(
        api: .krill(release), world: world, tokens: LiveKrill.tokens, zone: 3_600)
    let port = try await simulator.start()
    let network = try CurlNetwork(version: "test")
    let endpoint = Endpoint(
        origin: Origin(scheme: "http", host: "127.0.0.1", port: Int(port)), basePath: Krill.basePath,
        proxy: "")
    let backend = network.backend("access", at: endpoint)
    let reader = backend.reader(declaring: Krill.descriptor.reads)
    let transport: any ReadTransport = hasLogin ? reader : WithoutLogin(transport: reader)
    var settings = BackendSettings(
        id: BackendID(0), name: "access", endpoint: endpoint, user: user.user,
        secret: Secret(user == .viewer ? LiveKrill.tokens.readOnly : LiveKrill.tokens.admin),
        now: { Timestamp(Int64(world.now)) },
        pause: { seconds throws(CancellationError) in
            if Task.isCancelled { throw CancellationError() }
            world.advance(by: Int(seconds))
        })
    settings.probeWait = 10_000
    let live = LiveKrill(
        simulator: simulator, backend: backend, settings: settings, transport: transport,
        server: KrillServer(settings, transport))
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

/// A server that has no `auth/login/`, so that HTTP Basic is the way.
private struct WithoutLogin: ReadTransport {
    let transport: any ReadTransport

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        if request.template == Path.login { return .status(404, "Not found.") }
        return try await transport.read(request)
    }
}
