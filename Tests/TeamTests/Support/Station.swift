import AdapterKit
import CurlTransport
import Domain
import Foundation
import HTTP
import RealServer
import Simulator
import Synchronization

@testable import LibreNMSAdapter
@testable import Team

/// One process of a team: a store, a transport of its own account, and an adapter.
final class Station: Sendable {
    let store: TeamStore
    let reads: SharedReads
    let adapter: any Adapter
    let counter: CountingTransport
    let standing: Standing

    init(
        _ url: String, _ server: SimulatedServer, _ descriptor: AdapterDescriptor, _ curl: CurlNetwork,
        user: String? = nil, secret: String, account known: TeamAccount? = nil, name: String = "op@host",
        place: Int = 0, spy: Spy? = nil
    ) throws {
        guard let (origin, _) = Origin.parse(server.url ?? "") else { throw CocoaError(.featureUnsupported) }
        let endpoint = Endpoint(origin: origin, basePath: descriptor.basePath, proxy: "")
        let account = known ?? TeamAccount(user: user, token: user == nil ? Secret(secret) : nil)
        let standing = Standing()
        let store = TeamStore(
            TeamSettings(url: url), member: TeamMember(name: name, version: "0", servers: ["core"]),
            accounts: [account]
        ) { standing.take($0) }
        let counter = CountingTransport(
            curl.backend("core \(place)", at: endpoint).reader(declaring: descriptor.reads), spy)
        let reads = SharedReads(
            counter, store, backend: place, endpoint: endpoint, descriptor: descriptor, account: account,
            secrets: [Secret(secret)])
        let settings = BackendSettings(
            id: BackendID(0), name: "core", endpoint: endpoint, user: user, secret: Secret(secret)
        ) { Timestamp(Int64(time(nil))) }.pausing { seconds throws(CancellationError) in
            // What is given up after a moment is given that moment.
            if seconds == LibreNMSServer.clockPatience { try await BackendSettings.sleep(seconds) }
        }
        adapter = descriptor.make(settings, reads)
        self.store = store
        self.reads = reads
        self.counter = counter
        self.standing = standing
        store.start()
    }

    deinit { store.close() }

    /// Refreshes a list as the dashboard does; its rows, and how old they are.
    @discardableResult
    func refresh(
        _ kind: ResourceKind, within interval: Double? = 60
    ) async throws -> (table: Table, age: Double) {
        let resource = adapter.resources.first { $0.kind == kind }
        guard let resource else { throw CocoaError(.featureUnsupported) }
        let snapshot = Snapshot(from: .empty(resource, BackendID(0)))
        let sharing = interval.map { Sharing(list: kind.rawValue, interval: $0) }
        let arrived = try await Sharing.$current.withValue(sharing) {
            try await adapter.refresh(Query(kind), into: snapshot)
        }
        return (snapshot.finish(arrived).0, sharing?.age ?? 0)
    }
}

/// What a store reported, to be waited for.
final class Standing: Sendable {
    private struct Known {
        var state = TeamState.joining
        var past: [TeamState] = []
        var renewed: [String] = []
        var waiting: [(test: @Sendable (TeamState) -> Bool, CheckedContinuation<Void, Never>)] = []
    }
    private let known = Mutex(Known())

    var state: TeamState { known.withLock { $0.state } }
    var renewed: [String] { known.withLock { $0.renewed } }

    func take(_ news: TeamNews) {
        let due = known.withLock { known in
            switch news {
            case .state(let state):
                known.state = state
                known.past.append(state)
            case .renewed(_, let list): known.renewed.append(list)
            }
            let due = known.waiting.filter { $0.test(known.state) }.map(\.1)
            known.waiting.removeAll { $0.test(known.state) }
            return due
        }
        for one in due { one.resume() }
    }

    /// Waits until it stands in some way, or has stood so since `forget`: it may join again at any moment.
    func waitPassing(_ test: @escaping @Sendable (TeamState) -> Bool) async {
        if known.withLock({ $0.past.contains(where: test) }) { return }
        await wait(test)
    }

    /// Forgets how it stood before.
    func forget() { known.withLock { $0.past = [] } }

    /// Waits until it stands in some way.
    func wait(_ test: @escaping @Sendable (TeamState) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isDue = known.withLock { known in
                if test(known.state) { return true }
                known.waiting.append((test, continuation))
                return false
            }
            if isDue { continuation.resume() }
        }
    }
}

extension TeamState {
    static func isJoined(_ state: TeamState) -> Bool { if case .joined = state { true } else { false } }
    static func isAlone(_ state: TeamState) -> Bool { if case .alone = state { true } else { false } }
}

/// A transport that notes what went to the server, and when.
final class CountingTransport: ReadTransport {
    private let inner: any ReadTransport
    private let noted = Mutex<[(path: String, at: ContinuousClock.Instant)]>([])

    private let spy: Spy?

    init(_ inner: any ReadTransport, _ spy: Spy? = nil) {
        self.inner = inner
        self.spy = spy
    }

    var reads: [(path: String, at: ContinuousClock.Instant)] { noted.withLock { $0 } }

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        noted.withLock { $0.append((request.template.path(request.parameters) ?? "", .now)) }
        let response = try await inner.read(request)
        spy?.take(response)
        return response
    }
}

/// What servers said, secrets and all.
final class Spy: Sendable {
    private let said = Mutex("")

    var text: String { said.withLock { $0 } }

    func take(_ response: Response) { said.withLock { $0 += response.body.text() } }
}

/// A database with a team's tables, and simulated servers.
struct TeamRoom {
    /// Long enough that it can't be guessed.
    static let tokens = Tokens(
        admin: "an-admins-t0ken-of-32-letters-00", readOnly: "a-readers-t0ken-of-32-letters-00")

    let postgres: Postgres
    let world: World
    let curl: CurlNetwork

    init(scale: Int = 300) throws {
        postgres = try Postgres()
        world = World(scale: scale)
        curl = try CurlNetwork(version: "0")
        _ = try TeamAdministration(TeamSettings(url: postgres.url(as: "postgres"))).migrate()
        try postgres.sql(
            "CREATE ROLE noc LOGIN IN ROLE nocturne_screens; CREATE ROLE wall LOGIN IN ROLE nocturne_wallboards"
        )
    }

    /// A screen that has joined, and whose credentials its LibreNMS has accepted.
    func station(_ server: SimulatedServer) async throws -> Station {
        let station = try Station(
            postgres.url(as: "noc"), server, LibreNMS.descriptor, curl, secret: Self.tokens.admin)
        await station.standing.wait(TeamState.isJoined)
        _ = try await station.adapter.check()
        return station
    }

    func server(_ api: SimulatedAPI) async throws -> SimulatedServer {
        let server = SimulatedServer(api: api, world: world, tokens: Self.tokens, clock: .standing)
        try await server.start()
        return server
    }
}
