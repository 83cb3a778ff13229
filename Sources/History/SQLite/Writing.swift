internal import Domain

/// What is written within one transaction.
struct Writing {
    private let database: Database
    /// When what was recorded last was seen: what follows is not seen before it.
    private var latest: Int64?

    init(_ database: Database) throws(HistoryError) {
        self.database = database
        // A newer nocturne may have changed the tables since the file was opened.
        try HistorySchema.check(database)
        latest = try database.number("SELECT seen FROM change ORDER BY place DESC LIMIT 1")
    }

    /// How far the clock may go back and what is recorded still keeps its order, in seconds; what is farther ahead was
    /// recorded with a wrong clock.
    private static let mostClamped: Int64 = 86_400

    mutating func record(_ reading: ListReading) throws(HistoryError) -> Recorded {
        let list = reading.list
        let lastWhole = try database.number(
            "SELECT seen FROM list WHERE backend = ?1 AND kind = ?2",
            [.text(list.backend), .text(list.kind.rawValue)]
        ).map { Timestamp($0) }
        var recorded = Recorded()
        var omitted = 0
        func take(
            _ judgement: Judgement, _ id: String, _ row: Observation?, _ writing: inout Writing
        ) throws(HistoryError) {
            switch judgement {
            case .same: break
            case .unsettled: recorded.unsettled.insert(id)
            case .known: if let row { try writing.remember(row, reading) }
            case .change(let change):
                guard recorded.changes.count < reading.most else {
                    omitted += 1
                    // What was recorded before must not be taken for its state until now.
                    if let row { try writing.correct(row, reading) }
                    return
                }
                recorded.changes.append(try writing.insert(change, since: row?.since))
            }
        }
        for row in reading.rows {
            let known = try known(list, row.id)
            let judgement = Judgement.of(row, known, reading, lastWhole: lastWhole)
            if judgement == .same, let known, let before = row.before, before != row.state,
                known.state == row.state
            {
                // Another process saw it first: it is told as that one recorded it.
                if let told = try lastChange(list, row.id), told.after == row.state {
                    recorded.changes.append(told)
                }
            }
            try take(judgement, row.id, row, &self)
        }
        for id in reading.missing {
            let judgement = Judgement.ofMissing(
                id, try known(list, id), reading, lastWhole: lastWhole)
            try take(judgement, id, nil, &self)
        }
        if omitted > 0 {
            let words = "\(omitted) more \(omitted == 1 ? "\(list.kind)" : "of kind \(list.kind)")"
            let rest = StateChange(
                EntityName(backend: list.backend, kind: list.kind, id: StateChange.several), name: words,
                before: nil, after: StateChange.changed, lastSeenBefore: lastWhole, seenAt: reading.seenAt)
            recorded.changes.append(try insert(rest, since: nil))
        }
        // The first answer of a process may lack what is there, as of a server that is starting: the next one decides.
        recorded.unsettled.formUnion(try others(reading))
        if reading.isComplete, !reading.hasDoubts, recorded.unsettled.isEmpty,
            try reading.epoch == HistorySchema.epoch(of: database)
        {
            try Self.note(
                list, WholeReading(at: reading.seenAt, interval: reading.interval), in: database)
        }
        return recorded
    }

    /// Writes when a list was read whole; another process may have read it later.
    static func note(
        _ list: HistoryList, _ reading: WholeReading, in database: Database
    ) throws(HistoryError) {
        let moment = reading.at
        try database.run(
            """
            INSERT INTO list(backend, kind, seen) VALUES(?1, ?2, ?3) ON CONFLICT(backend, kind) DO UPDATE
            SET seen = ?3 WHERE seen < ?3 OR seen > ?3 + 86400
            """, [.text(list.backend), .text(list.kind.rawValue), .integer(moment.seconds)])
        try database.run(
            "INSERT OR IGNORE INTO moment(name, value) VALUES('began', ?1)", [.integer(moment.seconds)])
        try ReadTimes(database: database).add(list, reading)
    }

    /// What was recorded of an entity last.
    func known(_ list: HistoryList, _ id: String) throws(HistoryError) -> KnownState? {
        var found: KnownState?
        try database.each(
            """
            SELECT s.name, s.device, s.site, c.state, c.severity, c.note, c.said, c.seen
            FROM current c JOIN subject s ON s.id = c.subject
            WHERE c.backend = ?1 AND c.kind = ?2 AND c.entity = ?3
            """, [.text(list.backend), .text(list.kind.rawValue), .text(id)]
        ) { row in
            found = KnownState(
                name: row.text(0), device: row.text(1), site: row.text(2), state: row.text(3),
                severity: Severity(stored: row.number(4)), note: row.text(5),
                said: row.number(6).map { Timestamp($0) }, seenAt: Timestamp(row.number(7) ?? 0))
            return false
        }
        return found
    }

