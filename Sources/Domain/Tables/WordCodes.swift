/// Finds the code of a word by its bytes while a column is built, without making a string of it.
struct WordCodes {
    /// The code of the word found or added last: rows that follow each other are often alike.
    private var last: UInt32 = 0
    private var slots = [UInt32](repeating: 0, count: 16)
    private var bytes: [UInt8] = []
    /// Where each word ends in `bytes`; code 0 is the empty word.
    private var ends: [Int] = [0]

    /// The code of a word; a new one is added to the words of the column.
    mutating func code(of word: UnsafeBufferPointer<UInt8>, in words: inout [String]) -> UInt32 {
        if word.isEmpty { return Column.noWord }
        if last != 0, holds(last, word) { return last }
        var slot = Self.hash(word) & (slots.count - 1)
        while slots[slot] != 0 {
            if holds(slots[slot], word) {
                last = slots[slot]
                return last
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        last = UInt32(words.count)
        slots[slot] = last
        words.append(String(decoding: word, as: UTF8.self))
        bytes.append(contentsOf: word)
        ends.append(bytes.count)
        if words.count * 2 > slots.count { grow() }
        return last
    }

    private func holds(_ code: UInt32, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = ends[Int(code) - 1]
        guard ends[Int(code)] - start == word.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for index in 0..<word.count where bytes[start + index] != word[index] { return false }
            return true
        }
    }

    private mutating func grow() {
        var larger = [UInt32](repeating: 0, count: slots.count * 2)
        for code in 1..<ends.count {
            var slot = bytes.withUnsafeBufferPointer {
                Self.hash(UnsafeBufferPointer(rebasing: $0[ends[code - 1]..<ends[code]]))
            }
            slot &= larger.count - 1
            while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
            larger[slot] = UInt32(code)
        }
        slots = larger
    }

    /// Seeded by the process, so that no server can choose words that fall together.
    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(word))
        return hasher.finalize()
    }
}
