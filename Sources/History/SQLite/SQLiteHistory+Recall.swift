public import Domain

/// More changes than this are in no answer, whatever is asked for.
private let mostAtOnce = 1_000_000

extension SQLiteHistory {
    /// What was recorded, as far as it is asked for: the latest where there is more.
    ///
    /// Where it is asked from the last look on and nobody ever looked, there are no changes.
    public func recall(_ query: HistoryQuery) throws(HistoryError) -> Recollection {
        try use { (database) throws(HistoryError) in
            var found = Recollection()
            found.begins = try Self.moment("began", in: database)
            found.since = query.since
            if query.since == nil { found.since = try Self.moment("looked", in: database) }
            guard let since = found.since else { return found }
            let limit = min(max(0, query.limit), mostAtOnce)
            var changes = try Self.changes(query, since: since, most: limit + 1, in: database)
            changes.sort { $0.place > $1.place }
            found.isCut = changes.count > limit
            found.changes = changes.prefix(limit).reversed()
            return found
        }
    }

    /// A moment by its name.
    static func moment(_ name: String, in database: Database) throws(HistoryError) -> Timestamp? {
        try database.number("SELECT value FROM moment WHERE name = ?1", [.text(name)]).map { Timestamp($0) }
    }

    private static func changes(
        _ query: HistoryQuery, since: Timestamp, most: Int, in database: Database
    ) throws(HistoryError) -> [StateChange] {
        let bounds: [Cell] = [
            .integer(since.seconds), .integer(query.until?.seconds ?? .max), .integer(Int64(most)),
        ]
        let range = "c.seen >= ?1 AND c.seen <= ?2"
        var changes: [StateChange] = []
        func read(_ text: String, _ values: [Cell]) throws(HistoryError) {
            try database.each(text, bounds + values) { row in
                changes.append(ChangeRow.change(row))
                return true
            }
        }
        func read(ofSubjects subjects: String, _ values: [Cell]) throws(HistoryError) {
            try read(ChangeRow.select(ofSubjects: subjects, range, limit: "?3"), values)
        }
        switch query.subject {
        case .everything:
            try read("\(ChangeRow.select) WHERE \(range) ORDER BY c.seen DESC, c.place DESC LIMIT ?3", [])
        case .site(let name):
            try read(ofSubjects: "s.site = ?4 AND s.site <> ''", [.text(name)])
        case .device(let name):
            try read(
                ofSubjects: """
                    s.id IN (SELECT id FROM subject WHERE name = ?4
                    UNION SELECT id FROM subject WHERE device = ?4 AND device <> '')
                    """, [.text(name)])
        case .entities(let names):
            for name in Set(names) {
                try read(
                    ofSubjects: "s.backend = ?4 AND s.kind = ?5 AND s.entity = ?6",
                    [.text(name.backend), .text(name.kind.rawValue), .text(name.id)])
            }
        }
        return changes
    }
}
