/// A field of words as values of another type: each word is read once, however many rows have it.
///
/// Making a string of every row to compare it with the few words there are takes longer than all else that is counted.
package struct WordValues<Value> {
    private let values: [Value]
    /// The place of each row's value; nil where each row has its own.
    private let codes: [UInt32]?

    /// - Parameter read: what a word stands for; asked for the empty one as well.
    package init(_ table: Table, _ column: Int, _ read: (String) -> Value) {
        let data = table.columns[column]
        switch data.storage {
        case .words, .refs:
            values = data.words.map(read)
            codes = data.codes
        case .text, .integers, .numbers:
            values = (0..<table.count).map { read(table.text($0, column)) }
            codes = nil
        }
    }

    /// The value of a row.
    package subscript(row: Int) -> Value {
        guard let codes else { return values[row] }
        return values[Int(codes[row])]
    }
}
