import AdapterContract
import AdapterKit
import CurlTransport
import Domain
import HTTP
import Simulator

@testable import BondingAdapter

/// A simulated server, reached by libcurl over loopback, and the adapter that talks to it.
struct LiveBonding: Sendable {
    static let tokens = Tokens(admin: "an-admins-passw0rd", readOnly: "a-readers-passw0rd")
    static let releases: [BondingRelease] = [.v3, .v3Enveloped]

    let simulator: SimulatedServer
    let backend: CurlBackend
    let settings: BackendSettings
    let transport: any ReadTransport
    let server: BondingServer

    /// Sends a plan's steps as the application would, and asks what became of them.
    func perform(
        _ plan: Plan, reporting: @escaping @Sendable (String) -> Void = { _ in }
    ) async -> [Outcome] {
        await server.verify(plan, answers: await answers(to: plan), reporting: reporting)
    }

    /// Sends a plan's steps and asks nothing: the statuses of the answers.
    func sendOnly(_ plan: Plan) async -> [Int] {
        await answers(to: plan).map { (try? $0.result.get().status) ?? 0 }
    }

    /// Sends a plan's steps as the application would.
    func send(_ plan: Plan) async -> [StepAnswer] { await answers(to: plan) }

    private func answers(to plan: Plan) async -> [StepAnswer] {
        let commander = backend.commander { [server] () async throws(TransportError) in
            (try? await server.credentials()) ?? []
        }
        return await plan.send(by: commander)
    }

    /// Makes a plan, sends it, and asks what became of it.
    func run(
        _ kind: CommandKind, _ targets: [EntityRef], _ arguments: [FieldKey: Value] = [:]
    ) async throws -> [Outcome] {
        await perform(try await server.prepare(Command(kind, targets, arguments)))
    }

    /// What arrived that changes something.
    var commands: [String] {
        simulator.arrivals().filter { !["GET", "OPTIONS", "HEAD"].contains($0.method) }
            .map { "\($0.method) \($0.target.dropFirst("/api/v3".count))" }
    }

    /// What was read, without the base path.
    var reads: [String] {
        simulator.arrivals().filter { $0.method == "GET" }.map { String($0.target.dropFirst("/api".count)) }
    }

    /// The entity that a line of a detail leads to.
    func link(_ kind: ResourceKind, in entity: EntityRef) async throws -> EntityRef? {
        try await server.detail(of: entity).sections.flatMap(\.lines).lazy.compactMap { line in
            if case .ref(let found, _) = line.value, found.kind == kind { found } else { nil }
        }.first
    }
}

/// Runs a body against a started server and stops it afterwards; waiting moves the world.
func withLiveServer<Result: Sendable>(
    _ release: BondingRelease = .v3, account: BondingAccount = .administrator,
    world: World = World(scale: 1_200, withOddities: false), _ body: (LiveBonding) async throws -> Result
) async throws -> Result {
    let simulator = SimulatedServer(api: .bonding(release), world: world, tokens: LiveBonding.tokens)
    let port = try await simulator.start()
    let network = try CurlNetwork(version: "test")
    let endpoint = Endpoint(
        origin: Origin(scheme: "http", host: "127.0.0.1", port: Int(port)), basePath: "/api", proxy: "")
    let backend = network.backend("bonds", at: endpoint)
    let transport = backend.reader(declaring: Bonding.descriptor.reads)
    var settings = BackendSettings(
        id: BackendID(0), name: "bonds", endpoint: endpoint, user: account.user,
        secret: Secret(account.password(LiveBonding.tokens)), now: { Timestamp(Int64(world.now)) },
        pause: { seconds in world.advance(by: Int(seconds)) })
    settings.probeWait = 10_000
    let live = LiveBonding(
        simulator: simulator, backend: backend, settings: settings, transport: transport,
        server: BondingServer(settings, transport))
    let result: Swift.Result<Result, any Error>
    do {
        result = .success(try await body(live))
    } catch {
        result = .failure(error)
    }
    await simulator.stop()
    await network.stop()
    return try result.get()
}
