import HTTP
import Synchronization

/// One request on its way through the loop, and the place where its answer is waited for.
///
/// Made by the task that asks, answered by the thread of the loop, exactly once whatever happens.
final class Transfer: Sendable {
    /// What is asked.
    let order: TransferOrder
    private let state = Mutex(State())

    private struct State {
        var waiting: CheckedContinuation<Result<Response, TransportError>, Never>?
        var isCancelled = false
    }

    init(_ order: TransferOrder) { self.order = order }

    /// Nobody wants the answer any more; may be called before the loop has seen the transfer.
    func markCancelled() { state.withLock { $0.isCancelled = true } }

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func wait(_ continuation: CheckedContinuation<Result<Response, TransportError>, Never>) {
        state.withLock { $0.waiting = continuation }
    }

    /// Hands the answer over; a second one is dropped.
    func answer(_ result: Result<Response, TransportError>) {
        let waiting = state.withLock { state in
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume(returning: result)
    }
}

/// Everything that one exchange needs, checked by a gate before it was made.
struct TransferOrder: Sendable {
    /// Where it goes and how.
    var endpoint: Endpoint
    /// The path from the root and the query, as they are sent.
    var target: String
    var method: Method
    var headers: [Header]
    var body: [UInt8]?
    var userAgent: String
    /// The queue that it waits in; one per backend.
    var lane: Int
    /// Lower goes first.
    var priority: Int
    /// The limit for all of it, in seconds.
    var whole: Double
    /// The gates of a command, asked again before it leaves; nil for a read.
    var gates: [CommandGate]?

    var isCommand: Bool { gates != nil }
    var url: String { "\(endpoint.origin)\(target)" }
    /// Why the command may not leave any more.
    var refusal: String? { gates?.lazy.compactMap(\.refusal).first }
}
