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
