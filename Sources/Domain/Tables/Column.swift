/// The packed values of one field, one per row.
///
/// Few distinct texts are stored once and counted; many are laid end to end; numbers are flat. The array that a
/// type does not use stays empty.
package struct Column: Sendable {
    /// What is used of it.
    package enum Storage: Sendable { case text, words, integers, numbers, refs }

    package static let noInteger = Int64.min
    package static let noWord: UInt32 = 0
    package static let noRef = UInt64.max

    package let storage: Storage
    /// Ends of the texts in `arena`; row `i` lies between `ends[i]` and `ends[i + 1]`.
    package var ends: [UInt32] = []
    package var arena: [UInt8] = []
    /// Places in `words`; 0 is no word.
    package var codes: [UInt32] = []
    package var words: [String] = []
    package var integers: [Int64] = []
    package var numbers: [Double] = []
    package var packed: [UInt64] = []

    init(_ type: FieldType) {
        switch type {
        case .text: storage = .text
        case .word, .severity, .state, .states: storage = .words
        case .integer, .rate, .bytes, .duration, .time, .flag: storage = .integers
        case .number, .percent, .usage, .decibelMilliwatts: storage = .numbers
        case .ref: storage = .refs
        }
        if storage == .text { ends = [0] }
        if storage == .words || storage == .refs { words = [""] }
    }

    /// Appends cleaned text to a column of texts.
    ///
    /// Places are 4 bytes: past 4 GB of text there is no more.
    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        if arena.count + text.count <= Int(UInt32.max) { arena.append(contentsOf: text) }
        ends.append(UInt32(arena.count))
    }

    /// Appends the texts of rows of another column.
    mutating func append(textsOf other: Column, _ rows: Range<Int>) {
        let (start, end) = (Int(other.ends[rows.lowerBound]), Int(other.ends[rows.upperBound]))
        guard arena.count + end - start <= Int(UInt32.max) else {
            for row in rows { other.withText(row) { append($0) } }
            return
        }
        let distance = UInt32(truncatingIfNeeded: arena.count) &- UInt32(truncatingIfNeeded: start)
        arena.append(contentsOf: other.arena[start..<end])
        ends.append(contentsOf: other.ends[rows.lowerBound + 1...rows.upperBound].lazy.map { $0 &+ distance })
    }

    /// Appends a row without a value.
    mutating func appendNone() {
        switch storage {
        case .text: ends.append(UInt32(arena.count))
        case .words: codes.append(Self.noWord)
        case .integers: integers.append(Self.noInteger)
        case .numbers: numbers.append(.nan)
        case .refs:
            packed.append(Self.noRef)
            codes.append(Self.noWord)
        }
    }

    mutating func reserveCapacity(_ rows: Int) {
        guard rows > 0 else { return }
        switch storage {
        case .text: ends.reserveCapacity(rows + 1)
        case .words: codes.reserveCapacity(rows)
        case .integers: integers.reserveCapacity(rows)
        case .numbers: numbers.reserveCapacity(rows)
        case .refs:
            packed.reserveCapacity(rows)
            codes.reserveCapacity(rows)
        }
    }

    /// Gives back memory that growing left unused.
    mutating func trim() {
        func trim<Element>(_ array: inout [Element]) {
            guard array.capacity > array.count + array.count / 8 + 64 else { return }
            array = array.withUnsafeBufferPointer { Array($0) }
        }
        trim(&ends)
        trim(&arena)
        trim(&codes)
        trim(&integers)
        trim(&numbers)
        trim(&packed)
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

    /// Whether rows of it have text: texts, words and the names of references.
    package var holdsText: Bool { storage == .text || storage == .words || storage == .refs }

    /// The UTF-8 of a row where the storage holds texts; empty for none.
    package func withText<Result>(_ row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        switch storage {
        case .text:
            return arena.withUnsafeBufferPointer {
                body(UnsafeBufferPointer(rebasing: $0[Int(ends[row])..<Int(ends[row + 1])]))
            }
        case .words, .refs:
            var word = words[Int(codes[row])]
            return word.withUTF8(body)
        case .integers, .numbers:
            return body(UnsafeBufferPointer(start: nil, count: 0))
        }
    }
}

extension Column: Equatable {
    /// By bits: no number is no number.
    package static func == (a: Column, b: Column) -> Bool {
        a.storage == b.storage && a.words == b.words && same(a.ends, b.ends) && same(a.arena, b.arena)
            && same(a.codes, b.codes) && same(a.integers, b.integers) && same(a.numbers, b.numbers)
            && same(a.packed, b.packed)
    }

    /// Compares eight bytes at a time: these arrays hold megabytes.
    private static func same<Element: BitwiseCopyable>(_ a: [Element], _ b: [Element]) -> Bool {
        guard a.count == b.count else { return false }
        return a.withUnsafeBytes { a in
            b.withUnsafeBytes { b in
                let whole = a.count / 8 * 8
                for place in stride(from: 0, to: whole, by: 8)
                where a.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                    != b.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                {
                    return false
                }
                for place in whole..<a.count where a[place] != b[place] { return false }
                return true
            }
        }
    }
}
