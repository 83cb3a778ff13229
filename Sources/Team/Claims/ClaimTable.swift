/// The claims in the database.
enum ClaimTable {
    /// So many are read at most, the newest.
    static let most = 5_000
    /// Seconds that an age may be wrong by: it is whole seconds, and what it took to get here.
    private static let doubt = 3

    /// The claims that hold now, by the clock of the database.
    ///
    /// - Parameter now: the moment of the boot-time clock: what the database says as ages becomes moments here.
    static func read(_ link: TeamLink, now: Int64) throws(TeamError) -> [TeamClaim] {
        let rows = try link.run(
            """
            SELECT id, server, kind, entity, name, owner, host, note,
                extract(epoch FROM clock_timestamp() - made_at)::float8,
                extract(epoch FROM ends_at - clock_timestamp())::float8
            FROM nocturne.claims
            WHERE ended_at IS NULL AND (ends_at IS NULL OR ends_at > clock_timestamp())
            ORDER BY made_at DESC, id LIMIT \(most)
            """)
        return rows.reversed().map { row in
            TeamClaim(
                id: row.text(0), server: row.text(1), kind: row.text(2), entity: row.text(3),
                name: row.text(4), owner: row.text(5), host: row.text(6), note: row.text(7),
                madeAt: now - Int64((row.number(8) ?? 0) * 1e9),
                endsAt: row.number(9).map { now + Int64($0 * 1e9) }, isShared: true)
        }
    }

    /// Does a step; what was done already, and what is over or was changed since, stays as it is.
    static func perform(_ step: ClaimStep, wall: Int64, _ link: TeamLink) throws(TeamError) {
        let age = Double(max(0, wall - step.at))
        // A number below 0 is no end.
        func left(_ length: Double?) -> TeamLink.Value { .number(length.map { max(0, $0 - age) } ?? -1) }
        switch step.order {
        case .make(let id, let server, let kind, let entity, let name, let note, let length):
            try link.run(
                """
                INSERT INTO nocturne.claims (id, server, kind, entity, name, owner, host, note, made_at, ends_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp() - make_interval(secs => $9::float8),
                    CASE WHEN $10::float8 >= 0
                        THEN clock_timestamp() + make_interval(secs => $10::float8) END)
                ON CONFLICT (id) DO NOTHING
                """,
                [
                    .text(id), .text(server), .text(kind), .text(entity), .text(name), .text(step.owner),
                    .text(step.host), .text(note), .number(age), left(length),
                ])
        case .change(let id, let note, let length):
            try link.run(
                """
                UPDATE nocturne.claims SET note = $2, ends_at = CASE WHEN $3::float8 >= 0
                    THEN clock_timestamp() + make_interval(secs => $3::float8) END,
                    changed_at = greatest(changed_at, clock_timestamp() - make_interval(secs => $4::float8))
                WHERE id = $1 AND ended_at IS NULL AND coalesce(changed_at, '-infinity')
                    <= clock_timestamp() - make_interval(secs => $4::float8) + interval '\(doubt) seconds'
                """, [.text(id), .text(note), left(length), .number(age)])
        case .end(let id):
            try link.run(
                """
                UPDATE nocturne.claims SET ended_at = clock_timestamp(), ended_by = $2
                WHERE id = $1 AND ended_at IS NULL
                """, [.text(id), .text("\(step.owner)@\(step.host)")])
        }
    }

    /// Says to all that claims changed.
    static func announce(_ link: TeamLink) throws(TeamError) {
        try link.run("SELECT pg_notify('\(LedgerSchema.channel)', '')")
    }
}
