internal import Domain

/// A list whose values are recorded, as it stands in the file.
struct Sampling {
    var id: Int64
    var fields: [SampledField?]
    var step: Int64

    /// The lists of a backend and kind, also those that had other fields before.
    static func all(of list: HistoryList, in database: Database) throws(HistoryError) -> [Sampling] {
        var found: [Sampling] = []
        try database.each(
            "SELECT id, fields, step FROM sampling WHERE backend = ?1 AND kind = ?2 ORDER BY id",
            [.text(list.backend), .text(list.kind.rawValue)]
        ) { row in
            found.append(
                Sampling(
                    id: row.number(0) ?? 0, fields: SampledField.all(row.text(1)), step: row.number(2) ?? 0))
            return true
        }
        return found
    }

    /// When the oldest value that is kept was measured.
    func begins(in database: Database) throws(HistoryError) -> Timestamp? {
        var oldest = try database.number("SELECT min(at) FROM reading WHERE sampling = ?1", [.integer(id)])
        try database.each(
            "SELECT day, times FROM bundle WHERE sampling = ?1 ORDER BY day LIMIT 1", [.integer(id)]
        ) { row in
            if let first = SampleBytes.places(row.bytes(1), day: row.number(0) ?? 0).first {
                oldest = min(oldest ?? first.at, first.at)
            }
            return false
        }
        return oldest.map { Timestamp($0) }
    }
}

/// A day of readings of one sheet, as it stands in the file.
struct SampleBundle {
    var id: Int64
    var sampling: Int64
    var sheet: Int64
    var day: Int64
    var step: Int64
    var places: [SamplePlace]

    /// The bundles that meet a condition on `bundle`.
    static func all(
        _ condition: String, _ values: [Cell], in database: Database
    ) throws(HistoryError) -> [SampleBundle] {
        var found: [SampleBundle] = []
        try database.each(
            "SELECT id, sampling, sheet, day, step, times FROM bundle WHERE \(condition)", values
        ) { row in
            let day = row.number(3) ?? 0
            found.append(
                SampleBundle(
                    id: row.number(0) ?? 0, sampling: row.number(1) ?? 0, sheet: row.number(2) ?? 0, day: day,
                    step: row.number(4) ?? 0, places: SampleBytes.places(row.bytes(5), day: day)))
            return true
        }
        return found
    }

    /// The number of the block of an entity's field.
    static func block(_ bundle: Int64, member: Int64, field: Int) -> Int64 {
        bundle << 12 | member << 4 | Int64(field)
    }

    /// The numbers that its blocks may have.
    var blocks: ClosedRange<Int64> { (id << 12)...(id << 12 | 0xFFF) }

    /// The cells of a block; nil where nothing was measured, or it is not whole.
    func cells(member: Int64, field: Int, in database: Database) throws(HistoryError) -> [SampleCell]? {
        var cells: [SampleCell]?
        let count = places.count
        try database.each(
            "SELECT codes FROM block WHERE id = ?1",
            [.integer(Self.block(id, member: member, field: field))]
        ) { row in
            cells = SampleBytes.cells(row.bytes(0), count: count)
            return false
        }
        return cells
    }
}
