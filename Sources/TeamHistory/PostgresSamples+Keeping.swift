internal import History
internal import Team

/// Thinning and removing what was measured.
extension PostgresSamples {
    /// All of a step is one transaction already.
    func transaction<Result>(_ work: () throws(HistoryError) -> Result) throws(HistoryError) -> Result {
        try work()
    }

    func oldestReading() throws(HistoryError) -> Int64? {
        try session.seconds("SELECT min(at) FROM nocturne.history_readings")
    }

    func sampling(ofReadingAt moment: Int64) throws(HistoryError) -> Int64? {
        // As it is there: a bounded one would be another.
        try session.run(
            "SELECT sampling FROM nocturne.history_readings WHERE at = $1::bigint ORDER BY id LIMIT 1",
            [.whole(moment)]
        ).first?.whole(0)
    }

    func readings(_ sampling: Int64, _ time: Range<Int64>) throws(HistoryError) -> [StoredReading] {
        try readings(
            """
            SELECT id, at FROM nocturne.history_readings
            WHERE sampling = $1::bigint AND at >= $2::bigint AND at < $3::bigint ORDER BY at
            """, [.whole(sampling), .whole(time.lowerBound), .whole(time.upperBound)])
    }

    func firstSheet(_ reading: Int64) throws(HistoryError) -> Int64? {
        try session.run(
            "SELECT sheet FROM nocturne.history_sheets WHERE reading = $1::bigint ORDER BY sheet LIMIT 1",
            [.whole(reading)]
        ).first?.whole(0)
    }

    func takeSheets(_ readings: [Int64], _ sheet: Int64) throws(HistoryError) -> [Int64: [UInt8]] {
        try table(
            """
            DELETE FROM nocturne.history_sheets WHERE reading = ANY($1::bigint[]) AND sheet = $2::bigint
            RETURNING reading, codes
            """, [.wholes(readings), .whole(sheet)])
    }

    func removeEmpty(_ reading: Int64) throws(HistoryError) {
        try session.run("DELETE FROM nocturne.history_readings WHERE id = $1::bigint", [.whole(reading)])
    }

    func removeReadings(_ which: WhichReadings) throws(HistoryError) -> (count: Int, bytes: Int) {
        let (condition, values): (String, [TeamLink.Value]) =
            switch which {
            case .of(let sampling): ("sampling = $1::bigint", [.whole(sampling)])
            case .before(let moment, let most):
                ("at < $1::bigint ORDER BY at LIMIT $2::bigint", [.whole(moment), .whole(Int64(most))])
            }
        let row = try session.run(
            """
            WITH old AS (SELECT id FROM nocturne.history_readings WHERE \(condition)),
                sheets AS (DELETE FROM nocturne.history_sheets WHERE reading IN (SELECT id FROM old)
                    RETURNING octet_length(codes) AS bytes),
                readings AS (DELETE FROM nocturne.history_readings WHERE id IN (SELECT id FROM old) RETURNING 1)
            SELECT (SELECT count(*) FROM readings), (SELECT coalesce(sum(bytes), 0)::bigint FROM sheets)
            """, values
        ).first
        return (Int(row?.whole(0) ?? 0), Int(row?.whole(1) ?? 0))
    }

    func fields(_ sampling: Int64) throws(HistoryError) -> [SampledField?] {
        let row = try session.run(
            "SELECT fields FROM nocturne.history_samplings WHERE id = $1::bigint", [.whole(sampling)]
        ).first
        return row.map { SampledField.all($0.text(0)) } ?? []
    }

    func bundle(_ sampling: Int64, _ sheet: Int64, day: Int64) throws(HistoryError) -> SampleBundle? {
        try bundles(
            "sampling = $1::bigint AND sheet = $2::bigint AND day = $3::bigint",
            [.whole(sampling), .whole(sheet), .whole(day)]
        ).first
    }

    func oldestBundle(before day: Int64, step: Int64) throws(HistoryError) -> SampleBundle? {
        try bundles(
            "day < $1::bigint AND step < $2::bigint ORDER BY day, id LIMIT 1", [.whole(day), .whole(step)]
        ).first
    }

    /// The bundles that meet a condition.
    func bundles(_ condition: String, _ values: [TeamLink.Value]) throws(HistoryError) -> [SampleBundle] {
        try session.run(
            "SELECT id, sampling, sheet, day, step, times FROM nocturne.history_bundles WHERE \(condition)",
            values
        ).map { row in
            SampleBundle(
                id: row.whole(0), sampling: row.whole(1), sheet: row.whole(2), day: row.whole(3),
                step: row.whole(4), times: row.bytes(5) ?? [])
        }
    }

    func blocks(_ bundle: SampleBundle) throws(HistoryError) -> [SampleBlock] {
        try session.run(
            "SELECT member, field, codes FROM nocturne.history_blocks WHERE bundle = $1::bigint",
            [.whole(bundle.id)]
        ).map { SampleBlock(member: $0.whole(0), field: Int($0.seconds(1)), codes: $0.bytes(2) ?? []) }
    }

    func add(_ bundle: SampleBundle, _ blocks: [SampleBlock]) throws(HistoryError) {
        let id = try session.number(
            """
            INSERT INTO nocturne.history_bundles (sampling, sheet, day, step, times)
            VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::bytea) RETURNING id
            """,
            [
                .whole(bundle.sampling), .whole(bundle.sheet), .whole(bundle.day), .whole(bundle.step),
                .bytes(bundle.times),
            ])
        try session.run(
            """
            INSERT INTO nocturne.history_blocks (bundle, member, field, codes)
            SELECT $1::bigint, * FROM unnest($2::bigint[], $3::bigint[], $4::bytea[])
            """,
            [
                .whole(id ?? 0), .wholes(blocks.map(\.member)), .wholes(blocks.map { Int64($0.field) }),
                .blobs(blocks.map(\.codes)),
            ])
    }

    func remove(_ bundle: SampleBundle) throws(HistoryError) -> Int {
        let bytes = try session.number(
            """
            WITH gone AS (DELETE FROM nocturne.history_blocks WHERE bundle = $1::bigint
                RETURNING octet_length(codes) AS bytes)
            SELECT coalesce(sum(bytes), 0)::bigint FROM gone
            """, [.whole(bundle.id)])
        try session.run("DELETE FROM nocturne.history_bundles WHERE id = $1::bigint", [.whole(bundle.id)])
        return Int(bytes ?? 0) + 4 * bundle.places.count
    }

    func forget(before moment: Int64) throws(HistoryError) {
        try session.run(
            "DELETE FROM nocturne.history_sampled WHERE seen < $1::bigint", [.whole(moment)])
        try session.run(
            """
            DELETE FROM nocturne.history_samplings AS l
            WHERE NOT EXISTS (SELECT FROM nocturne.history_sampled WHERE sampling = l.id)
                AND NOT EXISTS (SELECT FROM nocturne.history_bundles WHERE sampling = l.id)
                AND NOT EXISTS (SELECT FROM nocturne.history_readings WHERE sampling = l.id)
            """)
    }

    func bytes() throws(HistoryError) -> Int64 {
        try session.number("SELECT value FROM nocturne.history_facts WHERE name = 'sample_bytes'") ?? 0
    }
}
