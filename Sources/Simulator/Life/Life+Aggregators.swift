/// A time during which an aggregator did not answer, with what the management server made of it.
struct AggregatorFailure: Sendable, Equatable {
    let episode: Episode
    /// The check at which it was given up; nil when it answered again before that.
    let detected: Int?
    /// The first check that was answered again.
    let recovered: Int

    /// The management server checks every thirty seconds, and gives up at the third miss.
    static let checkInterval = 30
    static let misses = 3

    init(_ episode: Episode) {
        self.episode = episode
        func check(from tick: Int) -> Int {
            -floorDivide(-tick, by: Self.checkInterval) * Self.checkInterval
        }
        recovered = check(from: episode.end)
        let third = check(from: episode.start) + (Self.misses - 1) * Self.checkInterval
        detected = third < recovered ? third : nil
    }

    /// Whether the management server holds the aggregator for failed.
    func isKnown(at tick: Int) -> Bool { detected.map { $0 <= tick && tick < recovered } ?? false }
}

extension Life {
    /// The software of an aggregator that dies while its host lives on.
    static let aggregator = Schedule(
        topic: .aggregator, period: 21_600, permille: 150, length: 240...1_500)
    /// Soon after the beginning one aggregator fails, for those who watch a demonstration.
    static let firstFailure = Episode(start: 190, end: 850)

    /// When an aggregator failed between two ticks: with its host, or by itself.
    func failures(of record: BondBook.Record?, since first: Int, until tick: Int) -> [AggregatorFailure] {
        guard let record, let device = record.device else { return [] }
        var episodes = outages(of: device, since: first, until: tick)
        episodes += Self.aggregator.episodes(of: record.id, since: first, until: tick, noise)
        if record.id == 1 { episodes.append(Self.firstFailure) }
        return Episode.merged(episodes.filter { $0.start <= tick && $0.end > first }).map(
            AggregatorFailure.init)
    }
}

extension Schedule {
    /// All episodes that touch a time, oldest first.
    func episodes(of thing: Int, since first: Int, until tick: Int, _ noise: Noise) -> [Episode] {
        (0...max(tick - first, 0) / period + 1).reversed()
            .compactMap { episode(of: thing, near: tick, back: $0, noise) }
            .filter { $0.end > first && $0.start <= tick }
    }
}

extension Episode {
    /// Those that touch or overlap as one, oldest first.
    static func merged(_ episodes: some Sequence<Episode>) -> [Episode] {
        var merged: [Episode] = []
        for episode in episodes.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            if let last = merged.last, episode.start <= last.end {
                merged[merged.count - 1] = Episode(start: last.start, end: max(last.end, episode.end))
            } else {
                merged.append(episode)
            }
        }
        return merged
    }
}

// MARK: Bonds and their aggregators

extension BondView {
    /// Between the moment at which a bond is told to move and that at which it carries traffic again.
    private static let moveTime = 6

    /// Where a bond was at a tick.
    struct BondPlace: Equatable {
        let aggregator: Int
        /// Whether it carries traffic there, apart from its own lines.
        let isCarrying: Bool
    }

    /// Where a bond was at a tick: on its primary aggregator until that fails, then on the secondary until somebody
    /// restores it.
    func berth(of bond: BondBook.Record, at tick: Int) -> BondPlace {
        let primary = bond.number("aggregator") ?? 0
        let failures = failures(of: primary, until: tick)
        guard let secondary = bond.number("secondary_aggregator"),
            let last = failures.last(where: { ($0.detected ?? .max) <= tick }), let moved = last.detected
        else {
            return BondPlace(aggregator: primary, isCarrying: !failures.contains { $0.episode.covers(tick) })
        }
        let settled = moved + Self.moveTime + bond.id % 5
        let restored = restoreTime(of: bond, after: last)
        guard restored > tick else {
            let isCarrying = tick >= restored + 4 && !failures.contains { $0.episode.covers(tick) }
            return BondPlace(aggregator: primary, isCarrying: isCarrying)
        }
        let isSecondaryUp = !self.failures(of: secondary, until: tick).contains { $0.episode.covers(tick) }
        return BondPlace(aggregator: secondary, isCarrying: tick >= settled && isSecondaryUp)
    }

    /// When a bond went back after a failure: somebody did it through the API, or else a colleague within hours.
    func restoreTime(of bond: BondBook.Record, after failure: AggregatorFailure) -> Int {
        let colleague = failure.recovered + noise.pick(1_800...9_000, .aggregator, bond.id, failure.recovered)
        let own = book.operations.restores[bond.id]?.first { $0 >= failure.recovered }
        return min(own ?? .max, colleague)
    }

    /// The aggregator that a bond is on now.
    func currentAggregator(of bond: BondBook.Record) -> Int { berth(of: bond, at: tick).aggregator }

    /// Whether the management server holds an aggregator for failed now.
    func isFailed(_ aggregator: Int) -> Bool {
        failures(of: aggregator, until: tick).contains { $0.isKnown(at: tick) }
    }
}
