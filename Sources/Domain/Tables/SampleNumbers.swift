/// What a row of samples comes to; what was not measured counts for nothing, and is never a zero.
public struct SampleNumbers: Sendable, Equatable {
    /// How many values there are.
    public let count: Int
    /// How many places between the first and the last have none.
    public let missing: Int
    /// The newest value.
    public let last: Double
    /// The sum of all values divided by how many there are.
    public let average: Double
    /// The smallest value that at least 95 of 100 values do not exceed: of fewer than 20 the largest.
    public let percentile95: Double
    /// The largest value.
    public let maximum: Double
    /// The smallest value.
    public let minimum: Double

    /// - Parameters:
    ///   - values: the oldest first, nil where none was measured.
    ///   - highest: what any of them was at most, where they are means.
    /// - Returns: nil where nothing was measured at all.
    public init?(_ values: [Double?], highest: Double? = nil) {
        let known = values.compactMap { $0 }
        let sorted = known.sorted()
        guard let last = known.last, let minimum = sorted.first, let maximum = sorted.last,
            let begin = values.firstIndex(where: { $0 != nil }),
            let end = values.lastIndex(where: { $0 != nil })
        else { return nil }
        count = known.count
        missing = end - begin + 1 - known.count
        self.last = last
        self.minimum = minimum
        self.maximum = max(maximum, highest ?? maximum)
        // Each is divided first: a sum of many large values need not be a number any more.
        average = known.reduce(0) { $0 + $1 / Double(known.count) }
        // The nearest rank, in whole numbers: 0.95 has no exact one.
        percentile95 = sorted[(known.count * 95 + 99) / 100 - 1]
    }
}
