/// The tables of what a team keeps: its record of commands and its claims.
///
/// They are logged: what they hold survives a crash of PostgreSQL, is on its standbys and in its backups.
enum LedgerSchema {
    /// The channel on which it is said that claims changed.
    static let channel = "nocturne_claims"
    /// Days that a command stays in the record, and a claim that is over among the claims.
    static let recordDays = 400
    static let claimDays = 30

    /// What version 2 of the tables adds.
    ///
    /// Nobody but the owner may change or remove a line of the record: what is old goes by a function of the owner's,
    /// by a time that the database itself set.
    static let statements = """
        CREATE TABLE nocturne.record (
            id text NOT NULL,
            part text NOT NULL,
            stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            happened_at timestamptz NOT NULL,
            server text NOT NULL,
            command text NOT NULL,
            targets text[] NOT NULL,
            owner text NOT NULL,
            host text NOT NULL,
            line text NOT NULL,
            PRIMARY KEY (id, part),
            CHECK (isfinite(happened_at) AND happened_at <= stored_at + interval '1 minute'));
        CREATE INDEX ON nocturne.record (happened_at) WHERE part = 'command';
        CREATE INDEX ON nocturne.record USING gin (targets) WHERE part = 'command';
        CREATE INDEX ON nocturne.record (stored_at);
        CREATE TABLE nocturne.claims (
            id text PRIMARY KEY,
            server text NOT NULL,
            kind text NOT NULL,
            entity text NOT NULL,
            name text NOT NULL,
            owner text NOT NULL,
            host text NOT NULL,
            note text NOT NULL,
            made_at timestamptz NOT NULL,
            ends_at timestamptz,
            changed_at timestamptz,
            ended_at timestamptz,
            ended_by text,
            stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            CHECK (isfinite(made_at) AND made_at <= stored_at + interval '1 minute'),
            CHECK (isfinite(ends_at)));
        CREATE INDEX ON nocturne.claims (made_at) WHERE ended_at IS NULL;
        ALTER TABLE nocturne.answers ADD CHECK (isfinite(fetched_at) AND isfinite(stored_at));
        ALTER TABLE nocturne.screens ADD CHECK (isfinite(joined_at));
        CREATE FUNCTION nocturne.tidy_ledger() RETURNS void LANGUAGE sql SECURITY DEFINER
            SET search_path = pg_catalog, pg_temp AS $$
            DELETE FROM nocturne.record WHERE stored_at < clock_timestamp() - interval '\(recordDays) days';
            DELETE FROM nocturne.claims WHERE stored_at < clock_timestamp() - interval '\(claimDays) days'
                AND coalesce(ended_at, ends_at) < clock_timestamp() - interval '\(claimDays) days';
            $$;
        """

    /// The least that each role needs: screens add to the record, and change nothing in it.
    static let rights = """
        GRANT INSERT (id, part, happened_at, server, command, targets, owner, host, line)
            ON nocturne.record TO \(TeamSchema.screens);
        GRANT INSERT (id, server, kind, entity, name, owner, host, note, made_at, ends_at),
            UPDATE (note, ends_at, changed_at, ended_at, ended_by) ON nocturne.claims TO \(TeamSchema.screens);
        REVOKE ALL ON FUNCTION nocturne.tidy_ledger() FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION nocturne.tidy_ledger() TO \(TeamSchema.screens);
        """
}
