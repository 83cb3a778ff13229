/// Postings in order, with a directory by their first bits: a key is found in two steps, and changes are merged in one
/// pass without anything being hashed again.
struct Postings: Sendable {
    let entries: [Posting]
    /// Where the postings of each beginning of a key start.
    private let starts: [UInt32]
    private let shift: UInt64

    static let none = Postings(sorted: [])

    /// Puts postings in order; of equal ones one stays.
    init(_ postings: [Posting]) { self.init(sorted: Self.sorted(postings)) }

    private init(sorted entries: [Posting]) {
        self.entries = entries
        let bits = Self.bits(entries.count)
        shift = 64 - bits
        var starts = [UInt32](repeating: 0, count: 1 << Int(bits) + 1)
        entries.withUnsafeBufferPointer { entries in
            starts.withUnsafeMutableBufferPointer { starts in
                for entry in entries { starts[Int(entry.key >> (64 - bits)) + 1] += 1 }
                for place in 1..<starts.count { starts[place] += starts[place - 1] }
            }
        }
        self.starts = starts
    }

    /// The entities that have a key, in order.
    @inline(__always)
    func entities(of key: UInt64) -> ArraySlice<Posting> {
        guard !entries.isEmpty else { return [] }
        let beginning = Int(key >> shift)
        var first = Int(starts[beginning])
        let end = Int(starts[beginning + 1])
        while first < end, entries[first].key < key { first += 1 }
        var last = first
        while last < end, entries[last].key == key { last += 1 }
        return entries[first..<last]
    }

    /// The same without some and with others.
    func replacing(_ removed: [Posting], by added: [Posting]) -> Postings {
        if removed.isEmpty, added.isEmpty { return self }
        let removed = removed.sorted()
        let added = Self.sorted(added)
        var merged: [Posting] = []
        merged.reserveCapacity(entries.count + added.count)
        var (place, gone, new) = (0, 0, 0)
        // Whole runs between two changes are copied at once.
        while gone < removed.count || new < added.count {
            let takesNew = gone == removed.count || new < added.count && added[new] < removed[gone]
            let change = takesNew ? added[new] : removed[gone]
            let next = lowerBound(change, from: place)
            merged.append(contentsOf: entries[place..<next])
            place = next
            if takesNew {
                if merged.last != change, place == entries.count || entries[place] != change {
                    merged.append(change)
                }
                new += 1
            } else {
                if place < entries.count, entries[place] == change { place += 1 }
                gone += 1
            }
        }
        merged.append(contentsOf: entries[place...])
        return Postings(sorted: merged)
    }

    /// The first place at or behind `start` that is not before a posting.
    private func lowerBound(_ posting: Posting, from start: Int) -> Int {
        var low = max(start, Int(starts[Int(posting.key >> shift)]))
        var high = Int(starts[Int(posting.key >> shift) + 1])
        while low < high {
            let middle = (low + high) / 2
            if entries[middle] < posting { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func bits(_ count: Int) -> UInt64 {
        var bits: UInt64 = 4
        while bits < 24, 1 << bits < count { bits += 1 }
        return bits
    }

    /// Keys are spread evenly, so that counting by their first bits nearly sorts them.
    private static func sorted(_ postings: [Posting]) -> [Posting] {
        guard postings.count > 64 else {
            var sorted = postings.sorted()
            deduplicate(&sorted)
            return sorted
        }
        let shift = 64 - bits(postings.count)
        var starts = [Int](repeating: 0, count: 1 << Int(64 - shift) + 1)
        for posting in postings { starts[Int(posting.key >> shift) + 1] += 1 }
        for place in 1..<starts.count { starts[place] += starts[place - 1] }
        var next = starts
        var sorted = [Posting](unsafeUninitializedCapacity: postings.count) { buffer, count in
            for posting in postings {
                let beginning = Int(posting.key >> shift)
                buffer.initializeElement(at: next[beginning], to: posting)
                next[beginning] += 1
            }
            count = postings.count
        }
        sorted.withUnsafeMutableBufferPointer { buffer in
            for beginning in 0..<starts.count - 1 {
                let range = starts[beginning]..<starts[beginning + 1]
                if range.count > 1 { sort(&buffer, range) }
            }
        }
        deduplicate(&sorted)
        return sorted
    }

    private static func sort(_ buffer: inout UnsafeMutableBufferPointer<Posting>, _ range: Range<Int>) {
        var isSorted = true
        for place in range.dropFirst() where buffer[place] < buffer[place - 1] {
            isSorted = false
            break
        }
        if isSorted { return }
        if range.count > 24 { return buffer[range].sort() }
        for place in range.dropFirst() {
            let posting = buffer[place]
            var hole = place
            while hole > range.lowerBound, posting < buffer[hole - 1] {
                buffer[hole] = buffer[hole - 1]
                hole -= 1
            }
            buffer[hole] = posting
        }
    }

    private static func deduplicate(_ sorted: inout [Posting]) {
        guard sorted.count > 1, zip(sorted, sorted.dropFirst()).contains(where: { $0 == $1 }) else { return }
        var unique: [Posting] = []
        unique.reserveCapacity(sorted.count)
        for posting in sorted where unique.last != posting { unique.append(posting) }
        sorted = unique
    }
}
