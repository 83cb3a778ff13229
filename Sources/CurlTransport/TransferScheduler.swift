import CCurl
import HTTP

/// The work of the loop's thread: queues, running attempts, limits, answers.
///
/// Belongs to that thread; nothing else may touch it.
final class TransferScheduler {
    private let multi: UnsafeMutableRawPointer
    private var lanes: [Int: Lane<Transfer>] = [:]
    private var running: [ObjectIdentifier: Attempt] = [:]

    init(multi: UnsafeMutableRawPointer) { self.multi = multi }

    /// Puts a transfer in its backend's queue.
    func accept(_ transfer: Transfer) {
        if transfer.isCancelled { return transfer.answer(.failure(.cancelled)) }
        let order = transfer.order
        lanes[order.lane, default: Lane(width: order.endpoint.limits.connectionsPerHost)]
            .add(transfer, priority: order.priority)
    }

    /// Gives up a transfer that waits or runs; one that is not known has been answered, or was marked
    /// before it came and is dropped when its turn comes.
    func cancel(_ transfer: Transfer) {
        if let attempt = running[ObjectIdentifier(transfer)] {
            return end(attempt, with: .failure(attempt.ended(by: .cancelled)))
        }
        let lane = transfer.order.lane
        if lanes[lane]?.withdraw(where: { $0 === transfer }) != nil {
            transfer.answer(.failure(.cancelled))
            forgetIfIdle(lane)
        }
    }

    /// Lets curl work, answers what is done or overdue, and starts what has a place.
    func turn() {
        var count: Int32 = 0
        curl_multi_perform(multi, &count)
        finishDone()
        let now = ContinuousClock.now
        for attempt in Array(running.values) {
            guard let error = attempt.overdue(at: now) else { continue }
            end(attempt, with: .failure(attempt.ended(by: error)))
        }
        for lane in Array(lanes.keys) { admit(lane) }
    }

    /// How long the thread may sleep, in milliseconds.
    var patience: Int32 { Self.patience(until: running.values.map(\.nextLook).min(), from: .now) }

    /// As long as can be when there is nothing to look at; curl shortens it where it has timers of its own.
    static func patience(
        until next: ContinuousClock.Instant?, from now: ContinuousClock.Instant
    ) -> Int32 {
        guard let next else { return .max }
        return Int32(max(0, min((next - now).inSeconds * 1000 + 1, 3_600_000)))
    }

    /// Answers everything; nothing is started any more.
    func close() {
        for attempt in Array(running.values) {
            end(attempt, with: .failure(attempt.ended(by: .stopped)))
        }
        for lane in Array(lanes.keys) {
            for transfer in lanes[lane]?.withdrawAll() ?? [] { transfer.answer(.failure(.stopped)) }
        }
        lanes = [:]
    }

    private func admit(_ lane: Int) {
        while let transfer = lanes[lane]?.admit() {
            if let error = start(transfer) {
                transfer.answer(.failure(error))
                lanes[lane]?.leave()
            }
        }
        forgetIfIdle(lane)
    }

    /// Hands a transfer to curl; an error means that nothing was sent.
    private func start(_ transfer: Transfer) -> TransportError? {
        if transfer.isCancelled { return .cancelled }
        if let refusal = transfer.order.refusal { return .refused(refusal) }
        guard let attempt = Attempt(transfer) else {
            return .closed(reason: "there is no memory for a request")
        }
        if let code = attempt.handle.refused {
            return .refused(
                "curl cannot do what this backend needs: \(String(cString: curl_easy_strerror(code)))")
        }
        guard curl_multi_add_handle(multi, attempt.handle.pointer) == CURLM_OK else {
            return .closed(reason: "curl could not take the request")
        }
        running[ObjectIdentifier(transfer)] = attempt
        return nil
    }

    private func finishDone() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let attempt = Attempt.of(handle)
            else { continue }
            let code = message.pointee.data.result
            end(attempt, with: attempt.result(code))
        }
    }

    private func end(_ attempt: Attempt, with result: Result<Response, TransportError>) {
        curl_multi_remove_handle(multi, attempt.handle.pointer)
        running[ObjectIdentifier(attempt.transfer)] = nil
        lanes[attempt.order.lane]?.leave()
        attempt.transfer.answer(result)
    }

    private func forgetIfIdle(_ lane: Int) {
        if lanes[lane]?.isIdle == true { lanes[lane] = nil }
    }
}
