internal import CSQLite
public import Domain
internal import Glibc

extension SQLiteHistory {
    /// How many changes one step removes.
    private static let step: Int64 = 2_000
    /// How many pages one step gives back to the disk.
    private static let pages = 256

    /// Removes a little of what is older, or more, than is to be kept; whether there is more of it.
    public func trim(at now: Timestamp) throws(HistoryError) -> Bool {
        try use { (database) throws(HistoryError) in
            let samples = SampleKeeping(
                SQLiteSamples(database: database), days: retention.days, bytes: retention.bytes)
            let isTooLarge = try Self.used(database) > retention.bytes
            if try samples.step(at: now.seconds, isTooLarge: isTooLarge) {
                try database.run("PRAGMA incremental_vacuum(\(Self.pages))")
                return true
            }
            let oldest = now.seconds - Int64(retention.days) * 86_400
            let tooOld = try database.number("SELECT min(seen) FROM change").map { $0 < oldest } ?? false
            let excess = isTooLarge ? try excess(database) : 0
            guard tooOld || excess > 0 else { return false }
            let hasRemoved = try database.transaction { () throws(HistoryError) -> Bool in
                let removed = try Self.remove(olderThan: oldest, orTheOldest: excess, in: database)
                let next = try database.number("SELECT min(seen) FROM change") ?? now.seconds
                try database.run(
                    "UPDATE moment SET value = ?1 WHERE name = 'began' AND value < ?1",
                    [.integer(excess > 0 ? next : oldest)])
                // What is no more for longer than anything is kept is forgotten, with the names that nothing needs.
                try database.run(
                    "DELETE FROM current WHERE state IN ('cleared', 'gone') AND seen < ?1", [.integer(oldest)]
                )
                try ReadTimes(database: database).remove(before: oldest)
                for subject in removed.subjects {
                    try database.run(
                        """
                        DELETE FROM subject WHERE id = ?1
                        AND NOT EXISTS (SELECT 1 FROM change WHERE subject = ?1)
                        AND NOT EXISTS (SELECT 1 FROM current WHERE subject = ?1)
                        """, [.integer(subject)])
                }
                return removed.count > 0
            }
            try database.run("PRAGMA incremental_vacuum(\(Self.pages))")
            return hasRemoved
        }
    }

    /// How many changes may go because the file is too large.
    ///
    /// What there is now can't go. Where that alone is too large, changes may still have a quarter of the size: else none
    /// would be kept, and the file would be no smaller.
    private func excess(_ database: Database) throws(HistoryError) -> Int64 {
        let ends = try [
            database.number("SELECT min(place) FROM change"),
            database.number("SELECT max(place) FROM change"),
        ].compactMap { $0 }
        guard let first = ends.first, let last = ends.last else { return 0 }
        // Of a row its numbers and its places in two indexes, then its words.
        let bytes =
            try database.number(
                """
                SELECT avg(70 + length(CAST(coalesce(before, '') || after || coalesce(note, '') AS BLOB)))
                FROM (SELECT before, after, note FROM change ORDER BY place LIMIT 200)
                """) ?? 70
        return min(Self.step, last - first + 1 - retention.bytes / 4 / max(1, bytes))
    }

    /// Removes a step of changes; how many, and the subjects that they were of.
    private static func remove(
        olderThan oldest: Int64, orTheOldest count: Int64, in database: Database
    ) throws(HistoryError) -> (count: Int, subjects: [Int64]) {
        var places: [Int64] = []
        var subjects: Set<Int64> = []
        let (condition, bound) =
            count > 0 ? ("?1 > 0 ORDER BY place", count) : ("seen < ?1 ORDER BY seen", oldest)
        try database.each(
            "SELECT place, subject FROM change WHERE \(condition) LIMIT ?2",
            [.integer(bound), .integer(count > 0 ? min(count, step) : step)]
        ) { row in
            places.append(row.number(0) ?? 0)
            subjects.insert(row.number(1) ?? 0)
            return true
        }
        for place in places { try database.run("DELETE FROM change WHERE place = ?1", [.integer(place)]) }
        return (places.count, Array(subjects))
    }

    /// Removes all that is older, or more, than is to be kept, and gives the room back to the disk.
    ///
    /// - Returns: how many changes were removed.
    public func prune(at now: Timestamp) throws(HistoryError) -> Int64 {
        let before = try facts().changes
        while try trim(at: now) {}
        return try use { (database) throws(HistoryError) in
            try database.run("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)")
            return before - (try Self.count(database))
        }
    }

    /// What is in the file.
    public struct Facts: Sendable, Hashable {
        /// How many changes there are, and how many entities were seen.
        public var changes: Int64, entities: Int64
        /// How many bytes the file has, with what was not put into it yet.
        public var bytes: Int64
        /// The version of its tables.
        public var version: Int
        /// When recording began, or the oldest that is kept.
        public var begins: Timestamp?
        /// What is wrong with it; empty where nothing is.
        public var faults: [String]
    }

    /// Looks at the file; all of it is read where `isThorough`.
    public func facts(isThorough: Bool = false) throws(HistoryError) -> Facts {
        try use { (database) throws(HistoryError) in
            var faults: [String] = []
            if isThorough {
                try database.each("PRAGMA integrity_check(20)") { row in
                    if row.text(0) != "ok" { faults.append(row.text(0)) }
                    return true
                }
            }
            return Facts(
                changes: try Self.count(database),
                entities: try database.number("SELECT count(*) FROM current") ?? 0,
                bytes: Self.size(database.path) + Self.size(database.path + "-wal"),
                version: HistorySchema.version, begins: try Self.moment("began", in: database),
                faults: faults)
        }
    }

    /// Changes in the order in which they were recorded, some at a time.
    ///
    /// - Parameter place: those behind it.
    public func changes(
        after place: Int64, since: Timestamp, most: Int
    ) throws(HistoryError) -> [StateChange] {
        try use { (database) throws(HistoryError) in
            var changes: [StateChange] = []
            try database.each(
                "\(ChangeRow.select) WHERE c.place > ?1 AND c.seen >= ?2 ORDER BY c.place LIMIT ?3",
                [.integer(place), .integer(since.seconds), .integer(Int64(most))]
            ) { row in
                changes.append(ChangeRow.change(row))
                return true
            }
            return changes
        }
    }

    /// The names of an entity that was recorded, on whichever backend.
    public func entities(kind: ResourceKind, id: String) throws(HistoryError) -> [EntityName] {
        try use { (database) throws(HistoryError) in
            var names: [EntityName] = []
            try database.each(
                "SELECT DISTINCT backend FROM subject WHERE kind = ?1 AND entity = ?2 ORDER BY backend",
                [.text(kind.rawValue), .text(id)]
            ) { row in
                names.append(EntityName(backend: row.text(0), kind: kind, id: id))
                return true
            }
            return names
        }
    }

    private static func count(_ database: Database) throws(HistoryError) -> Int64 {
        try database.number("SELECT count(*) FROM change") ?? 0
    }

    /// The bytes of the pages that hold something.
    private static func used(_ database: Database) throws(HistoryError) -> Int64 {
        let pages = try database.number("PRAGMA page_count") ?? 0
        let free = try database.number("PRAGMA freelist_count") ?? 0
        return (pages - free) * (try database.number("PRAGMA page_size") ?? 4_096)
    }

    private static func size(_ path: String) -> Int64 {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int64(facts.st_size) : 0
    }
}
