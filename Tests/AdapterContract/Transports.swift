import AdapterKit
import Domain
import HTTP
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
