internal import Dashboard
internal import Domain
internal import History
internal import Synchronization

/// What was measured, as it is recorded and recalled beside the changes.
extension HistoryKeeper {
    /// So many entities of a list are remembered as looked at.
    private static let mostLookedAt = 500

    /// Which readings are asked for, and what is done with them.
    struct PollQuery: Sendable {
        let list: HistoryList
        let since: Timestamp
        let until: Timestamp
        /// Takes them on the thread of the history; what is to be told.
        let take: @Sendable (StoredPolls) -> Event?

        func polls(in store: any HistoryStore) throws(HistoryError) -> StoredPolls {
            try store.polls(list, since: since, until: until, most: TrendBook.length)
        }
    }

    /// Records what a list has measured; what somebody looks at goes first.
    func sample(_ reading: SampleReading) throws(HistoryError) {
        var reading = reading
        reading.wanted = lookedAt.withLock { $0[reading.list] ?? [] }
        try store.record(reading)
    }

    /// What was measured of an entity, or why that is not known; from now on it is recorded.
    func samples(_ query: SampleQuery) -> Result<StoredSamples, BackendError> {
        let list = HistoryList(backend: query.entity.backend, kind: query.entity.kind)
        lookedAt.withLock { lookedAt in
            if lookedAt[list, default: []].count >= Self.mostLookedAt { lookedAt[list] = [] }
            lookedAt[list, default: []].insert(query.entity.id)
        }
        do throws(HistoryError) {
            return .success(try store.recall(query))
        } catch {
            return .failure(BackendError(.missing, error.words))
        }
    }
}
