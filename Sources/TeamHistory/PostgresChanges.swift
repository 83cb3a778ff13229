internal import Domain
internal import History
internal import Team

/// The tables of changes, within one transaction: however many rows, a statement for all of them.
struct PostgresChanges: ChangeTables {
    private let session: HistorySession

    init(_ session: HistorySession) { self.session = session }

    func lastWhole(_ list: HistoryList) throws(HistoryError) -> Timestamp? {
        guard let place = session.place(of: list) else { return nil }
        return try session.seconds(
            "SELECT seen FROM nocturne.history_lists WHERE source = $1::bigint AND kind = $2", place
        ).map { Timestamp($0) }
    }

    func epoch() throws(HistoryError) -> Int64 { session.epoch }

    func note(_ list: HistoryList, _ reading: WholeReading) throws(HistoryError) {
        guard session.sources[list.backend] != nil else { return }
        try note([list: reading])
    }

    /// Notes when lists were read whole, all of them with three statements.
    func note(_ readings: [HistoryList: WholeReading]) throws(HistoryError) {
        // Two names of one server are one list.
        var latest: [HistoryList: (source: Int64, reading: WholeReading)] = [:]
        for (list, reading) in readings {
            guard let source = session.sources[list.backend] else { continue }
            let own = HistoryList(backend: session.backends[source] ?? list.backend, kind: list.kind)
            if let other = latest[own], other.reading.at >= reading.at { continue }
            latest[own] = (source, reading)
        }
        let rows = latest.sorted {
            ($0.value.source, $0.key.kind.rawValue) < ($1.value.source, $1.key.kind.rawValue)
        }
        let place = [
            TeamLink.Value.wholes(rows.map(\.value.source)), .texts(rows.map(\.key.kind.rawValue)),
            .wholes(rows.map(\.value.reading.at.seconds)),
        ]
        try session.run(
            """
            INSERT INTO nocturne.history_lists AS old (source, kind, seen)
            SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[])
            ON CONFLICT (source, kind) DO UPDATE SET seen = excluded.seen
            WHERE old.seen < excluded.seen OR old.seen > excluded.seen + 86400
            """, place)
        // Where the reading before was too long ago, another span of time begins; what is more than a day ahead was noted
        // with a wrong clock.
        try session.run(
            """
            WITH given AS (SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[])
                    AS n (source, kind, at, gap)),
                grown AS (UPDATE nocturne.history_spans AS s SET until = greatest(s.until, g.at), gap = g.gap
                    FROM given AS g WHERE s.source = g.source AND s.kind = g.kind AND s.until >= g.at - g.gap
                        AND s.until <= g.at + 86400
                        AND s.since = (SELECT max(o.since) FROM nocturne.history_spans AS o
                            WHERE o.source = g.source AND o.kind = g.kind AND o.since <= g.at)
                    RETURNING s.source, s.kind)
            INSERT INTO nocturne.history_spans (source, kind, since, until, gap)
            SELECT g.source, g.kind, g.at, g.at, g.gap FROM given AS g
            WHERE NOT EXISTS (SELECT FROM grown AS w WHERE w.source = g.source AND w.kind = g.kind)
            ON CONFLICT DO NOTHING
            """, place + [.wholes(rows.map { ReadSpan.gap(interval: $0.value.reading.interval) })])
        let first = Dictionary(
            rows.map { ($0.value.source, $0.value.reading.at.seconds) }, uniquingKeysWith: min)
        try begin(first)
    }

    /// Notes when recording began, of those of which nothing says so yet; last, since others wait for it, and in one
    /// order.
    func begin(_ sources: [Int64: Int64]) throws(HistoryError) {
        let order = sources.sorted { $0.key < $1.key }
        try session.run(
            """
            WITH own AS (SELECT s.id FROM nocturne.history_sources AS s
                WHERE s.id = ANY($1::bigint[]) AND s.began IS NULL ORDER BY s.id FOR UPDATE)
            UPDATE nocturne.history_sources AS s SET began = n.at
            FROM unnest($1::bigint[], $2::bigint[]) AS n (id, at)
            WHERE s.id = n.id AND s.id IN (SELECT id FROM own) AND s.began IS NULL
            """, [.wholes(order.map(\.key)), .wholes(order.map(\.value))])
    }

    func known(_ list: HistoryList, _ ids: [String]) throws(HistoryError) -> [String: KnownState] {
        guard let place = session.place(of: list), !ids.isEmpty else { return [:] }
        let stored = ids.compactMap { ChangeColumns.id($0, list.kind) }
        var found: [String: KnownState] = [:]
        for row in try session.run(
            """
            SELECT entity, name, device, site, state, severity, note, said, seen FROM nocturne.history_current
            WHERE source = $1::bigint AND kind = $2 AND entity = ANY($3::text[])
            """, place + [.texts(stored)])
        {
            found[list.kind == .itself ? list.backend : row.text(0)] = KnownState(
                name: row.clean(1), device: row.clean(2), site: row.clean(3), state: row.clean(4),
                severity: Severity(stored: row.whole(5)), note: row.clean(6),
                said: row.optionalMoment(7), seenAt: row.moment(8))
        }
        return found
    }

