import AdapterKit
import Configuration
import DeclaredAdapter
import Domain
import HTTP
import JSON
import Presets
import Synchronization

/// A server whose answers a test writes down, and which its commands may change.
final class ScriptedServer: ReadTransport, CommandTransport {
    private struct State {
        var answers: [String: String] = [:]
        var statuses: [String: Int] = [:]
        var asked: [String] = []
        var sent: [(path: String, body: String)] = []
    }

    private let state = Mutex(State())
    /// What a command does: its method and path, and its body; gives the answer.
    private let act: @Sendable (ScriptedServer, String, JSONTree?) -> String

    init(act: @escaping @Sendable (ScriptedServer, String, JSONTree?) -> String = { _, _, _ in "{}" }) {
        self.act = act
    }

    /// The body at a path with its query, or at the path alone.
    subscript(path: String) -> String? {
        get { state.withLock { $0.answers[path] } }
        set { state.withLock { $0.answers[path] = newValue } }
    }

    func fail(_ path: String, _ status: Int?) { state.withLock { $0.statuses[path] = status } }
    var asked: [String] { state.withLock { $0.asked } }
    var sent: [(path: String, body: String)] { state.withLock { $0.sent } }

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        let path = request.template.path(request.parameters) ?? "?"
        let query = PercentEncoding.query(request.query)
        let full = query.isEmpty ? path : "\(path)?\(query)"
        return state.withLock { state in
            state.asked.append("\(request.method.rawValue) \(full)")
            if let status = state.statuses[path] { return Self.response(status, #"{"error":"no"}"#) }
            guard let body = state.answers[full] ?? state.answers[path] else {
                return Self.response(404, #"{"error":404,"status":"No objects found."}"#)
            }
            return Self.response(200, body)
        }
    }

    func send(_ step: CommandStep, _ receipt: AuditReceipt) async throws(TransportError) -> Response {
        let body = step.body.flatMap { try? JSONDocument($0).root }.map { JSONTree($0) }
        let path = "\(step.method.rawValue) \(step.target ?? "?")"
        state.withLock { $0.sent.append((path, body?.text ?? "")) }
        return Self.response(200, act(self, path, body))
    }

    private static func response(_ status: Int, _ body: String) -> Response {
        Response(
            status: status, headers: [Header("Content-Type", "application/json")],
            body: Body(Array(body.utf8)))
    }

    static let secret = "c0rrect-horse"

    /// The settings of a backend at it, which waits for nothing.
    static let settings = BackendSettings(
        id: BackendID(3), name: "mine",
        endpoint: Endpoint(origin: Origin(scheme: "http", host: "localhost", port: 80), basePath: ""),
        user: "me",
        secret: Secret(secret), now: { Timestamp(1_795_842_000) }, pause: { _ in })
}

/// A file as an adapter's description.
func adapterFile(_ text: String, name: String = "mine") -> AdapterFile {
    AdapterFile(NamedFile(name: name, path: "\(name).toml", bytes: Array(text.utf8)))
}

/// The description of an adapter that ships.
func shipped(_ name: String) throws -> Description {
    let file = Presets.adapters.first { $0.name == name }
    let read = AdapterFile(NamedFile(name: name, path: "\(name).toml", bytes: file?.bytes ?? []))
    guard let description = read.description else {
        throw Unusable(complaints: read.complaints.map(\.description))
    }
    return description
}

struct Unusable: Error { let complaints: [String] }

extension Adapter {
    /// All rows of a kind, as the application would have them.
    func rows(_ kind: ResourceKind) async throws(BackendError) -> (table: Table, completeness: Completeness) {
        guard let resource = resources.first(where: { $0.kind == kind }) else {
            throw BackendError(.unsupported, "no \(kind)")
        }
        let snapshot = Snapshot(from: .empty(resource, BackendID(3)))
        let arrived = try await refresh(Query(kind), into: snapshot)
        let finished = snapshot.finish(arrived)
        return (finished.table, finished.completeness)
    }
}
