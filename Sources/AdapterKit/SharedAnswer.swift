package import Domain
internal import HTTP
internal import Synchronization

/// One list that several resources of a cycle are made from: who asks while it is read waits for the same answer, and
/// who asks a moment later takes it as it is.
///
/// Each taker takes an answer once, so that asking again for the same always asks the server.
package final class SharedAnswer<Value: Sendable>: Sendable {
    /// Asks the server.
    package typealias Read = @Sendable () async throws(BackendError) -> Value

    private struct State {
        var kept: Kept?
        var flight: Flight<Value>?
    }

    private struct Kept {
        var result: Result<Value, BackendError>
        var at: Timestamp
        var takers: Set<ResourceKind>
        /// What the read was allowed; nil for one that went to the server itself.
        var sharing: Sharing?
    }

    private enum Way { case kept(Kept), flight(Flight<Value>) }

    private let state = Mutex(State())
    /// How long an answer may be taken by others, in seconds.
    private let lifetime: Int64

    /// Makes one that nobody asked for yet.
    ///
    /// - Parameter lifetime: how long an answer may be taken by others, in seconds.
    package init(lifetime: Int64 = 3) { self.lifetime = lifetime }

    /// The answer for a taker: the one under way, a young one, or a new one.
    ///
    /// - Parameter age: how old one may be in seconds that others read; nil takes those of the same cycle.
    package func value(
        for taker: ResourceKind, at now: Timestamp, within age: Int64? = nil, _ read: @escaping Read
    ) async throws(BackendError) -> Value {
        let sharing = Sharing.current
        let way: Way = state.withLock { state in
            // Who is to hear the server itself takes nothing that another process may have read.
            if let flight = state.flight, sharing != nil || flight.sharing == nil, flight.admits(taker) {
                return .flight(flight)
            }
            if let kept = state.kept, abs(now.seconds - kept.at.seconds) <= age ?? lifetime,
                sharing != nil || kept.sharing == nil, !kept.takers.contains(taker)
            {
                state.kept?.takers.insert(taker)
                return .kept(kept)
            }
            let flight = Flight<Value>(taker, sharing)
            state.flight = flight
            state.kept = nil
            return .flight(flight)
        }
        switch way {
        case .kept(let kept):
            if let earlier = kept.sharing { sharing?.noteTaken(by: earlier) }
            return try kept.result.get()
        case .flight(let flight):
            flight.start(read) { [self] result, takers in
                state.withLock { state in
                    guard state.flight === flight else { return }
                    state.flight = nil
                    // A list that failed fails for all of the cycle; that somebody gave up says nothing of it.
                    if case .failure(let error) = result, error.kind == .cancelled { return }
                    state.kept = Kept(result: result, at: now, takers: takers, sharing: flight.sharing)
                }
            }
            let result = await flight.result()
            if let other = flight.sharing { sharing?.noteTaken(by: other) }
            return try result.get()
        }
    }

    /// Forgets what was read and does not keep what is under way: something was changed at the server.
    package func forget() {
        state.withLock { state in
            state.kept = nil
            state.flight = nil
        }
    }
}

/// A read that several tasks wait for; it is cancelled when the last of them gives up.
final class Flight<Value: Sendable>: Sendable {
    typealias Outcome = Result<Value, BackendError>

    private struct State {
        var takers: Set<ResourceKind>
        var task: Task<Void, Never>?
        var hasStarted = false
        var outcome: Outcome?
        var waiting: [Int: CheckedContinuation<Outcome, Never>] = [:]
        var arrivals = 0
        /// Those who gave up before they were seen waiting.
        var gone: Set<Int> = []
    }

    private let state: Mutex<State>

    /// What the read is allowed, as its first taker is.
    let sharing: Sharing?

    init(_ taker: ResourceKind, _ sharing: Sharing? = nil) {
        state = Mutex(State(takers: [taker]))
        self.sharing = sharing
    }

    /// Takes one more taker on board; false for one who is there already, and for a flight that is over.
    func admits(_ taker: ResourceKind) -> Bool {
        state.withLock { $0.outcome == nil && $0.takers.insert(taker).inserted }
    }

    /// Begins to read, once.
    func start(
        _ read: @escaping SharedAnswer<Value>.Read,
        then landed: @escaping @Sendable (Outcome, Set<ResourceKind>) -> Void
    ) {
        let isFirst = state.withLock { state in
            defer { state.hasStarted = true }
            return !state.hasStarted
        }
        guard isFirst else { return }
        let task = Task.detached { [self] in
            // A task beside the others has none of their values.
            let outcome = await Sharing.$current.withValue(sharing) { await Self.outcome(of: read) }
            let (takers, waiting) = state.withLock { state in
                state.outcome = outcome
                defer { state.waiting = [:] }
                return (state.takers, state.waiting.values.map { $0 })
            }
            landed(outcome, takers)
            for one in waiting { one.resume(returning: outcome) }
        }
        state.withLock { $0.task = task }
    }

    private static func outcome(of read: SharedAnswer<Value>.Read) async -> Outcome {
        do throws(BackendError) { return .success(try await read()) } catch { return .failure(error) }
    }

    /// Waits for the outcome until the own task is cancelled.
    func result() async -> Outcome {
        let number = state.withLock { state in
            state.arrivals += 1
            return state.arrivals
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let known: Outcome? = state.withLock { state in
                    if let outcome = state.outcome { return outcome }
                    if state.gone.remove(number) != nil { return Self.cancelled }
                    state.waiting[number] = continuation
                    return nil
                }
                if let known { continuation.resume(returning: known) }
            }
        } onCancel: {
            leave(number)
        }
    }

    private static var cancelled: Outcome { .failure(BackendError(.cancelled, "cancelled")) }

    private func leave(_ number: Int) {
        let (continuation, task) = state.withLock { state in
            guard state.outcome == nil else {
                return (CheckedContinuation<Outcome, Never>?.none, Task<Void, Never>?.none)
            }
            let continuation = state.waiting.removeValue(forKey: number)
            if continuation == nil { state.gone.insert(number) }
            return (continuation, state.waiting.isEmpty ? state.task : nil)
        }
        continuation?.resume(returning: Self.cancelled)
        task?.cancel()
    }
}
