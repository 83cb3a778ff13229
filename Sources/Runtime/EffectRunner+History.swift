internal import AdapterKit
internal import CLinux
internal import Dashboard
internal import Domain
internal import History

/// What changed before: recorded beside the merger, and read when it is asked for.
extension EffectRunner {
    /// Has the history do something behind all that it was asked before.
    func remember(_ task: HistoryKeeper.Task) {
        guard let history else {
            if case .recall(_, let purpose) = task {
                inbox.post(.recalled(purpose, .failure(BackendError(.missing, "no history is kept"))))
            }
            return
        }
        history.add(task)
        work(history)
    }

    /// Has a thread of its own do what was asked, unless one is at it: the disk, or another process, is waited for.
    func work(_ history: HistoryKeeper) {
        guard history.begin() else { return }
        startWaiting { [inbox] in history.work { inbox.post($0) } }
    }

    /// Waits until the history has written what it was asked, for so many seconds at most: at the end of the process,
    /// which ends whatever is under way.
    public func finishHistory(within seconds: Double = 1) {
        guard let history else { return }
        let end = clock.now + seconds
        while !history.isIdle, clock.now < end {
            work(history)
            _ = clinux_wait(nil, 0, 5_000_000)
        }
    }

    /// Puts a reading of a list behind the readings before it; `work` follows outside of the lock.
    func enqueue(
        _ table: Table, isComplete: Bool, doubts: Int = 0, startedAt: Timestamp,
        _ others: [Key: (table: Table, generation: Generation?)]
    ) {
        guard let history, Recorder.records(table.resource), let connection = connection(table.backend) else {
            return
        }
        let related = others.filter { $0.key.backend == table.backend && $0.key.kind != table.resource.kind }
        history.add(
            .take(
                TableReading(
                    backend: connection.settings.name, table: table, isComplete: isComplete, doubts: doubts,
                    startedAt: startedAt, seenAt: clock.wall, related: related.map(\.value.table))))
    }
}
