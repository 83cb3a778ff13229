internal import Domain
public import History
internal import Team

extension PostgresHistory {
    /// What is in the team's history, of all its servers.
    public func facts() throws(HistoryError) -> HistoryFacts {
        try reading { (session) throws(HistoryError) in
            let row = try session.run(
                """
                SELECT (SELECT count(*) FROM nocturne.history_changes),
                    (SELECT count(*) FROM nocturne.history_current),
                    (SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class AS c
                        WHERE c.relnamespace = 'nocturne'::regnamespace AND c.relkind = 'r'
                            AND c.relname LIKE 'history\\_%'),
                    (SELECT min(began) FROM nocturne.history_sources),
                    (SELECT count(*) FROM nocturne.history_sampled WHERE active),
                    (SELECT value FROM nocturne.history_facts WHERE name = 'sample_bytes'),
                    (SELECT min(at) FROM nocturne.history_readings), (SELECT min(day) FROM nocturne.history_bundles),
                    (SELECT count(*) FROM nocturne.history_sources WHERE began IS NOT NULL)
                """
            ).first
            guard let row else { return HistoryFacts() }
            let measured = [row.optional(6)?.moment, row.optional(7).map { ($0.moment * 86_400).moment }]
                .compactMap(\.self).min()
            let kept = try session.kept()
            return HistoryFacts(
                changes: row.whole(0), entities: row.whole(1), bytes: row.whole(2),
                begins: row.optionalMoment(3), sampled: row.whole(4),
                sampleBytes: row.whole(5), measuredSince: measured.map { Timestamp($0) },
                sources: row.whole(8), days: kept.days, limit: kept.bytes)
        }
    }
}
