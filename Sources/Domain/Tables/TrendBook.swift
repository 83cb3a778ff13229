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
    private let interval: Double
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
        self.interval = interval
        slots = Self.slots(polls, interval: interval)
        revision = Self.revisions.add(1, ordering: .relaxed).newValue
    }

    /// The book after one more poll; nil for a resource of which nothing is kept.
    ///
    /// - Parameters:
    ///   - wall: the same moment by the clock on the wall: what the server has not measured for long by then is no sample.
    ///   - isPartial: whether some rows may be as an earlier poll left them: a number that is the same as before is no
    ///     sample then.
    public static func after(
        _ earlier: TrendBook?, _ table: Table, at now: Instant, wall: Timestamp, isPartial: Bool = false
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
        let stale = table.rowsNotMeasured(by: wall)
        let codes = zip(columns.indices, columns).map { place, column in
            var codes = TrendCode.codes(of: table.columns[column], fields[place].type)
            for row in stale where codes.indices.contains(row) { codes[row] = TrendCode.none }
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

    /// The book with what was recorded before its first poll, as far as there is room.
    ///
    /// - Parameter time: when by the clock since boot something happened by the one on the wall.
    public func preceded(by stored: StoredPolls, time: (Timestamp) -> Instant) -> TrendBook {
        let room = max(0, Self.length - polls.count)
        let earlier = stored.polls.suffix(room)
        guard !earlier.isEmpty, let first = polls.first?.at else { return self }
        let places = series.map { series in stored.keys.firstIndex(of: series.key) }
        let rows = refs.map { stored.places[$0.id] }
        let made = earlier.compactMap { poll -> Poll? in
            let at = time(poll.at)
            guard at < first else { return nil }
            let codes = places.map { place -> [UInt16] in
                guard let place else { return Array(repeating: TrendCode.none, count: refs.count) }
                return rows.map { row in
                    row.map { poll.codes[$0 * stored.keys.count + place] } ?? TrendCode.none
                }
            }
            return Poll(at: at, codes: codes)
        }
        return TrendBook(
            series: series, columns: columns, refs: refs, index: index, polls: made + polls,
            interval: interval)
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
