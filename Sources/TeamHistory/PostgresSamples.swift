internal import Domain
internal import History
internal import Team

/// The tables of measured values, within one transaction: however many entities, a statement for all of them.
struct PostgresSamples: SampleTables {
    let session: HistorySession

    init(_ session: HistorySession) { self.session = session }

    func sampling(_ list: HistoryList, _ fields: String, step: Int64) throws(HistoryError) -> Int64 {
        guard let place = session.place(of: list) else {
            throw HistoryError(.unavailable, "\(list.backend) has no history in the team's store")
        }
        let own = place + [.text(fields), .whole(step)]
        let known = try session.number(
            """
            SELECT id FROM nocturne.history_samplings
            WHERE source = $1::bigint AND kind = $2 AND fields = $3 AND step = $4::bigint
            """, own)
        if let known { return known }
        let made = try session.number(
            """
            INSERT INTO nocturne.history_samplings (source, kind, fields, step)
            VALUES ($1::bigint, $2, $3, $4::bigint)
            ON CONFLICT (source, kind, fields) DO UPDATE SET step = excluded.step RETURNING id
            """, own)
        return made ?? 0
    }

    func members(_ sampling: Int64) throws(HistoryError) -> [SampleMember] {
        try session.run(
            """
            SELECT number, entity, seen, used FROM nocturne.history_sampled
            WHERE sampling = $1::bigint AND active AND number BETWEEN 0 AND \(TeamSchema.mostNumber) ORDER BY number
            """, [.whole(sampling)]
        ).map { SampleMember(id: $0.whole(0), entity: $0.text(1), seen: $0.seconds(2), used: $0.seconds(3)) }
    }

    func note(_ members: [SampleMember], _ sampling: Int64) throws(HistoryError) {
        try session.run(
            """
            UPDATE nocturne.history_sampled AS s SET seen = n.seen, used = n.used
            FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS n (number, seen, used)
            WHERE s.sampling = $1::bigint AND s.number = n.number
            """,
            [
                .whole(sampling), .wholes(members.map(\.id)), .wholes(members.map(\.seen)),
                .wholes(members.map(\.used)),
            ])
    }

    func leave(_ members: Set<Int64>, _ sampling: Int64) throws(HistoryError) {
        try session.run(
            """
            UPDATE nocturne.history_sampled SET active = false
            WHERE sampling = $1::bigint AND number = ANY($2::bigint[])
            """, [.whole(sampling), .wholes(members.sorted())])
    }

    func begin(
        _ entities: [SampledName], _ sampling: Int64, at moment: Int64
    ) throws(HistoryError) -> [Int64] {
        // Numbers without gaps: what shares a sheet is stored together.
        let rows = try session.run(
            """
            WITH given AS (SELECT * FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY
                    AS n (entity, name, device, row)),
                known AS (SELECT g.row, s.number FROM given AS g JOIN nocturne.history_sampled AS s
                    ON s.sampling = $1::bigint AND s.entity = g.entity),
                numbered AS (SELECT g.*, coalesce(k.number, (SELECT coalesce(max(number), -1) FROM
                        nocturne.history_sampled WHERE sampling = $1::bigint)
                        + row_number() OVER (PARTITION BY k.number IS NULL ORDER BY g.row)) AS number
                    FROM given AS g LEFT JOIN known AS k ON k.row = g.row),
                written AS (INSERT INTO nocturne.history_sampled
                        (sampling, number, entity, name, device, active, seen, used)
                    SELECT $1::bigint, number, entity, name, device, true, $5::bigint, $5::bigint FROM numbered
                    ON CONFLICT (sampling, entity) DO UPDATE SET name = excluded.name, device = excluded.device,
                        active = true, seen = excluded.seen, used = excluded.used)
            SELECT number FROM numbered ORDER BY row
            """,
            [
                .whole(sampling), .texts(entities.map(\.entity)), .texts(entities.map(\.name)),
                .texts(entities.map(\.device)), .whole(moment),
            ])
        return rows.map { $0.whole(0).ordinal }
    }

    func readings(
        _ sampling: Int64, near moment: Int64, within seconds: Int64
    ) throws(HistoryError) -> [StoredReading] {
        try readings(
            """
            SELECT id, at FROM nocturne.history_readings
            WHERE sampling = $1::bigint AND at > $2::bigint AND at < $3::bigint ORDER BY abs(at - $4::bigint)
            """,
            [.whole(sampling), .whole(moment - seconds), .whole(moment + seconds), .whole(moment)])
    }

    /// The readings that a statement finds.
    func readings(
        _ statement: String, _ values: [TeamLink.Value]
    ) throws(HistoryError) -> [StoredReading] {
        try session.run(statement, values).map { StoredReading(id: $0.whole(0), at: $0.seconds(1)) }
    }

    func sheets(_ reading: Int64, _ numbers: [Int64]) throws(HistoryError) -> [Int64: [UInt8]] {
        try table(
            """
            SELECT sheet, codes FROM nocturne.history_sheets
            WHERE reading = $1::bigint AND sheet = ANY($2::bigint[])
            """, [.whole(reading), .wholes(numbers)])
    }

    /// Bytes by a number.
    func table(_ statement: String, _ values: [TeamLink.Value]) throws(HistoryError) -> [Int64: [UInt8]] {
        var found: [Int64: [UInt8]] = [:]
        for row in try session.run(statement, values) { found[row.whole(0)] = row.bytes(1) ?? [] }
        return found
    }

    func addReading(_ sampling: Int64, at moment: Int64) throws(HistoryError) -> Int64 {
        try session.number(
            """
            INSERT INTO nocturne.history_readings (sampling, at) VALUES ($1::bigint, $2::bigint) RETURNING id
            """, [.whole(sampling), .whole(moment)]) ?? 0
    }

    func put(_ sheets: [Int64: [UInt8]], of reading: Int64) throws(HistoryError) {
        let order = sheets.keys.sorted()
        try session.run(
            """
            INSERT INTO nocturne.history_sheets (reading, sheet, codes)
            SELECT $1::bigint, * FROM unnest($2::bigint[], $3::bytea[])
            ON CONFLICT (reading, sheet) DO UPDATE SET codes = excluded.codes
            """, [.whole(reading), .wholes(order), .blobs(order.map { sheets[$0] })])
    }

    func noteBegun(_ list: HistoryList, at moment: Int64) throws(HistoryError) {
        guard let source = session.sources[list.backend] else { return }
        try PostgresChanges(session).begin([source: moment])
    }

    func noteBytes(_ bytes: Int) throws(HistoryError) {
        guard bytes != 0 else { return }
        try session.run(
            "UPDATE nocturne.history_facts SET value = value + $1::bigint WHERE name = 'sample_bytes'",
            [.whole(Int64(bytes))])
    }
}
