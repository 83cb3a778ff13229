public import Domain
public import History
internal import Synchronization
internal import Team

/// What a change takes in indexes and around its values, in bytes.
private let overhead: Int64 = 220

extension PostgresHistory {
    /// How many changes one step removes.
    private static let step: Int64 = 2_000
    /// A day of a sheet is some megabytes, which are read and written: it may take as long as so many rows.
    private static let rowsOfDay = 120_000

    /// Removes a little of what is older, or more, than is to be kept; whether there is more of it.
    ///
    /// One process of the team does, at a time.
    public func trim(at now: Timestamp) throws(HistoryError) -> Bool {
        let leaves = leavesSamples.withLock { leaves in
            defer { leaves = false }
            return leaves
        }
        do throws(HistoryError) {
            return try writing(rows: Self.rowsOfDay, trips: 30) { (session) throws(HistoryError) in
                guard session.records else { return false }
                return try trim(at: now, session, withSamples: !leaves)
            }
        } catch {
            // What never fits must not keep the rest from being trimmed.
            leavesSamples.withLock { $0 = !leaves }
            throw error
        }
    }

    private func trim(
        at now: Timestamp, _ session: HistorySession, withSamples: Bool
    ) throws(HistoryError) -> Bool {
        try session.run(
            """
            INSERT INTO nocturne.history_keepers (name, days, bytes, seen_at)
            VALUES ($1, $2::bigint, $3::bigint, clock_timestamp()) ON CONFLICT (name) DO UPDATE
            SET days = excluded.days, bytes = excluded.bytes, seen_at = excluded.seen_at
            """,
            [
                .text(name), .whole(min(Int64(retention.days), TeamSchema.mostDays)),
                .whole(max(0, retention.bytes)),
            ])
        guard try session.tryLock("trim") else { return false }
        let kept = try session.kept()
        let load = try session.load(kept.bytes, step: Self.step)
        let isTooLarge = load.bytes > kept.bytes
        let samples = SampleKeeping(PostgresSamples(session), days: Int(kept.days), bytes: kept.bytes)
        if withSamples, try samples.step(at: now.seconds, isTooLarge: isTooLarge) { return true }
        let oldest = now.seconds - kept.days * 86_400
        let first = try session.number("SELECT min(seen) FROM nocturne.history_changes")
        let excess = isTooLarge ? load.excess(kept.bytes, step: Self.step) : 0
        guard first.map({ $0 < oldest }) == true || excess > 0 else { return false }
        let (condition, bound) =
            excess > 0
            ? ("$1::bigint > 0 ORDER BY place", excess) : ("seen < $1::bigint ORDER BY seen", oldest)
        let removed = try session.run(
            """
            DELETE FROM nocturne.history_changes WHERE place IN (
                SELECT place FROM nocturne.history_changes WHERE \(condition) LIMIT $2::bigint) RETURNING 1
            """, [.whole(bound), .whole(excess > 0 ? excess : Self.step)])
        let next = try session.number("SELECT min(seen) FROM nocturne.history_changes") ?? now.seconds
        // What is no more for longer than anything is kept is forgotten.
        try session.run(
            """
            DELETE FROM nocturne.history_current WHERE state IN ('cleared', 'gone') AND seen < $1::bigint
            """, [.whole(oldest)])
        try session.forgetSources(unreadSince: oldest)
        try session.run(
            "DELETE FROM nocturne.history_spans WHERE until < $1::bigint", [.whole(oldest)])
        try session.run(
            "UPDATE nocturne.history_sources SET began = $1::bigint WHERE began < $1::bigint",
            [.whole(excess > 0 ? next : oldest)])
        return !removed.isEmpty
    }

    /// Removes all that is older, or more, than is to be kept.
    ///
    /// - Returns: how many changes were removed.
    public func prune(at now: Timestamp) throws(HistoryError) -> Int64 {
        let before = try facts().changes
        while try trim(at: now) {}
        return try before - facts().changes
    }
}

extension HistorySession {
    /// How much is kept: the most that any screen wants that was there in the last month.
    func kept() throws(HistoryError) -> (days: Int64, bytes: Int64) {
        let row = try run(
            """
            SELECT max(days), max(bytes) FROM nocturne.history_keepers
            WHERE seen_at BETWEEN clock_timestamp() - interval '30 days' AND clock_timestamp() + interval '1 day'
            """
        ).first
        let days = min(max(row?.optional(0) ?? 14, 0), TeamSchema.mostDays)
        return (days, max(0, row?.optional(1) ?? 200_000_000))
    }

    /// Forgets how the entities of a server were that nobody reads any more as an account, such as one whose token was
    /// replaced; its number stays, since somebody may know it.
    fileprivate func forgetSources(unreadSince moment: Int64) throws(HistoryError) {
        let gone = try run(
            """
            SELECT s.id FROM nocturne.history_sources AS s WHERE s.began IS NOT NULL
                AND NOT EXISTS (SELECT FROM nocturne.history_lists AS l WHERE l.source = s.id AND l.seen >= $1::bigint)
                AND NOT EXISTS (SELECT FROM nocturne.history_changes AS c WHERE c.source = s.id)
            """, [.whole(moment)]
        ).map { $0.whole(0) }
        guard !gone.isEmpty else { return }
        // Without its rows a list was never read: else all of them would be new when somebody reads it again.
        for table in ["lists", "current"] {
            try run("DELETE FROM nocturne.history_\(table) WHERE source = ANY($1::bigint[])", [.wholes(gone)])
        }
    }

    /// What all that is recorded takes, as well as that can be said without reading it.
    fileprivate func load(_ bytes: Int64, step: Int64) throws(HistoryError) -> Load {
        let rest =
            try PostgresSamples(self).bytes()
            + (number("SELECT pg_total_relation_size('nocturne.history_current')") ?? 0)
        var load = Load(changes: try span(), average: try average(), rest: rest)
        // Places of writes that failed are missing among them: where there seem to be too many, they are counted, as far as
        // it matters how many there are.
        guard load.bytes > bytes else { return load }
        load.changes =
            try number(
                "SELECT count(*) FROM (SELECT FROM nocturne.history_changes LIMIT $1::bigint) AS c",
                [.whole((bytes / load.average).bounded + step + 1)]) ?? 0
        return load
    }

    /// How many places changes have.
    private func span() throws(HistoryError) -> Int64 {
        try number("SELECT (max(place)::numeric - min(place) + 1)::bigint FROM nocturne.history_changes") ?? 0
    }

    /// The bytes of a change with its places in indexes.
    private func average() throws(HistoryError) -> Int64 {
        let own = try number(
            """
            SELECT avg(pg_column_size(c.*))::bigint FROM (
                SELECT * FROM nocturne.history_changes ORDER BY place LIMIT 200) AS c
            """)
        return (own ?? 100) + overhead
    }
}

/// What a history takes.
private struct Load {
    /// How many changes there are, and the bytes of one.
    var changes: Int64, average: Int64
    /// The bytes of all else.
    var rest: Int64

    /// The bytes of all of it.
    var bytes: Int64 {
        let own = changes.multipliedReportingOverflow(by: average)
        return (own.overflow ? .max : own.partialValue).bounded + rest
    }

    /// How many changes may go because all of it is too large.
    ///
    /// What there is now can't go. Where that alone is too large, changes may still have a quarter of the size.
    func excess(_ bytes: Int64, step: Int64) -> Int64 { min(step, changes - bytes / 4 / average) }
}