    func present(_ list: HistoryList) throws(HistoryError) -> [String] {
        guard let place = session.place(of: list) else { return [] }
        return try session.run(
            """
            SELECT entity FROM nocturne.history_current
            WHERE source = $1::bigint AND kind = $2 AND state NOT IN ('cleared', 'gone')
            """, place
        ).map { $0.text(0) }
    }

    func lastChanges(_ list: HistoryList, _ ids: [String]) throws(HistoryError) -> [String: StateChange] {
        guard let place = session.place(of: list) else { return [:] }
        let stored = ids.compactMap { ChangeColumns.id($0, list.kind) }
        let rows = try session.run(
            """
            \(ChangeColumns.select) JOIN (
                SELECT (SELECT o.place FROM nocturne.history_changes AS o WHERE o.source = $1::bigint AND o.kind = $2
                    AND o.entity = n.entity ORDER BY o.place DESC LIMIT 1) AS place
                FROM unnest($3::text[]) AS n (entity)) AS l ON l.place = c.place
            """, place + [.texts(stored)])
        return Dictionary(
            rows.compactMap { ChangeColumns.change($0, session) }.map { ($0.entity.id, $0) }
        ) { $1 }
    }

    func latestSeen() throws(HistoryError) -> Int64? {
        // Places are given in the order in which transactions end, so that no place comes up behind one that was seen.
        try session.lock("places")
        return try session.seconds(
            "SELECT seen FROM nocturne.history_changes ORDER BY place DESC LIMIT 1")
    }

    func append(_ changes: [StateChange]) throws(HistoryError) -> [StateChange] {
        func text(_ value: (StateChange) -> String?) -> TeamLink.Value { .texts(changes.map(value)) }
        func whole(_ value: (StateChange) -> Int64?) -> TeamLink.Value { .wholes(changes.map(value)) }
        let rows = try session.run(
            """
            INSERT INTO nocturne.history_changes (source, kind, entity, name, device, site, seen, before, after,
                severity, severity_before, said, last_seen, note)
            SELECT n.source, n.kind, n.entity, n.name, n.device, n.site, n.seen, n.before, n.after, n.severity,
                n.severity_before, n.said, n.last_seen, n.note
            FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
                $8::text[], $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[])
                WITH ORDINALITY AS n (source, kind, entity, name, device, site, seen, before, after, severity,
                severity_before, said, last_seen, note, row)
            ORDER BY n.row RETURNING place
            """,
            [
                whole { session.sources[$0.entity.backend] }, text { $0.entity.kind.rawValue },
                text { ChangeColumns.id($0.entity.id, $0.entity.kind) },
                text { ChangeColumns.name($0.name, $0.entity.kind) }, text { ChangeColumns.name($0.device) },
                text { ChangeColumns.name($0.site) }, whole(\.seenAt.seconds),
                text { $0.before.map(ChangeColumns.name) }, text { ChangeColumns.name($0.after) },
                whole(\.severity.stored), whole { $0.severityBefore?.stored }, whole { $0.saidAt?.seconds },
                whole { $0.lastSeenBefore?.seconds }, text { ChangeColumns.note($0.note) },
            ])
        if let first = changes.first {
            let sources = Set(changes.compactMap { session.sources[$0.entity.backend] })
            try begin(Dictionary(uniqueKeysWithValues: sources.map { ($0, first.seenAt.seconds) }))
        }
        return zip(changes, rows).map { change, row in
            var change = change
            change.place = row.whole(0).bounded
            return change
        }
    }

    func remember(_ rows: [CurrentRow]) throws(HistoryError) {
        func text(_ value: (CurrentRow) -> String?) -> TeamLink.Value { .texts(rows.map(value)) }
        func whole(_ value: (CurrentRow) -> Int64?) -> TeamLink.Value { .wholes(rows.map(value)) }
        try session.run(
            """
            INSERT INTO nocturne.history_current (source, kind, entity, name, device, site, state, severity, note,
                said, seen)
            SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::bigint[], $9::text[], $10::bigint[], $11::bigint[])
            ON CONFLICT (source, kind, entity) DO UPDATE SET name = excluded.name, device = excluded.device,
                site = excluded.site, state = excluded.state, severity = excluded.severity, note = excluded.note,
                said = excluded.said, seen = excluded.seen
            """,
            [
                whole { session.sources[$0.list.backend] }, text(\.list.kind.rawValue),
                text { ChangeColumns.id($0.id, $0.list.kind) },
                text { ChangeColumns.name($0.known.name, $0.list.kind) },
                text { ChangeColumns.name($0.known.device) }, text { ChangeColumns.name($0.known.site) },
                text { ChangeColumns.name($0.known.state) }, whole(\.known.severity.stored),
                text { ChangeColumns.note($0.known.note) }, whole { $0.known.said?.seconds },
                whole(\.known.seenAt.seconds),
            ])
    }
}
