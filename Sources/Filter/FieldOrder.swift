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
        case integers(Int), integersAsNumbers(Int), numbers(Int)
        /// One number for all rows of the table.
        case constant(UInt64)
        /// A number per code.
        case codes(Int, [UInt64])
        case texts(Int)
    }

    init(_ tables: [Table], _ key: SortKey) {
        self.tables = tables
        descending = key.descending
        let columns = tables.map { table in
            table.resource.index(of: key.field).map { place in
                table.resource.fields[place].rank.flatMap(table.resource.index) ?? place
            }
        }
        let storages = zip(tables, columns).map { table, column in column.map { table.columns[$0].storage } }
        // Where one backend counts in fractions, all are compared as such; where one has texts of its own for
        // every row, the words of the others are ranked among them.
        let hasFractions = storages.contains(.numbers)
        let hasRowTexts = storages.contains(.text)
        hasTexts = hasRowTexts || storages.contains(.words) || storages.contains(.refs)
        let ranks =
            hasRowTexts
            ? Array(repeating: [], count: tables.count)
            : Self.ranks(tables, columns, descending: key.descending)
        sources = tables.indices.map { place in
            guard let column = columns[place], let storage = storages[place] else {
                // No field, but every row has one: the servers stand in the order of the configuration.
                guard key.field == "backend" else { return .none }
                return .constant(Self.directed(UInt64(tables[place].backend.index) << 8, key.descending))
            }
            switch storage {
            case .text: return .texts(column)
            case .integers: return hasFractions ? .integersAsNumbers(column) : .integers(column)
            case .numbers: return .numbers(column)
            case .words, .refs: return hasRowTexts ? .texts(column) : .codes(column, ranks[place])
            }
        }
    }

    /// Sets the keys of the items, whose values are row handles, in some ranges.
    func setKeys(of items: inout [Keyed], in runs: [Range<Int>]) {
        // Only the texts of the rows at hand: a filter may have left a few of 100,000.
        var texts = TextRanks()
        for run in runs {
            for index in run {
                let handle = RowHandle(packed: items[index].value)
                if case .texts(let column) = sources[handle.table] {
                    tables[handle.table].columns[column].withText(handle.row) { texts.add($0, item: index) }
                } else {
                    items[index].key = key(handle)
                }
            }
        }
        texts.forEachRank { index, rank in
            items[index].key = Self.key(rank: rank, descending)
        }
    }

    private func key(_ handle: RowHandle) -> UInt64 {
        let table = tables[handle.table]
        switch sources[handle.table] {
        case .none, .texts: return Self.last
        case .constant(let key): return key
        case .codes(let column, let ranks): return ranks[Int(table.columns[column].codes[handle.row])]
        case .integers(let column):
            let integer = table.columns[column].integers[handle.row]
            return integer == Column.noInteger
                ? Self.last : key(number: UInt64(bitPattern: integer) ^ 1 << 63)
        case .integersAsNumbers(let column):
            let integer = table.columns[column].integers[handle.row]
            return integer == Column.noInteger ? Self.last : key(number: Self.ordered(Double(integer)))
        case .numbers(let column):
            let number = table.columns[column].numbers[handle.row]
            return number.isNaN ? Self.last : key(number: Self.ordered(number))
        }
    }

    /// Bits in the order of the numbers.
    private static func ordered(_ number: Double) -> UInt64 {
        let bits = (number == 0 ? 0 : number).bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }

    private func key(number: UInt64) -> UInt64 { Self.directed(hasTexts ? number >> 1 : number, descending) }

    private static func key(rank: Int, _ descending: Bool) -> UInt64 {
        rank == 0 ? last : directed(textClass | UInt64(rank), descending)
    }

    /// The largest number stays free for rows without a value.
    private static func directed(_ key: UInt64, _ descending: Bool) -> UInt64 {
        min(descending ? ~key : key, last - 1)
    }

    /// The ranks of the words and names of all tables, per code.
    private static func ranks(_ tables: [Table], _ columns: [Int?], descending: Bool) -> [[UInt64]] {
        var texts = TextRanks()
        var ranks: [[UInt64]] = Array(repeating: [], count: tables.count)
        var homes: [(table: Int, code: Int)] = []
        for (place, table) in tables.enumerated() {
            guard let column = columns[place], table.columns[column].holdsText else { continue }
            let words = table.columns[column].words
            ranks[place] = Array(repeating: last, count: words.count)
            for (code, word) in words.enumerated() {
                switch table.resource.fields[column].type {
                case .severity:
                    let severity = Severity(word: word)
                    if severity != .unknown { ranks[place][code] = key(rank: severity.rawValue, descending) }
                case .state:
                    if !word.isEmpty { ranks[place][code] = key(rank: Urgency.rank(word), descending) }
                case .states:
                    // From 1: nothing at all is what nobody said.
                    if !word.isEmpty {
                        ranks[place][code] = key(rank: 1 + Urgency.notUp(word), descending)
                    }
                default:
                    var word = word
                    word.withUTF8 { texts.add($0, item: homes.count) }
                    homes.append((place, code))
                }
            }
        }
        texts.forEachRank { home, rank in
            ranks[homes[home].table][homes[home].code] = key(rank: rank, descending)
        }
        return ranks
    }
}
