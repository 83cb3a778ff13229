import Glibc
import Synchronization

/// What a `RawServer` holds: the socket, the threads, the record.
final class Listener: Sendable {
    private struct Waiting {
        let isMet: @Sendable (RawServer.Record) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var record = RawServer.Record()
        var open: [Int: Int32] = [:]
        var waiting: [Waiting] = []
        var isStopped = false
    }

    let port: Int
    private let descriptor: Int32
    private let state = Mutex(State())

    init() throws(NoListener) {
        (descriptor, port) = try loopbackSocket()
        guard listen(descriptor, 128) == 0 else { throw NoListener(code: errno) }
    }

    /// Accepts until it is stopped.
    func start(_ script: @escaping @Sendable (Connection) -> Void) {
        startThread { [self] in acceptAll(script) }
    }

    var record: RawServer.Record { state.withLock { $0.record } }

    /// Waits until what has happened is enough; there is no time limit but the test's own.
    func until(_ isMet: @escaping @Sendable (RawServer.Record) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isMetNow = state.withLock { state in
                if isMet(state.record) { return true }
                state.waiting.append(Waiting(isMet: isMet, continuation: continuation))
                return false
            }
            if isMetNow { continuation.resume() }
        }
    }

    /// Ends the socket and every connection.
    func stop() {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            shutdown(descriptor, Int32(SHUT_RDWR))
            state.open.values.forEach { shutdown($0, Int32(SHUT_RDWR)) }
        }
    }

    func note(_ change: (inout RawServer.Record) -> Void) {
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
            let accepted = accept(descriptor, nil, nil)
            if accepted < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                break
            }
            _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
            var number = 0
            note { record in
                record.connections += 1
                number = record.connections
            }
            let connection = Connection(descriptor: accepted, number: number, server: self)
            let isWanted = state.withLock { state in
                if !state.isStopped { state.open[connection.number] = accepted }
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
        Glibc.close(descriptor)
        note { $0.isGone = true }
    }

    func forget(_ connection: Int) { state.withLock { $0.open[connection] = nil } }
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
