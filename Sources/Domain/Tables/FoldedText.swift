/// The folded texts of all text fields of all rows, laid end to end: what a filter searches.
///
/// One row is its text, word, severity, state and reference fields in the order of the resource, each ended by
/// `separator`, so that the place of a field is the number of separators before it. Safe to read from any thread.
public final class FoldedText: Sendable {
    /// Ends every field; no cleaned text holds it.
    ///
    /// Regular expressions see it as the end of a line.
    public static let separator: UInt8 = 0x0A

    /// All rows, one after another.
    public let bytes: [UInt8]
    /// Row `i` lies between `offsets[i]` and `offsets[i + 1]`.
    public let offsets: [UInt32]
    /// The columns that are held, in order.
    public let columns: [Int]

    /// Offsets are 4 bytes: rows that come behind so much text are held without it.
    private static let limit = 1 << 31

    init(_ columns: [Column], rows: Int) {
        let held = columns.indices.filter { columns[$0].holdsText }
        let sources = held.map { FoldedColumn(columns[$0]) }
        var size = 0
        var offsets: [UInt32] = [0]
        offsets.reserveCapacity(rows + 1)
        for row in 0..<rows {
            let length = sources.reduce(0) { $0 + $1.range(row).count }
            size += sources.count + (size + length <= Self.limit ? length : 0)
            offsets.append(UInt32(truncatingIfNeeded: size))
        }
        bytes = [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
            for row in 0..<rows {
                let isHeld = Int(offsets[row + 1] - offsets[row]) > sources.count
                for source in sources {
                    if isHeld { source.copy(row, to: &bytes, at: &count) }
                    bytes.initializeElement(at: count, to: Self.separator)
                    count += 1
                }
            }
        }
        self.offsets = offsets
        self.columns = held
    }

    /// How many fields stand before a column in a row; nil for one that holds no text.
    public func place(of column: Int) -> Int? { columns.firstIndex(of: column) }
}

/// The folded texts of one column; words and names once each.
private struct FoldedColumn {
    private let arena: [UInt8]
    private let ends: [UInt32]
    /// The place of each row's text; nil where every row has its own.
    private let codes: [UInt32]?

    init(_ column: Column) {
        if column.storage == .text {
            codes = nil
            let isPlain = column.arena.withUnsafeBufferPointer { Folding.isASCII($0) }
            (arena, ends) =
                isPlain ? (Folding.folded(ascii: column.arena), column.ends) : Self.folded(rowsOf: column)
        } else {
            codes = column.codes
            var arena: [UInt8] = []
            var ends: [UInt32] = [0]
            for word in column.words {
                arena.append(contentsOf: Folding.fold(word))
                ends.append(UInt32(arena.count))
            }
            (self.arena, self.ends) = (arena, ends)
        }
    }

    private static func folded(rowsOf column: Column) -> ([UInt8], [UInt32]) {
        var arena: [UInt8] = []
        arena.reserveCapacity(column.arena.count)
        var ends: [UInt32] = [0]
        ends.reserveCapacity(column.ends.count)
        for row in 0..<column.ends.count - 1 {
            column.withText(row) { Folding.fold($0, into: &arena) }
            ends.append(UInt32(truncatingIfNeeded: arena.count))
        }
        return (arena, ends)
    }

    @inline(__always)
    func range(_ row: Int) -> Range<Int> {
        let place = codes.map { Int($0[row]) } ?? row
        return Int(ends[place])..<Int(ends[place + 1])
    }

    @inline(__always)
    func copy(_ row: Int, to bytes: inout UnsafeMutableBufferPointer<UInt8>, at place: inout Int) {
        let range = range(row)
        arena.withUnsafeBufferPointer { arena in
            let text = UnsafeBufferPointer(rebasing: arena[range])
            _ = UnsafeMutableBufferPointer(rebasing: bytes[place...]).initialize(fromContentsOf: text)
        }
        place += range.count
    }
}
