public import Domain

extension SQLiteHistory {
    /// Records what a list has measured, in one transaction; nothing where that was recorded shortly before.
    public func record(_ reading: SampleReading) throws(HistoryError) {
        try use { (database) throws(HistoryError) in
            guard let writing = SampleWriting(reading, in: SQLiteSamples(database: database)) else { return }
            try database.transaction { () throws(HistoryError) in try writing.record() }
        }
    }

    /// What was measured of an entity, as far as it is asked for.
    public func recall(_ query: SampleQuery) throws(HistoryError) -> StoredSamples {
        try reading { (database) throws(HistoryError) in
            var found = StoredSamples()
            let list = HistoryList(backend: query.entity.backend, kind: query.entity.kind)
            for sampling in try Sampling.all(of: list, in: database) {
                if let begins = try sampling.begins(in: database) {
                    found.begins = min(found.begins ?? begins, begins)
                }
                found.interval = Double(sampling.step)
                var entity: (id: Int64, isActive: Bool)?
                try database.each(
                    "SELECT id, active FROM sampled WHERE sampling = ?1 AND entity = ?2",
                    [.integer(sampling.id), .text(query.entity.id)]
                ) { row in
                    entity = (row.number(0) ?? 0, row.number(1) == 1)
                    return false
                }
                if entity?.isActive != true {
                    let active = try database.number(
                        "SELECT count(*) FROM sampled WHERE sampling = ?1 AND active = 1",
                        [.integer(sampling.id)])
                    found.isBounded = (active ?? 0) >= StoredSamples.mostOfList
                }
                guard let entity else { continue }
                found.isRecorded = entity.isActive
                try Self.add(sampling, entity.id, query, to: &found, in: database)
            }
            found.sort()
            return found
        }
    }

    private static func add(
        _ sampling: Sampling, _ entity: Int64, _ query: SampleQuery, to found: inout StoredSamples,
        in database: Database
    ) throws(HistoryError) {
        let (sheet, member) = (entity / SampleSheet.length, entity % SampleSheet.length)
        let (since, until) = (query.since.seconds, query.until.seconds)
        let tables = SQLiteSamples(database: database)
        let bundles = try tables.bundles(
            "sampling = ?1 AND sheet = ?2 AND day >= ?3 AND day <= ?4 ORDER BY day",
            [.integer(sampling.id), .integer(sheet), .integer(since / 86_400), .integer(until / 86_400)])
        for (place, field) in sampling.fields.enumerated() {
            for bundle in bundles {
                guard let codes = try tables.block(bundle, member: member, field: place) else { continue }
                found.take(codes, of: bundle, field, query)
            }
        }
        let width = Int64(2 * sampling.fields.count)
        try database.each(
            """
            SELECT r.at, substr(s.codes, ?1, ?2) FROM reading r
            CROSS JOIN sheet s ON s.id = ((r.id << 20) | ?3)
            WHERE r.sampling = ?4 AND r.at >= ?5 AND r.at <= ?6 ORDER BY r.at
            """,
            [
                .integer(member * width + 1), .integer(width), .integer(sheet), .integer(sampling.id),
                .integer(since), .integer(until),
            ]
        ) { row in
            found.take(row.bytes(1), at: row.number(0) ?? 0, sampling.fields, query)
            return true
        }
    }

    /// The last readings of a list before a moment, not thinned.
    public func polls(
        _ list: HistoryList, since: Timestamp, until: Timestamp, most: Int
    ) throws(HistoryError) -> StoredPolls {
        try reading { (database) throws(HistoryError) in
            var polls = StoredPolls()
            // What had other fields before is another list.
            guard let sampling = try Sampling.all(of: list, in: database).last else { return polls }
            polls.keys = sampling.fields.map { $0?.key ?? "" }
            var ids: [Int64: Int] = [:]
            try database.each(
                "SELECT id, entity FROM sampled WHERE sampling = ?1 AND active = 1", [.integer(sampling.id)]
            ) { row in
                ids[row.number(0) ?? 0] = ids.count
                polls.places[row.text(1)] = ids.count - 1
                return true
            }
            var readings: [(id: Int64, at: Int64)] = []
            try database.each(
                """
                SELECT id, at FROM reading WHERE sampling = ?1 AND at >= ?2 AND at < ?3
                ORDER BY at DESC LIMIT ?4
                """,
                [
                    .integer(sampling.id), .integer(since.seconds), .integer(until.seconds),
                    .integer(Int64(most)),
                ]
            ) { row in
                readings.append((row.number(0) ?? 0, row.number(1) ?? 0))
                return true
            }
            for reading in readings.reversed() {
                var sheets: [Int64: [UInt8]] = [:]
                try database.each(
                    "SELECT id, codes FROM sheet WHERE id >= ?1 AND id < ?2",
                    [.integer(reading.id << 20), .integer((reading.id + 1) << 20)]
                ) { row in
                    sheets[(row.number(0) ?? 0) & 0xFFFFF] = row.bytes(1)
                    return true
                }
                polls.add(sheets, at: reading.at, fields: sampling.fields.count, ids)
            }
            return polls
        }
    }
}
