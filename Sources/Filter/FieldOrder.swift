internal import Domain

/// Numbers per row whose order is that of one field over several tables, in one direction.
///
/// Rows without a value, and rows of tables without the field, come last in both directions.
struct FieldOrder {
    private static let last = UInt64.max
    /// Texts stand behind numbers where backends disagree about what a field is.
    private static let textClass: UInt64 = 1 << 63

    private let tables: [Table]
    private let descending: Bool
    private let sources: [Source]
    private let hasTexts: Bool

    /// How the rows of a table get their numbers.
    private enum Source {
        case none
        case integers(Int)
        case integersAsNumbers(Int)
        case numbers(Int)
        /// One number for all rows of the table.
        case constant(UInt64)
        /// A number per code.
        case codes(Int, [UInt64])
        /// A rank per row.
        case ranks([UInt32])
        /// To be ranked among the rows at hand.
        case texts(Int)
    }

    /// - Parameter rowCount: how many rows get numbers: for few, not all texts of the tables are ranked.
    init(_ tables: [Table], _ key: SortKey, rowCount: Int = 0) {
        self.tables = tables
        descending = key.descending
        let columns = tables.map { table in
            table.resource.index(of: key.field).map { place in
                table.resource.fields[place].rank.flatMap(table.resource.index) ?? place
            }
        }
        let storages = zip(tables, columns).map { table, column in
            column.map { table.columns[$0].storage }
        }
        // Where one backend counts in fractions, all are compared as such; where one has texts of its own for
        // every row, the words of the others are ranked among them.
        let hasFractions = storages.contains(.numbers)
        let hasRowTexts = storages.contains(.text)
        hasTexts = hasRowTexts || storages.contains(.words) || storages.contains(.refs)
        let kept = hasTexts ? TextRanks.kept(of: tables, columns, hasRowTexts, rowCount) : nil
        let ranks =
            hasRowTexts
            ? Array(repeating: [], count: tables.count)
            : Self.keys(tables, columns, kept, descending: key.descending)
        sources = tables.indices.map { place in
            guard let column = columns[place], let storage = storages[place] else {
                // No field, but every row has one: the servers stand in the order of the configuration.
                guard key.field == "backend" else { return .none }
                return .constant(Self.directed(UInt64(tables[place].backend.index) << 8, key.descending))
            }
            switch storage {
            case .text: return kept.map { .ranks($0[place]) } ?? .texts(column)
            case .integers: return hasFractions ? .integersAsNumbers(column) : .integers(column)
            case .numbers: return .numbers(column)
            case .words, .refs:
                guard hasRowTexts else { return .codes(column, ranks[place]) }
                guard let kept else { return .texts(column) }
                return .codes(column, kept[place].map { Self.key(rank: Int($0), key.descending) })
            }
        }
    }

    /// Sets the keys of the items, whose values are row handles, in some ranges.
    func setKeys(of items: inout [Keyed], in runs: [Range<Int>]) {
        // Only the texts of the rows at hand: a filter may have left a few of 100,000.
        var texts = TextRanks()
        for run in runs {
            var start = run.lowerBound
            while start < run.upperBound {
                // Rows of one table stand together as a rule: what holds its values is looked up once for them.
                let table = items[start].table
                var end = start + 1
                while end < run.upperBound, items[end].table == table { end += 1 }
                if case .texts(let column) = sources[table] {
                    let data = tables[table].columns[column]
                    for index in start..<end {
                        data.withText(RowHandle(packed: items[index].value).row) {
                            texts.add($0, item: index)
                        }
                    }
                } else {
                    items.withUnsafeMutableBufferPointer {
                        setKeys(of: UnsafeMutableBufferPointer(rebasing: $0[start..<end]), table)
                    }
                }
                start = end
            }
        }
        texts.forEachRank { index, rank in
            items[index].key = Self.key(rank: rank, descending)
        }
    }

    /// Sets the keys of rows of one table.
    private func setKeys(of items: UnsafeMutableBufferPointer<Keyed>, _ table: Int) {
        @inline(__always)
        func set(_ key: (Int) -> UInt64) {
            for index in items.indices {
                items[index].key = key(RowHandle(packed: items[index].value).row)
            }
        }
        let columns = tables[table].columns
        switch sources[table] {
        case .none, .texts: set { _ in Self.last }
        case .constant(let key): set { _ in key }
        case .codes(let column, let ranks):
            columns[column].codes.withUnsafeBufferPointer { codes in
                ranks.withUnsafeBufferPointer { ranks in set { ranks[Int(codes[$0])] } }
            }
        case .ranks(let ranks):
            let descending = descending
            ranks.withUnsafeBufferPointer { ranks in set { Self.key(rank: Int(ranks[$0]), descending) } }
        case .integers(let column):
            columns[column].integers.withUnsafeBufferPointer { integers in
                set {
                    integers[$0] == Column.noInteger
                        ? Self.last : key(number: UInt64(bitPattern: integers[$0]) ^ 1 << 63)
                }
            }
        case .integersAsNumbers(let column):
            columns[column].integers.withUnsafeBufferPointer { integers in
                set {
                    integers[$0] == Column.noInteger
                        ? Self.last : key(number: Self.ordered(Double(integers[$0])))
                }
            }
        case .numbers(let column):
            columns[column].numbers.withUnsafeBufferPointer { numbers in
                set { numbers[$0].isNaN ? Self.last : key(number: Self.ordered(numbers[$0])) }
            }
        }
    }

    /// Bits in the order of the numbers.
    private static func ordered(_ number: Double) -> UInt64 {
        let bits = (number == 0 ? 0 : number).bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }

    private func key(number: UInt64) -> UInt64 {
        Self.directed(hasTexts ? number >> 1 : number, descending)
    }

    private static func key(rank: Int, _ descending: Bool) -> UInt64 {
        rank == 0 ? last : directed(textClass | UInt64(rank), descending)
    }

    /// The largest number stays free for rows without a value.
    private static func directed(_ key: UInt64, _ descending: Bool) -> UInt64 {
        min(descending ? ~key : key, last - 1)
    }

    /// The numbers of the words and names of all tables, per code.
    private static func keys(
        _ tables: [Table], _ columns: [Int?], _ ranks: [[UInt32]]?, descending: Bool
    ) -> [[UInt64]] {
        tables.enumerated().map { place, table in
            guard let column = columns[place], table.columns[column].holdsText else { return [] }
            let words = table.columns[column].words
            return words.indices.map { code in
                let word = words[code]
                switch table.resource.fields[column].type {
                case .severity:
                    let severity = Severity(word: word)
                    return severity == .unknown ? last : key(rank: severity.rawValue, descending)
                case .state: return word.isEmpty ? last : key(rank: Urgency.rank(word), descending)
                // From 1: nothing at all is what nobody said.
                case .states: return word.isEmpty ? last : key(rank: 1 + Urgency.notUp(word), descending)
                default: return ranks.map { key(rank: Int($0[place][code]), descending) } ?? last
                }
            }
        }
    }
}
