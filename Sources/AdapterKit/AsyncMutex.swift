/// Lets one task through at a time, in the order of arrival.
package actor AsyncMutex {
    private var isTaken = false
    private var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    private var arrivals = 0

    /// Makes one that nobody is in.
    package init() {}

    /// Waits for its turn, whatever happens meanwhile.
    package func enter() async {
        guard isTaken else {
            isTaken = true
            return
        }
        _ = await withCheckedContinuation { queue($0) }
    }

    /// Waits for its turn until nobody wants it any more.
    ///
    /// - Throws: when the task was cancelled; it is not in then.
    package func enterUnlessCancelled() async throws(CancellationError) {
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
    package func leave() {
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
