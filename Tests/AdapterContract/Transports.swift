import AdapterKit
import Domain
import HTTP
import JSON
import Synchronization

/// A transport that remembers what was asked.
final class WatchedTransport: ReadTransport {
    private let transport: any ReadTransport
    private let log = Mutex<[ReadRequest]>([])

    init(_ transport: any ReadTransport) { self.transport = transport }

    var requests: [ReadRequest] { log.withLock { $0 } }

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        log.withLock { $0.append(request) }
        return try await transport.read(request)
    }
}

/// A transport that can be exchanged for another.
final class SwitchedTransport: ReadTransport {
    private let transport: Mutex<any ReadTransport>

    init(_ transport: any ReadTransport) { self.transport = Mutex(transport) }

    func follow(_ other: any ReadTransport) { transport.withLock { $0 = other } }

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        let transport = transport.withLock { $0 }
        return try await transport.read(request)
    }
}

/// A transport that asks the server everything once and gives the same answer from then on.
final class RecordedTransport: ReadTransport {
    private let transport: any ReadTransport
    private let answers = Mutex<[String: Response]>([:])

    init(_ transport: any ReadTransport) { self.transport = transport }

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        let parts = [
            request.method.rawValue, request.template.path(request.parameters) ?? "",
            PercentEncoding.query(request.query), String(decoding: request.body ?? [], as: UTF8.self),
        ]
        let key = parts.joined(separator: "\n")
        if let known = answers.withLock({ $0[key] }) { return known }
        let answer = try await transport.read(request)
        answers.withLock { $0[key] = answer }
        return answer
    }
}

/// A transport whose server leaves something out of the answers of one path.
final class TamperedTransport: ReadTransport {
    private let transport: any ReadTransport
    private let template: PathTemplate
    private let tamperer: Mutex<Tamperer>

    init(_ transport: any ReadTransport, _ tamperer: Tamperer) {
        self.transport = transport
        template = tamperer.member.template
        self.tamperer = Mutex(tamperer)
    }

    /// How many members were changed so far.
    var count: Int { tamperer.withLock { $0.count } }

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        let answer = try await transport.read(request)
        guard request.template == template, answer.isSuccess, let root = try? answer.json() else {
            return answer
        }
        let bytes = tamperer.withLock { $0.answer(JSONTree(root)).bytes }
        return Response(status: answer.status, headers: answer.headers, body: Body(bytes))
    }
}

/// A sink that merges pages as the application does.
final class CollectingSink: SnapshotSink {
    private let state = Mutex((generation: Generation(), table: Table?.none, rows: 0))

    func add(_ page: Table, covering: Coverage) {
        state.withLock { state in
            state.table = state.generation.merge(page, covering: covering, into: state.table)
            state.rows += page.count
        }
    }

    func progress(_ words: String) {}

    var table: Table? { state.withLock { $0.table } }
    /// The rows of all pages.
    var rows: Int { state.withLock { $0.rows } }
}

/// A wall clock that a test moves on.
final class ShiftedClock: Sendable {
    private let seconds = Mutex<Int64>(0)

    func advance(by more: Int64) { seconds.withLock { $0 += more } }
    func shift(_ time: Timestamp) -> Timestamp { Timestamp(time.seconds + seconds.withLock { $0 }) }
}
