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

    init(_ columns: [Column], rows: Int) {
        let held = columns.indices.filter { columns[$0].holdsText }
        // Words and names are folded once each, texts once per row.
        let words = held.map { column in columns[column].words.map { Folding.fold($0) } }
        var bytes: [UInt8] = []
        var offsets: [UInt32] = [0]
        offsets.reserveCapacity(rows + 1)
        bytes.reserveCapacity(held.reduce(0) { $0 + columns[$1].arena.count + rows * 8 })
        for row in 0..<rows {
            for (place, column) in held.enumerated() {
                if columns[column].storage == .text {
                    columns[column].withText(row) { Folding.fold($0, into: &bytes) }
                } else {
                    bytes.append(contentsOf: words[place][Int(columns[column].codes[row])])
                }
                bytes.append(Self.separator)
            }
            offsets.append(UInt32(bytes.count))
        }
        self.bytes = bytes
        self.offsets = offsets
        self.columns = held
    }

    /// How many fields stand before a column in a row; nil for one that holds no text.
    public func place(of column: Int) -> Int? { columns.firstIndex(of: column) }
}
