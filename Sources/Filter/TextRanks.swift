internal import Domain

/// The ranks of texts in the natural order, equal for texts that read alike.
///
/// The texts become keys that compare byte by byte, laid end to end, and are sorted by eight bytes at a time: no
/// text is ever compared with another, however long their common beginning is.
struct TextRanks {
    /// What is the same for so many bytes counts as equal: names are short, and hostile ones cost no more.
    private static let longestKey = 512

    private var keys: [UInt8] = []
    private var ends: [UInt32] = [0]
    private var items: [UInt32] = []

    var isEmpty: Bool { items.isEmpty }

    /// Adds a text; the item is what its rank is given for.
    mutating func add(_ text: UnsafeBufferPointer<UInt8>, item: Int) {
        let text = UnsafeBufferPointer(rebasing: text.prefix(Self.longestKey))
        NaturalOrder.appendKey(of: text, to: &keys)
        ends.append(UInt32(keys.count))
        items.append(UInt32(item))
    }

    /// Gives every item its rank, from 1; 0 for an empty text.
    func forEachRank(_ body: (_ item: Int, _ rank: Int) -> Void) {
        guard !isEmpty else { return }
        var sorted = items.indices.map { Keyed(key: 0, value: UInt32($0)) }
        var isFirst = [Bool](repeating: false, count: sorted.count)
        var open = [(range: 0..<sorted.count, offset: 0)]
        while let (range, offset) = open.popLast() {
            setKeys(of: &sorted, range, offset)
            Keyed.sort(&sorted, range)
            for index in range.dropFirst() where sorted[index].key != sorted[index - 1].key {
                isFirst[index] = true
            }
            Keyed.forEachRun(sorted, range) { run in
                // No key has a zero byte: with one at the end of the eight, all of the text was seen.
                if sorted[run.lowerBound].key & 0xFF != 0 { open.append((run, offset + 8)) }
            }
        }
        var rank = 1
        for (index, item) in sorted.enumerated() {
            if isFirst[index] { rank += 1 }
            let text = Int(item.value)
            body(Int(items[text]), ends[text] == ends[text + 1] ? 0 : rank)
        }
    }

    /// The eight bytes at an offset of each key, the first of them the highest; zeros behind the end.
    private func setKeys(of sorted: inout [Keyed], _ range: Range<Int>, _ offset: Int) {
        keys.withUnsafeBytes { keys in
            ends.withUnsafeBufferPointer { ends in
                sorted.withUnsafeMutableBufferPointer { sorted in
                    for index in range {
                        let text = Int(sorted[index].value)
                        let start = Int(ends[text]) + offset
                        let count = min(Int(ends[text + 1]) - start, 8)
                        if count <= 0 {
                            sorted[index].key = 0
                        } else if start + 8 <= keys.count {
                            let eight = UInt64(
                                bigEndian: keys.loadUnaligned(fromByteOffset: start, as: UInt64.self))
                            sorted[index].key = eight & UInt64.max << UInt64((8 - count) * 8)
                        } else {
                            var eight: UInt64 = 0
                            for place in 0..<8 {
                                eight = eight << 8 | UInt64(place < count ? keys[start + place] : 0)
                            }
                            sorted[index].key = eight
                        }
                    }
                }
            }
        }
    }
}
