package import Domain

/// Lets one task through at a time, in the order of arrival.
package actor AsyncMutex {
    private var isTaken = false
    private var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    private var arrivals = 0

    /// Makes one that nobody is in.
    package init() {}

    /// Does something when nobody else does it.
    ///
    /// - Throws: what the work throws; `cancelled` when the task was cancelled while it waited.
    package nonisolated func alone<Answer>(
        _ work: () async throws(BackendError) -> Answer
    ) async throws(BackendError) -> Answer {
        do throws(CancellationError) { try await enter() } catch {
            throw BackendError(.cancelled, "cancelled")
        }
        let result: Result<Answer, BackendError>
        do throws(BackendError) {
            result = .success(try await work())
        } catch {
            result = .failure(error)
        }
        await leave()
        return try result.get()
    }

    /// Finds something out once: who waits meanwhile takes what the one before it left behind.
    ///
    /// - Parameter known: what was found out already; nil where that is nothing, or too old.
    /// - Throws: what asking throws; `cancelled` when the task was cancelled while it waited.
    package nonisolated func once<Answer>(
        _ known: () -> Answer?, or ask: () async throws(BackendError) -> Answer
    ) async throws(BackendError) -> Answer {
        try await alone { () async throws(BackendError) in
            if let answer = known() { return answer }
            return try await ask()
        }
    }

    /// Waits for its turn until nobody wants it any more.
    ///
    /// - Throws: when the task was cancelled; it is not in then.
    private func enter() async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        guard isTaken else {
            isTaken = true
            return
        }
        let number = arrivals
        let isIn = await withTaskCancellationHandler {
            await withCheckedContinuation { queue($0) }
        } onCancel: {
            Task { await self.giveUp(number) }
        }
        guard isIn else { throw CancellationError() }
    }

    /// Lets the next one in.
    private func leave() {
        if waiting.isEmpty {
            isTaken = false
        } else {
            waiting.removeFirst().continuation.resume(returning: true)
        }
    }

    private func queue(_ continuation: CheckedContinuation<Bool, Never>) {
        waiting.append((arrivals, continuation))
        arrivals += 1
    }

    private func giveUp(_ number: Int) {
        guard let place = waiting.firstIndex(where: { $0.number == number }) else { return }
        waiting.remove(at: place).continuation.resume(returning: false)
    }
}
