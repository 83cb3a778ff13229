internal import CLinux

/// The answers in the database: found, stored, announced and removed.
enum TeamAnswers {
    /// The largest body that is shared, in bytes.
    static let largestBody = 16 << 20
    /// What all bodies together may take before compression, in bytes; the oldest go first.
    static let largestStore: Int64 = 1 << 30
    /// Seconds that an answer stays behind the interval for which it is of use.
    private static let afterlife = 60.0
    /// Seconds that a large body may take on its way from the database, and on its way there.
    private static let reading = 4.0
    private static let patience = 8.0

    /// The answer to a request that is younger than so many seconds; none from the future.
    static func find(
        _ key: RequestKey, younger age: Double, _ link: TeamLink
    ) throws(TeamError) -> SharedAnswerRow? {
        guard age > 0 else { return nil }
        let rows = try link.run(
            """
            SELECT extract(epoch FROM clock_timestamp() - fetched_at)::float8,
                extract(epoch FROM clock_timestamp() - stored_at)::float8, status::bigint, media_type, body,
                extract(epoch FROM fetched_at)::float8
            FROM nocturne.answers WHERE key = $1
                AND fetched_at > clock_timestamp() - make_interval(secs => $2::float8)
                AND fetched_at <= clock_timestamp() + interval '1 second'
            """, [.text(key.text), .number(age)], within: reading)
        guard let row = rows.first, let body = row.bytes(4) else { return nil }
        return SharedAnswerRow(
            age: max(0, row.number(0) ?? 0), lag: max(0, row.number(1) ?? 0), status: Int(row.whole(2)),
            mediaType: row.text(3), body: body, moment: row.number(5) ?? 0)
    }

    /// Stores an answer, unless there is a newer one.
    ///
    /// - Returns: when it was asked for, in the database's seconds.
    static func keep(
        _ answer: KeptAnswer, by name: String, _ link: TeamLink
    ) throws(TeamError) -> Double {
        let age = Double(clinux_boot_nanoseconds() - answer.askedAt) / 1e9
        let rows = try link.run(
            """
            WITH kept AS (INSERT INTO nocturne.answers AS old (key, lock_number, server, account, list, request, fetched_at,
                stored_at, expires_at, fetched_by, status, media_type, bytes, body)
            VALUES ($1, $2::bigint, $3, $4, $5, $6, clock_timestamp() - make_interval(secs => $7::float8),
                clock_timestamp(), clock_timestamp() + make_interval(secs => $8::float8), $9, $10::integer, $11,
                $12::bigint, $13::bytea)
            ON CONFLICT (key) DO UPDATE SET list = excluded.list, fetched_at = excluded.fetched_at,
                stored_at = excluded.stored_at, expires_at = excluded.expires_at,
                fetched_by = excluded.fetched_by, status = excluded.status,
                media_type = excluded.media_type, bytes = excluded.bytes, body = excluded.body
            WHERE old.fetched_at < excluded.fetched_at OR old.fetched_at > clock_timestamp()
            RETURNING fetched_at)
            SELECT extract(epoch FROM coalesce((SELECT fetched_at FROM kept),
                clock_timestamp() - make_interval(secs => $7::float8)))::float8
            """,
            [
                .text(answer.key.text), .whole(answer.key.lock), .text(answer.key.server),
                .text(answer.key.account), .text(answer.list), .text(answer.key.request),
                .number(max(0, age)),
                .number(max(0, answer.interval - age) + afterlife), .text(name), .whole(Int64(answer.status)),
                .text(answer.mediaType), .whole(Int64(answer.body.count)), .bytes(answer.body),
            ], within: patience)
        return rows.first?.number(0) ?? 0
    }

    /// Says that an answer is there, or will not come, and lets others fetch it.
    static func announce(
        _ key: RequestKey, _ word: String, _ list: String = "", at moment: Double? = nil, unlocks: Bool,
        _ link: TeamLink
    ) throws(TeamError) {
        let words = "\(word):\(key.text):\(list)" + (moment.map { ":\($0)" } ?? "")
        guard unlocks else {
            try link.run("SELECT pg_notify('\(TeamSchema.channel)', $1)", [.text(words)])
            return
        }
        try link.run(
            "SELECT pg_notify('\(TeamSchema.channel)', $1), pg_advisory_unlock($2::bigint)",
            [.text(words), .whole(key.lock)])
    }

    /// Whether anybody fetches it.
    static func isLocked(_ key: RequestKey, _ link: TeamLink) throws(TeamError) -> Bool {
        let rows = try link.run(
            """
            SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND (classid::bigint << 32 | objid::bigint) = $1::bigint)
            """, [.whole(key.lock)])
        return rows.first?.flag(0) == true
    }

    /// Removes what is of no use any more, and what is too much; one of the team does.
    static func tidy(_ link: TeamLink) throws(TeamError) {
        let isOurs = try link.run("SELECT pg_try_advisory_lock(\(tidyLock))").first?.flag(0) == true
        guard isOurs else { return }
        try link.run("DELETE FROM nocturne.answers WHERE expires_at < clock_timestamp()", within: patience)
        try link.run(
            """
            DELETE FROM nocturne.answers WHERE key IN (
                SELECT key FROM (SELECT key, sum(bytes) OVER (ORDER BY fetched_at DESC) AS total
                    FROM nocturne.answers) AS all_of_them WHERE total > $1::bigint)
            """, [.whole(largestStore)], within: patience)
        try link.run(
            """
            DELETE FROM nocturne.screens AS old WHERE NOT EXISTS (
                SELECT FROM pg_stat_activity AS now
                WHERE now.pid = old.pid AND now.application_name LIKE 'nocturne%')
            """)
        try link.run("SELECT pg_advisory_unlock(\(tidyLock))")
    }

    private static let tidyLock: Int64 = 0x6e6f_6374_7469_6479
}
