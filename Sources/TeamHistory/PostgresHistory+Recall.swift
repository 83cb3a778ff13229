public import Domain
public import History
internal import Team

/// More changes than this are in no answer, whatever is asked for.
private let mostAtOnce = 1_000_000
/// So many rows are read at most: an earlier session is no reason to wait.
private let mostRows: Int64 = 50_000

extension PostgresHistory {
    /// What was recorded, as far as it is asked for: the latest where there is more.
    ///
    /// Where it is asked from the last look on and this operator never looked, there are no changes.
    ///
    /// - Throws: also where none of the entities that are asked for has a history: that nothing is recorded of them says
    ///   nothing.
    public func recall(_ query: HistoryQuery) throws(HistoryError) -> Recollection {
        if case .entities(let names) = query.subject, let name = names.first?.backend,
            names.allSatisfy({ !hasHistory($0.backend) })
        {
            throw HistoryError(
                .unavailable, "\(name) has no history in the team: use a token of 20 characters or more")
        }
        return try reading { (session) throws(HistoryError) in
            var found = Recollection(unrecorded: self.unrecorded(query.subject))
            found.begins = try PostgresPast(session).begins()
            found.since = query.since
            if query.since == nil {
                found.since = try session.seconds(
                    "SELECT looked FROM nocturne.history_looks WHERE operator = $1", [.text(self.name)]
                ).map { Timestamp($0) }
            }
            guard let since = found.since else { return found }
            let limit = min(max(0, query.limit), mostAtOnce)
            var changes = try session.changes(query, since: since, most: limit + 1)
            changes.sort { $0.place > $1.place }
            found.isCut = changes.count > limit
            found.changes = changes.prefix(limit).reversed()
            return found
        }
    }

    /// Of which backends that a query is about nothing is recorded.
    private func unrecorded(_ subject: HistoryQuery.Subject) -> [String] {
        switch subject {
        case .entities(let names): Set(names.map(\.backend)).filter { !hasHistory($0) }.sorted()
        default: sources.filter { !$0.account.isShareable }.map(\.backend)
        }
    }

    /// Whether a backend is one whose account the team can tell apart.
    private func hasHistory(_ backend: String) -> Bool {
        sources.first { $0.backend == backend }?.account.isShareable ?? true
    }

    /// What was recorded of the way to another moment; nil where nothing was recorded at all.
    public func travel(_ query: PastQuery) throws(HistoryError) -> PastFindings? {
        try reading { (session) throws(HistoryError) in
            try Way(query, in: PostgresPast(session))?.findings()
        }
    }

    /// How the entities of lists were recorded last, of those lists that are recorded whole.
    public func last(_ lists: Set<HistoryList>) throws(HistoryError) -> [HistoryList: LastRows] {
        try reading(trips: 4 + 2 * lists.count) { (session) throws(HistoryError) in
            try PostgresPast(session).lastRows(lists)
        }
    }
}

extension HistorySession {
    /// The latest changes of a subject.
    fileprivate func changes(
        _ query: HistoryQuery, since: Timestamp, most: Int
    ) throws(HistoryError) -> [StateChange] {
        var values: [TeamLink.Value] = [
            all, .whole(since.seconds), .whole(query.until?.seconds ?? .max), .whole(Int64(most)),
        ]
        var join = ""
        var condition = "true"
        switch query.subject {
        case .everything: break
        case .site(let name):
            condition = "c.site = $5 AND c.site <> ''"
            values.append(.text(ChangeColumns.name(name)))
        case .device(let name):
            condition =
                "(c.name = $5 OR c.device = $5 AND c.device <> '' OR c.kind = $6 AND c.source = $7::bigint)"
            values += [
                .text(ChangeColumns.name(name)), .text(ResourceKind.itself.rawValue),
                .whole(sources[name] ?? -1),
            ]
        case .entities(let names):
            let known = Set(names).filter {
                sources[$0.backend] != nil && ChangeColumns.id($0.id, $0.kind) != nil
            }
            join = """
                JOIN unnest($5::bigint[], $6::text[], $7::text[]) AS n (source, kind, entity)
                    ON n.source = c.source AND n.kind = c.kind AND n.entity = c.entity
                """
            values += [
                .wholes(known.map { sources[$0.backend] }), .texts(known.map(\.kind.rawValue)),
                .texts(known.map { ChangeColumns.id($0.id, $0.kind) }),
            ]
        }
        return try run(
            """
            \(ChangeColumns.select) \(join) WHERE c.source = ANY($1::bigint[]) AND c.seen >= $2::bigint
                AND c.seen <= $3::bigint AND \(condition) ORDER BY c.seen DESC, c.place DESC LIMIT $4::bigint
            """, values
        ).compactMap { ChangeColumns.change($0, self) }
    }
}

/// What the database answers for the way to an earlier moment, of the backends of this screen.
struct PostgresPast: PastTables {
    private let session: HistorySession

    init(_ session: HistorySession) { self.session = session }

    private static let own = "FROM nocturne.history_changes WHERE source = ANY($1::bigint[])"

    func firstPlace(after place: Int64?) throws(HistoryError) -> Int64? {
        try session.number(
            "SELECT min(place) \(Self.own) AND place > $2::bigint", [session.all, .whole(place ?? .min)])
    }

