internal import Domain

/// The tables of changes in an open file, within one transaction.
struct SQLiteChanges: ChangeTables {
    private let database: Database

    init(_ database: Database) throws(HistoryError) {
        self.database = database
        // A newer nocturne may have changed the tables since the file was opened.
        try HistorySchema.check(database)
    }

    func lastWhole(_ list: HistoryList) throws(HistoryError) -> Timestamp? {
        try database.number("SELECT seen FROM list WHERE backend = ?1 AND kind = ?2", list.cells)
            .map { Timestamp($0) }
    }

    func epoch() throws(HistoryError) -> Int64 { try HistorySchema.epoch(of: database) }

    func note(_ list: HistoryList, _ reading: WholeReading) throws(HistoryError) {
        let moment = Cell.integer(reading.at.seconds)
        try database.run(
            """
            INSERT INTO list(backend, kind, seen) VALUES(?1, ?2, ?3) ON CONFLICT(backend, kind) DO UPDATE
            SET seen = ?3 WHERE seen < ?3 OR seen > ?3 + 86400
            """, list.cells + [moment])
        try database.run("INSERT OR IGNORE INTO moment(name, value) VALUES('began', ?1)", [moment])
        try ReadTimes(database: database).add(list, reading)
    }

    func known(_ list: HistoryList, _ ids: [String]) throws(HistoryError) -> [String: KnownState] {
        var found: [String: KnownState] = [:]
        for id in ids where found[id] == nil {
            try database.each(
                """
                SELECT s.name, s.device, s.site, c.state, c.severity, c.note, c.said, c.seen
                FROM current c JOIN subject s ON s.id = c.subject
                WHERE c.backend = ?1 AND c.kind = ?2 AND c.entity = ?3
                """, list.cells + [.text(id)]
            ) { row in
                found[id] = KnownState(
                    name: row.text(0), device: row.text(1), site: row.text(2), state: row.text(3),
                    severity: Severity(stored: row.number(4)), note: row.text(5),
                    said: row.number(6).map { Timestamp($0) }, seenAt: Timestamp(row.number(7) ?? 0))
                return false
            }
        }
        return found
    }

    func present(_ list: HistoryList) throws(HistoryError) -> [String] {
        var found: [String] = []
        try database.each(
            "SELECT entity, state FROM current WHERE backend = ?1 AND kind = ?2", list.cells
        ) { row in
            if !Judgement.isOver(row.text(1)) { found.append(row.text(0)) }
            return true
        }
        return found
    }

    func lastChanges(_ list: HistoryList, _ ids: [String]) throws(HistoryError) -> [String: StateChange] {
        var found: [String: StateChange] = [:]
        for id in ids {
            try database.each(
                ChangeRow.select + """
                     WHERE s.backend = ?1 AND s.kind = ?2 AND s.entity = ?3
                    ORDER BY c.place DESC LIMIT 1
                    """, list.cells + [.text(id)]
            ) { row in
                found[id] = ChangeRow.change(row)
                return false
            }
        }
        return found
    }

    func latestSeen() throws(HistoryError) -> Int64? {
        try database.number("SELECT seen FROM change ORDER BY place DESC LIMIT 1")
    }

    func append(_ changes: [StateChange]) throws(HistoryError) -> [StateChange] {
        var made: [StateChange] = []
        for var change in changes {
            let subject = try subject(change.entity, change.name, change.device, change.site)
            try database.run(
                """
                INSERT INTO change(
                    subject, seen, before, after, severity, severity_before, said, last_seen, note)
                VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                """,
                [
                    .integer(subject), .integer(change.seenAt.seconds),
                    change.before.map { .text($0) } ?? .null,
                    .text(change.after), .integer(change.severity.stored),
                    .number(change.severityBefore?.stored), .number(change.saidAt?.seconds),
                    .number(change.lastSeenBefore?.seconds),
                    change.note.isEmpty ? .null : .text(change.note),
                ])
            change.place = database.lastRow
            made.append(change)
        }
        if let first = made.first {
            try database.run(
                "INSERT OR IGNORE INTO moment(name, value) VALUES('began', ?1)",
                [.integer(first.seenAt.seconds)])
        }
        return made
    }

    func remember(_ rows: [CurrentRow]) throws(HistoryError) {
        for row in rows {
            let known = row.known
            let name = EntityName(backend: row.list.backend, kind: row.list.kind, id: row.id)
            let subject = try subject(name, known.name, known.device, known.site)
            try database.run(
                """
                INSERT INTO current(backend, kind, entity, subject, state, severity, note, said, seen)
                VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT(backend, kind, entity) DO UPDATE
                SET subject = ?4, state = ?5, severity = ?6, note = ?7, said = ?8, seen = ?9
                """,
                row.list.cells + [
                    .text(row.id), .integer(subject), .text(known.state), .integer(known.severity.stored),
                    known.note.isEmpty ? .null : .text(known.note), .number(known.said?.seconds),
                    .integer(known.seenAt.seconds),
                ])
        }
    }

    private func subject(
        _ entity: EntityName, _ name: String, _ device: String, _ site: String
    ) throws(HistoryError) -> Int64 {
        let values: [Cell] = [
            .text(entity.backend), .text(entity.kind.rawValue), .text(entity.id), .text(name), .text(device),
            .text(site),
        ]
        let known = try database.number(
            """
            SELECT id FROM subject WHERE backend = ?1 AND kind = ?2 AND entity = ?3 AND name = ?4
            AND device = ?5 AND site = ?6
            """, values)
        if let known { return known }
        try database.run(
            "INSERT INTO subject(backend, kind, entity, name, device, site) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
            values)
        return database.lastRow
    }
}

extension HistoryList {
    /// Its names as values of a statement.
    var cells: [Cell] { [.text(backend), .text(kind.rawValue)] }
}
