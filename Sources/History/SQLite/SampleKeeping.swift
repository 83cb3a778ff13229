internal import Domain

/// Thins what was measured by its age, and removes what is too old or too much: one small step at a time.
struct SampleKeeping {
    /// Seconds that all readings are kept for, after the day that they are of.
    static let whole: Int64 = 86_400
    /// Seconds that the values of 5 minutes are kept for, after that.
    static let fine: Int64 = 7 * 86_400
    /// Seconds that are one value then.
    private static let (fineStep, coarseStep): (Int64, Int64) = (300, 3_600)

    let database: Database
    let retention: SQLiteHistory.Retention

    /// Does one step, in a transaction of its own; whether there was any.
    func step(at now: Timestamp, isTooLarge: Bool) throws(HistoryError) -> Bool {
        let now = now.seconds
        if try removeOld(now) { return true }
        if try bundle(now) { return true }
        if try thin(now) { return true }
        // Where all of it is too large, what was measured may have half of the room.
        return isTooLarge ? try removeOldest() : false
    }

    // MARK: Thinning

    /// Puts a day of readings of one sheet together.
    private func bundle(_ now: Int64) throws(HistoryError) -> Bool {
        // The oldest of any list; a list that was read whole days ago has none left.
        let oldest = try database.number("SELECT min(at) FROM reading")
        guard let oldest, (oldest / 86_400 + 1) * 86_400 + Self.whole <= now else { return false }
        let day = oldest / 86_400
        return try database.transaction { () throws(HistoryError) in
            guard
                let sampling = try database.number(
                    "SELECT sampling FROM reading WHERE at = ?1", [.integer(oldest)])
            else { return true }
            var readings: [(id: Int64, at: Int64)] = []
            try database.each(
                "SELECT id, at FROM reading WHERE sampling = ?1 AND at >= ?2 AND at < ?3 ORDER BY at",
                [.integer(sampling), .integer(day * 86_400), .integer((day + 1) * 86_400)]
            ) { row in
                readings.append((row.number(0) ?? 0, row.number(1) ?? 0))
                return true
            }
            for reading in readings {
                let first = try database.number(
                    "SELECT id FROM sheet WHERE id >= ?1 AND id < ?2 LIMIT 1",
                    [.integer(reading.id << 20), .integer((reading.id + 1) << 20)])
                if let first {
                    try bundle(readings, sampling, first & 0xFFFFF, day)
                    return true
                }
                // All of its sheets are in bundles.
                try database.run("DELETE FROM reading WHERE id = ?1", [.integer(reading.id)])
            }
            return true
        }
    }

    private func bundle(
        _ readings: [(id: Int64, at: Int64)], _ sampling: Int64, _ sheet: Int64, _ day: Int64
    ) throws(HistoryError) {
        let fields = try self.fields(sampling)
        // Nobody can say what it was.
        guard !fields.isEmpty else {
            try removeReadings("sampling = ?1", [.integer(sampling)])
            return
        }
        var places: [SamplePlace] = []
        var codes: [[UInt8]] = []
        var bytes = 0
        for reading in readings {
            try database.each(
                "SELECT codes FROM sheet WHERE id = ?1", [.integer(reading.id << 20 | sheet)]
            ) { row in
                places.append(SamplePlace(at: reading.at, span: 0))
                codes.append(row.bytes(0))
                return false
            }
            try database.run("DELETE FROM sheet WHERE id = ?1", [.integer(reading.id << 20 | sheet)])
        }
        bytes -= codes.reduce(0) { $0 + $1.count }
        // A clock that was set back by days measures into a day that is in a bundle already.
        let known = try SampleBundle.all(
            "sampling = ?1 AND sheet = ?2 AND day = ?3",
            [.integer(sampling), .integer(sheet), .integer(day)], in: database
        ).first
        let step = max(Self.fineStep, known?.step ?? 0)
        let all = (known?.places ?? []) + places
        let order = all.indices.sorted { (all[$0].at, $0) < (all[$1].at, $1) }
        let groups = SampleGroups(order.map { all[$0] }, step: step)
        var made: [(member: Int64, field: Int, cells: [SampleCell])] = []
        for member in 0..<SampleWriting.sheet {
            for (field, kept) in fields.enumerated() {
                let place = 2 * (Int(member) * fields.count + field)
                var cells =
                    try known?.cells(member: member, field: field, in: database)
                    ?? Array(repeating: .none, count: known?.places.count ?? 0)
                cells += codes.map { SampleCell(SampleBytes.code($0, place)) }
                made.append(
                    (member, field, Self.grouped(order.map { cells[$0] }, groups, kept?.type ?? .number)))
            }
        }
        if let known { bytes -= try remove(known) }
        bytes += try write(made, groups.places, sampling, sheet, day, step)
        try SampleWriting.note(bytes, in: database)
    }

    private static func grouped(
        _ cells: [SampleCell], _ groups: SampleGroups, _ type: FieldType
    ) -> [SampleCell] {
        groups.isThinned
            ? groups.ranges.map { $0.count == 1 ? cells[$0.lowerBound] : SampleCell(cells[$0], type) } : cells
    }

