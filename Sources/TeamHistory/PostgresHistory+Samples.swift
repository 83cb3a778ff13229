public import Domain
public import History
internal import Team

extension PostgresHistory {
    /// Records what a list has measured, in one transaction; nothing where that was recorded shortly before.
    public func record(_ reading: SampleReading) throws(HistoryError) {
        guard SampleReading.measures(reading.table.resource) else { return }
        if reading.isTaken, try isRecorded(reading) { return }
        try writing(rows: reading.table.count / 4) { (session) throws(HistoryError) in
            guard session.records, session.sources[reading.list.backend] != nil else { return }
            try session.lock(session.lockName(reading.list, "samples"))
            // Whoever was first while this one waited may have recorded it.
            if reading.isTaken, try session.isRecorded(reading) { return }
            try SampleWriting(reading, in: PostgresSamples(session))?.record()
        }
    }

    /// Whether whoever read it has recorded it, with all that somebody looks at here.
    private func isRecorded(_ taken: SampleReading) throws(HistoryError) -> Bool {
        try reading { (session) throws(HistoryError) in try session.isRecorded(taken) }
    }

    /// What was measured of an entity, as far as it is asked for.
    public func recall(_ query: SampleQuery) throws(HistoryError) -> StoredSamples {
        try reading { (session) throws(HistoryError) in
            var found = StoredSamples()
            let list = HistoryList(backend: query.entity.backend, kind: query.entity.kind)
            for sampling in try session.samplings(of: list) {
                if let begins = try session.begins(of: sampling) {
                    found.begins = min(found.begins ?? begins, begins)
                }
                found.interval = Double(sampling.step)
                let row = try session.run(
                    """
                    SELECT number, active FROM nocturne.history_sampled
                    WHERE sampling = $1::bigint AND entity = $2
                    """, [.whole(sampling.id), .text(query.entity.id)]
                ).first
                if row?.flag(1) != true {
                    let active = try session.number(
                        "SELECT count(*) FROM nocturne.history_sampled WHERE sampling = $1::bigint AND active",
                        [.whole(sampling.id)])
                    found.isBounded = (active ?? 0) >= StoredSamples.mostOfList
                }
                guard let row else { continue }
                found.isRecorded = row.flag(1)
                try session.add(sampling, row.whole(0).ordinal, query, to: &found)
            }
            found.sort()
            return found
        }
    }

    /// The last readings of a list before a moment, not thinned.
    public func polls(
        _ list: HistoryList, since: Timestamp, until: Timestamp, most: Int
    ) throws(HistoryError) -> StoredPolls {
        try reading { (session) throws(HistoryError) in
            // What had other fields before is another list.
            guard let sampling = try session.samplings(of: list).last else { return StoredPolls() }
            let members = try PostgresSamples(session).members(sampling.id)
            var polls = StoredPolls(keys: sampling.fields.map { $0?.key ?? "" })
            var entities: [Int64: Int] = [:]
            for (place, member) in members.enumerated() {
                entities[member.id] = place
                polls.places[member.entity] = place
            }
            let rows = try session.run(
                """
                SELECT r.at, s.sheet, s.codes FROM (
                    SELECT id, at FROM nocturne.history_readings
                    WHERE sampling = $1::bigint AND at >= $2::bigint AND at < $3::bigint
                    ORDER BY at DESC LIMIT $4::bigint) AS r
                LEFT JOIN nocturne.history_sheets AS s ON s.reading = r.id ORDER BY r.at, s.sheet
                """,
                [.whole(sampling.id), .whole(since.seconds), .whole(until.seconds), .whole(Int64(most))])
            var sheets: [Int64: [Int64: [UInt8]]] = [:]
            for row in rows { sheets[row.seconds(0), default: [:]][row.whole(1)] = row.bytes(2) ?? [] }
            for (at, own) in sheets.sorted(by: { $0.key < $1.key }) {
                polls.add(own, at: at, fields: sampling.fields.count, entities)
            }
            return polls
        }
    }
}

/// A list whose values are recorded, as it stands in the database.
private struct TeamSampling {
    var id: Int64
    var fields: [SampledField?]
    var step: Int64
}

