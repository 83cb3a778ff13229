internal import Domain
internal import JSON

/// The contiguous states of a leg over the last day, oldest first.
struct StateHistory: Sendable, Equatable {
    /// One state that held for a while; without an end it still holds.
    struct Span: Sendable, Equatable {
        var word: String
        var start: Timestamp
        var end: Timestamp?
    }

    private(set) var spans: [Span]

    /// Reads a list of states; what has no time is left out.
    init(_ rows: [JSONValue], clock: ServerClock?) {
        spans = rows.compactMap { row in
            guard let word = row.words("state", "status"),
                let start = WireTime.read(
                    row.first(of: ["start", "start_time", "started", "begin", "since"]), clock: clock)
            else { return nil }
            let end = WireTime.read(row.first(of: ["end", "end_time", "ended", "until"]), clock: clock)
            return Span(word: word.lowercased(), start: start, end: end)
        }.sorted { $0.start < $1.start }
    }

    /// The state that holds now.
    var last: Span? { spans.last }

    /// Since when the leg is as bad as it is now, without a break: nothing passes, or not all is well.
    ///
    /// - Returns: the moment, and whether the leg was already so when the history begins; nil for a leg that is up
    ///   or aside by its history, and for an empty one.
    var troubledSince: (at: Timestamp, isAtLeast: Bool)? {
        guard let last = spans.last.map({ LegState($0.word) }) else { return nil }
        var since: (Timestamp, Bool)?
        for span in spans.reversed() {
            let state = LegState(span.word)
            let isAsBad = last == .impaired ? state == .impaired || state.isInterrupted : state.isInterrupted
            if !isAsBad { break }
            since = (span.start, span == spans.first)
        }
        return since
    }

    /// Whether a state in which nothing passes began after a moment.
    func isInterrupted(after moment: Timestamp) -> Bool {
        spans.contains { $0.start > moment && LegState($0.word).isInterrupted }
    }

    /// Whether a state began after a moment.
    func begins(after moment: Timestamp) -> Bool { spans.contains { $0.start > moment } }

    /// The states of the last day as a strip.
    func strip(until now: Timestamp) -> Strip {
        let range = Timestamp(now.seconds - 86_400)..<now
        let spans = spans.compactMap { span -> Strip.Span? in
            let end = min(span.end ?? now, now)
            let start = max(span.start, range.lowerBound)
            return start < end ? Strip.Span(start..<end, LegState(span.word).sign) : nil
        }
        return Strip(range, spans)
    }
}
