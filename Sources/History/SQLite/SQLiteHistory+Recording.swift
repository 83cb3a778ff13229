public import Domain

extension SQLiteHistory {
    /// Records what of a reading of a list is another than what was recorded of it last.
    public func record(_ reading: ListReading) throws(HistoryError) -> Recorded {
        try use { (database) throws(HistoryError) in
            try database.transaction { () throws(HistoryError) in
                try Writing(SQLiteChanges(database)).record(reading)
            }
        }
    }

    /// Records changes that no list shows, but those of which the same was recorded last.
    public func record(_ changes: [StateChange]) throws(HistoryError) -> [StateChange] {
        guard !changes.isEmpty else { return [] }
        return try use { (database) throws(HistoryError) in
            try database.transaction { () throws(HistoryError) in
                try Writing(SQLiteChanges(database)).record(changes)
            }
        }
    }

    /// Which entities of a list were recorded behind a place, and the last place of all lists.
    public func touched(_ list: HistoryList, after place: Int64?) throws(HistoryError) -> Touched {
        try use { (database) throws(HistoryError) in
            var touched = Touched()
            touched.epoch = try HistorySchema.epoch(of: database)
            touched.place = try database.number("SELECT max(place) FROM change") ?? 0
            guard let place, place < touched.place else { return touched }
            try database.each(
                """
                SELECT DISTINCT s.entity FROM change c CROSS JOIN subject s ON s.id = c.subject
                WHERE c.place > ?1 AND s.backend = ?2 AND s.kind = ?3
                """, [.integer(place), .text(list.backend), .text(list.kind.rawValue)]
            ) { row in
                touched.ids.insert(row.text(0))
                return true
            }
            touched.ids.remove(StateChange.several)
            return touched
        }
    }

    /// Notes when lists were last read whole without a change.
    public func saw(_ readings: [HistoryList: WholeReading], epoch: Int64) throws(HistoryError) {
        try use { (database) throws(HistoryError) in
            try database.transaction { () throws(HistoryError) in
                // A file that was begun since lacks what was in them.
                guard try HistorySchema.epoch(of: database) == epoch else { return }
                let tables = try SQLiteChanges(database)
                for (list, reading) in readings { try tables.note(list, reading) }
            }
        }
    }

    /// Notes that the operator looked; a moment that is far ahead is of a clock that was wrong.
    public func setLooked(_ moment: Timestamp) throws(HistoryError) {
        try use { (database) throws(HistoryError) in
            try database.run(
                """
                INSERT INTO moment(name, value) VALUES('looked', ?1) ON CONFLICT(name) DO UPDATE
                SET value = ?1 WHERE value < ?1 OR value > ?1 + 86400
                """, [.integer(moment.seconds)])
        }
    }
}
