import CCurl
import Glibc
import HTTP
import Synchronization

/// The one thread of the process that runs curl.
///
/// It owns every handle. Other threads put letters in its inbox and wake it; it sleeps without a timer while
/// nothing is under way. Every transfer that was handed over is answered exactly once, also at the end.
final class CurlLoop: Sendable {
    private enum Phase { case running, stopping, ended }

    private struct Inbox {
        var starts: [Transfer] = []
        var cancellations: [Transfer] = []
        var phase = Phase.running
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let inbox = Mutex(Inbox())
    /// Only `curl_multi_wakeup` may be called from elsewhere, and it is called with the inbox locked and
    /// running, so never on a handle that is gone; everything else is left to the loop's thread.
    private nonisolated(unsafe) let multi: UnsafeMutableRawPointer

    /// Starts the thread.
    init() throws(TransportError) {
        if let problem = CurlNetwork.load() { throw .refused("libcurl can't be loaded: \(problem)") }
        guard let multi = curl_multi_init() else {
            throw .refused("libcurl could not be started: not enough memory")
        }
        self.multi = multi
        ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 64)
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<CurlLoop>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        guard failure == 0 else {
            context.release()
            curl_multi_cleanup(multi)
            throw .refused("the network thread could not be started: \(String(cString: strerror(failure)))")
        }
        pthread_detach(thread)
    }

    /// Hands an order over and waits for its answer; a cancelled task gives the transfer up.
    func perform(_ order: TransferOrder) async -> Result<Response, TransportError> {
        let transfer = Transfer(order)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.wait(continuation)
                submit(transfer)
            }
        } onCancel: {
            cancel(transfer)
        }
    }

    private func submit(_ transfer: Transfer) {
        let isTaken = inbox.withLock { inbox in
            guard inbox.phase == .running else { return false }
            inbox.starts.append(transfer)
            curl_multi_wakeup(multi)
            return true
        }
        if !isTaken { transfer.answer(.failure(.stopped)) }
    }

    /// The mark counts when this comes before the transfer does, the letter when it comes after.
    private func cancel(_ transfer: Transfer) {
        transfer.markCancelled()
        inbox.withLock { inbox in
            guard inbox.phase == .running else { return }
            inbox.cancellations.append(transfer)
            curl_multi_wakeup(multi)
        }
    }

    /// Asks the thread to answer everything and end.
    func stop() {
        inbox.withLock { inbox in
            guard inbox.phase == .running else { return }
            inbox.phase = .stopping
            curl_multi_wakeup(multi)
        }
    }

    /// Waits until the thread has answered everything.
    func ended() async {
        await withCheckedContinuation { continuation in
            let isOver = inbox.withLock { inbox in
                if inbox.phase != .ended { inbox.waitingForEnd.append(continuation) }
                return inbox.phase == .ended
            }
            if isOver { continuation.resume() }
        }
    }

    // MARK: The thread

    private func run() {
        blockBrokenPipes()
        let desk = TransferScheduler(multi: multi)
        while true {
            let (starts, cancellations, isStopping) = inbox.withLock { inbox in
                defer {
                    inbox.starts = []
                    inbox.cancellations = []
                }
                return (inbox.starts, inbox.cancellations, inbox.phase != .running)
            }
            starts.forEach(desk.accept)
            cancellations.forEach(desk.cancel)
            if isStopping { break }
            desk.turn()
            curl_multi_poll(multi, nil, 0, desk.patience, nil)
        }
        desk.close()
        curl_multi_cleanup(multi)
        let waiting = inbox.withLock { inbox in
            inbox.phase = .ended
            defer { inbox.waitingForEnd = [] }
            return inbox.waitingForEnd
        }
        waiting.forEach { $0.resume() }
    }

    /// OpenSSL writes to sockets without MSG_NOSIGNAL, and curl leaves signals alone as it was told.
    private func blockBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