    func lastPlace(before place: Int64?) throws(HistoryError) -> Int64? {
        try session.number(
            "SELECT max(place) \(Self.own) AND place < $2::bigint", [session.all, .whole(place ?? .max)])
    }

    func place(seenBy moment: Int64) throws(HistoryError) -> Int64? {
        try session.number(
            "SELECT place \(Self.own) AND seen <= $2::bigint ORDER BY seen DESC, place DESC LIMIT 1",
            [session.all, .whole(moment)])
    }

    func seen(_ place: Int64) throws(HistoryError) -> Int64? {
        try session.seconds("SELECT seen \(Self.own) AND place = $2::bigint", [session.all, .whole(place)])
    }

    func place(
        _ side: PastSide, _ place: Int64, notSeenAt moment: Int64?
    ) throws(HistoryError) -> Int64? {
        let (sign, order) = side == .before ? ("<", "DESC") : (">", "ASC")
        return try session.number(
            "SELECT place \(Self.own) AND place \(sign) $2::bigint AND seen <> $3::bigint ORDER BY place \(order) LIMIT 1",
            [session.all, .whole(place), .whole(moment ?? .min)])
    }

    func begins() throws(HistoryError) -> Timestamp? {
        try session.seconds(
            "SELECT min(began) FROM nocturne.history_sources WHERE id = ANY($1::bigint[])", [session.all]
        ).map { Timestamp($0) }
    }

    func changes(
        after low: Int64, through high: Int64, orAfter last: Int64, most: Int
    ) throws(HistoryError) -> [StateChange]? {
        let rows = try session.run(
            """
            \(ChangeColumns.select) WHERE c.source = ANY($1::bigint[])
                AND (c.place > $2::bigint AND c.place <= $3::bigint OR c.place > $4::bigint)
            ORDER BY c.place LIMIT $5::bigint
            """, [session.all, .whole(low), .whole(high), .whole(last), .whole(Int64(most) + 1)])
        guard rows.count <= most else { return nil }
        return rows.compactMap { ChangeColumns.change($0, session) }
    }

    func latest(
        _ names: [EntityName], through place: Int64
    ) throws(HistoryError) -> [EntityName: StateChange] {
        let rows = try session.run(
            """
            \(ChangeColumns.select) JOIN (
                SELECT (SELECT o.place FROM nocturne.history_changes AS o WHERE o.source = n.source
                    AND o.kind = n.kind AND o.entity = n.entity AND o.place <= $4::bigint
                    ORDER BY o.place DESC LIMIT 1) AS place
                FROM unnest($1::bigint[], $2::text[], $3::text[]) AS n (source, kind, entity)) AS l
            ON l.place = c.place
            """,
            [
                .wholes(names.map { session.sources[$0.backend] }), .texts(names.map(\.kind.rawValue)),
                .texts(names.map { ChangeColumns.id($0.id, $0.kind) }), .whole(place),
            ])
        return Dictionary(rows.compactMap { ChangeColumns.change($0, session) }.map { ($0.entity, $0) }) {
            $1
        }
    }

    func omitted(after place: Int64) throws(HistoryError) -> Set<HistoryList> {
        let rows = try session.run(
            "SELECT DISTINCT source, kind \(Self.own) AND entity = $2 AND place > $3::bigint",
            [session.all, .text(StateChange.several), .whole(place)])
        return Set(rows.compactMap { list($0) })
    }

    private func list(_ row: Row) -> HistoryList? {
        session.backends[row.whole(0)].map {
            HistoryList(backend: $0, kind: ResourceKind(rawValue: row.clean(1)))
        }
    }

    func spans() throws(HistoryError) -> [ReadSpan] {
        let rows = try session.run(
            """
            SELECT source, kind, since, until, gap FROM nocturne.history_spans WHERE source = ANY($1::bigint[])
            ORDER BY since
            """, [session.all])
        return rows.compactMap { row in
            list(row).map {
                ReadSpan(list: $0, since: row.seconds(2), until: row.seconds(3), gap: row.seconds(4))
            }
        }
    }

    func lastRows(_ lists: Set<HistoryList>) throws(HistoryError) -> [HistoryList: LastRows] {
        var found: [HistoryList: LastRows] = [:]
        var left = mostRows
        for list in lists.sorted(by: { ($0.backend, $0.kind.rawValue) < ($1.backend, $1.kind.rawValue) }) {
            guard left > 0, let place = session.place(of: list),
                let readAt = try PostgresChanges(session).lastWhole(list)
            else { continue }
            let rows = try session.run(
                """
                SELECT entity, state, severity, said, name, device, site, note FROM nocturne.history_current
                WHERE source = $1::bigint AND kind = $2 AND state NOT IN ('cleared', 'gone') LIMIT $3::bigint
                """, place + [.whole(left + 1)])
            guard Int64(rows.count) <= left else { continue }
            left -= Int64(rows.count)
            var last = LastRows(readAt: readAt)
            for row in rows {
                last.states[row.text(0)] = PastState(
                    word: row.clean(1), severity: Severity(stored: row.whole(2)),
                    since: row.optionalMoment(3), name: row.clean(4), device: row.clean(5),
                    site: row.clean(6), note: row.clean(7))
            }
            found[list] = last
        }
        return found
    }
}
