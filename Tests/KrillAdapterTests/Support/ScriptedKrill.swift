import AdapterKit
import Domain
import HTTP
import JSON
import Synchronization

@testable import KrillAdapter

/// A Krill that answers from a script and remembers what was asked.
final class ScriptedKrill: ReadTransport {
    typealias Script = @Sendable (Asked) -> Response

    /// What was asked, as the server would see it.
    struct Asked: Sendable, CustomStringConvertible {
        let method: Method
        let path: String
        let query: [String: String]
        let authorization: String
        let body: String

        var description: String { "\(method.rawValue) \(path)" }
    }

    private let script: Mutex<Script>
    private let log = Mutex<[Asked]>([])

    init(_ script: @escaping Script) { self.script = Mutex(script) }

    /// Everything that was asked so far.
    var asked: [Asked] { log.withLock { $0 } }

    /// How often something was asked.
    func count(_ description: String) -> Int { asked.count { $0.description == description } }

    /// Goes on with another script.
    func follow(_ script: @escaping Script) { self.script.withLock { $0 = script } }

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        let asked = Asked(
            method: request.method, path: request.template.path(request.parameters) ?? "?",
            query: Dictionary(request.query, uniquingKeysWith: { $1 }),
            authorization: request.headers.first { $0.name == "Authorization" }?.value ?? "",
            body: String(decoding: request.body ?? [], as: UTF8.self))
        log.withLock { $0.append(asked) }
        let script = script.withLock { $0 }
        return script(asked)
    }
}

extension Response {
    static func json(_ tree: JSONTree, status: Int = 200, headers: [Header] = []) -> Response {
        Response(
            status: status, headers: [Header("Content-Type", "application/json")] + headers,
            body: Body(tree.bytes))
    }

    static func status(_ status: Int, _ words: String = "no", headers: [Header] = []) -> Response {
        .json(["detail": .string(words)], status: status, headers: headers)
    }

    /// A page as Django has it, with a `next` that nobody may follow.
    static func page(_ rows: [JSONTree], of count: Int) -> Response {
        .json([
            "count": .integer(Int64(count)), "next": "http://pre1:4280/api/v2/elsewhere/?limit=1",
            "previous": nil, "results": .array(rows),
        ])
    }
}

/// A token that nobody signed, with the given claims.
func token(_ claims: JSONTree) -> String {
    func part(_ text: [UInt8]) -> String {
        Base64.text(text).map { ["+": "-", "/": "_"][$0] ?? $0 }.filter { $0 != "=" }.map(String.init)
            .joined()
    }
    return "\(part(Array(#"{"alg":"HS256"}"#.utf8))).\(part(claims.bytes)).c2ln"
}

/// A clock that a test moves.
final class TestClock: Sendable {
    private let seconds = Mutex<Int64>(1_795_224_500)
    var now: Timestamp { Timestamp(seconds.withLock { $0 }) }
    func move(_ by: Double) { seconds.withLock { $0 += Int64(by) } }
}

/// Settings of a backend that nobody calls.
func krillSettings(_ clock: TestClock = TestClock()) -> BackendSettings {
    BackendSettings(
        id: BackendID(0), name: "access",
        endpoint: Endpoint(
            origin: Origin(scheme: "https", host: "krill.example.net", port: 443), basePath: Krill.basePath),
        user: "noc", secret: Secret("pa55word-of-the-test"), now: { clock.now },
        pause: { seconds throws(CancellationError) in clock.move(seconds) })
}

/// A sink that merges pages as the application does.
final class MergingSink: SnapshotSink {
    private let state = Mutex(
        (generation: Generation(), table: Table?.none, coverages: [Coverage](), rows: 0, progress: [String]())
    )

    func add(_ page: Table, covering: Coverage) {
        state.withLock { state in
            state.table = state.generation.merge(page, covering: covering, into: state.table)
            state.coverages.append(covering)
            state.rows += page.count
        }
    }

    func progress(_ words: String) { state.withLock { $0.progress.append(words) } }

    /// What arrived.
    var table: Table { state.withLock { $0.table } ?? .empty(.cpe, BackendID(0)) }
    /// How many pages arrived.
    var pages: Int { coverages.count }
    /// What each page said about the rows that it does not hold.
    var coverages: [Coverage] { state.withLock { $0.coverages } }
    /// The rows of all pages.
    var rows: Int { state.withLock { $0.rows } }
    /// What was said on the way.
    var progress: [String] { state.withLock { $0.progress } }
}

extension Table {
    /// The rows that are wanted.
    func rows(where isWanted: (Int) -> Bool) -> [Int] {
        var rows: [Int] = []
        for row in refs.indices where isWanted(row) { rows.append(row) }
        return rows
    }
}
