/// Some of the rows of one table, a bit each.
struct RowSet: Equatable, Sendable {
    private(set) var bits: [UInt64]

    /// No row of so many.
    init(capacity: Int) { bits = [UInt64](repeating: 0, count: Self.words(for: capacity)) }

    /// The rows whose bits are set.
    init(_ bits: ArraySlice<UInt64>) { self.bits = Array(bits) }

    /// How many words hold a bit for each of so many rows.
    static func words(for count: Int) -> Int { (count + 63) / 64 }

    /// All of so many rows.
    static func all(_ count: Int) -> RowSet {
        var set = RowSet(capacity: count)
        for index in set.bits.indices { set.bits[index] = .max }
        if count % 64 != 0, let last = set.bits.indices.last {
            set.bits[last] = (1 << UInt64(count % 64)) - 1
        }
        return set
    }

    var count: Int { bits.reduce(0) { $0 + $1.nonzeroBitCount } }
    var isEmpty: Bool { bits.allSatisfy { $0 == 0 } }

    @inline(__always)
    mutating func insert(_ row: Int) { bits[row >> 6] |= 1 << UInt64(row & 63) }

    mutating func remove(_ row: Int) { bits[row >> 6] &= ~(1 << UInt64(row & 63)) }

    @inline(__always)
    func contains(_ row: Int) -> Bool { bits[row >> 6] & (1 << UInt64(row & 63)) != 0 }

    mutating func formIntersection(_ other: RowSet) {
        for index in bits.indices { bits[index] &= other.bits[index] }
    }

    mutating func formUnion(_ other: RowSet) {
        for index in bits.indices { bits[index] |= other.bits[index] }
    }

    mutating func subtract(_ other: RowSet) {
        for index in bits.indices { bits[index] &= ~other.bits[index] }
    }

    func subtracting(_ other: RowSet) -> RowSet {
        var copy = self
        copy.subtract(other)
        return copy
    }

    /// Each row in order, until the body says false.
    @inline(__always)
    func forEach(_ body: (Int) -> Bool) {
        for (index, word) in bits.enumerated() {
            var rest = word
            while rest != 0 {
                if !body(index << 6 + rest.trailingZeroBitCount) { return }
                rest &= rest - 1
            }
        }
    }

    /// The rows of it between two multiples of 64, or up to its end.
    func clipped(to range: Range<Int>) -> RowSet {
        var clipped = RowSet(capacity: bits.count * 64)
        for index in range.lowerBound >> 6..<min((range.upperBound + 63) >> 6, bits.count) {
            clipped.bits[index] = bits[index]
        }
        return clipped
    }

    /// The rows for which a test holds.
    @inline(__always)
    func filter(_ test: (Int) -> Bool) -> RowSet {
        var kept = RowSet(capacity: bits.count * 64)
        forEach { row in
            if test(row) { kept.insert(row) }
            return true
        }
        return kept
    }
}
