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
        if hasRowTexts, isFew(rowCount, of: tables) { return nil }
        let made = ranks(of: tables, columns)
        // What is made faster than it is found would only take a place.
        if made.reduce(0, { $0 + $1.count }) >= KeptRanks.least { KeptRanks.all.keep(made, key, tables) }
        return made
    }

    private static func ranks(of tables: [Table], _ columns: [Int?]) -> [[UInt32]] {
        let starts = starts(tables, columns)
        let texts = collected(tables, columns, starts, 0..<starts[tables.count])
        var ranks = [UInt32](repeating: 0, count: starts[tables.count])
        texts.forEachRank { ranks[$0] = UInt32($1) }
        return parted(ranks, starts)
    }

    /// Ranks texts on two cores where `kept` would rank them on one, so that it finds them.
    static func prepare(_ tables: [Table], _ field: FieldKey, rowCount: Int, least: Int) async {
        let ordered = OrderedColumns(tables, field)
        guard ordered.hasTexts else { return }
        let columns = ordered.columns
        let starts = starts(tables, columns)
        let count = starts[tables.count]
        guard count >= max(least, KeptRanks.least) else { return }
        let key = KeptRanks.Key(revisions: tables.map(\.revision), columns: columns)
        guard KeptRanks.all.value(key) == nil,
            !ordered.hasRowTexts || !isFew(rowCount, of: tables)
        else { return }
        async let upper = inOrder(tables, columns, starts, count / 2..<count)
        let lower = inOrder(tables, columns, starts, 0..<count / 2)
        let (b, second) = await upper
        var ranks = [UInt32](repeating: 0, count: count)
        forEachRank(of: lower.0, lower.1, b, second) { ranks[$0] = UInt32($1) }
        KeptRanks.all.keep(parted(ranks, starts), key, tables)
    }

    private static func inOrder(
        _ tables: [Table], _ columns: [Int?], _ starts: [Int], _ wanted: Range<Int>
    ) -> (TextRanks, Order) {
        let texts = collected(tables, columns, starts, wanted)
        return (texts, texts.inOrder())
    }

    private static func isFew(_ rowCount: Int, of tables: [Table]) -> Bool {
        rowCount * 4 < tables.reduce(0) { $0 + $1.count }
    }

    /// Where the texts of each table begin when all are counted, and how many there are.
    private static func starts(_ tables: [Table], _ columns: [Int?]) -> [Int] {
        var starts = [0]
        for (table, column) in zip(tables, columns) {
            let data = column.map { table.columns[$0] }
            let count =
                data.map { $0.storage == .text ? table.count : $0.holdsText ? $0.words.count : 0 } ?? 0
            starts.append((starts.last ?? 0) + count)
        }
        return starts
    }

    /// The texts with numbers in a range.
    private static func collected(
        _ tables: [Table], _ columns: [Int?], _ starts: [Int], _ wanted: Range<Int>
    ) -> TextRanks {
        var texts = TextRanks()
        for (place, table) in tables.enumerated() {
            let start = starts[place]
            guard let data = columns[place].map({ table.columns[$0] }), data.holdsText else { continue }
            let items = wanted.clamped(to: start..<starts[place + 1])
            if data.storage == .text {
                for item in items { data.withText(item - start) { texts.add($0, item: item) } }
            } else {
                for item in items {
                    var word = data.words[item - start]
                    word.withUTF8 { texts.add($0, item: item) }
                }
            }
        }
        return texts
    }

    private static func parted(_ ranks: [UInt32], _ starts: [Int]) -> [[UInt32]] {
        zip(starts, starts.dropFirst()).map { Array(ranks[$0..<$1]) }
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
