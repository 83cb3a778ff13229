internal import Dashboard
internal import Domain
internal import History
internal import Synchronization

/// Does what is asked of the history one after the other, in the order in which it was asked.
///
/// Whoever asks goes on at once; the store is opened, read and written by whichever task is working.
final class HistoryKeeper: Sendable {
    /// What is asked of the history.
    enum Task: Sendable {
        case take(TableReading)
        case record([StateChange])
        case setLooked(Timestamp)
        case recall(HistoryQuery, HistoryPurpose)
    }

    private let store: any HistoryStore
    private let recorder: Recorder
    private let clock: any Clock
    private let queue = Mutex((tasks: [Task](), isWorking: false))
    /// What an operator was told is wrong.
    private let told = Mutex<Set<String>>([])

    init(_ store: any HistoryStore, clock: any Clock) {
        self.store = store
        recorder = Recorder(store)
        self.clock = clock
    }

    /// Puts something behind what was asked before.
    ///
    /// A reading takes the place of one of the same list that still waits, so that a disk that hangs does not fill the
    /// memory; but a partial one not that of a whole one, which says more.
    func add(_ task: Task) {
        queue.withLock { queue in
            guard case .take(var reading) = task else { return queue.tasks.append(task) }
            queue.tasks.removeAll { queued in
                guard case .take(let older) = queued, older.isReplaced(by: reading) else { return false }
                // What another process saw since either was asked for may be newer than its answer.
                reading.startedAt = min(reading.startedAt, older.startedAt)
                return true
            }
            queue.tasks.append(.take(reading))
        }
    }

    /// How many tasks wait.
    var waiting: Int { queue.withLock { $0.tasks.count } }

    /// Does what was asked, unless another task is at it; waits for the disk.
    func work(_ post: (Event) -> Void) {
        while let task = next() {
            perform(task, post)
            for words in store.notices() { post(.noticed(.bad, words)) }
        }
    }

    private func next() -> Task? {
        queue.withLock { queue in
            guard !queue.tasks.isEmpty else {
                queue.isWorking = false
                return nil
            }
            return queue.tasks.removeFirst()
        }
    }

    /// Whether the caller is the one to work.
    func begin() -> Bool {
        queue.withLock { queue in
            guard !queue.isWorking, !queue.tasks.isEmpty else { return false }
            queue.isWorking = true
            return true
        }
    }

    /// Whether everything that was asked is done.
    var isIdle: Bool { queue.withLock { !$0.isWorking && $0.tasks.isEmpty } }

    private func perform(_ task: Task, _ post: (Event) -> Void) {
        do throws(HistoryError) {
            switch task {
            case .take(let reading):
                let changes = try recorder.take(reading)
                if !changes.isEmpty {
                    told.withLock { $0.removeAll() }
                    post(.recorded(changes))
                }
                try recorder.tidy(at: reading.seenAt)
            case .record(let changes):
                let made = try store.record(changes)
                if !made.isEmpty { post(.recorded(made)) }
            case .setLooked(let moment):
                try store.setLooked(moment)
            case .recall(let query, let purpose):
                post(.recalled(purpose, try result(of: query)))
            }
        } catch {
            tell(error, post)
        }
    }

    /// What is recalled, or why not: an answer either way.
    private func result(of query: HistoryQuery) throws(HistoryError) -> Result<Recollection, BackendError> {
        do throws(HistoryError) {
            return .success(try store.recall(query))
        } catch {
            return .failure(BackendError(.missing, error.words))
        }
    }

    /// Says once what is wrong; a process that waits for another one is not: the next reading is recorded.
    private func tell(_ error: HistoryError, _ post: (Event) -> Void) {
        guard error.kind != .busy, told.withLock({ $0.insert(error.words).inserted }) else { return }
        post(.noticed(.bad, error.words))
    }
}

extension TableReading {
    /// Whether a later reading says all that this one does.
    fileprivate func isReplaced(by later: TableReading) -> Bool {
        backend == later.backend && table.resource.kind == later.table.resource.kind
            && (later.isComplete || !isComplete)
    }
}
