internal import Dashboard
internal import Domain
internal import History
internal import Synchronization

/// Does what is asked of the history one after the other, in the order in which it was asked.
///
/// Whoever asks goes on at once; the store is opened, read and written by whichever thread is working.
final class HistoryKeeper: Sendable {
    /// What is asked of the history.
    enum Task: Sendable {
        case take(TableReading)
        case record([StateChange])
        case setLooked(Timestamp)
        case recall(HistoryQuery, HistoryPurpose)
        case travel(PastRequest)
        case last([BackendID: [ResourceDescriptor]], [BackendID: String])
        case sample(SampleReading)
        case recallSamples(EntityRef, SampleQuery)
        case recallPolls(PollQuery)
    }

    /// So many changes that could not be written are kept until they can; the latest.
    static let mostUnwritten = 100
    /// Seconds for which another process may write before that is a failure.
    private static let patience: Int64 = 60

    let store: any HistoryStore
    private let recorder: Recorder
    private let clock: any Clock
    private let queue = Mutex((tasks: [Task](), isWorking: false))
    private let trouble = Mutex(Trouble())
    /// What of each list somebody looked at.
    let lookedAt = Mutex<[HistoryList: Set<String>]>([:])

    /// What could not be done.
    private struct Trouble {
        /// What an operator was told is wrong.
        var told: Set<String> = []
        /// Changes that no list shows, so that no later reading tells them.
        var unwritten: [StateChange] = []
        /// Since when nothing could be written.
        var since: Timestamp?
        /// Why what is recorded is not all that happened; nil while it is.
        var gap: HistoryError?
        /// Until when that was so last.
        var gapEnded: Timestamp?
    }

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
            if case .sample(let later) = task {
                queue.tasks.removeAll {
                    guard case .sample(let older) = $0, older.list == later.list else { return false }
                    return later.before == nil || older.before != nil
                }
            }
            guard case .take(var reading) = task else { return queue.tasks.append(task) }
            queue.tasks.removeAll { queued in
                guard case .take(let older) = queued, older.isReplaced(by: reading) else { return false }
                // What another process saw since either was asked for may be newer than its answer.
                reading.startedAt = min(reading.startedAt, older.startedAt)
                // What was read here is recorded here.
                reading.isTaken = reading.isTaken && older.isTaken
                return true
            }
            queue.tasks.append(.take(reading))
        }
    }

    /// How many tasks wait.
    var waiting: Int { queue.withLock { $0.tasks.count } }

    /// Does what was asked, unless another thread is at it; waits for the disk.
    func work(_ post: (Event) -> Void) {
        while let task = next() {
            perform(task, post)
            let news = store.news()
            if !news.isEmpty { post(.recorded(news)) }
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
            case .take(let reading): try take(reading, post)
            case .record(let changes):
                trouble.withLock { $0.unwritten = ($0.unwritten + changes).suffix(Self.mostUnwritten) }
                try write(post)
            case .setLooked(let moment):
                try? write(post)
                try store.setLooked(moment)
            case .recall(let query, let purpose):
                try? write(post)
                post(.recalled(purpose, result(of: query, for: purpose)))
            case .last(let lists, let names):
                post(.remembered(try last(lists, names)))
            case .travel(let request):
                try? write(post)
                post(.travelled(question: request.question, travel(request)))
            case .sample(let reading): try sample(reading)
            case .recallSamples(let entity, let query):
                post(.samplesRecalled(entity, query, samples(query)))
            case .recallPolls(let query):
                if let event = query.take(try query.polls(in: store)) { post(event) }
            }
        } catch {
            tell(error, post)
        }
    }

    private func take(_ reading: TableReading, _ post: (Event) -> Void) throws(HistoryError) {
        let changes: [StateChange]
        do throws(HistoryError) {
            try write(post)
            changes = try recorder.take(reading)
        } catch {
            return failed(error, post)
        }
        written(changes, post)
        if changes.isEmpty, store.isShared { reached() }
        try recorder.tidy(at: reading.seenAt)
    }

    /// Writes the changes that wait for it: first of all, so that they keep their place.
    private func write(_ post: (Event) -> Void) throws(HistoryError) {
        let changes = trouble.withLock(\.unwritten)
        guard !changes.isEmpty else { return }
        do throws(HistoryError) {
            let made = try store.record(changes)
            trouble.withLock { $0.unwritten = [] }
            written(made, post)
        } catch {
            failed(error, post)
            throw error
        }
    }

    private func written(_ changes: [StateChange], _ post: (Event) -> Void) {
        guard !changes.isEmpty else { return }
        let now = clock.wall
        let wasTold = trouble.withLock { trouble in
            if trouble.gap != nil { trouble.gapEnded = now }
            defer { (trouble.told, trouble.since, trouble.gap) = ([], nil, nil) }
            return !trouble.told.isEmpty
        }
        // What was said of it may still stand on the screen.
        if wasTold { post(.noticed(.good, "what changes is recorded again")) }
        post(.recorded(changes))
    }

    /// A store that could not be reached was: others record into it even where nothing is to be recorded here.
    private func reached() {
        let now = clock.wall
        trouble.withLock { trouble in
            guard let kind = trouble.gap?.kind, [.unavailable, .busy].contains(kind) else { return }
            trouble.gapEnded = now
            (trouble.told, trouble.since, trouble.gap) = ([], nil, nil)
        }
    }

    /// Says that what is recorded is not all that happened, once.
    ///
    /// What comes and goes until it can be written again is never told, so that no count of what changed is right
    /// any more. A process that waits for another one does not fail at once: the next reading tells what changed.
    private func failed(_ error: HistoryError, _ post: (Event) -> Void) {
        let now = clock.wall
        let begins = trouble.withLock { trouble in
            let since = trouble.since ?? now
            trouble.since = since
            guard trouble.gap == nil,
                error.kind != .busy || abs(now.seconds - since.seconds) >= Self.patience
            else { return false }
            trouble.gap = error
            return true
        }
        tell(error, post)
        if begins { post(.recalled(.sinceLooked, .failure(BackendError(.missing, error.words)))) }
    }

    /// What is recalled, or why not: an answer either way.
    ///
    /// What is counted says where it is not whole.
    private func result(
        of query: HistoryQuery, for purpose: HistoryPurpose
    ) -> Result<Recollection, BackendError> {
        let (gap, ended) = trouble.withLock { ($0.gap, $0.gapEnded) }
        if case .sinceLooked = purpose, let gap { return .failure(BackendError(.missing, gap.words)) }
        do throws(HistoryError) {
            var recollection = try store.recall(query)
            let hasGap = ended.map { $0 > recollection.since ?? Timestamp(.min) } ?? false
            switch purpose {
            case .sinceLooked where hasGap: recollection.begins = ended
            case .handoff: recollection.isCut = recollection.isCut || hasGap || gap != nil
            default: break
            }
            return .success(recollection)
        } catch {
            return .failure(BackendError(.missing, error.words))
        }
    }

    /// The rows of lists as they were recorded last.
    private func last(
        _ lists: [BackendID: [ResourceDescriptor]], _ names: [BackendID: String]
    ) throws(HistoryError) -> [RememberedList] {
        var asked: [HistoryList: (BackendID, ResourceDescriptor)] = [:]
        for (backend, resources) in lists {
            guard let name = names[backend] else { continue }
            // Of others only what changed is recorded.
            for resource in resources where RecordedFields(resource)?.recording == .everything {
                asked[HistoryList(backend: name, kind: resource.kind)] = (backend, resource)
            }
        }
        var made: [RememberedList] = []
        for (list, rows) in try store.last(Set(asked.keys)) {
            guard let (backend, resource) = asked[list] else { continue }
            let table = Table.empty(resource, backend).past(rows.states)
            if table.count > 0 { made.append(RememberedList(table: table, readAt: rows.readAt)) }
        }
        return made
    }

    /// Makes the rows of an earlier moment; nil where nothing was recorded.
    private func travel(_ request: PastRequest) -> Result<PastRecord?, BackendError> {
        do throws(HistoryError) {
            guard let findings = try store.travel(request.query) else { return .success(nil) }
            if findings.isNow, let record = request.record { return .success(record.ended(by: findings)) }
            return .success(
                request.record?.moved(by: findings)
                    ?? PastRecord(
                        findings, tables: request.tables, names: request.names, lost: request.lost))
        } catch {
            return .failure(BackendError(.missing, error.words))
        }
    }

    /// Says once what is wrong; a process that waits for another one is not.
    private func tell(_ error: HistoryError, _ post: (Event) -> Void) {
        let isNew = trouble.withLock { trouble in
            (error.kind != .busy || trouble.gap?.kind == .busy) && trouble.told.insert(error.words).inserted
        }
        if isNew { post(.noticed(.bad, error.words)) }
    }
}

extension TableReading {
    /// Whether a later reading says all that this one does.
    fileprivate func isReplaced(by later: TableReading) -> Bool {
        backend == later.backend && table.resource.kind == later.table.resource.kind
            && (later.isComplete || !isComplete)
    }
}
