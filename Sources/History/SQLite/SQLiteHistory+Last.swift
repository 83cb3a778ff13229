public import Domain

/// So many rows are read at most: an earlier session is no reason to wait.
private let mostRows: Int64 = 50_000

extension SQLiteHistory {
    /// How the entities of lists were recorded last, of those lists that are recorded whole.
    public func last(_ lists: Set<HistoryList>) throws(HistoryError) -> [HistoryList: LastRows] {
        try reading { (database) throws(HistoryError) in
            try LastRowsReading(database: database).rows(of: lists)
        }
    }
}

/// Reads how entities were recorded last, in an open file.
struct LastRowsReading {
    let database: Database

    /// The rows of lists that were read whole; a list with more than can be read is left out.
    func rows(of lists: Set<HistoryList>) throws(HistoryError) -> [HistoryList: LastRows] {
        var found: [HistoryList: LastRows] = [:]
        var left = mostRows
        for list in lists.sorted(by: { ($0.backend, $0.kind.rawValue) < ($1.backend, $1.kind.rawValue) }) {
            let own: [Cell] = [.text(list.backend), .text(list.kind.rawValue)]
            let readAt = try database.number("SELECT seen FROM list WHERE backend = ?1 AND kind = ?2", own)
            guard let readAt, left > 0 else { continue }
            var rows = LastRows(readAt: Timestamp(readAt))
            try database.each(
                """
                SELECT c.entity, c.state, c.severity, c.said, s.name, s.device, s.site, c.note
                FROM current c JOIN subject s ON s.id = c.subject WHERE c.backend = ?1 AND c.kind = ?2
                AND c.state NOT IN ('cleared', 'gone') LIMIT ?3
                """, own + [.integer(left + 1)]
            ) { row in
                rows.states[row.text(0)] = PastState(
                    word: row.text(1), severity: Severity(stored: row.number(2)),
                    since: row.number(3).map { Timestamp($0) }, name: row.text(4), device: row.text(5),
                    site: row.text(6), note: row.text(7))
                return true
            }
            guard Int64(rows.states.count) <= left else { continue }
            left -= Int64(rows.states.count)
            found[list] = rows
        }
        return found
    }
}
