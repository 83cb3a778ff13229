import Domain

/// Values over time, as a chart draws them.
struct ChartSeries: Equatable {
    /// One value, or none where it is known that none was taken.
    struct Point: Equatable {
        let at: Timestamp
        let value: Double?
        /// Whether values are missing between the point before and this one.
        var isAfterGap = false
        /// The largest value, where this one is the mean of several.
        var peak: Double?
        /// Seconds for which it holds beside a gap; nil is half of the usual time.
        var reach: Double?
    }

    /// A value that the curve is held against.
    struct Mark: Equatable {
        let value: Double
        /// What it is, as in `allowed`.
        let word: String
    }

    /// What is measured.
    let title: String
    let type: FieldType
    /// In the order of time.
    let points: [Point]
    /// What it comes to; nil where nothing was measured.
    let numbers: SampleNumbers?
    let mark: Mark?
    /// Whether each value is the sum of all until then: of such ones no average says anything.
    let isTotal: Bool
    /// Whether a column in which several values lie has their mean with the largest above it, and not that alone.
    var isSpread = false
    /// How many values are known and missing, where each point may stand for several; nil where none does.
    var counts: (known: Int, missing: Int)? { stored.map { ($0.known, $0.missing) } }
    /// When the newest value was measured; nil where it was not recorded.
    var newest: Timestamp? { stored?.newest }
    private var stored: Stored?

    /// What is said of values that were recorded.
    private struct Stored: Equatable {
        let known: Int
        let missing: Int
        let newest: Timestamp?
    }

    init(_ title: String, _ type: FieldType, _ points: [Point], mark: Mark? = nil, isTotal: Bool = false) {
        self.title = title
        self.type = type
        self.points = points
        numbers = SampleNumbers(points.map(\.value))
        self.mark = mark
        self.isTotal = isTotal
    }

    init(_ curve: Curve) {
        self.init(
            curve.title, curve.type,
            curve.points.map { Point(at: $0.at, value: $0.value, isAfterGap: $0.isAfterGap) },
            mark: curve.allowed.map { Mark(value: $0, word: "allowed") }, isTotal: curve.isTotal)
    }

    /// - Parameter time: when by the clock on the wall something happened by the one since boot.
    init(
        _ title: String, _ type: FieldType, _ samples: [TrendBook.Sample], time: (Instant) -> Timestamp,
        mark: Mark? = nil
    ) {
        var points: [Point] = []
        var isGap = false
        for sample in samples {
            guard let at = sample.at else {
                isGap = !points.isEmpty
                continue
            }
            points.append(Point(at: time(at), value: sample.value, isAfterGap: isGap))
            isGap = false
        }
        self.title = title
        self.type = type
        self.points = points
        self.mark = mark
        isTotal = false
        numbers = SampleNumbers(samples.map(\.value))
    }

    /// Values that were recorded, and those that came after them.
    ///
    /// - Parameters:
    ///   - interval: seconds between two values that are usual: what is farther apart has a gap between.
    ///   - later: what was measured since, the first first.
    init(
        _ title: String, _ type: FieldType, recorded: [StoredSample], interval: Double,
        later: [(at: Timestamp, value: Double)]
    ) {
        let interval = interval > 0 ? interval : 300
        // What was recorded a moment ago is among what was measured as well.
        let end = recorded.last.map { $0.at.seconds + max($0.span, Int64(interval / 10)) } ?? .min
        let samples =
            recorded
            + later.filter { $0.at.seconds > end }.map {
                StoredSample(at: $0.at, mean: $0.value, maximum: $0.value)
            }
        var points: [Point] = []
        var missing = 0
        for (place, sample) in samples.enumerated() {
            let before = place > 0 ? samples[place - 1].at.seconds + samples[place - 1].span : nil
            let distance = before.map { Double(sample.at.seconds - $0) } ?? 0
            // Of several that became one, some may have been missing: no curve says that they were there.
            let isSparse =
                Self.lacks(sample, interval) > 0
                || (place > 0 && Self.lacks(samples[place - 1], interval) > 0)
            let isAfterGap = distance > 1.75 * interval || (place > 0 && isSparse)
            if distance > 1.75 * interval { missing += max(1, Int((distance / interval).rounded()) - 1) }
            missing += Self.lacks(sample, interval)
            points.append(
                Point(
                    at: Timestamp(sample.at.seconds + sample.span / 2), value: sample.mean,
                    isAfterGap: isAfterGap, peak: sample.count > 1 ? sample.maximum : nil,
                    reach: max(Double(sample.span), interval) / 2))
        }
        self.title = title
        self.type = type
        self.points = points
        mark = nil
        isTotal = false
        isSpread = true
        // Each value counts as often as it was measured.
        numbers = SampleNumbers(
            samples.flatMap { Array(repeating: $0.mean, count: max(1, $0.count)) },
            highest: samples.map(\.maximum).max())
        stored = Stored(
            known: samples.reduce(0) { $0 + $1.count }, missing: missing,
            newest: samples.last.map { Timestamp($0.at.seconds + $0.span) })
    }

