/// The packed values of one field, one per row.
///
/// Few distinct texts are stored once and counted; many are laid end to end; numbers are flat. The array that a
/// type does not use stays empty.
struct Column: Sendable {
    /// What is used of it.
    enum Storage: Sendable { case text, words, integers, numbers, refs }

    static let noInteger = Int64.min
    static let noWord: UInt32 = 0
    static let noRef = UInt64.max

    let storage: Storage
    /// Ends of the texts in `arena`; row `i` lies between `ends[i]` and `ends[i + 1]`.
    var ends: [UInt32] = []
    var arena: [UInt8] = []
    /// Places in `words`; 0 is no word.
    var codes: [UInt32] = []
    var words: [String] = []
    var integers: [Int64] = []
    var numbers: [Double] = []
    var packed: [UInt64] = []

    init(_ type: FieldType) {
        switch type {
        case .text: storage = .text
        case .word, .severity, .state: storage = .words
        case .integer, .rate, .bytes, .duration, .time, .flag: storage = .integers
        case .number, .percent, .decibelMilliwatts: storage = .numbers
        case .ref: storage = .refs
        }
        if storage == .text { ends = [0] }
        if storage == .words || storage == .refs { words = [""] }
    }

    /// The text of a row where the storage holds texts; empty for none.
    func text(_ row: Int) -> String {
        switch storage {
        case .text:
            arena.withUnsafeBufferPointer {
                String(decoding: $0[Int(ends[row])..<Int(ends[row + 1])], as: UTF8.self)
            }
        case .words, .refs: words[Int(codes[row])]
        case .integers, .numbers: ""
        }
    }
}
