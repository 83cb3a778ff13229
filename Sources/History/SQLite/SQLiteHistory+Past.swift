public import Domain

/// More changes than this lie on no way: it would take seconds.
private let longestWay = 200_000
/// Of so many entities it is looked up since when they were as they were.
private let mostLookedUp = 2_000

extension SQLiteHistory {
    /// What was recorded of the way to another moment; nil where nothing was recorded at all.
    ///
    /// The past is what was seen by then: a change counts from the reading that saw it, whenever it happened.
    public func travel(_ query: PastQuery) throws(HistoryError) -> PastFindings? {
        try reading { (database) throws(HistoryError) in
            guard let last = try database.number("SELECT max(place) FROM change") else { return nil }
            return try Way(database: database, query: query, last: last).findings()
        }
    }
}

/// The way from one moment to another in an open file.
private struct Way {
    let database: Database
    let query: PastQuery
    /// The place of the last change of all.
    let last: Int64

    /// Where a way ends.
    private struct Target {
        var place: Int64
        var time: Timestamp
        /// The first change of the reading that it is of; nil between two.
        var first: Int64?
        var isNow = false
    }

    func findings() throws(HistoryError) -> PastFindings {
        let target = try target()
        var findings = PastFindings(place: target.place, time: target.time, last: last)
        findings.isNow = target.isNow
        findings.begins = try SQLiteHistory.moment("began", in: database)
        findings.isOldest =
            try database.number(
                "SELECT place FROM change WHERE place <= ?1 LIMIT 1", [.integer(target.place)])
            == nil
        if let first = target.first {
            findings.changes = try changes("c.place >= ?1 AND c.place <= ?2", first, target.place)
        }
        let times = try ReadTimes(database: database).around(target.time)
        (findings.read, findings.unread) = (times.read, times.unread)
        try find(&findings)
        if query.place == nil {
            findings.now = try LastRowsReading(database: database).rows(of: query.lists).mapValues(\.states)
        }
        return findings
    }

    // MARK: Where to

    private func target() throws(HistoryError) -> Target {
        switch query.step {
        case .moment(let time):
            let place = try database.number(
                "SELECT place FROM change WHERE seen <= ?1 ORDER BY seen DESC, place DESC LIMIT 1",
                [.integer(time.seconds)])
            if let place { return try Target(place: place, time: time, first: first(at: place, time)) }
            let oldest = try database.number("SELECT min(place) FROM change") ?? 1
            let begins = try SQLiteHistory.moment("began", in: database) ?? time
            return Target(place: oldest - 1, time: max(time, begins))
        case .earlier:
            guard let place = query.place else { return try reading(endingAt: last) }
            // From between two readings the one before is the next.
            let seen = try seen(place)
            if let time = query.time, seen > 0, seen < time.seconds { return try reading(endingAt: place) }
            return try earlier(than: place)
        case .later:
            let place = query.place ?? last
            guard
                let next = try database.number(
                    "SELECT min(place) FROM change WHERE place > ?1", [.integer(place)])
            else { return Target(place: last, time: now, isNow: true) }
            let seen = try seen(next)
            let behind = try database.number(
                "SELECT place FROM change WHERE place > ?1 AND seen <> ?2 ORDER BY place LIMIT 1",
                [.integer(next), .integer(seen)])
            let end = try database.number(
                "SELECT max(place) FROM change WHERE place < ?1", [.integer(behind ?? .max)])
            return Target(place: end ?? last, time: Timestamp(seen), first: next)
        }
    }

    /// Where nothing later was recorded nobody asks for the time.
    private var now: Timestamp { Timestamp(.max) }

    private func earlier(than place: Int64) throws(HistoryError) -> Target {
        let seen = try database.number("SELECT seen FROM change WHERE place = ?1", [.integer(place)])
        let before = try database.number(
            "SELECT place FROM change WHERE place < ?1 AND seen IS NOT ?2 ORDER BY place DESC LIMIT 1",
            [.integer(place), .number(seen)])
        if let before { return try reading(endingAt: before) }
        // Before the first change everything was as that one found it.
        let oldest = try database.number("SELECT min(place) FROM change") ?? 1
        let first = Timestamp(try self.seen(oldest))
        return Target(place: oldest - 1, time: try SQLiteHistory.moment("began", in: database) ?? first)
    }

