/// A number to sort by, and what it belongs to.
struct Keyed {
    var key: UInt64
    var value: UInt32

    /// The table of a value that is a row handle.
    @inline(__always)
    var table: Int { Int(value >> 24) }

    /// Calls the body with every run of at least two equal keys.
    @inline(__always)
    static func forEachRun(_ items: [Keyed], _ range: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start + 1
            while end < range.upperBound, items[end].key == items[start].key { end += 1 }
            if end - start > 1 { body(start..<end) }
            start = end
        }
    }

    /// Sorts a range by key; stable.
    static func sort(_ items: inout [Keyed], _ range: Range<Int>) {
        if range.count > 64 { return radixSort(&items, range) }
        items.withUnsafeMutableBufferPointer { items in
            for index in range.dropFirst() {
                let item = items[index]
                var place = index
                while place > range.lowerBound, items[place - 1].key > item.key {
                    items[place] = items[place - 1]
                    place -= 1
                }
                items[place] = item
            }
        }
    }

    /// Sorts by one byte after another, from the last; bytes that are the same in all keys are left out.
    private static func radixSort(_ items: inout [Keyed], _ range: Range<Int>) {
        var differing: UInt64 = 0
        let first = items[range.lowerBound].key
        for index in range { differing |= items[index].key ^ first }
        if differing == 0 { return }
        // One array beside the items, and no more: each of a million rows is 16 MB that the system has to clear.
        withUnsafeTemporaryAllocation(of: Keyed.self, capacity: range.count) { spare in
            items.withUnsafeMutableBufferPointer { items in
                let own = UnsafeMutableBufferPointer(rebasing: items[range])
                var (source, target) = (own, spare)
                for byte in 0..<8 where differing >> UInt64(byte * 8) & 0xFF != 0 {
                    pass(source, to: target, shift: UInt64(byte * 8))
                    swap(&source, &target)
                }
                if source.baseAddress != own.baseAddress { _ = own.update(fromContentsOf: source) }
            }
        }
    }

    /// Moves items in the order of one byte of their keys.
    @inline(__always)
    private static func pass(
        _ source: UnsafeMutableBufferPointer<Keyed>, to target: UnsafeMutableBufferPointer<Keyed>,
        shift: UInt64
    ) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 257) { places in
            places.initialize(repeating: 0)
            for item in source { places[Int(item.key >> shift & 0xFF) + 1] += 1 }
            for value in 1..<257 { places[value] += places[value - 1] }
            for item in source {
                let value = Int(item.key >> shift & 0xFF)
                target.initializeElement(at: places[value], to: item)
                places[value] += 1
            }
        }
    }
}
