import Dispatch
import FlyingFox
import FlyingSocks
import Foundation
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
        var server: HTTPServer?
        var task: Task<Void, any Error>?
        var port: UInt16?
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
        do {
            return try await listen()
        } catch {
            throw SimulatorError.cannotListen(port: wantedPort, reason: Self.words(for: error))
        }
    }

    private func listen() async throws -> UInt16 {
        // Half a day is as good as for ever for a server that is to hang.
        let server = HTTPServer(
            address: try .inet(ip4: "127.0.0.1", port: wantedPort), timeout: 43_200, pool: .make(),
            logger: .disabled, handler: Handler(server: self))
        let listening = Task { try await server.waitUntilListening(timeout: 10) }
        let task = Task.detached {
            // When the port is taken nobody would ever listen.
            defer { listening.cancel() }
            try await server.run()
        }
        do {
            try await listening.value
        } catch {
            task.cancel()
            try await task.value
            throw error
        }
        guard case .ip4(_, let port)? = await server.listeningAddress else {
            throw SocketError.unsupportedAddress
        }
        state.withLock {
            $0.server = server
            $0.task = task
            $0.port = port
        }
        return port
    }

    /// Stops listening and closes every connection, those that hang too.
    public func stop() async {
        let (server, task) = state.withLock { state in
            defer {
                state.server = nil
                state.task = nil
                state.port = nil
            }
            return (state.server, state.task)
        }
        await server?.stop(timeout: 0)
        task?.cancel()
        _ = try? await task?.value
    }

    /// The port that it listens on; nil while it does not.
    public var port: UInt16? { state.withLock { $0.port } }

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
    fileprivate func handle(_ request: Request) async -> HTTPResponse {
        let faults = state.withLock { state in
            state.log.note(request)
            return state.faults.filter { $0.hits(request) }.map(\.kind)
        }
        for case .latency(let duration) in faults { try? await Task.sleep(for: duration) }
        if faults.contains(.hang) { try? await Task.sleep(for: .seconds(86_400)) }
        // A server that is stopped meanwhile says no more than one whose process died.
        if Task.isCancelled || faults.contains(.hang) { return Silence.response }
        if clock.movesWorld { world.advance(to: clock.now()) }
        var request = request
        if faults.contains(.refusedToken) { request = request.withoutCredentials }
        let reply: Reply
        if let instead = faults.compactMap(Self.instead).first {
            reply = instead
        } else {
            reply = await answering(request)
        }
        // The request was carried out; only the answer is lost.
        if faults.contains(.dropped) { return Silence.response }
        return response(to: request, reply, isTruncated: faults.contains(.truncated))
    }

    /// Makes the answer on a thread of its own: a long list must not keep the tasks of a demonstration's
    /// dashboard waiting, which live in the same process.
    private func answering(_ request: Request) async -> Reply {
        await withCheckedContinuation { continuation in
            Self.queue.async { [answer] in continuation.resume(returning: answer(request)) }
        }
    }

    private static let queue = DispatchQueue(
        label: "nocturne.simulator", qos: .utility, attributes: .concurrent)

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

    private func response(to request: Request, _ reply: Reply, isTruncated: Bool) -> HTTPResponse {
        var headers = HTTPHeaders()
        for header in reply.headers { headers.addValue(header.value, for: HTTPHeader(header.name)) }
        let status = HTTPStatusCode(reply.status, phrase: Reply.phrase(for: reply.status))
        if isTruncated {
            let body = SpoiledBody(bytes: Array(reply.body.prefix(reply.body.count / 2)))
            return HTTPResponse(
                statusCode: status, headers: headers,
                body: HTTPBodySequence(from: body, count: max(reply.body.count, 2)))
        }
        if request.method == "HEAD" {
            headers[.contentLength] = String(reply.body.count)
            return HTTPResponse(statusCode: status, headers: headers)
        }
        let body = HTTPBodySequence(data: Data(reply.body), suggestedBufferSize: 262_144)
        return HTTPResponse(statusCode: status, headers: headers, body: body)
    }

    private static func words(for error: any Error) -> String {
        guard case SocketError.failed(_, _, let message) = error else { return "\(error)" }
        return message
    }

    /// Takes FlyingFox' requests to the server, and the decoding of paths out of FlyingFox' hands.
    private struct Handler: HTTPHandler {
        let server: SimulatedServer

        func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
            var headers: [String: String] = [:]
            for (name, value) in request.headers { headers[name.rawValue.lowercased()] = value }
            return await server.handle(
                Request(
                    method: request.method.rawValue, target: request.target.rawValue, headers: headers,
                    body: Array(try await request.bodyData)))
        }
    }
}