    /// What is recorded of a list and not among all that there is.
    private func others(_ reading: ListReading) throws(HistoryError) -> [String] {
        guard let present = reading.present, reading.isComplete, reading.recording == .everything else {
            return []
        }
        let missing = Set(reading.missing)
        var others: [String] = []
        try database.each(
            "SELECT entity, state FROM current WHERE backend = ?1 AND kind = ?2",
            [.text(reading.list.backend), .text(reading.list.kind.rawValue)]
        ) { row in
            let id = row.text(0)
            if !Judgement.isOver(row.text(1)), !present.contains(id), !missing.contains(id) {
                others.append(id)
            }
            return true
        }
        return others
    }

    private func lastChange(_ list: HistoryList, _ id: String) throws(HistoryError) -> StateChange? {
        var found: StateChange?
        try database.each(
            ChangeRow.select + """
                 WHERE s.backend = ?1 AND s.kind = ?2 AND s.entity = ?3
                ORDER BY c.place DESC LIMIT 1
                """, [.text(list.backend), .text(list.kind.rawValue), .text(id)]
        ) { row in
            found = ChangeRow.change(row)
            return false
        }
        return found
    }

    /// Writes a change, and that the entity is so now.
    mutating func insert(_ change: StateChange, since: Timestamp?) throws(HistoryError) -> StateChange {
        var change = change
        let name = change.entity
        let subject = try subject(name, change.name, change.device, change.site)
        let seen = change.seenAt
        if let latest, latest > seen.seconds, latest - seen.seconds <= Self.mostClamped {
            change.seenAt = Timestamp(latest)
        }
        latest = change.seenAt.seconds
        try database.run(
            """
            INSERT INTO change(
                subject, seen, before, after, severity, severity_before, said, last_seen, note)
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """,
            [
                .integer(subject), .integer(change.seenAt.seconds), change.before.map { .text($0) } ?? .null,
                .text(change.after), .integer(change.severity.stored),
                .number(change.severityBefore?.stored), .number(change.saidAt?.seconds),
                .number(change.lastSeenBefore?.seconds), change.note.isEmpty ? .null : .text(change.note),
            ])
        change.place = database.lastRow
        try database.run(
            "INSERT OR IGNORE INTO moment(name, value) VALUES('began', ?1)", [.integer(change.seenAt.seconds)]
        )
        guard name.id != StateChange.several else { return change }
        try remember(
            name, subject, change.after, change.severity, change.note, since ?? change.saidAt, seen)
        return change
    }

    /// Writes how a row is without telling of a change; since when it has been so is not changed.
    private func remember(_ row: Observation, _ reading: ListReading) throws(HistoryError) {
        let name = EntityName(backend: reading.list.backend, kind: reading.list.kind, id: row.id)
        let known = try known(reading.list, row.id)
        let isSame = known?.state == row.state && known?.severity == row.severity
        try remember(
            name, try subject(name, row.name, row.device, row.site), row.state, row.severity, row.note,
            row.since, isSame ? known?.seenAt ?? reading.seenAt : reading.seenAt)
    }

    /// Writes how a row is where something was recorded of it, without a change.
    private func correct(_ row: Observation, _ reading: ListReading) throws(HistoryError) {
        if try known(reading.list, row.id) != nil { try remember(row, reading) }
    }

    private func remember(
        _ name: EntityName, _ subject: Int64, _ state: String, _ severity: Severity, _ note: String,
        _ said: Timestamp?, _ seen: Timestamp
    ) throws(HistoryError) {
        try database.run(
            """
            INSERT INTO current(backend, kind, entity, subject, state, severity, note, said, seen)
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT(backend, kind, entity) DO UPDATE
            SET subject = ?4, state = ?5, severity = ?6, note = ?7, said = ?8, seen = ?9
            """,
            [
                .text(name.backend), .text(name.kind.rawValue), .text(name.id), .integer(subject),
                .text(state), .integer(severity.stored), note.isEmpty ? .null : .text(note),
                .number(said?.seconds), .integer(seen.seconds),
            ])
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
