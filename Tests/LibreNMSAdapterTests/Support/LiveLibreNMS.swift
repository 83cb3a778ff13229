import AdapterKit
import CurlTransport
import Domain
@_spi(AuditMint) import HTTP
import Simulator
import Synchronization

@testable import LibreNMSAdapter

/// A simulated server, reached by libcurl over loopback, and the adapter that talks to it.
struct LiveLibreNMS: Sendable {
    static let tokens = Tokens(admin: "an-admins-t0ken", readOnly: "a-readers-t0ken")
    static let releases: [LibreNMSRelease] = [.release2016, .modern]

    let simulator: SimulatedServer
    let backend: CurlBackend
    let settings: BackendSettings
    let transport: any ReadTransport
    let server: LibreNMSServer

    /// The descriptor with an adapter that never waits between two reads.
    static let descriptor = AdapterDescriptor(
        kind: LibreNMS.descriptor.kind, title: LibreNMS.descriptor.title,
        basePath: LibreNMS.descriptor.basePath, authentication: LibreNMS.descriptor.authentication,
        reads: LibreNMS.descriptor.reads, make: { LibreNMSServer($0, $1) { _ in } })

    /// Sends a plan's steps as the application would, and asks what became of them.
    func perform(_ plan: Plan) async -> [Outcome] {
        let commander = backend.commander {
            [server] () async throws(TransportError) in
            (try? await server.credentials()) ?? []
        }
        var answers: [StepAnswer] = []
        for (number, step) in plan.steps.enumerated() {
            let receipt = AuditReceipt(
                record: "test-\(Self.records.add(1, ordering: .relaxed).newValue)", step: number)
            do throws(TransportError) {
                answers.append(
                    StepAnswer(step.entity, .success(try await commander.send(step.request, receipt))))
            } catch {
                answers.append(StepAnswer(step.entity, .failure(error)))
            }
        }
        return await server.verify(plan, answers: answers)
    }

    private static let records = Atomic(0)

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
    limits: Limits = Limits(), clock: ServerClock? = nil, _ body: (LiveLibreNMS) async throws -> Void
) async throws {
    let simulator = SimulatedServer(
        api: .libreNMS(release), world: World(scale: 1_200), tokens: LiveLibreNMS.tokens, zone: zone)
    let port = try await simulator.start()
    let network = try CurlNetwork(version: "test")
    let endpoint = Endpoint(
        origin: Origin(scheme: "http", host: "127.0.0.1", port: Int(port)), basePath: "/api/v0", proxy: "",
        limits: limits)
    let backend = network.backend("core", at: endpoint)
    let transport = backend.reader(declaring: LibreNMS.descriptor.reads)
    let world = simulator.world
    let settings = BackendSettings(
        id: BackendID(0), name: "core", endpoint: endpoint, secret: Secret(token), clock: clock,
        now: { Timestamp(Int64(world.now)) })
    let live = LiveLibreNMS(
        simulator: simulator, backend: backend, settings: settings, transport: transport,
        server: LibreNMSServer(settings, transport) { _ in })
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
