import AdapterKit
import Domain
import Runtime
import Synchronization

/// How long somebody without a screen waits for each backend.
///
/// Without a limit of the operator's it is as long as answers keep coming: what takes many requests is not cut off for
/// taking long, and what is silent is not waited for.
final class Patience: Sendable {
    /// Seconds without any answer after which a backend is given up.
    static let silence = 60.0
    /// Seconds that servers may ask to wait, all in all, where the operator set no limit.
    static let mostDelay = 60.0

    private struct Wait {
        var lastAnswer: Instant
        var delay = 0.0
    }

    /// Seconds for everything; nil without a limit.
    let total: Double?
    private let clock: any Clock
    private let start: Instant
    private let pause: @Sendable (Double) async throws(CancellationError) -> Void
    private let waits = Mutex<[BackendID: Wait]>([:])

    /// - Parameter pause: waits some seconds as a server wants it; tests do not.
    init(
        total: Double?, clock: any Clock = SystemClock(),
        pause: @escaping @Sendable (Double) async throws(CancellationError) -> Void = BackendSettings.sleep
    ) {
        self.total = total
        self.clock = clock
        self.pause = pause
        start = clock.now
    }

    /// Notes that something of a backend arrived.
    func heard(_ backend: BackendID) {
        let now = clock.now
        waits.withLock { $0[backend, default: Wait(lastAnswer: now)].lastAnswer = now }
    }

    /// Seconds until a backend is given up.
    func rest(of backend: BackendID) -> Double {
        if let total { return total - (clock.now - start) }
        let last = waits.withLock { $0[backend]?.lastAnswer } ?? start
        return Self.silence - (clock.now - last)
    }

    /// Returns when a backend is to be given up, or nobody waits any more.
    func end(of backend: BackendID) async {
        while rest(of: backend) > 0 {
            do throws(CancellationError) {
                try await BackendSettings.sleep(max(0.01, rest(of: backend)))
            } catch { return }
        }
    }

    /// Why a backend was given up.
    var words: String {
        if let total { return "no complete answer within \(Quantity.number(total)) s: increase --timeout" }
        return "no answer for \(Quantity.number(Self.silence)) s"
    }

    /// Reads, and reads again when the server asked to wait and there is time for it.
    ///
    /// - Parameter reporting: takes what is waited for, in words.
    func reading<Answer>(
        _ backend: BackendID, reporting: (String) -> Void = { _ in },
        _ read: () async throws(BackendError) -> Answer
    ) async throws(BackendError) -> Answer {
        var tries = 0
        while true {
            do throws(BackendError) {
                return try await read()
            } catch {
                guard error.isBusy else { throw error }
                tries += 1
                let delay = max(1, error.retryAfter ?? min(30, Double(1 << min(tries, 5))))
                guard take(delay, of: backend) else {
                    var error = error
                    error.words +=
                        "; \(Quantity.number(delay)) s are longer than is waited: increase --timeout"
                    throw error
                }
                reporting("asks to wait \(Quantity.number(delay)) s")
                do throws(CancellationError) { try await pause(delay) } catch {
                    throw BackendError(.cancelled, "cancelled")
                }
            }
        }
    }

    /// Takes a delay out of the time that there is; false where it is longer.
    private func take(_ delay: Double, of backend: BackendID) -> Bool {
        if total != nil { return delay < rest(of: backend) }
        let now = clock.now
        return waits.withLock { waits in
            var wait = waits[backend] ?? Wait(lastAnswer: now)
            guard wait.delay + delay <= Self.mostDelay else { return false }
            wait.delay += delay
            // Silence is counted from when the server may be asked again.
            wait.lastAnswer = now + delay
            waits[backend] = wait
            return true
        }
    }
}
