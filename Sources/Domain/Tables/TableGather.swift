/// Puts rows of two tables of one resource together, column by column.
///
/// Words keep the order of their first row, so that the same rows make the same columns, however they came.
struct TableGather {
    /// A row of the first or of the second table.
    struct Pick {
        private static let second: UInt32 = 0x8000_0000
        let packed: UInt32

        static func first(_ row: Int) -> Pick { Pick(packed: UInt32(row)) }
        static func second(_ row: Int) -> Pick { Pick(packed: UInt32(row) | second) }

        @inline(__always)
        var isSecond: Bool { packed & Self.second != 0 }
        @inline(__always)
        var row: Int { Int(packed & ~Self.second) }
    }

    let first: Table
    let second: Table
    let picks: [Pick]

    /// The table of the picked rows.
    func table() -> Table {
        let stretches = stretches()
        let columns = second.columns.indices.map { column(first.columns[$0], second.columns[$0], stretches) }
        let refs = gathered(first.refs, second.refs, stretches)
        return Table(resource: second.resource, backend: second.backend, refs: refs, columns: columns)
    }

    private func column(_ first: Column, _ second: Column, _ stretches: [Stretch]) -> Column {
        var column = Column(like: second)
        switch second.storage {
        case .text: gatherTexts(first, second, stretches, into: &column)
        case .words: gatherWords(first, second, into: &column)
        case .integers: column.integers = gathered(first.integers, second.integers, stretches)
        case .numbers: column.numbers = gathered(first.numbers, second.numbers, stretches)
        case .refs:
            column.packed = gathered(first.packed, second.packed, stretches)
            gatherWords(first, second, into: &column)
        }
        return column
    }

    /// Rows that stand one after another in the same table, as most do: they are copied at once.
    private struct Stretch {
        let isSecond: Bool
        var rows: Range<Int>
    }

    private func stretches() -> [Stretch] {
        var stretches: [Stretch] = []
        var start = 0
        while start < picks.count {
            var end = start + 1
            while end < picks.count, picks[end].packed == picks[end - 1].packed + 1 { end += 1 }
            let first = picks[start]
            stretches.append(Stretch(isSecond: first.isSecond, rows: first.row..<first.row + end - start))
            start = end
        }
        return stretches
    }

    private func gathered<Element>(_ first: [Element], _ second: [Element], _ stretches: [Stretch])
        -> [Element]
    {
        var gathered: [Element] = []
        gathered.reserveCapacity(picks.count)
        for stretch in stretches {
            gathered.append(contentsOf: (stretch.isSecond ? second : first)[stretch.rows])
        }
        return gathered
    }

    private func gatherTexts(
        _ first: Column, _ second: Column, _ stretches: [Stretch], into column: inout Column
    ) {
        column.arena.reserveCapacity(first.arena.count + second.arena.count)
        column.ends.reserveCapacity(picks.count + 1)
        for stretch in stretches { column.append(textsOf: stretch.isSecond ? second : first, stretch.rows) }
        column.trim()
    }

    private func gatherWords(_ first: Column, _ second: Column, into column: inout Column) {
        var words = WordCodes()
        // The new code of each old one; none before the first row that has it.
        var firstCodes = [UInt32](repeating: 0, count: first.words.count)
        var secondCodes = [UInt32](repeating: 0, count: second.words.count)
        column.codes = picks.map { pick in
            let old = Int(pick.isSecond ? second.codes[pick.row] : first.codes[pick.row])
            if old == Int(Column.noWord) { return Column.noWord }
            let known = pick.isSecond ? secondCodes[old] : firstCodes[old]
            if known != 0 { return known }
            var word = pick.isSecond ? second.words[old] : first.words[old]
            let code = word.withUTF8 { words.code(of: $0, in: &column.words) }
            if pick.isSecond { secondCodes[old] = code } else { firstCodes[old] = code }
            return code
        }
    }
}

extension Column {
    /// An empty column with the storage of another.
    fileprivate init(like other: Column) {
        self = other
        ends = other.storage == .text ? [0] : []
        words = other.words.isEmpty ? [] : [""]
        arena = []
        codes = []
        integers = []
        numbers = []
        packed = []
    }
}
