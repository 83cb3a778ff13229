/// Thinning and removing what was measured.
extension SQLiteSamples {
    func transaction<Result>(_ work: () throws(HistoryError) -> Result) throws(HistoryError) -> Result {
        try database.transaction(work)
    }

    func oldestReading() throws(HistoryError) -> Int64? {
        try database.number("SELECT min(at) FROM reading")
    }

    func sampling(ofReadingAt moment: Int64) throws(HistoryError) -> Int64? {
        try database.number("SELECT sampling FROM reading WHERE at = ?1", [.integer(moment)])
    }

    func readings(_ sampling: Int64, _ time: Range<Int64>) throws(HistoryError) -> [StoredReading] {
        try readings(
            "SELECT id, at FROM reading WHERE sampling = ?1 AND at >= ?2 AND at < ?3 ORDER BY at",
            [.integer(sampling), .integer(time.lowerBound), .integer(time.upperBound)])
    }

    func firstSheet(_ reading: Int64) throws(HistoryError) -> Int64? {
        try database.number(
            "SELECT id FROM sheet WHERE id >= ?1 AND id < ?2 LIMIT 1",
            [.integer(reading << 20), .integer((reading + 1) << 20)]
        ).map { $0 & 0xFFFFF }
    }

    func takeSheets(_ readings: [Int64], _ sheet: Int64) throws(HistoryError) -> [Int64: [UInt8]] {
        var found: [Int64: [UInt8]] = [:]
        for reading in readings {
            let id: [Cell] = [.integer(reading << 20 | sheet)]
            try database.each("SELECT codes FROM sheet WHERE id = ?1", id) { row in
                found[reading] = row.bytes(0)
                return false
            }
            try database.run("DELETE FROM sheet WHERE id = ?1", id)
        }
        return found
    }

    func removeEmpty(_ reading: Int64) throws(HistoryError) {
        try database.run("DELETE FROM reading WHERE id = ?1", [.integer(reading)])
    }

    func removeReadings(_ which: WhichReadings) throws(HistoryError) -> (count: Int, bytes: Int) {
        let found =
            switch which {
            case .of(let sampling):
                try readings("SELECT id, at FROM reading WHERE sampling = ?1", [.integer(sampling)])
            case .before(let moment, let most):
                try readings(
                    "SELECT id, at FROM reading WHERE at < ?1 ORDER BY at LIMIT ?2",
                    [.integer(moment), .integer(Int64(most))])
            }
        var bytes = 0
        for reading in found {
            let range: [Cell] = [.integer(reading.id << 20), .integer((reading.id + 1) << 20)]
            bytes += Int(
                try database.number(
                    "SELECT sum(length(codes)) FROM sheet WHERE id >= ?1 AND id < ?2", range) ?? 0)
            try database.run("DELETE FROM sheet WHERE id >= ?1 AND id < ?2", range)
            try removeEmpty(reading.id)
        }
        return (found.count, bytes)
    }

    func fields(_ sampling: Int64) throws(HistoryError) -> [SampledField?] {
        var fields: [SampledField?] = []
        try database.each("SELECT fields FROM sampling WHERE id = ?1", [.integer(sampling)]) { row in
            fields = SampledField.all(row.text(0))
            return false
        }
        return fields
    }

    func bundle(_ sampling: Int64, _ sheet: Int64, day: Int64) throws(HistoryError) -> SampleBundle? {
        try bundles(
            "sampling = ?1 AND sheet = ?2 AND day = ?3",
            [.integer(sampling), .integer(sheet), .integer(day)]
        ).first
    }

    func oldestBundle(before day: Int64, step: Int64) throws(HistoryError) -> SampleBundle? {
        try bundles("day < ?1 AND step < ?2 ORDER BY day LIMIT 1", [.integer(day), .integer(step)]).first
    }

    /// The bundles that meet a condition on `bundle`.
    func bundles(_ condition: String, _ values: [Cell] = []) throws(HistoryError) -> [SampleBundle] {
        var found: [SampleBundle] = []
        try database.each(
            "SELECT id, sampling, sheet, day, step, times FROM bundle WHERE \(condition)", values
        ) { row in
            found.append(
                SampleBundle(
                    id: row.number(0) ?? 0, sampling: row.number(1) ?? 0, sheet: row.number(2) ?? 0,
                    day: row.number(3) ?? 0, step: row.number(4) ?? 0, times: row.bytes(5)))
            return true
        }
        return found
    }

    func blocks(_ bundle: SampleBundle) throws(HistoryError) -> [SampleBlock] {
        var found: [SampleBlock] = []
        try database.each("SELECT id, codes FROM block WHERE id >= ?1 AND id <= ?2", Self.range(bundle)) {
            let id = $0.number(0) ?? 0
            found.append(SampleBlock(member: id >> 4 & 0xFF, field: Int(id & 0xF), codes: $0.bytes(1)))
            return true
        }
        return found
    }

    /// The numbers that the blocks of a bundle may have.
    private static func range(_ bundle: SampleBundle) -> [Cell] {
        [.integer(bundle.id << 12), .integer(bundle.id << 12 | 0xFFF)]
    }

    /// The block of an entity's field; nil where nothing was measured.
    func block(_ bundle: SampleBundle, member: Int64, field: Int) throws(HistoryError) -> [UInt8]? {
        var codes: [UInt8]?
        try database.each(
            "SELECT codes FROM block WHERE id = ?1", [.integer(Self.id(bundle.id, member, field))]
        ) { row in
            codes = row.bytes(0)
            return false
        }
        return codes
    }

    private static func id(_ bundle: Int64, _ member: Int64, _ field: Int) -> Int64 {
        bundle << 12 | member << 4 | Int64(field)
    }

    func add(_ bundle: SampleBundle, _ blocks: [SampleBlock]) throws(HistoryError) {
        try database.run(
            "INSERT INTO bundle(sampling, sheet, day, step, times) VALUES(?1, ?2, ?3, ?4, ?5)",
            [
                .integer(bundle.sampling), .integer(bundle.sheet), .integer(bundle.day),
                .integer(bundle.step), .bytes(bundle.times),
            ])
        let id = database.lastRow
        for block in blocks {
            try database.run(
                "INSERT INTO block(id, codes) VALUES(?1, ?2)",
                [.integer(Self.id(id, block.member, block.field)), .bytes(block.codes)])
        }
    }

    func remove(_ bundle: SampleBundle) throws(HistoryError) -> Int {
        let range = Self.range(bundle)
        let bytes =
            try database.number(
                "SELECT sum(length(codes)) FROM block WHERE id >= ?1 AND id <= ?2", range) ?? 0
        try database.run("DELETE FROM block WHERE id >= ?1 AND id <= ?2", range)
        try database.run("DELETE FROM bundle WHERE id = ?1", [.integer(bundle.id)])
        return Int(bytes) + 4 * bundle.places.count
    }

    func forget(before moment: Int64) throws(HistoryError) {
        try database.run("DELETE FROM sampled WHERE seen < ?1", [.integer(moment)])
        try database.run(
            """
            DELETE FROM sampling WHERE NOT EXISTS (SELECT 1 FROM sampled WHERE sampling = sampling.id)
            AND NOT EXISTS (SELECT 1 FROM bundle WHERE sampling = sampling.id)
            AND NOT EXISTS (SELECT 1 FROM reading WHERE sampling = sampling.id)
            """, [])
    }

    func bytes() throws(HistoryError) -> Int64 {
        try database.number("SELECT value FROM moment WHERE name = 'sample_bytes'") ?? 0
    }
}
