import Domain
import RawServer
import Synchronization

@testable import Simulator

/// A LibreNMS that keeps its connections alive, and that breaks the one that a command comes on without an answer.
final class FragileServer: Sendable {
    let raw: RawServer
    let world: World
    private let health: Health

    /// Makes a server.
    ///
    /// - Parameter takesCommands: whether it does what it is told before it breaks.
    init(takesCommands: Bool) throws {
        let world = World(scale: 600, withOddities: false)
        let api = Simulator.LibreNMS(
            .modern, world: world, territory: .everywhere, tokens: Provider.tokens, zone: 0)
        let health = Health(takesCommands: takesCommands)
        self.world = world
        self.health = health
        raw = try RawServer(answering: { request, connection in
            var headers: [String: String] = [:]
            for (name, value) in request.headers { headers[name] = value }
            let asked = Simulator.Request(
                method: request.method, target: request.target, headers: headers, body: request.body)
            if request.method != "GET" {
                if health.takesCommands { _ = api.answer(asked) }
                // From now on nobody can look either.
                health.setReadable(false)
                connection.close()
            } else if health.isReadable {
                let reply = api.answer(asked)
                connection.answer(reply.status, reply.headers.map { ($0.name, $0.value) }, body: reply.body)
            } else {
                connection.answer(503, [], "closed for the night")
            }
        })
    }

    /// Lets reads through again.
    func heal() { health.setReadable(true) }

    /// The commands that arrived.
    var commands: [String] { raw.requests.filter { $0.method != "GET" }.map { "\($0.method) \($0.target)" } }
    /// The connections that commands came on, and those that reads came on.
    var connections: (commands: Set<Int>, reads: Set<Int>) {
        let requests = raw.requests
        return (
            Set(requests.filter { $0.method != "GET" }.map(\.connection)),
            Set(requests.filter { $0.method == "GET" }.map(\.connection))
        )
    }

    /// Whether the alert is acknowledged in truth.
    func isAcknowledged(_ alert: EntityRef) -> Bool {
        Int(alert.id).flatMap { world.view(of: .everywhere).alert($0) }?.state == .acknowledged
    }
}

private final class Health: Sendable {
    let takesCommands: Bool
    private let reads = Mutex(true)

    init(takesCommands: Bool) { self.takesCommands = takesCommands }

    var isReadable: Bool { reads.withLock { $0 } }
    func setReadable(_ isReadable: Bool) { reads.withLock { $0 = isReadable } }
}