    /// Makes values of hours of an old bundle.
    private func thin(_ now: Int64) throws(HistoryError) -> Bool {
        let condition = "step < ?1 AND day < ?2 ORDER BY day LIMIT 1"
        let last = (now - Self.fine) / 86_400
        let values: [Cell] = [.integer(Self.coarseStep), .integer(last)]
        guard try SampleBundle.all(condition, values, in: database).first != nil else { return false }
        return try database.transaction { () throws(HistoryError) in
            // Another process may have done it meanwhile.
            guard let bundle = try SampleBundle.all(condition, values, in: database).first else {
                return true
            }
            let fields = try self.fields(bundle.sampling)
            let groups = SampleGroups(bundle.places, step: Self.coarseStep)
            var made: [(member: Int64, field: Int, cells: [SampleCell])] = []
            for member in 0..<SampleWriting.sheet {
                for (field, known) in fields.enumerated() {
                    guard let cells = try bundle.cells(member: member, field: field, in: database) else {
                        continue
                    }
                    made.append((member, field, Self.grouped(cells, groups, known?.type ?? .number)))
                }
            }
            let removed = try remove(bundle)
            let written = try write(
                made, groups.places, bundle.sampling, bundle.sheet, bundle.day, Self.coarseStep)
            try SampleWriting.note(written - removed, in: database)
            return true
        }
    }

    private func fields(_ sampling: Int64) throws(HistoryError) -> [SampledField?] {
        var fields: [SampledField?] = []
        try database.each("SELECT fields FROM sampling WHERE id = ?1", [.integer(sampling)]) { row in
            fields = SampledField.all(row.text(0))
            return false
        }
        return fields
    }

    /// How many bytes were written.
    private func write(
        _ blocks: [(member: Int64, field: Int, cells: [SampleCell])], _ places: [SamplePlace],
        _ sampling: Int64, _ sheet: Int64, _ day: Int64, _ step: Int64
    ) throws(HistoryError) -> Int {
        let known = blocks.lazy.compactMap { block in
            SampleBytes.bytes(block.cells).map { (block.member, block.field, $0) }
        }
        let times = SampleBytes.bytes(places, day: day)
        try database.run(
            "INSERT INTO bundle(sampling, sheet, day, step, times) VALUES(?1, ?2, ?3, ?4, ?5)",
            [.integer(sampling), .integer(sheet), .integer(day), .integer(step), .bytes(times)])
        let id = database.lastRow
        var written = times.count
        for (member, field, bytes) in known {
            try database.run(
                "INSERT INTO block(id, codes) VALUES(?1, ?2)",
                [.integer(SampleBundle.block(id, member: member, field: field)), .bytes(bytes)])
            written += bytes.count
        }
        return written
    }

    // MARK: Removing

    /// How many bytes were removed.
    private func remove(_ bundle: SampleBundle) throws(HistoryError) -> Int {
        let range: [Cell] = [.integer(bundle.blocks.lowerBound), .integer(bundle.blocks.upperBound)]
        let bytes =
            try database.number(
                "SELECT sum(length(codes)) FROM block WHERE id >= ?1 AND id <= ?2", range) ?? 0
        try database.run("DELETE FROM block WHERE id >= ?1 AND id <= ?2", range)
        try database.run("DELETE FROM bundle WHERE id = ?1", [.integer(bundle.id)])
        return Int(bytes) + 4 * bundle.places.count
    }

    private func removeOld(_ now: Int64) throws(HistoryError) -> Bool {
        let oldest = now - Int64(retention.days) * 86_400
        let condition = "day < ?1 ORDER BY day LIMIT 1"
        let day: [Cell] = [.integer(oldest / 86_400)]
        let isOld = try SampleBundle.all(condition, day, in: database).first != nil
        let reading = try database.number("SELECT min(at) FROM reading").map { $0 < oldest } ?? false
        guard isOld || reading else { return false }
        return try database.transaction { () throws(HistoryError) in
            if let bundle = try SampleBundle.all(condition, day, in: database).first {
                try SampleWriting.note(-remove(bundle), in: database)
            } else if reading {
                try removeReadings("at < ?1 ORDER BY at LIMIT 100", [.integer(oldest)])
            }
            // What was not seen for longer than anything is kept has no values any more.
            try database.run("DELETE FROM sampled WHERE seen < ?1", [.integer(oldest - 86_400)])
            try database.run(
                """
                DELETE FROM sampling WHERE NOT EXISTS (SELECT 1 FROM sampled WHERE sampling = sampling.id)
                AND NOT EXISTS (SELECT 1 FROM bundle WHERE sampling = sampling.id)
                AND NOT EXISTS (SELECT 1 FROM reading WHERE sampling = sampling.id)
                """, [])
            return true
        }
    }

    /// How many readings were removed.
    @discardableResult
    private func removeReadings(_ condition: String, _ values: [Cell]) throws(HistoryError) -> Int {
        var ids: [Int64] = []
        try database.each("SELECT id FROM reading WHERE \(condition)", values) { row in
            ids.append(row.number(0) ?? 0)
            return true
        }
        for id in ids {
            let range: [Cell] = [.integer(id << 20), .integer((id + 1) << 20)]
            let bytes =
                try database.number(
                    "SELECT sum(length(codes)) FROM sheet WHERE id >= ?1 AND id < ?2", range) ?? 0
            try database.run("DELETE FROM sheet WHERE id >= ?1 AND id < ?2", range)
            try database.run("DELETE FROM reading WHERE id = ?1", [.integer(id)])
            try SampleWriting.note(-Int(bytes), in: database)
        }
        return ids.count
    }

    /// Removes the oldest of it where it has more than half of the room.
    private func removeOldest() throws(HistoryError) -> Bool {
        guard try Self.bytes(in: database) > retention.bytes / 2 else { return false }
        return try database.transaction { () throws(HistoryError) in
            if let bundle = try SampleBundle.all("1 ORDER BY day LIMIT 1", [], in: database).first {
                try SampleWriting.note(-remove(bundle), in: database)
                return true
            }
            return try removeReadings("1 ORDER BY at LIMIT 20", []) > 0
        }
    }

    /// How many bytes all that was measured has.
    static func bytes(in database: Database) throws(HistoryError) -> Int64 {
        try database.number("SELECT value FROM moment WHERE name = 'sample_bytes'") ?? 0
    }
}
