/// A number to sort by, and what it belongs to.
struct Keyed {
    var key: UInt64
    var value: UInt32

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
        var source = Array(items[range])
        var target = source
        var places = [Int](repeating: 0, count: 257)
        for byte in 0..<8 {
            let shift = UInt64(byte * 8)
            if differing >> shift & 0xFF == 0 { continue }
            source.withUnsafeBufferPointer { source in
                target.withUnsafeMutableBufferPointer { target in
                    places.withUnsafeMutableBufferPointer { places in
                        places.update(repeating: 0)
                        for item in source { places[Int(item.key >> shift & 0xFF) + 1] += 1 }
                        for value in 1..<257 { places[value] += places[value - 1] }
                        for item in source {
                            let value = Int(item.key >> shift & 0xFF)
                            target[places[value]] = item
                            places[value] += 1
                        }
                    }
                }
            }
            swap(&source, &target)
        }
        items.withUnsafeMutableBufferPointer { items in
            source.withUnsafeBufferPointer { source in
                for index in source.indices { items[range.lowerBound + index] = source[index] }
            }
        }
    }
}
