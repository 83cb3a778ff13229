internal import CPCRE2

/// The search for bytes in bytes.
enum Bytes {
    /// The first place of a sequence at or after an offset.
    @inline(__always)
    static func find(
        _ needle: UnsafeBufferPointer<UInt8>, in hay: UnsafeBufferPointer<UInt8>, from: Int = 0
    ) -> Int? {
        guard let first = needle.baseAddress, let base = hay.baseAddress, from <= hay.count else {
            return needle.isEmpty ? from : nil
        }
        guard let found = cpcre2_find(base + from, hay.count - from, first, needle.count) else { return nil }
        return found - base
    }

    static func contains(_ hay: [UInt8], _ needle: [UInt8]) -> Bool {
        hay.withUnsafeBufferPointer { hay in needle.withUnsafeBufferPointer { find($0, in: hay) != nil } }
    }

    /// Whether two are the same.
    static func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        a.count == b.count && a.elementsEqual(b)
    }

    /// The field at a place of a folded row, whose fields each end with `separator`.
    static func field(
        _ place: Int, of row: UnsafeBufferPointer<UInt8>, separator: UInt8
    ) -> UnsafeBufferPointer<UInt8> {
        var start = 0
        for _ in 0..<place {
            while start < row.count, row[start] != separator { start += 1 }
            start += 1
        }
        var end = min(start, row.count)
        start = end
        while end < row.count, row[end] != separator { end += 1 }
        return UnsafeBufferPointer(rebasing: row[start..<end])
    }
}
