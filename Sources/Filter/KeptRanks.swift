internal import Domain

extension TextRanks {
    /// The ranks of the texts of one column of each table among all of them: one per row where the column holds a text
    /// for every row, one per code where it holds words; empty where it holds none.
    ///
    /// Ranking 100,000 texts costs some ten times what sorting by the ranks does, so they are kept as long as the tables
    /// live.
    ///
    /// - Returns: nil where few of many rows are to be sorted and nothing is kept: to rank those alone costs less.
    static func kept(
        of tables: [Table], _ columns: [Int?], _ hasRowTexts: Bool, _ rowCount: Int
    ) -> [[UInt32]]? {
        let key = KeptRanks.Key(revisions: tables.map(\.revision), columns: columns)
        if let known = KeptRanks.all.value(key) { return known }
        if hasRowTexts, rowCount * 4 < tables.reduce(0, { $0 + $1.count }) { return nil }
        let made = ranks(of: tables, columns)
        // What is made faster than it is found would only take a place.
        if made.reduce(0, { $0 + $1.count }) >= KeptRanks.least { KeptRanks.all.keep(made, key, tables) }
        return made
    }

    private static func ranks(of tables: [Table], _ columns: [Int?]) -> [[UInt32]] {
        var texts = TextRanks()
        var starts: [Int] = []
        var count = 0
        for (table, column) in zip(tables, columns) {
            starts.append(count)
            guard let data = column.map({ table.columns[$0] }), data.holdsText else { continue }
            if data.storage == .text {
                for row in 0..<table.count { data.withText(row) { texts.add($0, item: count + row) } }
                count += table.count
            } else {
                for (code, word) in data.words.enumerated() {
                    var word = word
                    word.withUTF8 { texts.add($0, item: count + code) }
                }
                count += data.words.count
            }
        }
        var ranks = [UInt32](repeating: 0, count: count)
        texts.forEachRank { ranks[$0] = UInt32($1) }
        return starts.indices.map { place in
            Array(ranks[starts[place]..<(place + 1 < starts.count ? starts[place + 1] : count)])
        }
    }
}

/// The ranks of texts that were asked for last.
///
/// A rank is four bytes: with a million rows and three orders 12 MB at most, and nothing of tables that are gone.
enum KeptRanks {
    /// What ranks are of: the tables, and the column of each.
    struct Key: Equatable, Sendable {
        let revisions: [UInt64]
        let columns: [Int?]
    }

    /// Fewer ranks than these are not kept.
    static let least = 1_000
    /// An order of two levels for one pane, and one for another.
    static let all = KeptByTables<Key, [[UInt32]]>(most: 3)
}
