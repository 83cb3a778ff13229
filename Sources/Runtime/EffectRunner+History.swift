internal import AdapterKit
internal import CLinux
internal import Dashboard
internal import Domain
internal import HTTP
internal import History
internal import Synchronization

/// What changed before: recorded beside the merger, and read when it is asked for.
extension EffectRunner {
    /// Has the history do something behind all that it was asked before.
    func remember(_ task: HistoryKeeper.Task) {
        guard let history else {
            let failure = BackendError(.missing, "no history is kept")
            switch task {
            case .recall(_, let purpose): inbox.post(.recalled(purpose, .failure(failure)))
            case .travel(let request):
                inbox.post(.travelled(question: request.question, .failure(failure)))
            case .recallSamples(let entity, let query):
                inbox.post(.samplesRecalled(entity, query, .failure(failure)))
            default: break
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
    ///
    /// - Parameter age: how many seconds ago it was read, where another process of the team did.
    func enqueue(
        _ table: Table, isComplete: Bool, doubts: Int = 0, startedAt: Timestamp, age: Double,
        _ others: [Key: (table: Table, generation: Generation?)]
    ) {
        guard let history, Recorder.records(table.resource), let connection = connection(table.backend) else {
            return
        }
        let related = others.filter { $0.key.backend == table.backend && $0.key.kind != table.resource.kind }
        var reading = TableReading(
            backend: connection.settings.name, table: table, isComplete: isComplete, doubts: doubts,
            startedAt: startedAt.earlier(by: age), seenAt: clock.wall.earlier(by: age),
            interval: interval(of: table.resource, connection, startedAt),
            related: related.map(\.value.table))
        reading.isTaken = Sharing.current?.isTaken == true
        history.add(.take(reading))
    }

    /// Seconds between two refreshes of a list: as configured, and never under ten times what the last one took.
    private func interval(
        of resource: ResourceDescriptor, _ connection: Connection, _ startedAt: Timestamp
    ) -> Int64 {
        let configured = Int64(connection.intervals[resource.kind.rawValue] ?? resource.interval)
        return max(1, configured, 10 * (clock.wall.seconds - startedAt.seconds))
    }

    /// Puts what a reading has measured behind the readings before it; `work` follows.
    ///
    /// - Parameter before: the rows before, where the answer was partial.
    func enqueue(samplesOf table: Table, before: Table?, age: Double) {
        guard let history, SampleReading.measures(table.resource), let connection = connection(table.backend)
        else { return }
        let list = HistoryList(backend: connection.settings.name, kind: table.resource.kind)
        let interval = interval(of: table.resource, connection, clock.wall)
        var reading = SampleReading(
            list, table, at: clock.wall.earlier(by: age), interval: interval, before: before)
        reading.isTaken = Sharing.current?.isTaken == true
        history.add(.sample(reading))
    }

    /// What was measured lately, with what was measured now.
    func book(
        _ key: Key, _ table: Table, _ completeness: Completeness, _ askedAt: Timestamp
    ) -> TrendBook? {
        let (book, isFirst) = books.withLock { books in
            let earlier = books[key]
            let book = TrendBook.after(
                earlier, table, at: clock.now, wall: clock.wall, isPartial: completeness != .complete)
            books[key] = book
            return (book, earlier == nil)
        }
        if let book, isFirst {
            recallTrends(of: key, book, since: table.resource.interval, until: askedAt)
        }
        return book
    }

    /// Has what was measured before this process began put before its first book of a list.
    func recallTrends(of key: Key, _ book: TrendBook, since interval: Double, until: Timestamp) {
        guard let history, let connection = connection(key.backend) else { return }
        // Twice as long, so that some may be missing.
        let length = Int64(2 * Double(TrendBook.length) * interval)
        history.add(
            .recallPolls(
                HistoryKeeper.PollQuery(
                    list: HistoryList(backend: connection.settings.name, kind: key.kind),
                    since: Timestamp(until.seconds - length), until: until
                ) { [self] polls in precede(key, polls) }))
        work(history)
    }

    private func precede(_ key: Key, _ polls: StoredPolls) -> Event? {
        let (now, wall) = (clock.now, clock.wall)
        return books.withLock { books in
            guard let book = books[key] else { return nil }
            let whole = book.preceded(by: polls) { now + Double($0.seconds - wall.seconds) }
            guard whole.revision != book.revision else { return nil }
            books[key] = whole
            return .trendsRecalled(key.backend, key.kind, whole)
        }
    }
}
