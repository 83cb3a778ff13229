public import Domain
public import History
internal import Team

extension PostgresHistory {
    /// Records what of a reading of a list is another than what was recorded of it last.
    ///
    /// Who took the reading from another process only looks whether that one recorded it.
    public func record(_ reading: ListReading) throws(HistoryError) -> Recorded {
        let reading = reading.storable
        let count = reading.rows.count + reading.missing.count
        if reading.isTaken, reading.due.isEmpty { return try look(reading) }
        let recorded = try writing(rows: count) { (session) throws(HistoryError) -> Recorded? in
            guard session.records else { return nil }
            guard session.sources[reading.list.backend] != nil else { return Recorded() }
            // Two that see the same write it one after the other.
            try session.lock(session.lockName(reading.list, "changes"))
            return try Writing(PostgresChanges(session)).record(reading)
        }
        guard var recorded else { return try look(reading) }
        recorded.changes = telling(recorded.changes)
        return recorded
    }

    /// Looks at what others recorded of a reading, and writes nothing.
    private func look(_ reading: ListReading) throws(HistoryError) -> Recorded {
        var taken = reading
        (taken.isTaken, taken.due) = (true, [])
        var recorded = try self.reading { (session) throws(HistoryError) in
            guard session.sources[taken.list.backend] != nil else { return Recorded() }
            return try Writing(PostgresChanges(session)).record(taken)
        }
        recorded.changes = telling(recorded.changes)
        return recorded
    }

    /// Records changes that no list shows, but those of which the same was recorded last.
    ///
    /// Not those from before the team was joined: what one screen saw of a server while it did not even reach the team
    /// says nothing of the server.
    public func record(_ changes: [StateChange]) throws(HistoryError) -> [StateChange] {
        guard !changes.isEmpty else { return [] }
        let lists = Set(changes.map(\.list)).count
        let made = try writing(rows: changes.count, trips: 20 + lists) {
            (session) throws(HistoryError) -> [StateChange] in
            let known = changes.filter {
                session.sources[$0.entity.backend] != nil && !session.isBefore($0)
                    && ChangeColumns.id($0.entity.id, $0.entity.kind) != nil
            }
            guard session.records, !known.isEmpty else { return [] }
            try session.lock(Set(known.map { session.lockName($0.list, "changes") }))
            return try Writing(PostgresChanges(session)).record(known)
        }
        return telling(made)
    }

    /// Which entities of a list were recorded behind a place, and the last place of all lists.
    public func touched(_ list: HistoryList, after place: Int64?) throws(HistoryError) -> Touched {
        try reading { (session) throws(HistoryError) in
            var touched = Touched(place: try session.lastPlace(), epoch: session.epoch)
            guard let place, place < touched.place, let own = session.place(of: list) else { return touched }
            let rows = try session.run(
                """
                SELECT DISTINCT entity FROM nocturne.history_changes
                WHERE place > $3::bigint AND source = $1::bigint AND kind = $2
                """, own + [.whole(place)])
            touched.ids = Set(rows.map { $0.text(0) })
            touched.ids.remove(StateChange.several)
            return touched
        }
    }

    /// Notes when lists were last read whole without a change.
    public func saw(_ readings: [HistoryList: WholeReading], epoch: Int64) throws(HistoryError) {
        try writing(rows: readings.count) { (session) throws(HistoryError) in
            let known = readings.filter { session.sources[$0.key.backend] != nil }
            // A history that was begun since lacks what was in them.
            guard session.records, session.epoch == epoch, !known.isEmpty else { return }
            try session.lock(Set(known.keys.map { session.lockName($0, "changes") }))
            try PostgresChanges(session).note(known)
        }
    }

    /// Notes that the operator looked; a moment that is far ahead is of a clock that was wrong.
    public func setLooked(_ moment: Timestamp) throws(HistoryError) {
        try writing { [name] (session) throws(HistoryError) in
            guard session.records else {
                throw HistoryError(
                    .readOnly, "this account may not write the team's history: nothing notes when you looked")
            }
            try session.run(
                """
                INSERT INTO nocturne.history_looks AS old (operator, looked) VALUES ($1, $2::bigint)
                ON CONFLICT (operator) DO UPDATE SET looked = excluded.looked
                WHERE old.looked < excluded.looked OR old.looked > excluded.looked + 86400
                """, [.text(name), .whole(max(0, moment.seconds.moment))])
        }
    }
}

extension ListReading {
    /// The reading without what is too long to be an id.
    fileprivate var storable: ListReading {
        var kept = self
        kept.rows.removeAll { ChangeColumns.id($0.id, list.kind) == nil }
        kept.missing.removeAll { ChangeColumns.id($0, list.kind) == nil }
        return kept
    }
}

extension HistorySession {
    /// What is locked while something of a list is written.
    func lockName(_ list: HistoryList, _ what: String) -> String {
        "\(what) \(sources[list.backend] ?? 0) \(list.kind.rawValue)"
    }
}