    /// The reading whose last change has a place.
    private func reading(endingAt place: Int64) throws(HistoryError) -> Target {
        let time = Timestamp(try seen(place))
        return try Target(place: place, time: time, first: first(at: place, time))
    }

    /// The first change of the reading that ends at a place; nil where that is not of the moment.
    private func first(at place: Int64, _ time: Timestamp) throws(HistoryError) -> Int64? {
        guard try seen(place) == time.seconds else { return nil }
        let before = try database.number(
            "SELECT place FROM change WHERE place < ?1 AND seen <> ?2 ORDER BY place DESC LIMIT 1",
            [.integer(place), .integer(time.seconds)])
        return try database.number("SELECT min(place) FROM change WHERE place > ?1", [.integer(before ?? 0)])
    }

    private func seen(_ place: Int64) throws(HistoryError) -> Int64 {
        try database.number("SELECT seen FROM change WHERE place = ?1", [.integer(place)]) ?? 0
    }

    // MARK: What was

    /// Finds how those were whose changes lie on the way, or were recorded meanwhile.
    private func find(_ findings: inout PastFindings) throws(HistoryError) {
        let from = query.place ?? last
        let (low, high) = (min(from, findings.place), max(from, findings.place))
        let known = query.place == nil ? last : query.last
        let condition = "c.place > ?1 AND c.place <= ?2 OR c.place > ?3"
        let count = try database.number(
            "SELECT count(*) FROM (SELECT 1 FROM change c WHERE \(condition) LIMIT ?4)",
            [.integer(low), .integer(high), .integer(known), .integer(Int64(longestWay) + 1)])
        guard (count ?? 0) <= longestWay else {
            throw HistoryError(
                .unavailable, "more than \(longestWay) changes lie between: take shorter steps")
        }
        var firstAfter: [EntityName: StateChange] = [:]
        for change in try changes(condition, low, high, known) {
            guard change.entity.id != StateChange.several else {
                continue
            }
            if change.place <= findings.place {
                findings.states[change.entity] = PastState(since: change)
                firstAfter[change.entity] = nil
            } else if findings.states[change.entity] == nil, firstAfter[change.entity] == nil {
                firstAfter[change.entity] = change
            }
        }
        let looksUp = firstAfter.count <= mostLookedUp
        for (name, change) in firstAfter {
            let before = looksUp ? try latest(name, until: findings.place) : nil
            findings.states[name] = before.map { PastState(since: $0) } ?? PastState(until: change)
        }
        try database.each(
            """
            SELECT DISTINCT s.backend, s.kind FROM subject s CROSS JOIN change c ON c.subject = s.id
            WHERE s.entity = ?1 AND c.place > ?2
            """, [.text(StateChange.several), .integer(findings.place)]
        ) { row in
            findings.omitted.insert(
                HistoryList(backend: row.text(0), kind: ResourceKind(rawValue: row.text(1))))
            return true
        }
    }

    private func latest(_ name: EntityName, until place: Int64) throws(HistoryError) -> StateChange? {
        var found: StateChange?
        try database.each(
            ChangeRow.select + """
                 WHERE s.backend = ?1 AND s.kind = ?2 AND s.entity = ?3 AND c.place <= ?4
                ORDER BY c.place DESC LIMIT 1
                """,
            [.text(name.backend), .text(name.kind.rawValue), .text(name.id), .integer(place)]
        ) { row in
            found = ChangeRow.change(row)
            return false
        }
        return found
    }

    private func changes(_ condition: String, _ values: Int64...) throws(HistoryError) -> [StateChange] {
        var changes: [StateChange] = []
        try database.each(
            "\(ChangeRow.select) WHERE \(condition) ORDER BY c.place", values.map { .integer($0) }
        ) { row in
            changes.append(ChangeRow.change(row))
            return true
        }
        return changes
    }
}
