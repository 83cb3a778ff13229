package import Domain

/// What a store of changes answers at one moment of itself, for the way to an earlier one.
package protocol PastTables {
    /// The first place, or the first behind one; nil where there is none.
    func firstPlace(after place: Int64?) throws(HistoryError) -> Int64?
    /// The last place, or the last before one.
    func lastPlace(before place: Int64?) throws(HistoryError) -> Int64?
    /// The last place of what was seen by a moment.
    func place(seenBy moment: Int64) throws(HistoryError) -> Int64?
    /// When the change at a place was seen.
    func seen(_ place: Int64) throws(HistoryError) -> Int64?
    /// The last place before one, or the first behind it, of what was seen at another moment.
    func place(
        _ side: PastSide, _ place: Int64, notSeenAt moment: Int64?
    ) throws(HistoryError) -> Int64?
    /// When recording began, or the oldest that is kept.
    func begins() throws(HistoryError) -> Timestamp?
    /// The changes behind one place and up to another, and those behind a third, in their order; nil for more than so many.
    func changes(
        after low: Int64, through high: Int64, orAfter last: Int64, most: Int
    ) throws(HistoryError) -> [StateChange]?
    /// The last changes of entities up to a place.
    func latest(_ names: [EntityName], through place: Int64) throws(HistoryError) -> [EntityName: StateChange]
    /// The lists of which more changed behind a place than was recorded one by one.
    func omitted(after place: Int64) throws(HistoryError) -> Set<HistoryList>
    /// When lists were read, the first first.
    func spans() throws(HistoryError) -> [ReadSpan]
    /// The rows of lists that were read whole; a list with more than can be read is left out.
    func lastRows(_ lists: Set<HistoryList>) throws(HistoryError) -> [HistoryList: LastRows]
}

/// On which side of a place.
package enum PastSide { case before, after }

/// A time in which a list was read over and over.
package struct ReadSpan: Equatable {
    /// Whose list.
    package var list: HistoryList
    /// The first and the last reading.
    package var since: Int64, until: Int64
    /// The most seconds between two readings.
    package var gap: Int64

    /// Describes a time.
    package init(list: HistoryList, since: Int64, until: Int64, gap: Int64) {
        (self.list, self.since, self.until, self.gap) = (list, since, until, gap)
    }

    /// Seconds between two notes of readings of one process, which notes once a minute.
    private static let notes: Int64 = 90

    /// The gap of a list that is read so often.
    package static func gap(interval: Int64) -> Int64 { interval * 5 / 2 + notes }

    /// Which lists were read at a moment, and when those that were not had been and were again.
    static func around(
        _ moment: Timestamp, _ spans: [ReadSpan]
    ) -> (read: Set<HistoryList>, unread: [HistoryList: PastFindings.Unread]) {
        var read: Set<HistoryList> = []
        var unread: [HistoryList: PastFindings.Unread] = [:]
        for span in spans {
            // The last reading says how it was until the next one was due.
            let tail = (span.gap - notes) * 2 / 5 + notes
            if span.since <= moment.seconds, moment.seconds <= span.until + tail {
                read.insert(span.list)
            } else if span.until < moment.seconds {
                unread[span.list, default: .init(since: nil, until: nil)].since = Timestamp(span.until)
            } else if unread[span.list]?.until == nil {
                unread[span.list, default: .init(since: nil, until: nil)].until = Timestamp(span.since)
            }
        }
        return (read, unread.filter { !read.contains($0.key) })
    }
}
