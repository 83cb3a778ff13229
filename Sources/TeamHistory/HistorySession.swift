internal import CLinux
internal import Domain
internal import History
internal import Team

/// A connection to the team's history, which knows the backends of this screen by their numbers there.
final class HistorySession: @unchecked Sendable {  // behind the lock of the store that made it
    /// What a transaction does.
    enum Access { case read, write }

    /// So many changes of others are told at once.
    static let mostNews = 2_000

    private let link: TeamLink
    /// The numbers of the backends' servers and accounts, by the backend's name here.
    private(set) var sources: [String: Int64] = [:]
    /// The names here, by those numbers.
    private(set) var backends: [Int64: String] = [:]
    /// Whether this process records.
    private(set) var records = false
    /// The number that the history got when it was begun; another one after a failover, which may have lost the last of it.
    private(set) var epoch: Int64 = 0
    /// Whether the connection is of no use any more.
    private(set) var isLost = false
    /// When the team was found again after it had been lost; nil for the first connection.
    var foundAt: Timestamp?
    /// Seconds of a round trip to the database, as far as that is known: the shortest statement took so long.
    private(set) var trip = HistorySession.longestTrip
    private static let longestTrip = 0.3
    /// When a statement must have ended, in nanoseconds since boot.
    private var end: Int64

    /// Connects, within so many seconds.
    init(_ store: PostgresHistory, within seconds: Double) throws(HistoryError) {
        end = clinux_boot_nanoseconds() + Int64(seconds * 1e9)
        do throws(TeamError) {
            link = try TeamLink.connect(
                store.settings.parameters(
                    name: "nocturne-history \(store.name)", patience: max(1, Int(seconds))), within: seconds)
            // A process that hangs must not hold a lock that others wait for.
            try link.runAll(
                """
                SET search_path = pg_catalog; SET client_min_messages = warning;
                SET statement_timeout = '5s'; SET lock_timeout = '1500ms';
                SET idle_in_transaction_session_timeout = '10s';
                SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
                """, within: seconds)
            try TeamSchema.check(link)
        } catch { throw HistoryError(error) }
        try know(store)
    }

    private func know(_ store: PostgresHistory) throws(HistoryError) {
        let rows = try run(
            """
            SELECT (SELECT salt FROM nocturne.team), has_any_column_privilege('nocturne.history_changes', 'INSERT'),
                pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on',
                (SELECT value FROM nocturne.history_facts WHERE name = 'epoch'),
                CASE WHEN pg_is_in_recovery() THEN 0
                    ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint END
            """)
        guard let row = rows.first, let salt = row.bytes(0) else {
            throw HistoryError(
                .unavailable, "the tables of the team are not whole: run nocturne team migrate")
        }
        records = store.use == .records && row.flag(1)
        epoch = row.whole(3) ^ (row.whole(4) &* 0x1E37_79B9_7F4A_7C15)
        let known = store.sources.compactMap { source in
            source.account.identity(salt).map { (source.backend, source.server, $0) }
        }
        let identities: [TeamLink.Value] = [.texts(known.map(\.1)), .texts(known.map(\.2))]
        if records, !row.flag(2) {
            try run(
                """
                INSERT INTO nocturne.history_sources (server, account)
                SELECT DISTINCT n.server, n.account FROM unnest($1::text[], $2::text[]) AS n (server, account)
                WHERE NOT EXISTS (SELECT FROM nocturne.history_sources AS old
                    WHERE old.server = n.server AND old.account = n.account)
                ORDER BY 1, 2 ON CONFLICT DO NOTHING
                """, identities)
        }
        let found = try run(
            """
            SELECT n.place, s.id FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS n (server, account, place)
            JOIN nocturne.history_sources AS s ON s.server = n.server AND s.account = n.account ORDER BY n.place
            """, identities)
        for row in found {
            let name = known[Int(row.whole(0)) - 1].0
            sources[name] = row.whole(1)
            // Of two names for one server the first one stands.
            if backends[row.whole(1)] == nil { backends[row.whole(1)] = name }
        }
    }

    /// Compares the database's clock with one here; nothing is recorded while they differ, since what is recorded has one
    /// order.
    func compare(_ now: @Sendable () -> Timestamp) throws(HistoryError) {
        guard let clock = try seconds("SELECT extract(epoch FROM clock_timestamp())::bigint") else { return }
        let ahead = now().seconds.moment - clock
        guard abs(ahead) > PostgresHistory.clockDoubt else { return }
        throw HistoryError(
            .unavailable,
            "the clock here is \(abs(ahead)) s \(ahead > 0 ? "ahead of" : "behind") the team's database: set it; "
                + "nothing is recorded from here")
    }

    // MARK: Statements

    /// Lets the statements that follow take so many seconds together.
    func give(_ seconds: Double) { end = clinux_boot_nanoseconds() + Int64(seconds * 1e9) }

