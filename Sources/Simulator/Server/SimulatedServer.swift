import Synchronization

/// The APIs that the simulator speaks.
public enum SimulatedAPI: Sendable, Equatable {
    /// LibreNMS' API v0 as a release of it speaks it.
    case libreNMS(LibreNMSRelease)
    /// Krill's API v2, or only v1.
    case krill(KrillRelease)
    /// The bonding management server's API v3, or what a server without it has.
    case bonding(BondingRelease)
}

/// Why a simulated server does not run.
public enum SimulatorError: Error, Equatable, CustomStringConvertible {
    /// The port cannot be listened on.
    case cannotListen(port: UInt16, reason: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .cannotListen(let port, let reason):
            "cannot listen on 127.0.0.1:\(port) (\(reason)); choose another port, or 0 for any that is free"
        }
    }
}

/// One API over real HTTP on 127.0.0.1, showing a world.
///
/// Nothing runs while nobody asks: the world is moved on when a request arrives. Safe to use from any thread.
public final class SimulatedServer: Sendable {
    /// The API that it speaks.
    public let api: SimulatedAPI
    /// The world that it shows.
    public let world: World
    /// The credentials that it knows.
    public let tokens: Tokens

    private let wantedPort: UInt16
    private let clock: WorldClock
    private let answer: @Sendable (Request) -> Reply
    private let state = Mutex(State())

    private struct State {
        var listener: Listener?
        var faults: [Fault] = []
        var log = ArrivalLog()
    }

    /// Makes a server that listens once it is started.
    ///
    /// - Parameters:
    ///   - territory: The part of the world that it watches.
    ///   - zone: Seconds east of UTC of the server's clock, for the times that it prints without a zone.
    ///   - port: 0 for any that is free.
    ///   - clock: What moves the world when a request arrives.
    public init(
        api: SimulatedAPI, world: World, tokens: Tokens, territory: Territory = .everywhere, zone: Int = 0,
        port: UInt16 = 0, clock: WorldClock = .standing
    ) {
        self.api = api
        self.world = world
        self.tokens = tokens
        self.clock = clock
        wantedPort = port
        switch api {
        case .libreNMS(let release):
            let api = LibreNMS(release, world: world, territory: territory, tokens: tokens, zone: zone)
            answer = { api.answer($0) }
        case .krill(let release):
            let api = Krill(release, world: world, territory: territory, tokens: tokens, zone: zone)
            answer = { api.respond(to: $0) }
        case .bonding(let release):
            let api = Bonding(release, world: world, tokens: tokens)
            answer = { api.answer($0) }
        }
    }

    // MARK: Life

    /// Begins to listen.
    ///
    /// - Returns: The port.
    /// - Throws: A `SimulatorError` when the port is taken.
    @discardableResult
    public func start() async throws(SimulatorError) -> UInt16 {
        let listener = try Listener(port: wantedPort) { [weak self] request, exchange in
            self?.handle(request, exchange) ?? .silence
        }
        state.withLock { $0.listener = listener }
        return listener.port
    }

    /// Stops listening and closes every connection, those that hang too.
    public func stop() async {
        let listener = state.withLock { state in
            defer { state.listener = nil }
            return state.listener
        }
        listener?.stop()
    }

    /// The port that it listens on; nil while it does not.
    public var port: UInt16? { state.withLock { $0.listener?.port } }

    /// Where to reach it, without a path: `http://127.0.0.1:40123`; nil while it does not listen.
    public var url: String? { port.map { "http://127.0.0.1:\($0)" } }

    // MARK: Faults and what arrived

    /// What is wrong with the server at present.
    public var faults: [Fault] { state.withLock { $0.faults } }

    /// Sets what is wrong from the next request on; an empty list heals it.
    public func setFaults(_ faults: [Fault]) {
        state.withLock { $0.faults = faults }
    }

    /// Every request that has arrived, in order (of very many the latest).
    public func arrivals() -> [Arrival] { state.withLock { $0.log.recent } }

    /// How many requests of each method have arrived.
    public func counts() -> [String: Int] { state.withLock { $0.log.counts } }

    /// Forgets what has arrived.
    public func forgetArrivals() {
        state.withLock { $0.log = ArrivalLog() }
    }

    // MARK: Answering

    /// Notes the request, moves the world on, and answers as the present faults allow.
    private func handle(_ request: Request, _ exchange: Listener.Exchange) -> Listener.Ending {
        let faults = state.withLock { state in
            state.log.note(request)
            return state.faults.filter { $0.hits(request) }.map(\.kind)
        }
        // A server that is stopped meanwhile says no more than one whose process died.
        for case .latency(let duration) in faults where !exchange.wait(duration) { return .silence }
        if faults.contains(.hang) {
            _ = exchange.wait(.seconds(86_400))
            return .silence
        }
        if clock.movesWorld { world.advance(to: clock.now()) }
        var request = request
        if faults.contains(.refusedToken) { request = request.withoutCredentials }
        let reply = faults.compactMap(Self.instead).first ?? answer(request)
        // The request was carried out; only the answer is lost.
        if faults.contains(.dropped) { return .silence }
        return faults.contains(.truncated) ? .brokenOff(reply) : .reply(reply)
    }

    /// The answer that a fault gives in place of the server.
    private static func instead(_ fault: Fault.Kind) -> Reply? {
        switch fault {
        case .tooMany(let seconds):
            var reply = Reply.html(429, "<html><body><h1>429 Too Many Requests</h1></body></html>")
            reply.headers.append(("Retry-After", String(seconds)))
            return reply
        case .status(let status):
            let title = "\(status) \(Reply.phrase(for: status))"
            return .html(status, "<html><head><title>\(title)</title></head><body>\(title)</body></html>")
        case .badJSON:
            return Reply(
                type: "application/json", Array("{\"status\": \"ok\", \"devices\": [{\"id\": 1,, ".utf8))
        case .html:
            return .html(
                200,
                "<!DOCTYPE html><html><head><title>Login</title></head>"
                    + "<body><form action=\"/login\"><input name=\"username\"></form></body></html>")
        case .latency, .truncated, .dropped, .hang, .refusedToken: return nil
        }
    }
}
