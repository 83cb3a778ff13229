package import Domain

/// More changes than this lie on no way: it would take seconds.
private let longestWay = 200_000
/// Of so many entities it is looked up since when they were as they were.
private let mostLookedUp = 2_000

/// The way from one moment to another, in the tables of a store.
package struct Way<Tables: PastTables> {
    private let tables: Tables
    private let query: PastQuery
    /// The place of the last change of all.
    private let last: Int64

    /// Nil where nothing was recorded at all.
    package init?(_ query: PastQuery, in tables: Tables) throws(HistoryError) {
        guard let last = try tables.lastPlace(before: nil) else { return nil }
        (self.tables, self.query, self.last) = (tables, query, last)
    }

    /// Where a way ends.
    private struct Target {
        var place: Int64
        var time: Timestamp
        /// The first change of the reading that it is of; nil between two.
        var first: Int64?
        var isNow = false
    }

    /// What was recorded of it.
    ///
    /// The past is what was seen by then: a change counts from the reading that saw it, whenever it happened.
    package func findings() throws(HistoryError) -> PastFindings {
        let target = try target()
        var findings = PastFindings(place: target.place, time: target.time, last: last)
        findings.isNow = target.isNow
        findings.begins = try tables.begins()
        findings.isOldest = try tables.firstPlace(after: nil).map { $0 > target.place } ?? true
        if let first = target.first {
            findings.changes = try changes(after: first - 1, through: target.place, orAfter: .max)
        }
        let times = ReadSpan.around(target.time, try tables.spans())
        (findings.read, findings.unread) = (times.read, times.unread)
        try find(&findings)
        if query.place == nil {
            findings.now = try tables.lastRows(query.lists).mapValues(\.states)
        }
        return findings
    }

    // MARK: Where to

    private func target() throws(HistoryError) -> Target {
        switch query.step {
        case .moment(let time):
            let place = try tables.place(seenBy: time.seconds)
            if let place { return try Target(place: place, time: time, first: first(at: place, time)) }
            let oldest = try tables.firstPlace(after: nil) ?? 1
            let begins = try tables.begins() ?? time
            return Target(place: oldest - 1, time: max(time, begins))
        case .earlier:
            guard let place = query.place else { return try reading(endingAt: last) }
            // From between two readings the one before is the next.
            let seen = try seen(place)
            if let time = query.time, seen > 0, seen < time.seconds { return try reading(endingAt: place) }
            return try earlier(than: place)
        case .later:
            let place = query.place ?? last
            guard let next = try tables.firstPlace(after: place) else {
                return Target(place: last, time: now, isNow: true)
            }
            let seen = try seen(next)
            let behind = try tables.place(.after, next, notSeenAt: seen)
            let end = try tables.lastPlace(before: behind ?? .max)
            return Target(place: end ?? last, time: Timestamp(seen), first: next)
        }
    }

    /// Where nothing later was recorded nobody asks for the time.
    private var now: Timestamp { Timestamp(.max) }

    private func earlier(than place: Int64) throws(HistoryError) -> Target {
        let before = try tables.place(.before, place, notSeenAt: tables.seen(place))
        if let before { return try reading(endingAt: before) }
        // Before the first change everything was as that one found it.
        let oldest = try tables.firstPlace(after: nil) ?? 1
        let first = Timestamp(try seen(oldest))
        return Target(place: oldest - 1, time: try tables.begins() ?? first)
    }

    /// The reading whose last change has a place.
    private func reading(endingAt place: Int64) throws(HistoryError) -> Target {
        let time = Timestamp(try seen(place))
        return try Target(place: place, time: time, first: first(at: place, time))
    }

    /// The first change of the reading that ends at a place; nil where that is not of the moment.
    private func first(at place: Int64, _ time: Timestamp) throws(HistoryError) -> Int64? {
        guard try seen(place) == time.seconds else { return nil }
        let before = try tables.place(.before, place, notSeenAt: time.seconds)
        return try tables.firstPlace(after: before ?? 0)
    }

    private func seen(_ place: Int64) throws(HistoryError) -> Int64 { try tables.seen(place) ?? 0 }

    // MARK: What was

    private func changes(
        after low: Int64, through high: Int64, orAfter last: Int64
    ) throws(HistoryError) -> [StateChange] {
        let found = try tables.changes(after: low, through: high, orAfter: last, most: longestWay)
        guard let found else {
            throw HistoryError(
                .unavailable, "more than \(longestWay) changes lie between: take shorter steps")
        }
        return found
    }

    /// Finds how those were whose changes lie on the way, or were recorded meanwhile.
    private func find(_ findings: inout PastFindings) throws(HistoryError) {
        let from = query.place ?? last
        let (low, high) = (min(from, findings.place), max(from, findings.place))
        let known = query.place == nil ? last : query.last
        var firstAfter: [EntityName: StateChange] = [:]
        for change in try changes(after: low, through: high, orAfter: known) {
            guard change.entity.id != StateChange.several else { continue }
            if change.place <= findings.place {
                findings.states[change.entity] = PastState(since: change)
                firstAfter[change.entity] = nil
            } else if findings.states[change.entity] == nil, firstAfter[change.entity] == nil {
                firstAfter[change.entity] = change
            }
        }
        let looksUp = firstAfter.count <= mostLookedUp && !firstAfter.isEmpty
        let latest =
            looksUp ? try tables.latest(Array(firstAfter.keys), through: findings.place) : [:]
        for (name, change) in firstAfter {
            findings.states[name] = latest[name].map { PastState(since: $0) } ?? PastState(until: change)
        }
        findings.omitted = try tables.omitted(after: findings.place)
    }
}
