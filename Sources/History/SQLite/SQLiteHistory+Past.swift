public import Domain

extension SQLiteHistory {
    /// What was recorded of the way to another moment; nil where nothing was recorded at all.
    public func travel(_ query: PastQuery) throws(HistoryError) -> PastFindings? {
        try reading { (database) throws(HistoryError) in
            try Way(query, in: SQLitePast(database: database))?.findings()
        }
    }
}

/// What an open file answers for the way to an earlier moment.
struct SQLitePast: PastTables {
    let database: Database

    func firstPlace(after place: Int64?) throws(HistoryError) -> Int64? {
        try database.number("SELECT min(place) FROM change WHERE place > ?1", [.integer(place ?? .min)])
    }

    func lastPlace(before place: Int64?) throws(HistoryError) -> Int64? {
        try database.number("SELECT max(place) FROM change WHERE place < ?1", [.integer(place ?? .max)])
    }

    func place(seenBy moment: Int64) throws(HistoryError) -> Int64? {
        try database.number(
            "SELECT place FROM change WHERE seen <= ?1 ORDER BY seen DESC, place DESC LIMIT 1",
            [.integer(moment)])
    }

    func seen(_ place: Int64) throws(HistoryError) -> Int64? {
        try database.number("SELECT seen FROM change WHERE place = ?1", [.integer(place)])
    }

    func place(
        _ side: PastSide, _ place: Int64, notSeenAt moment: Int64?
    ) throws(HistoryError) -> Int64? {
        let (sign, order) = side == .before ? ("<", "DESC") : (">", "ASC")
        return try database.number(
            "SELECT place FROM change WHERE place \(sign) ?1 AND seen IS NOT ?2 ORDER BY place \(order) LIMIT 1",
            [.integer(place), .number(moment)])
    }

    func begins() throws(HistoryError) -> Timestamp? { try SQLiteHistory.moment("began", in: database) }

    func changes(
        after low: Int64, through high: Int64, orAfter last: Int64, most: Int
    ) throws(HistoryError) -> [StateChange]? {
        let condition = "c.place > ?1 AND c.place <= ?2 OR c.place > ?3"
        let bounds: [Cell] = [.integer(low), .integer(high), .integer(last)]
        let count = try database.number(
            "SELECT count(*) FROM (SELECT 1 FROM change c WHERE \(condition) LIMIT ?4)",
            bounds + [.integer(Int64(most) + 1)])
        guard (count ?? 0) <= most else { return nil }
        var changes: [StateChange] = []
        try database.each("\(ChangeRow.select) WHERE \(condition) ORDER BY c.place", bounds) { row in
            changes.append(ChangeRow.change(row))
            return true
        }
        return changes
    }

    func latest(
        _ names: [EntityName], through place: Int64
    ) throws(HistoryError) -> [EntityName: StateChange] {
        var found: [EntityName: StateChange] = [:]
        for name in names {
            try database.each(
                ChangeRow.select + """
                     WHERE s.backend = ?1 AND s.kind = ?2 AND s.entity = ?3 AND c.place <= ?4
                    ORDER BY c.place DESC LIMIT 1
                    """,
                [.text(name.backend), .text(name.kind.rawValue), .text(name.id), .integer(place)]
            ) { row in
                found[name] = ChangeRow.change(row)
                return false
            }
        }
        return found
    }

    func omitted(after place: Int64) throws(HistoryError) -> Set<HistoryList> {
        var found: Set<HistoryList> = []
        try database.each(
            """
            SELECT DISTINCT s.backend, s.kind FROM subject s CROSS JOIN change c ON c.subject = s.id
            WHERE s.entity = ?1 AND c.place > ?2
            """, [.text(StateChange.several), .integer(place)]
        ) { row in
            found.insert(HistoryList(backend: row.text(0), kind: ResourceKind(rawValue: row.text(1))))
            return true
        }
        return found
    }

    func spans() throws(HistoryError) -> [ReadSpan] { try ReadTimes(database: database).all() }

    func lastRows(_ lists: Set<HistoryList>) throws(HistoryError) -> [HistoryList: LastRows] {
        try LastRowsReading(database: database).rows(of: lists)
    }
}
