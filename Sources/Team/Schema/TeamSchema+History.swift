extension TeamSchema {
    /// The last moment that a history takes, in seconds since 1970: the beginning of 2200.
    ///
    /// What is farther can't be calculated with everywhere.
    package static let farthest: Int64 = 7_258_118_400
    /// The largest number of an entity or a sheet, and for how many days a history may be kept.
    package static let mostNumber: Int64 = 2_147_483_647, mostDays: Int64 = 36_500

    /// Moments, or seconds, that are within those that can be calculated with.
    private static func moments(_ columns: String...) -> String { check(columns, farthest) }
    private static func numbers(_ columns: String...) -> String { check(columns, mostNumber) }
    private static func check(_ columns: [String], _ most: Int64) -> String {
        "CHECK (" + columns.map { "\($0) BETWEEN 0 AND \(most)" }.joined(separator: " AND ") + ")"
    }

    /// What a team remembers: changes of state and what was measured.
    ///
    /// Logged tables, unlike answers: what is gone after a crash could not be read again. A source is a server as one
    /// account reads it, since another may see other rows. Moments are seconds since 1970. A place is given while a lock is
    /// held that its transaction keeps until it is written: so whoever knows a place knows all before it.
    static let history = Version(
        statements: """
            CREATE TABLE nocturne.history_sources (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                server text NOT NULL,
                account text NOT NULL,
                began bigint,
                UNIQUE (server, account),
                \(moments("began")));
            CREATE TABLE nocturne.history_changes (
                place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                source bigint NOT NULL,
                kind text NOT NULL,
                entity text NOT NULL,
                name text NOT NULL,
                device text NOT NULL,
                site text NOT NULL,
                seen bigint NOT NULL,
                before text,
                after text NOT NULL,
                severity bigint NOT NULL,
                severity_before bigint,
                said bigint,
                last_seen bigint,
                note text NOT NULL,
                CHECK (place > 0), \(moments("seen")));
            CREATE INDEX ON nocturne.history_changes (seen, place);
            CREATE INDEX ON nocturne.history_changes (source, kind, entity, place);
            CREATE INDEX ON nocturne.history_changes (name, seen);
            CREATE INDEX ON nocturne.history_changes (device, seen) WHERE device <> '';
            CREATE INDEX ON nocturne.history_changes (site, seen) WHERE site <> '';
            CREATE TABLE nocturne.history_current (
                source bigint NOT NULL,
                kind text NOT NULL,
                entity text NOT NULL,
                name text NOT NULL,
                device text NOT NULL,
                site text NOT NULL,
                state text NOT NULL,
                severity bigint NOT NULL,
                note text NOT NULL,
                said bigint,
                seen bigint NOT NULL,
                PRIMARY KEY (source, kind, entity),
                \(moments("seen")));
            CREATE TABLE nocturne.history_lists (
                source bigint NOT NULL,
                kind text NOT NULL,
                seen bigint NOT NULL,
                PRIMARY KEY (source, kind),
                \(moments("seen")));
            CREATE TABLE nocturne.history_spans (
                source bigint NOT NULL,
                kind text NOT NULL,
                since bigint NOT NULL,
                until bigint NOT NULL,
                gap bigint NOT NULL,
                PRIMARY KEY (source, kind, since),
                \(moments("since", "until", "gap")));
            CREATE TABLE nocturne.history_looks (
                operator text PRIMARY KEY,
                looked bigint NOT NULL,
                \(moments("looked")));
            CREATE TABLE nocturne.history_keepers (
                name text PRIMARY KEY,
                days bigint NOT NULL,
                bytes bigint NOT NULL,
                seen_at timestamptz NOT NULL,
                CHECK (days BETWEEN 0 AND \(mostDays) AND bytes >= 0 AND isfinite(seen_at)));
            CREATE TABLE nocturne.history_facts (
                name text PRIMARY KEY,
                value bigint NOT NULL);
            INSERT INTO nocturne.history_facts (name, value)
                VALUES ('epoch', ('x' || substr(md5(gen_random_uuid()::text), 1, 16))::bit(64)::bigint),
                    ('sample_bytes', 0);
            CREATE TABLE nocturne.history_samplings (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                source bigint NOT NULL,
                kind text NOT NULL,
                fields text NOT NULL,
                step bigint NOT NULL,
                UNIQUE (source, kind, fields),
                \(moments("step")));
            CREATE TABLE nocturne.history_sampled (
                sampling bigint NOT NULL,
                number bigint NOT NULL,
                entity text NOT NULL,
                name text NOT NULL,
                device text NOT NULL,
                active boolean NOT NULL,
                seen bigint NOT NULL,
                used bigint NOT NULL,
                PRIMARY KEY (sampling, number),
                UNIQUE (sampling, entity),
                \(numbers("number")), \(moments("seen", "used")));
            CREATE TABLE nocturne.history_readings (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                sampling bigint NOT NULL,
                at bigint NOT NULL,
                UNIQUE (sampling, at),
                \(moments("at")));
            CREATE INDEX ON nocturne.history_readings (at);
            CREATE TABLE nocturne.history_sheets (
                reading bigint NOT NULL,
                sheet bigint NOT NULL,
                codes bytea NOT NULL,
                PRIMARY KEY (reading, sheet),
                \(numbers("sheet")));
            CREATE TABLE nocturne.history_bundles (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                sampling bigint NOT NULL,
                sheet bigint NOT NULL,
                day bigint NOT NULL,
                step bigint NOT NULL,
                times bytea NOT NULL,
                UNIQUE (sampling, sheet, day),
                \(numbers("sheet")), CHECK (day BETWEEN 0 AND \(farthest / 86_400)), \(moments("step")));
            CREATE INDEX ON nocturne.history_bundles (day);
            CREATE TABLE nocturne.history_blocks (
                bundle bigint NOT NULL,
                member bigint NOT NULL,
                field bigint NOT NULL,
                codes bytea NOT NULL,
                PRIMARY KEY (bundle, member, field),
                \(numbers("member", "field")));
            """, oldestProgram: 1)

    /// Screens add, and remove what is too old; nobody changes a change, or chooses its place.
    ///
    /// What is old or too much is decided by what screens want that any account of theirs may write: a function of the
    /// owner's that believes it would protect nothing. Wallboards read.
    static let historyRights = """

        GRANT INSERT (source, kind, entity, name, device, site, seen, before, after, severity, severity_before, said,
            last_seen, note), DELETE ON nocturne.history_changes TO \(screens);
        GRANT INSERT (sampling, at), DELETE ON nocturne.history_readings TO \(screens);
        GRANT INSERT (sampling, sheet, day, step, times), DELETE ON nocturne.history_bundles TO \(screens);
        GRANT INSERT (source, kind, fields, step), UPDATE (step), DELETE ON nocturne.history_samplings TO \(screens);
        GRANT INSERT (server, account), UPDATE (began) ON nocturne.history_sources TO \(screens);
        GRANT INSERT, DELETE ON nocturne.history_blocks TO \(screens);
        GRANT INSERT, UPDATE ON nocturne.history_looks TO \(screens);
        GRANT INSERT, UPDATE, DELETE ON nocturne.history_current, nocturne.history_lists, nocturne.history_spans,
            nocturne.history_keepers, nocturne.history_sampled, nocturne.history_sheets TO \(screens);
        GRANT UPDATE ON nocturne.history_facts TO \(screens);
        """
}