    /// How many values a thinned one lacks, where that is more than a reading or two that came late.
    private static func lacks(_ sample: StoredSample, _ interval: Double) -> Int {
        let due = Int(Double(sample.span) / interval)
        return sample.count < due - 1 && 4 * sample.count < 3 * due ? due - sample.count : 0
    }

    /// Whether any point is the mean of several values.
    var isThinned: Bool { points.contains { $0.peak != nil } }

    /// Whether its values are counted from zero.
    var isFromZero: Bool { type != .decibelMilliwatts }

    /// A value with its unit, as in `12.4 Mbps`.
    func words(_ value: Double) -> String { Self.words(value, type) }

    static func words(_ value: Double, _ type: FieldType) -> String {
        let text = Quantity.text(.number(value), type, now: Timestamp(0))
        guard type == .rate else { return text }
        guard let letter = text.last, letter.isLetter else { return "\(text) bps" }
        return "\(text.dropLast()) \(letter)bps"
    }

    /// The time between two points that is usual.
    private var usualStep: Double {
        let steps = zip(points, points.dropFirst()).map { Double($1.at.seconds - $0.at.seconds) }.sorted()
        return steps.isEmpty ? 0 : steps[steps.count / 2]
    }

    /// The value of each of so many columns between two moments; nil where none is known.
    ///
    /// A column in which several values lie has the largest. Between two values the nearer one holds; beside a gap
    /// each holds for half the usual time, and the rest is blank.
    func values(columns: Int, from: Timestamp, to: Timestamp) -> [Double?] {
        spread(columns: columns, from: from, to: to).map { $0?.peak }
    }

    /// The mean and the largest value of each of so many columns; nil where none is known.
    func spread(columns: Int, from: Timestamp, to: Timestamp) -> [(mean: Double, peak: Double)?] {
        self.points(columns: columns, from: from, to: to).map { points in
            let known = points.compactMap(\.value)
            guard !known.isEmpty, let peak = points.compactMap({ $0.peak ?? $0.value }).max() else {
                return nil
            }
            return (known.reduce(0) { $0 + $1 / Double(known.count) }, peak)
        }
    }

    /// The points that lie in each of so many columns, or hold there.
    private func points(columns: Int, from: Timestamp, to: Timestamp) -> [[Point]] {
        guard columns > 0, !points.isEmpty else { return [] }
        let begin = Double(from.seconds)
        let length = max(1, Double(to.seconds) - begin) / Double(columns)
        let reach = usualStep / 2
        var next = 0
        return (0..<columns).map { column in
            let (start, end) = (begin + Double(column) * length, begin + Double(column + 1) * length)
            let first = next
            while next < points.count, Double(points[next].at.seconds) < end || column == columns - 1 {
                next += 1
            }
            let inside = points[first..<next].filter { Double($0.at.seconds) >= start }
            if !inside.isEmpty { return inside }
            let middle = (start + end) / 2
            let before = next > 0 ? points[next - 1] : nil
            let after = next < points.count ? points[next] : nil
            func distance(_ point: Point?) -> Double {
                point.map { abs(Double($0.at.seconds) - middle) } ?? .infinity
            }
            let near = distance(before) <= distance(after) ? before : after
            // Outside the first and the last nothing is known.
            let isBetween = before != nil && after != nil && after?.isAfterGap == false
            guard isBetween || distance(near) <= near?.reach ?? reach else { return [] }
            return near.map { [$0] } ?? []
        }
    }
}
