/// The tables of the file, and the way to them from each earlier version.
///
/// `PRAGMA user_version` says which steps a file has. A step is never changed once it was released: a new one follows.
enum HistorySchema {
    /// The version that this program writes.
    static var version: Int { steps.count }

    /// What makes a file of version `n + 1` of one of version `n`.
    static let steps: [String] = [
        """
        -- An entity as it was called at a time; an entity with a new name is another subject.
        CREATE TABLE subject(
            id INTEGER PRIMARY KEY, backend TEXT NOT NULL, kind TEXT NOT NULL, entity TEXT NOT NULL,
            name TEXT NOT NULL, device TEXT NOT NULL, site TEXT NOT NULL,
            UNIQUE(backend, kind, entity, name, device, site));
        CREATE INDEX subject_name ON subject(name);
        CREATE INDEX subject_device ON subject(device) WHERE device <> '';
        CREATE INDEX subject_site ON subject(site) WHERE site <> '';
        -- What changed, in the order in which it was seen. Times are seconds since 1970.
        CREATE TABLE change(
            place INTEGER PRIMARY KEY AUTOINCREMENT, subject INTEGER NOT NULL, seen INTEGER NOT NULL,
            before TEXT, after TEXT NOT NULL, severity INTEGER NOT NULL, severity_before INTEGER,
            said INTEGER, last_seen INTEGER, note TEXT);
        CREATE INDEX change_seen ON change(seen);
        CREATE INDEX change_subject ON change(subject, seen);
        -- The state that was recorded of each entity last.
        CREATE TABLE current(
            backend TEXT NOT NULL, kind TEXT NOT NULL, entity TEXT NOT NULL, subject INTEGER NOT NULL,
            state TEXT NOT NULL, severity INTEGER NOT NULL, note TEXT, said INTEGER, seen INTEGER NOT NULL,
            PRIMARY KEY(backend, kind, entity)) WITHOUT ROWID;
        CREATE INDEX current_subject ON current(subject);
        -- When each list was read whole last.
        CREATE TABLE list(
            backend TEXT NOT NULL, kind TEXT NOT NULL, seen INTEGER NOT NULL, PRIMARY KEY(backend, kind)
            ) WITHOUT ROWID;
        -- Moments: looked (the operator's last look), began (nothing before it is kept).
        CREATE TABLE moment(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """,
        """
        -- Lists whose values are recorded, with their fields as words "key:type" in their order.
        CREATE TABLE sampling(
            id INTEGER PRIMARY KEY, backend TEXT NOT NULL, kind TEXT NOT NULL, fields TEXT NOT NULL,
            step INTEGER NOT NULL, UNIQUE(backend, kind, fields));
        -- Entities whose values are or were recorded: when it had one last, and one above 0.
        CREATE TABLE sampled(
            id INTEGER PRIMARY KEY AUTOINCREMENT, sampling INTEGER NOT NULL, entity TEXT NOT NULL,
            name TEXT NOT NULL, device TEXT NOT NULL, active INTEGER NOT NULL, seen INTEGER NOT NULL,
            used INTEGER NOT NULL, UNIQUE(sampling, entity));
        -- Readings of the last days as they came, and the codes of 256 entities in each sheet of one:
        -- the id of a sheet is that of its reading times 2^20, and that of its first entity by 256.
        CREATE TABLE reading(
            id INTEGER PRIMARY KEY AUTOINCREMENT, sampling INTEGER NOT NULL, at INTEGER NOT NULL,
            UNIQUE(sampling, at));
        CREATE TABLE sheet(id INTEGER PRIMARY KEY, codes BLOB NOT NULL);
        -- Days of earlier readings of a sheet, with their times, and the codes of each entity and field in a block of
        -- one: the id of a block is that of its bundle times 2^12, the entity's place times 16, and the field's place.
        CREATE TABLE bundle(
            id INTEGER PRIMARY KEY AUTOINCREMENT, sampling INTEGER NOT NULL, sheet INTEGER NOT NULL,
            day INTEGER NOT NULL, step INTEGER NOT NULL, times BLOB NOT NULL, UNIQUE(sampling, sheet, day));
        CREATE INDEX bundle_day ON bundle(day);
        CREATE TABLE block(id INTEGER PRIMARY KEY, codes BLOB NOT NULL);
        """,
        """
        -- When each list was read, over and over: with at most `gap` seconds between two readings.
        CREATE TABLE span(
            backend TEXT NOT NULL, kind TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,
            gap INTEGER NOT NULL, PRIMARY KEY(backend, kind, since)) WITHOUT ROWID;
        """,
    ]

    /// Prepares a file: makes the tables of a new one, and brings an older one up to date.
    static func prepare(_ database: Database) throws(HistoryError) {
        let found = try version(of: database)
        guard found <= version else {
            throw newer(found, database)
        }
        if found == 0 {
            // Before there is any table: pages that become free can then be given back a few at a time.
            try database.run("PRAGMA auto_vacuum = INCREMENTAL")
        }
        try database.run("PRAGMA journal_mode = WAL")
        try database.run(
            """
            PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 4194304; PRAGMA cache_size = -4000;
            PRAGMA trusted_schema = OFF
            """)
        if found < version {
            try database.transaction { () throws(HistoryError) in
                // Another process may have done it meanwhile, a newer one even more.
                let reached = try version(of: database)
                guard reached <= version else { throw newer(reached, database) }
                for step in reached..<version {
                    try database.run(steps[step])
                    try database.run("PRAGMA user_version = \(step + 1)")
                }
            }
        }
        guard try database.number("SELECT value FROM moment WHERE name = 'epoch'") == nil else { return }
        do throws(HistoryError) {
            try database.run("INSERT OR IGNORE INTO moment(name, value) VALUES('epoch', random())")
        } catch {
            // What can't be written may still be read.
            guard [.full, .readOnly, .busy].contains(error.kind) else { throw error }
        }
    }

    /// Whether an open file still has the tables of this version.
    static func check(_ database: Database) throws(HistoryError) {
        let found = try version(of: database)
        guard found <= version else { throw newer(found, database) }
    }

    /// The number that a file got when it was begun, by chance.
    static func epoch(of database: Database) throws(HistoryError) -> Int64 {
        try database.number("SELECT value FROM moment WHERE name = 'epoch'") ?? 0
    }

    private static func newer(_ found: Int, _ database: Database) -> HistoryError {
        HistoryError(
            .newer,
            "\(database.path) was written by a newer nocturne (format \(found), this one knows \(version)): "
                + "no history is recorded")
    }

    private static func version(of database: Database) throws(HistoryError) -> Int {
        Int(try database.number("PRAGMA user_version") ?? 0)
    }
}
