import Glibc
import Synchronization

/// A listener on loopback that does to its clients what a script says, down to the bytes.
///
/// It counts what arrives, so that a test can prove that something was sent once, or not at all. Each
/// connection is served by a thread of its own; a script may block as long as it likes.
public final class RawServer: Sendable {
    /// What has happened so far.
    public struct Record: Sendable {
        /// Connections that were accepted.
        public var connections = 0
        /// Requests that arrived whole, in order of arrival.
        public var requests: [Request] = []
        /// Connections that the client ended.
        public var departures = 0
        /// Whether the listener has ended.
        public var isGone = false
    }

    private struct State {
        var record = Record()
        var open: [Int: Int32] = [:]
        var waiting: [(isMet: @Sendable (Record) -> Bool, continuation: CheckedContinuation<Void, Never>)] =
            []
        var isStopped = false
    }

    /// The port on 127.0.0.1.
    public let port: Int
    private let listener: Int32
    private let state = Mutex(State())

    /// Starts a server that reads requests and lets the script answer each; a connection is kept until the
    /// script or the client ends it.
    public convenience init(
        answering script: @escaping @Sendable (Request, Connection) -> Void
    ) throws(NoListener) {
        try self.init { connection in
            while let request = connection.readRequest() {
                script(request, connection)
                if connection.isClosed { return }
            }
        }
    }

    /// Starts a server whose script has the bare connection, for what is not HTTP.
    public init(connected script: @escaping @Sendable (Connection) -> Void) throws(NoListener) {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, size) == 0 && listen(listener, 128) == 0
                    && getsockname(listener, pointer, &size) == 0
            }
        }
        guard isListening else { throw NoListener(code: errno) }
        port = Int(UInt16(bigEndian: address.sin_port))
        startThread { [self] in acceptAll(script) }
    }

    /// `http://127.0.0.1:port`.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// What has happened so far.
    public var record: Record { state.withLock { $0.record } }

    /// The requests that arrived.
    public var requests: [Request] { record.requests }

    /// Waits until what has happened is enough; there is no time limit but the test's own.
    public func until(_ isMet: @escaping @Sendable (Record) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isMetNow = state.withLock { state in
                if isMet(state.record) { return true }
                state.waiting.append((isMet, continuation))
                return false
            }
            if isMetNow { continuation.resume() }
        }
    }

    /// Waits until the listener is gone and its port refuses connections.
    public func untilStopped() async { await until { $0.isGone } }

    /// Ends the listener and every connection.
    public func stop() {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            state.open.values.forEach { shutdown($0, Int32(SHUT_RDWR)) }
        }
    }

    func note(_ change: (inout Record) -> Void) {
        let met = state.withLock { state in
            change(&state.record)
            let record = state.record
            let met = state.waiting.filter { $0.isMet(record) }
            state.waiting.removeAll { $0.isMet(record) }
            return met
        }
        met.forEach { $0.continuation.resume() }
    }

    private func acceptAll(_ script: @escaping @Sendable (Connection) -> Void) {
        while true {
            let descriptor = accept(listener, nil, nil)
            if descriptor < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                break
            }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            var number = 0
            note { record in
                record.connections += 1
                number = record.connections
            }
            let connection = Connection(descriptor: descriptor, number: number, server: self)
            let isWanted = state.withLock { state in
                if !state.isStopped { state.open[connection.number] = descriptor }
                return !state.isStopped
            }
            guard isWanted else {
                connection.close()
                continue
            }
            startThread {
                script(connection)
                connection.close()
            }
        }
        Glibc.close(listener)
        note { $0.isGone = true }
    }

    func forget(_ connection: Int) { state.withLock { $0.open[connection] = nil } }
}

/// No listener could be made on loopback.
public struct NoListener: Error {
    /// The system's error number.
    public let code: Int32
}

private func startThread(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(ThreadBody(run: body))
    var thread = pthread_t()
    let failure = pthread_create(
        &thread, nil,
        { box in
            if let box { Unmanaged<ThreadBody>.fromOpaque(box).takeRetainedValue().run() }
            return nil
        }, box.toOpaque())
    guard failure == 0 else { return box.release() }
    pthread_detach(thread)
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) { self.run = run }
}