    /// Runs one statement and gives its rows.
    @discardableResult
    func run(_ statement: String, _ values: [TeamLink.Value] = []) throws(HistoryError) -> [Row] {
        let begin = clinux_boot_nanoseconds()
        let left = max(0.05, Double(end - begin) / 1e9)
        do throws(TeamError) {
            let rows = try link.run(statement, values, within: left)
            trip = min(trip, Double(clinux_boot_nanoseconds() - begin) / 1e9)
            return rows
        } catch {
            let isSlow = error.state.isEmpty && Double(clinux_boot_nanoseconds() - begin) / 1e9 >= left
            let made = isSlow ? HistoryError.slow : HistoryError(error)
            isLost = isLost || error.isLoss || made.kind == .readOnly
            throw made
        }
    }

    /// The first value of the first row, as a number; nil where there is none.
    func number(_ statement: String, _ values: [TeamLink.Value] = []) throws(HistoryError) -> Int64? {
        try run(statement, values).first?.optional(0)
    }

    /// The first value of the first row, as a moment in seconds since 1970; nil where there is none.
    func seconds(_ statement: String, _ values: [TeamLink.Value] = []) throws(HistoryError) -> Int64? {
        try number(statement, values)?.moment
    }

    /// Does all of some work, or none of it.
    func transaction<Result>(
        _ access: Access, within seconds: Double, _ work: () throws(HistoryError) -> Result
    ) throws(HistoryError) -> Result {
        give(seconds)
        try run(access == .read ? "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY" : "BEGIN")
        if seconds > 5 {
            try run("SET LOCAL statement_timeout = '\(Int(seconds) + 1)s'")
        }
        do throws(HistoryError) {
            let result = try work()
            try run("COMMIT")
            return result
        } catch {
            if !isLost {
                end = max(end, clinux_boot_nanoseconds() + 500_000_000)
                do throws(HistoryError) { try run("ROLLBACK") } catch { isLost = true }
            }
            throw error
        }
    }

    /// Waits until nobody else does the same, until the transaction ends.
    func lock(_ what: String) throws(HistoryError) { try lock([what]) }

    /// Waits until nobody else does any of it: everybody in one order, so that no two wait for each other.
    func lock(_ all: Set<String>) throws(HistoryError) {
        try run(
            "SELECT pg_advisory_xact_lock(hashtextextended(n.what, 0)) FROM unnest($1::text[]) AS n (what)",
            [.texts(all.sorted().map { "nocturne history \($0)" })])
    }

    /// Whether nobody else does the same, until the transaction ends.
    func tryLock(_ what: String) throws(HistoryError) -> Bool {
        try run(
            "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))", [.text("nocturne history \(what)")]
        ).first?.flag(0) == true
    }

    /// Whether a change was seen while the team was away.
    func isBefore(_ change: StateChange) -> Bool { foundAt.map { change.seenAt < $0 } ?? false }

    // MARK: Names

    /// The numbers of all that this screen reads.
    var all: TeamLink.Value { .wholes(backends.keys.sorted()) }

    /// A list as it is named there; nil where this screen's account can't be told from others, or nothing is known of it.
    func place(of list: HistoryList) -> [TeamLink.Value]? {
        sources[list.backend].map { [.whole($0), .text(list.kind.rawValue)] }
    }

    /// The last place of all.
    func lastPlace() throws(HistoryError) -> Int64 {
        try number("SELECT max(place) FROM nocturne.history_changes") ?? 0
    }

    /// The changes of this screen's backends behind a place, the first first.
    func changes(after place: Int64, through last: Int64) throws(HistoryError) -> [StateChange] {
        guard last > place else { return [] }
        return try run(
            """
            \(ChangeColumns.select) WHERE c.place > $1::bigint AND c.place <= $2::bigint
                AND c.source = ANY($3::bigint[]) ORDER BY c.place LIMIT \(Self.mostNews)
            """, [.whole(place), .whole(last), all]
        ).compactMap { ChangeColumns.change($0, self) }
    }
}

extension TeamError {
    /// Whether the connection is of no use any more.
    var isLoss: Bool { state.isEmpty || state.hasPrefix("08") || (state.hasPrefix("57") && state != "57014") }
}

extension HistoryError {
    /// The database was asked and did not answer in time.
    static let slow = HistoryError(
        .unavailable, "the team's database answers too slowly: what comes and goes meanwhile is not recorded")

    /// Why the team's history can't be used; the words are the same while the reason is.
    init(_ error: TeamError) {
        let lost = "the team's history can't be reached: what comes and goes meanwhile is not recorded"
        switch (error.state, error.kind) {
        case ("53100", _):
            self.init(
                .full, "the disk of the team's database is full: history is recorded again when there is room"
            )
        case ("25006", _):
            self.init(
                .readOnly, "the team's database is read-only: what comes and goes meanwhile is not recorded")
        case ("42501", _):
            self.init(.readOnly, "the team's database does not permit it: \(error.words)")
        case ("55P03", _), ("40P01", _), ("40001", _), ("57014", _), ("23505", _):
            self.init(.busy, "the team's history is in use by another process that does not finish")
        case (_, .noLibrary), (_, .schema): self.init(.unavailable, error.words)
        case (_, .unavailable): self.init(.unavailable, lost)
        case (let state, .refused):
            // A server that ends its sessions, or has too many, is as one that is away.
            let isAway = ["08", "57", "53"].contains { state.hasPrefix($0) }
            self.init(.unavailable, isAway ? lost : "the team's history: \(error.words)")
        }
    }
}
