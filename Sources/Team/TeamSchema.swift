/// The tables of the store, and how they came to be: each version by the statements that make it of the one before.
///
/// A version once shipped is never changed. Later parts of the team's store, such as commands that several have begun,
/// are versions behind these.
package enum TeamSchema {
    /// What one version changes.
    struct Version {
        /// Its statements, run in one transaction.
        let statements: String
        /// The oldest version that a program may know that uses the tables after this one.
        let oldestProgram: Int
    }

    /// The channel on which it is said that an answer is there.
    static let channel = "nocturne"

    /// SQL: whether the account shares what it reads, whether its commands are recorded, and whether it may claim.
    static let mayShare = may("has_table_privilege('nocturne.answers', 'INSERT')")
    static let mayRecord = may("has_column_privilege('nocturne.record', 'line', 'INSERT')")
    static let mayClaim = may("has_column_privilege('nocturne.claims', 'note', 'INSERT, UPDATE')")

    /// SQL: whether the database takes anything from anybody.
    static let isWritable = "NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'"

    private static func may(_ privilege: String) -> String { "\(privilege) AND \(isWritable)" }
    /// The roles: of those who share what they read, and of those who only read what is shared.
    static let screens = "nocturne_screens"
    static let wallboards = "nocturne_wallboards"
    /// The oldest PostgreSQL that has all that is used, as in 130000.
    static let oldestServer = 130_000
    /// The version that this program makes and knows.
    static var current: Int { versions.count }

    /// All versions, the first one first.
    static let versions = [
        Version(statements: first, oldestProgram: 1),
        Version(statements: LedgerSchema.statements, oldestProgram: 1),
        history,
    ]

    /// Answers are a cache: unlogged, they cost no log, are on no standby, and are gone after a crash.
    ///
    /// The database
    /// compresses large values by itself, better than a client that all of the team would have to agree with.
    private static let first = """
        CREATE TABLE nocturne.team (
            only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
            salt bytea NOT NULL,
            made_at timestamptz NOT NULL DEFAULT now());
        INSERT INTO nocturne.team (salt)
            VALUES (sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea));
        CREATE UNLOGGED TABLE nocturne.answers (
            key text PRIMARY KEY,
            lock_number bigint NOT NULL,
            server text NOT NULL,
            account text NOT NULL,
            list text NOT NULL,
            request text NOT NULL,
            fetched_at timestamptz NOT NULL,
            stored_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            fetched_by text NOT NULL,
            status integer NOT NULL,
            media_type text NOT NULL,
            bytes bigint NOT NULL,
            body bytea NOT NULL);
        CREATE INDEX ON nocturne.answers (expires_at);
        CREATE UNLOGGED TABLE nocturne.screens (
            pid integer PRIMARY KEY,
            name text NOT NULL,
            version text NOT NULL,
            servers text NOT NULL,
            joined_at timestamptz NOT NULL,
            seen_at timestamptz NOT NULL,
            taken bigint NOT NULL DEFAULT 0,
            fetched bigint NOT NULL DEFAULT 0,
            lag double precision NOT NULL DEFAULT 0);
        DO $$ BEGIN
            ALTER TABLE nocturne.answers ALTER COLUMN body SET COMPRESSION lz4;
        EXCEPTION WHEN OTHERS THEN NULL;
        END $$;
        """

    /// What is there before any version.
    static let foundation = """
        CREATE SCHEMA IF NOT EXISTS nocturne;
        CREATE TABLE IF NOT EXISTS nocturne.versions (
            version integer PRIMARY KEY,
            oldest_program integer NOT NULL,
            made_at timestamptz NOT NULL DEFAULT now(),
            made_by text NOT NULL DEFAULT session_user);
        """

    /// The roles, where they are not there yet; they hold for all databases of a server.
    static let roles = """
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(screens)') THEN
                CREATE ROLE \(screens) NOLOGIN;
            END IF;
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(wallboards)') THEN
                CREATE ROLE \(wallboards) NOLOGIN;
            END IF;
        END $$;
        """

    /// The least that each role needs.
    static let rights = """
        REVOKE ALL ON SCHEMA nocturne FROM PUBLIC;
        REVOKE ALL ON ALL TABLES IN SCHEMA nocturne FROM PUBLIC, \(screens), \(wallboards);
        GRANT USAGE ON SCHEMA nocturne TO \(screens), \(wallboards);
        GRANT SELECT ON ALL TABLES IN SCHEMA nocturne TO \(screens), \(wallboards);
        GRANT INSERT, UPDATE, DELETE ON nocturne.answers, nocturne.screens TO \(screens);
        \(LedgerSchema.rights)
        """

    /// The version of the database, and whether this program may use it.
    @discardableResult
    package static func check(_ link: TeamLink) throws(TeamError) -> Int {
        if link.serverVersion > 0, link.serverVersion < oldestServer {
            throw TeamError(.schema, "PostgreSQL 13 or newer is needed")
        }
        try checkEncoding(link)
        let found = try link.run(
            "SELECT version, oldest_program FROM nocturne.versions ORDER BY version DESC LIMIT 1")
        guard let newest = found.first else {
            throw TeamError(.schema, "the database has no tables of nocturne: run nocturne team init")
        }
        let version = Int(newest.whole(0))
        if version < current {
            throw TeamError(
                .schema,
                "the tables have version \(version), and \(current) is needed: run nocturne team migrate")
        }
        if Int(newest.whole(1)) > current {
            throw TeamError(.schema, "the tables have version \(version): update nocturne here")
        }
        return version
    }

    /// Names, notes and commands are in all the world's letters.
    private static func checkEncoding(_ link: TeamLink) throws(TeamError) {
        let encoding = try link.run("SELECT current_setting('server_encoding')").first?.text(0) ?? ""
        guard encoding == "UTF8" else {
            throw TeamError(
                .schema,
                "the database is in \(TeamError.line(encoding)): make one with ENCODING 'UTF8' (createdb -E UTF8 -T template0)"
            )
        }
    }

    /// Makes what is missing; the version that was there before, 0 for none.
    ///
    /// Tables of a newer program are left alone: their rights are not known here.
    static func migrate(_ link: TeamLink) throws(TeamError) -> Int {
        if link.serverVersion > 0, link.serverVersion < oldestServer {
            throw TeamError(.schema, "PostgreSQL 13 or newer is needed")
        }
        try checkEncoding(link)
        // Two who do it at once would stand in each other's way.
        try link.run("SELECT pg_advisory_lock(\(migrationLock))", within: 30)
        try link.runAll(foundation)
        let before = Int(
            try link.run("SELECT coalesce(max(version), 0)::bigint FROM nocturne.versions").first?.whole(0)
                ?? 0)
        guard before <= current else {
            throw TeamError(.schema, "the tables have version \(before): update nocturne here")
        }
        for (place, version) in versions.enumerated() where place >= before {
            try link.runAll(
                "BEGIN; \(version.statements)\nINSERT INTO nocturne.versions (version, oldest_program) "
                    + "VALUES (\(place + 1), \(version.oldestProgram)); COMMIT;")
        }
        try link.runAll(roles)
        try link.runAll(rights + historyRights)
        try link.run("SELECT pg_advisory_unlock(\(migrationLock))")
        return before
    }

    private static let migrationLock: Int64 = 0x6e6f_6374_7572_6e65
}
