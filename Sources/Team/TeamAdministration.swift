/// What one does to a team's store from the command line.
public final class TeamAdministration {
    /// One process of the team, as the database knows it.
    public struct Screen: Sendable, Hashable {
        /// Who runs it, and where.
        public var name: String
        /// Its version of nocturne; empty for one that only reads.
        public var version: String
        /// The account of the database.
        public var account: String
        /// Whether it shares what it reads.
        public var shares: Bool
        /// Its backends.
        public var servers: String
        /// Seconds since it joined; nil where this account may not know.
        public var joined: Double?
        /// Whether it has said yet what it took and fetched; what only reads never does.
        public var isCounted: Bool
        /// Answers that it took from others.
        public var taken: Int64
        /// Answers that it fetched for all.
        public var fetched: Int64
        /// The longest that an answer was there before it had it, in seconds, lately.
        public var lag: Double
    }

    /// One request that is shared.
    public struct Answer: Sendable, Hashable {
        /// Where the server is.
        public var server: String
        /// Who reads there.
        public var account: String
        /// Method, path and query.
        public var request: String
        /// The list that it is for.
        public var list: String
        /// Seconds since it was fetched.
        public var age: Double
        /// Who fetched it.
        public var fetchedBy: String
        /// Its size in bytes, and as it is stored.
        public var bytes: Int64
        /// What of that is left in the database.
        public var stored: Int64
        /// Who fetches it now; empty where nobody does.
        public var fetching: String
    }

    /// What an account may do in the store.
    public struct Rights: Sendable, Hashable {
        /// Its name.
        public var account: String
        /// Whether the database takes anything from anybody now.
        public var isWritable: Bool
        /// Whether it shares what it reads, or only reads what others share.
        public var shares: Bool
        /// Whether its commands are recorded for the team.
        public var records: Bool
        /// Whether it may claim rows.
        public var claims: Bool
    }

    /// What is in the store.
    public struct Status: Sendable {
        /// The version of the tables.
        public var version: Int
        /// The version of PostgreSQL, as in 150004.
        public var server: Int
        /// How long the database took to answer, in seconds.
        public var roundTrip: Double
        /// Who is connected.
        public var screens: [Screen]
        /// What is shared.
        public var answers: [Answer]
    }

    private let link: TeamLink

    /// Connects, within ten seconds.
    public init(_ settings: TeamSettings) throws(TeamError) {
        link = try TeamLink.connect(settings.parameters(name: "nocturne team", patience: 10), within: 10)
        try link.runAll("SET search_path = pg_catalog; SET client_min_messages = warning")
    }

    /// Makes the tables and roles, or brings them up to date.
    ///
    /// - Returns: the version before, 0 for none, and the one now.
    public func migrate() throws(TeamError) -> (before: Int, now: Int) {
        (try TeamSchema.migrate(link), TeamSchema.current)
    }

    /// The version of the tables; 0 where there are none.
    public func version() throws(TeamError) -> Int {
        let isThere = try link.run("SELECT to_regclass('nocturne.versions') IS NOT NULL").first?.flag(0)
        guard isThere == true else { return 0 }
        return Int(try link.run("SELECT max(version)::bigint FROM nocturne.versions").first?.whole(0) ?? 0)
    }

    /// What the account may do.
    public func rights() throws(TeamError) -> Rights {
        let row = try link.run(
            """
            SELECT session_user::text, \(TeamSchema.isWritable), \(TeamSchema.mayShare), \(TeamSchema.mayRecord),
                \(TeamSchema.mayClaim)
            """
        ).first
        guard let row else { throw TeamError(.unavailable, "the database gave no answer") }
        return Rights(
            account: row.text(0), isWritable: row.flag(1), shares: row.flag(2), records: row.flag(3),
            claims: row.flag(4))
    }

    /// Reads what is in the store.
    public func status() throws(TeamError) -> Status {
        let version = try TeamSchema.check(link)
        let clock = ContinuousClock()
        let began = clock.now
        try link.run("SELECT 1")
        let took = clock.now - began
        let screens = try link.run(
            """
            SELECT coalesce(s.name, substr(a.application_name, 10)), coalesce(s.version, ''), a.usename::text,
                s.pid IS NOT NULL, coalesce(s.servers, ''),
                extract(epoch FROM clock_timestamp() - coalesce(s.joined_at, a.backend_start))::float8,
                coalesce(s.taken, 0)::bigint, coalesce(s.fetched, 0)::bigint, coalesce(s.lag, 0)::float8,
                coalesce(s.seen_at > s.joined_at, false)
            FROM pg_stat_activity AS a LEFT JOIN nocturne.screens AS s ON s.pid = a.pid
            WHERE a.datname = current_database() AND a.application_name LIKE 'nocturne %'
                AND a.application_name <> 'nocturne team' ORDER BY 1, a.pid
            """)
        let answers = try link.run(
            """
            SELECT n.server, n.account, n.request, n.list,
                extract(epoch FROM clock_timestamp() - n.fetched_at)::float8, n.fetched_by, n.bytes,
                pg_column_size(n.body)::bigint, coalesce((
                    SELECT min(coalesce(s.name, 'pid ' || l.pid::text)) FROM pg_locks AS l
                    LEFT JOIN nocturne.screens AS s ON s.pid = l.pid
                    WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
                        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                        AND (l.classid::bigint << 32 | l.objid::bigint) = n.lock_number), '')
            FROM nocturne.answers AS n ORDER BY n.server, n.account, n.list, n.request
            """)
        return Status(
            version: version, server: link.serverVersion,
            roundTrip: Double(took.components.attoseconds) / 1e18 + Double(took.components.seconds),
            screens: screens.map { row in
                Screen(
                    name: row.text(0), version: row.text(1), account: row.text(2), shares: row.flag(3),
                    servers: row.text(4), joined: row.number(5),
                    isCounted: row.flag(9), taken: row.whole(6),
                    fetched: row.whole(7), lag: row.number(8) ?? 0)
            },
            answers: answers.map { row in
                Answer(
                    server: row.text(0), account: row.text(1), request: row.text(2), list: row.text(3),
                    age: row.number(4) ?? 0, fetchedBy: row.text(5), bytes: row.whole(6),
                    stored: row.whole(7), fetching: row.text(8))
            })
    }
}