extension HistorySession {
    /// The lists of a backend and kind, also those that had other fields before.
    fileprivate func samplings(of list: HistoryList) throws(HistoryError) -> [TeamSampling] {
        guard let place = place(of: list) else { return [] }
        return try run(
            """
            SELECT id, fields, step FROM nocturne.history_samplings
            WHERE source = $1::bigint AND kind = $2 ORDER BY id
            """, place
        ).map {
            TeamSampling(id: $0.whole(0), fields: SampledField.all($0.text(1)), step: max(1, $0.seconds(2)))
        }
    }

    /// When the oldest value that is kept was measured.
    fileprivate func begins(of sampling: TeamSampling) throws(HistoryError) -> Timestamp? {
        let id = TeamLink.Value.whole(sampling.id)
        let reading = try seconds(
            "SELECT min(at) FROM nocturne.history_readings WHERE sampling = $1::bigint", [id])
        let first = try PostgresSamples(self).bundles("sampling = $1::bigint ORDER BY day LIMIT 1", [id])
            .first
        let oldest = [reading, first?.places.first?.at].compactMap(\.self).min()
        return oldest.map { Timestamp($0) }
    }

    /// Whether a reading that was taken from another process is recorded, with all that somebody looks at here.
    fileprivate func isRecorded(_ reading: SampleReading) throws(HistoryError) -> Bool {
        guard let sampling = try samplings(of: reading.list).last else { return false }
        // As `SampleWriting` says when two readings are one.
        let near = try PostgresSamples(self).readings(
            sampling.id, near: reading.at.seconds, within: max(1, reading.interval / 10) + 1)
        guard !near.isEmpty else { return false }
        let table = reading.table
        let wanted = reading.wanted.filter {
            table.row(of: EntityRef(table.backend, table.resource.kind, id: $0)) != nil
        }
        guard !wanted.isEmpty else { return true }
        let count = try number(
            """
            SELECT count(*) FROM nocturne.history_sampled
            WHERE sampling = $1::bigint AND active AND entity = ANY($2::text[])
            """, [.whole(sampling.id), .texts(wanted.sorted())])
        return count == Int64(wanted.count)
    }

    /// Adds the values of an entity.
    fileprivate func add(
        _ sampling: TeamSampling, _ number: Int64, _ query: SampleQuery, to found: inout StoredSamples
    ) throws(HistoryError) {
        let (sheet, member) = (number / SampleSheet.length, number % SampleSheet.length)
        let (since, until) = (query.since.seconds, query.until.seconds)
        let bundles = try PostgresSamples(self).bundles(
            "sampling = $1::bigint AND sheet = $2::bigint AND day >= $3::bigint AND day <= $4::bigint ORDER BY day",
            [.whole(sampling.id), .whole(sheet), .whole(since / 86_400), .whole(until / 86_400)])
        var blocks: [Int64: [Int64: [UInt8]]] = [:]
        for row in try run(
            """
            SELECT field, bundle, codes FROM nocturne.history_blocks
            WHERE bundle = ANY($1::bigint[]) AND member = $2::bigint
            """, [.wholes(bundles.map(\.id)), .whole(member)])
        {
            blocks[row.whole(0), default: [:]][row.whole(1)] = row.bytes(2) ?? []
        }
        for (place, field) in sampling.fields.enumerated() {
            for bundle in bundles {
                guard let codes = blocks[Int64(place)]?[bundle.id] else { continue }
                found.take(codes, of: bundle, field, query)
            }
        }
        let width = Int64(2 * sampling.fields.count)
        for row in try run(
            """
            SELECT r.at, substring(s.codes FROM $1::integer FOR $2::integer) FROM nocturne.history_readings AS r
            JOIN nocturne.history_sheets AS s ON s.reading = r.id AND s.sheet = $3::bigint
            WHERE r.sampling = $4::bigint AND r.at >= $5::bigint AND r.at <= $6::bigint ORDER BY r.at
            """,
            [
                .whole(member * width + 1), .whole(width), .whole(sheet), .whole(sampling.id),
                .whole(since), .whole(until),
            ])
        {
            found.take(row.bytes(1) ?? [], at: row.seconds(0), sampling.fields, query)
        }
    }
}
