internal import Domain

/// When the values of a bundle were measured: at a moment, or within a time.
package struct SamplePlace: Equatable {
    /// Seconds since 1970; of a time its beginning.
    package var at: Int64
    /// Seconds of the time; 0 for a moment.
    package var span: Int64
}

/// What was measured at one place: codes, so that what is not thinned is never changed.
package struct SampleCell: Equatable {
    var mean: UInt16
    var maximum: UInt16
    var count: UInt8

    /// Nothing.
    static let none = SampleCell(mean: TrendCode.none, maximum: TrendCode.none, count: 0)

    init(mean: UInt16, maximum: UInt16, count: UInt8) {
        self.mean = mean
        self.maximum = maximum
        self.count = count
    }

    /// One value.
    init(_ code: UInt16) {
        self.init(mean: code, maximum: code, count: code == TrendCode.none ? 0 : 1)
    }

    /// What several come to: the mean of all values, and the largest.
    init(_ cells: some Collection<SampleCell>, _ type: FieldType) {
        let known = cells.filter { $0.count > 0 }
        guard let first = known.first else {
            self = .none
            return
        }
        let count = UInt8(clamping: known.reduce(0) { $0 + Int($1.count) })
        let maximum = known.map(\.maximum).max() ?? first.maximum
        // Codes grow with their values, so that the largest is the largest of both.
        guard known.contains(where: { $0.mean != first.mean }) else {
            self.init(mean: first.mean, maximum: maximum, count: count)
            return
        }
        let weight = known.reduce(0.0) { $0 + Double($1.count) }
        let mean = known.reduce(0.0) {
            $0 + (TrendCode.value($1.mean, type) ?? 0) * Double($1.count) / weight
        }
        self.init(mean: TrendCode.code(mean, type), maximum: maximum, count: count)
    }
}

/// How places are put together.
struct SampleGroups {
    /// The places that come of it.
    let places: [SamplePlace]
    /// For each the places that it is made of.
    let ranges: [Range<Int>]

    /// Puts together what lies in the same time.
    ///
    /// - Parameters:
    ///   - places: in order of time.
    ///   - step: seconds.
    init(_ places: [SamplePlace], step: Int64) {
        var made: [SamplePlace] = []
        var ranges: [Range<Int>] = []
        var begin = 0
        while begin < places.count {
            let bucket = places[begin].at / step
            var end = begin + 1
            while end < places.count, places[end].at / step == bucket { end += 1 }
            // One value keeps its moment.
            made.append(
                end - begin == 1 ? places[begin] : SamplePlace(at: bucket * step, span: step))
            ranges.append(begin..<end)
            begin = end
        }
        self.places = made
        self.ranges = ranges
    }

    /// Whether anything is put together at all.
    var isThinned: Bool { ranges.contains { $0.count > 1 } }
}

/// Places and cells as bytes.
enum SampleBytes {
    /// The times that a place may have, by their number in the file.
    private static let spans: [Int64] = [0, 300, 3_600]

    static func bytes(_ places: [SamplePlace], day: Int64) -> [UInt8] {
        places.flatMap { place -> [UInt8] in
            let span = UInt32(spans.firstIndex(of: place.span) ?? 0)
            let number = UInt32(clamping: place.at - day * 86_400) & 0x1FFFF | span << 24
            return (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
    }

    static func places(_ bytes: [UInt8], day: Int64) -> [SamplePlace] {
        stride(from: 0, to: bytes.count / 4 * 4, by: 4).map { place in
            let number = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) }
            let span = Int(number >> 24)
            return SamplePlace(
                at: day * 86_400 + Int64(number & 0x1FFFF),
                span: spans.indices.contains(span) ? spans[span] : 0)
        }
    }

    // MARK: Cells

    /// What begins a block: all cells are the same; values; means, maxima and counts.
    private enum Form: UInt8 { case same, values, groups }

    /// Nil where nothing is known.
    static func bytes(_ cells: [SampleCell]) -> [UInt8]? {
        guard let first = cells.first, cells.contains(where: { $0.count > 0 }) else { return nil }
        if first.mean == first.maximum, cells.allSatisfy({ $0 == first }) {
            return [
                Form.same.rawValue, UInt8(truncatingIfNeeded: first.mean), UInt8(first.mean >> 8),
                first.count,
            ]
        }
        if cells.allSatisfy({ $0.count < 2 && $0.mean == $0.maximum }) {
            return [Form.values.rawValue] + bytes(cells.map(\.mean))
        }
        return [Form.groups.rawValue] + bytes(cells.map(\.mean)) + bytes(cells.map(\.maximum))
            + cells.map(\.count)
    }

    /// Nil where they are not those of so many places.
    static func cells(_ bytes: [UInt8], count: Int) -> [SampleCell]? {
        guard let form = bytes.first.flatMap(Form.init) else { return nil }
        switch form {
        case .same:
            guard bytes.count == 4 else { return nil }
            let code = UInt16(bytes[1]) | UInt16(bytes[2]) << 8
            return Array(repeating: SampleCell(mean: code, maximum: code, count: bytes[3]), count: count)
        case .values:
            guard bytes.count == 1 + 2 * count else { return nil }
            return (0..<count).map { SampleCell(code(bytes, 1 + 2 * $0)) }
        case .groups:
            guard bytes.count == 1 + 5 * count else { return nil }
            return (0..<count).map {
                SampleCell(
                    mean: code(bytes, 1 + 2 * $0), maximum: code(bytes, 1 + 2 * (count + $0)),
                    count: bytes[1 + 4 * count + $0])
            }
        }
    }

    static func bytes(_ codes: [UInt16]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * codes.count)
        for code in codes {
            bytes.append(UInt8(truncatingIfNeeded: code))
            bytes.append(UInt8(code >> 8))
        }
        return bytes
    }

    /// A code at a place of some bytes; none behind their end.
    static func code(_ bytes: [UInt8], _ place: Int) -> UInt16 {
        place + 1 < bytes.count ? UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8 : TrendCode.none
    }
}
