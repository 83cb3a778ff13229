internal import Synchronization

/// The last samples of what is measured of each row of a resource, as it was polled.
///
/// An immutable value that is made off the main thread. A sample is 2 bytes, and every poll is a column of its own
/// that later books share: two series of 100,000 rows take 9.6 MB and no more, however long the process runs. What
/// was not polled, or not known, is no sample: nothing is ever made up between two of them.
public final class TrendBook: Sendable {
    /// The polls that are kept.
    public static let length = 24
    private static let revisions = Atomic<UInt64>(0)

    /// The measured fields, in the order of the resource's `trends`.
    public let series: [(key: FieldKey, type: FieldType)]
    /// Unique in the process.
    public let revision: UInt64
    private let columns: [Int]
    private let refs: [EntityRef]
    private let index: RowIndex
    private let polls: [Poll]
    /// The polls in order, with nil where some should have been.
    private let slots: [Int?]

    /// What one poll gave: a code per row and series.
    private struct Poll: Sendable {
        var at: Instant
        var codes: [[UInt16]]
    }

    /// One place of a trend.
    public struct Sample: Sendable, Equatable {
        /// When it was polled; nil where no poll was.
        public var at: Instant?
        /// What was measured; nil where nothing was.
        public var value: Double?
    }

    private init(
        series: [(key: FieldKey, type: FieldType)], columns: [Int], refs: [EntityRef], index: RowIndex,
        polls: [Poll], interval: Double
    ) {
        self.series = series
        self.columns = columns
        self.refs = refs
        self.index = index
        self.polls = polls
        slots = Self.slots(polls, interval: interval)
        revision = Self.revisions.add(1, ordering: .relaxed).newValue
    }

    /// The book after one more poll; nil for a resource of which nothing is kept.
    ///
    /// - Parameter isPartial: whether some rows may be as an earlier poll left them: a number that is the same as
    ///   before is no sample then.
    public static func after(
        _ earlier: TrendBook?, _ table: Table, at now: Instant, isPartial: Bool = false
    ) -> TrendBook? {
        let columns = table.resource.trends.compactMap(table.resource.index(of:))
        guard !columns.isEmpty else { return nil }
        let fields = columns.map { table.resource.fields[$0] }
        let known = earlier.flatMap { $0.columns == columns ? $0 : nil }
        var polls = known?.polls.suffix(length - 1) ?? []
        if let known, known.refs != table.refs {
            let rows = table.refs.map { known.index.row(of: $0, in: known.refs) }
            for place in polls.indices {
                polls[place].codes = polls[place].codes.map { old in
                    rows.map { $0.map { old[$0] } ?? TrendCode.none }
                }
            }
        }
        let last = polls.last
        let codes = zip(columns.indices, columns).map { place, column in
            var codes = TrendCode.codes(of: table.columns[column], fields[place].type)
            if isPartial, let before = last?.codes[place] {
                for row in codes.indices where codes[row] == before[row] { codes[row] = TrendCode.none }
            }
            return codes
        }
        polls.append(Poll(at: now, codes: codes))
        return TrendBook(
            series: fields.map { ($0.key, $0.type) }, columns: columns, refs: table.refs, index: table.index,
            polls: Array(polls), interval: table.resource.interval)
    }

    /// How many polls there are.
    public var count: Int { polls.count }

    /// The samples of a row, oldest first, with empty ones where polls are missing.
    public func samples(of entity: EntityRef, _ place: Int) -> [Sample] {
        guard let row = index.row(of: entity, in: refs), series.indices.contains(place) else { return [] }
        return slots.map { slot in
            guard let slot else { return Sample(at: nil, value: nil) }
            let poll = polls[slot]
            return Sample(
                at: poll.at, value: TrendCode.value(poll.codes[place][row], series[place].type))
        }
    }

    /// Where the time between two polls is much longer than usual, as many empty places as polls would fit.
    ///
    /// Polls that a key asked for in between make no other interval the usual one.
    private static func slots(_ polls: [Poll], interval: Double) -> [Int?] {
        let steps = zip(polls, polls.dropFirst()).map { $1.at - $0.at }
        let usual = max(interval, steps.sorted().dropFirst(steps.count / 2).first ?? 0)
        var slots: [Int?] = polls.isEmpty ? [] : [0]
        for (place, step) in steps.enumerated() {
            if usual > 0, step > 1.75 * usual {
                let missing = min(Double(length), (step / usual).rounded() - 1)
                slots += Array(repeating: nil, count: Int(missing))
            }
            slots.append(place + 1)
        }
        return Array(slots.suffix(length))
    }
}

/// Numbers in 16 bits: rates by their logarithm, to 0.05 % from 0 to some terabits; light by hundredths of a dBm.
enum TrendCode {
    static let none = UInt16.max
    private static let most = Double(UInt16.max - 1)
    /// Steps for each doubling of a rate.
    private static let steps = 1500.0
    /// No light is weaker, in dBm.
    private static let darkest = -200.0

    static func codes(of column: Column, _ type: FieldType) -> [UInt16] {
        switch column.storage {
        case .integers:
            column.integers.map { $0 == Column.noInteger ? none : code(Double($0), type) }
        case .numbers: column.numbers.map { code($0, type) }
        case .text, .words, .refs:
            Array(repeating: none, count: max(column.codes.count, column.ends.count - 1))
        }
    }

    static func code(_ value: Double, _ type: FieldType) -> UInt16 {
        let scaled =
            switch type {
            case .decibelMilliwatts: (value - darkest) * 100
            default: logarithm(value)
            }
        guard scaled >= 0, scaled <= most else { return none }
        return UInt16(scaled.rounded())
    }

    static func value(_ code: UInt16, _ type: FieldType) -> Double? {
        guard code != none else { return nil }
        return switch type {
        case .decibelMilliwatts: Double(code) / 100 + darkest
        default: power(Double(code) / steps) - 1
        }
    }

    /// The logarithm of a number and one to base two in steps; less than none for a number below 0.
    private static func logarithm(_ value: Double) -> Double {
        guard value >= 0, value.isFinite else { return -1 }
        let shifted = value + 1
        // Between two powers of two by the series of the area tangent, which needs no library.
        let fraction = shifted.significand
        let ratio = (fraction - 1) / (fraction + 1)
        let square = ratio * ratio
        let series =
            1 + square
            * (1.0 / 3 + square * (1.0 / 5 + square * (1.0 / 7 + square * (1.0 / 9 + square / 11))))
        return (Double(shifted.exponent) + 2 * ratio * series / 0.693_147_180_559_945_3) * steps
    }

    /// Two to the power of a number.
    private static func power(_ exponent: Double) -> Double {
        let whole = exponent.rounded(.down)
        let rest = (exponent - whole) * 0.693_147_180_559_945_3
        var term = 1.0
        var sum = 1.0
        for place in 1...14 {
            term *= rest / Double(place)
            sum += term
        }
        return sum * Double(sign: .plus, exponent: Int(whole), significand: 1)
    }
}
