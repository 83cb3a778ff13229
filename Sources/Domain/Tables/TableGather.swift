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
        let columns = second.columns.indices.map { column(first.columns[$0], second.columns[$0]) }
        let refs = gathered(first.refs, second.refs)
        return Table(resource: second.resource, backend: second.backend, refs: refs, columns: columns)
    }

    private func column(_ first: Column, _ second: Column) -> Column {
        var column = Column(like: second)
        switch second.storage {
        case .text: gatherTexts(first, second, into: &column)
        case .words: gatherWords(first, second, into: &column)
        case .integers: column.integers = gathered(first.integers, second.integers)
        case .numbers: column.numbers = gathered(first.numbers, second.numbers)
        case .refs:
            column.packed = gathered(first.packed, second.packed)
            gatherWords(first, second, into: &column)
        }
        return column
    }

    private func gathered<Element>(_ first: [Element], _ second: [Element]) -> [Element] {
        first.withUnsafeBufferPointer { first in
            second.withUnsafeBufferPointer { second in
                picks.map { $0.isSecond ? second[$0.row] : first[$0.row] }
            }
        }
    }

    private func gatherTexts(_ first: Column, _ second: Column, into column: inout Column) {
        column.arena.reserveCapacity(first.arena.count + second.arena.count)
        column.ends.reserveCapacity(picks.count + 1)
        first.arena.withUnsafeBufferPointer { firstArena in
            second.arena.withUnsafeBufferPointer { secondArena in
                for pick in picks {
                    let ends = pick.isSecond ? second.ends : first.ends
                    let arena = pick.isSecond ? secondArena : firstArena
                    let range = Int(ends[pick.row])..<Int(ends[pick.row + 1])
                    column.append(UnsafeBufferPointer(rebasing: arena[range]))
                }
            }
        }
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
