import HTTP
import JSON
import Synchronization

/// A transport that answers from a script and remembers what was asked.
final class ScriptedTransport: ReadTransport {
    typealias Script = @Sendable (Asked) throws(TransportError) -> Response

    /// What was asked, as the server would see it.
    struct Asked: Sendable, Equatable, CustomStringConvertible {
        let path: String
        let query: [String: String]
        let priority: Int

        var description: String {
            query.isEmpty
                ? path
                : path + "?" + query.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "&")
        }
    }

    private let script: Mutex<Script>
    private let log = Mutex<[Asked]>([])

    init(_ script: @escaping Script) { self.script = Mutex(script) }

    /// Everything that was asked so far.
    var asked: [Asked] { log.withLock { $0 } }

    /// Goes on with another script.
    func follow(_ script: @escaping Script) { self.script.withLock { $0 = script } }

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        let asked = Asked(
            path: request.template.path(request.parameters) ?? "?",
            query: Dictionary(request.query, uniquingKeysWith: { $1 }), priority: request.priority)
        log.withLock { $0.append(asked) }
        let script = script.withLock { $0 }
        return try script(asked)
    }
}

extension Response {
    static func json(_ tree: JSONTree, status: Int = 200) -> Response {
        text(tree.text, status: status, type: "application/json")
    }

    static func text(
        _ text: String, status: Int = 200, type: String = "text/html", headers: [Header] = [],
        redirects: Int = 0
    ) -> Response {
        Response(
            status: status, headers: [Header("Content-Type", type)] + headers, body: Body(Array(text.utf8)),
            exchange: Exchange(redirects: redirects))
    }

    /// A list as this API wraps it.
    static func list(_ key: String, _ rows: [JSONTree]) -> Response {
        let envelope: JSONTree = ["status": "ok", "count": .integer(Int64(rows.count))]
        return .json(envelope.with(key, .array(rows)))
    }
}

extension JSONTree {
    func with(_ key: String, _ value: JSONTree) -> JSONTree {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.key != key } + [Member(key, value)])
    }

    subscript(key: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    /// A number or a text as text.
    var word: String {
        switch self {
        case .integer(let number): String(number)
        case .string(let text): text
        default: ""
        }
    }
}
