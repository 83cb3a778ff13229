internal import Domain

/// When lists were read: what is recorded says nothing of the time in between.
struct ReadTimes {
    let database: Database

    /// Takes a reading; where the one before was too long ago, another span of time begins.
    func add(_ list: HistoryList, _ reading: WholeReading) throws(HistoryError) {
        let gap = ReadSpan.gap(interval: reading.interval)
        let own: [Cell] = [
            .text(list.backend), .text(list.kind.rawValue), .integer(reading.at.seconds), .integer(gap),
        ]
        // What is more than a day ahead was noted with a wrong clock.
        try database.run(
            """
            UPDATE span SET until = max(until, ?3), gap = ?4
            WHERE backend = ?1 AND kind = ?2 AND until >= ?3 - ?4 AND until <= ?3 + 86400
            AND since = (SELECT max(since) FROM span WHERE backend = ?1 AND kind = ?2 AND since <= ?3)
            """, own)
        guard database.changed == 0 else { return }
        try database.run(
            "INSERT OR IGNORE INTO span(backend, kind, since, until, gap) VALUES(?1, ?2, ?3, ?3, ?4)", own)
    }

    /// Forgets what is older than anything that is kept.
    func remove(before oldest: Int64) throws(HistoryError) {
        try database.run("DELETE FROM span WHERE until < ?1", [.integer(oldest)])
    }

    /// When lists were read, the first first.
    func all() throws(HistoryError) -> [ReadSpan] {
        var found: [ReadSpan] = []
        try database.each("SELECT backend, kind, since, until, gap FROM span ORDER BY since") { row in
            let list = HistoryList(backend: row.text(0), kind: ResourceKind(rawValue: row.text(1)))
            if let since = row.number(2), let until = row.number(3), let gap = row.number(4) {
                found.append(ReadSpan(list: list, since: since, until: until, gap: gap))
            }
            return true
        }
        return found
    }
}
