internal import Domain

/// The tables of measured values in an open file.
struct SQLiteSamples: SampleTables {
    let database: Database

    // MARK: Recording

    func sampling(_ list: HistoryList, _ fields: String, step: Int64) throws(HistoryError) -> Int64 {
        let own = list.cells + [.text(fields), .integer(step)]
        let known = try database.number(
            "SELECT id FROM sampling WHERE backend = ?1 AND kind = ?2 AND fields = ?3 AND step = ?4", own)
        if let known { return known }
        try database.run(
            """
            INSERT INTO sampling(backend, kind, fields, step) VALUES(?1, ?2, ?3, ?4)
            ON CONFLICT(backend, kind, fields) DO UPDATE SET step = ?4
            """, own)
        return try database.number(
            "SELECT id FROM sampling WHERE backend = ?1 AND kind = ?2 AND fields = ?3", Array(own.dropLast()))
            ?? 0
    }

    func members(_ sampling: Int64) throws(HistoryError) -> [SampleMember] {
        var found: [SampleMember] = []
        try database.each(
            "SELECT id, entity, seen, used FROM sampled WHERE sampling = ?1 AND active = 1",
            [.integer(sampling)]
        ) { row in
            found.append(
                SampleMember(
                    id: row.number(0) ?? 0, entity: row.text(1), seen: row.number(2) ?? 0,
                    used: row.number(3) ?? 0))
            return true
        }
        return found
    }

    func note(_ members: [SampleMember], _ sampling: Int64) throws(HistoryError) {
        for member in members {
            try database.run(
                "UPDATE sampled SET seen = ?2, used = ?3 WHERE id = ?1",
                [.integer(member.id), .integer(member.seen), .integer(member.used)])
        }
    }

    func leave(_ members: Set<Int64>, _ sampling: Int64) throws(HistoryError) {
        for id in members {
            try database.run("UPDATE sampled SET active = 0 WHERE id = ?1", [.integer(id)])
        }
    }

    func begin(
        _ entities: [SampledName], _ sampling: Int64, at moment: Int64
    ) throws(HistoryError) -> [Int64] {
        var ids: [Int64] = []
        for one in entities {
            let values: [Cell] = [
                .integer(sampling), .text(one.entity), .text(one.name), .text(one.device), .integer(moment),
            ]
            try database.run(
                """
                INSERT INTO sampled(sampling, entity, name, device, active, seen, used)
                VALUES(?1, ?2, ?3, ?4, 1, ?5, ?5) ON CONFLICT(sampling, entity) DO UPDATE
                SET name = ?3, device = ?4, active = 1, seen = ?5, used = ?5
                """, values)
            ids.append(
                try database.number(
                    "SELECT id FROM sampled WHERE sampling = ?1 AND entity = ?2", Array(values.prefix(2)))
                    ?? 0)
        }
        return ids
    }

    func readings(
        _ sampling: Int64, near moment: Int64, within seconds: Int64
    ) throws(HistoryError) -> [StoredReading] {
        try readings(
            "SELECT id, at FROM reading WHERE sampling = ?1 AND at > ?2 AND at < ?3 ORDER BY abs(at - ?4)",
            [.integer(sampling), .integer(moment - seconds), .integer(moment + seconds), .integer(moment)])
    }

    /// The readings that a statement finds.
    func readings(_ text: String, _ values: [Cell]) throws(HistoryError) -> [StoredReading] {
        var found: [StoredReading] = []
        try database.each(text, values) { row in
            found.append(StoredReading(id: row.number(0) ?? 0, at: row.number(1) ?? 0))
            return true
        }
        return found
    }

    func sheets(_ reading: Int64, _ numbers: [Int64]) throws(HistoryError) -> [Int64: [UInt8]] {
        var found: [Int64: [UInt8]] = [:]
        for number in numbers {
            try database.each("SELECT codes FROM sheet WHERE id = ?1", [.integer(reading << 20 | number)]) {
                found[number] = $0.bytes(0)
                return false
            }
        }
        return found
    }

    func addReading(_ sampling: Int64, at moment: Int64) throws(HistoryError) -> Int64 {
        try database.run(
            "INSERT INTO reading(sampling, at) VALUES(?1, ?2)", [.integer(sampling), .integer(moment)])
        return database.lastRow
    }

    func put(_ sheets: [Int64: [UInt8]], of reading: Int64) throws(HistoryError) {
        for (number, bytes) in sheets {
            try database.run(
                "INSERT OR REPLACE INTO sheet(id, codes) VALUES(?1, ?2)",
                [.integer(reading << 20 | number), .bytes(bytes)])
        }
    }

    func noteBegun(_ list: HistoryList, at moment: Int64) throws(HistoryError) {
        try database.run(
            "INSERT OR IGNORE INTO moment(name, value) VALUES('began', ?1)", [.integer(moment)])
    }

    func noteBytes(_ bytes: Int) throws(HistoryError) {
        guard bytes != 0 else { return }
        try database.run(
            """
            INSERT INTO moment(name, value) VALUES('sample_bytes', ?1) ON CONFLICT(name) DO UPDATE
            SET value = value + ?1
            """, [.integer(Int64(bytes))])
    }
}
