extension BondView {
    /// A speed test or a tuning: when it runs, which follows from those that were queued before it.
    struct Test: Sendable {
        let kind: BondBook.Kind
        let record: BondBook.Record
        /// From the first measurement to the last; it ends early when somebody cancels it.
        let episode: Episode
        let isCancelled: Bool

        /// The leg that is measured; nil for the whole bond.
        var leg: Int? { record.number("leg") }
    }

    /// How far a test has come; the words are the server's.
    enum Progress: String, Sendable, CaseIterable {
        case queued, running, finished, failed, cancelled

        var isOver: Bool { self != .queued && self != .running }
    }

    /// All tests and tunings of a bond: they run one after another.
    func tests(of bond: BondBook.Record) -> [Test] {
        let records =
            book[.speedTest].all(of: bond.id).map { (BondBook.Kind.speedTest, $0) }
            + book[.tuner].all(of: bond.id).map { (BondBook.Kind.tuner, $0) }
        var free = Int.min
        return records.sorted { ($0.1.madeAt, $0.1.id) < ($1.1.madeAt, $1.1.id) }.map { kind, record in
            let start = max(record.madeAt + 3, free)
            var end = start + (kind == .tuner ? 90 : 5 + (record.number("length") ?? 10) * 2)
            let cancelled = record.number("cancelled_at")
            let isCancelled = cancelled.map { $0 < end } ?? false
            if let cancelled { end = min(end, max(cancelled, start)) }
            free = end
            return Test(
                kind: kind, record: record, episode: Episode(start: start, end: end), isCancelled: isCancelled
            )
        }
    }

    /// Whether a leg is being measured, by itself or with its bond.
    func isUnderTest(_ leg: BondBook.Record, in bond: BondBook.Record, at tick: Int) -> Bool {
        guard book[.speedTest].ofOwner[bond.id] != nil || book[.tuner].ofOwner[bond.id] != nil else {
            return false
        }
        return tests(of: bond).contains { $0.episode.covers(tick) && ($0.leg ?? leg.id) == leg.id }
    }

    /// A tuning of the bond or one of its legs that runs now.
    func runningTuning(of bond: BondBook.Record) -> Test? {
        tests(of: bond).first { $0.kind == .tuner && $0.episode.covers(tick) }
    }

    func progress(of test: Test) -> Progress {
        if test.isCancelled { return .cancelled }
        if tick < test.episode.start { return .queued }
        if let trouble = trouble(of: test), tick >= trouble.at { return .failed }
        return tick < test.episode.end ? .running : .finished
    }

    /// Why a test fails, and when: what it measures is not up, or the measurement breaks off.
    func trouble(of test: Test) -> (at: Int, words: String)? {
        let start = test.episode.start
        if let leg = test.leg {
            guard let record = book[.leg][leg] else { return (start, "The leg was removed.") }
            // While it is measured its state says so; the second before tells what it was.
            let before = state(of: record, at: start - 1)
            if before == .down || before == .offline { return (start, "The leg is not up.") }
        }
        guard noise.chance(70, .test, test.record.id, test.kind == .tuner ? 1 : 0) else { return nil }
        return ((start + test.episode.end) / 2, "Connection to the measuring process was lost.")
    }

    /// Megabits a second that a test measured in one direction.
    func throughput(of test: Test, upwards: Bool) -> Double {
        let field = upwards ? "up_speed" : "down_speed"
        let legs = book[.leg].all(of: test.record.owner).filter {
            (test.leg ?? $0.id) == $0.id && $0.text("link_mode") == "active"
                && state(of: $0, at: test.episode.start - 1) != .down
        }
        let sold = legs.reduce(0) { $0 + ($1.number(field) ?? 0) }
        let share = 0.86 + 0.1 * noise.unit(.test, test.record.id, upwards ? 2 : 3)
        return Double(sold) / 1_000_000 * share
    }
}
