public import Domain
public import History
internal import Team

extension PostgresHistory: HistoryArchive {
    /// What command lines call it.
    public var place: String { "the team's history" }

    /// Changes in the order in which they were recorded, some at a time, those behind a place.
    public func changes(
        after place: Int64, since: Timestamp, most: Int
    ) throws(HistoryError) -> [StateChange] {
        try reading { (session) throws(HistoryError) in
            try session.run(
                """
                \(ChangeColumns.select) WHERE c.source = ANY($1::bigint[]) AND c.place > $2::bigint
                    AND c.seen >= $3::bigint ORDER BY c.place LIMIT $4::bigint
                """, [session.all, .whole(place), .whole(since.seconds), .whole(Int64(most))]
            ).compactMap { ChangeColumns.change($0, session) }
        }
    }

    /// The names of an entity that was recorded, on whichever backend.
    public func entities(kind: ResourceKind, id: String) throws(HistoryError) -> [EntityName] {
        try reading { (session) throws(HistoryError) in
            // Of a server itself each screen knows the name.
            if kind == .itself {
                return session.sources[id] == nil ? [] : [EntityName(backend: id, kind: kind, id: id)]
            }
            return try session.run(
                """
                SELECT DISTINCT source, kind, entity FROM (
                    SELECT source, kind, entity FROM nocturne.history_changes
                    WHERE source = ANY($1::bigint[]) AND kind = $2 AND entity = $3
                    UNION SELECT source, kind, entity FROM nocturne.history_current
                    WHERE source = ANY($1::bigint[]) AND kind = $2 AND entity = $3) AS found
                """, [session.all, .text(kind.rawValue), .text(id)]
            ).compactMap { ChangeColumns.name($0, 0, session) }.sorted { $0.backend < $1.backend }
        }
    }

    /// The entities whose values are recorded, by kind and id, or by the name of one or of its device; all without any.
    public func sampled(
        kind: ResourceKind?, id: String?, name: String?
    ) throws(HistoryError) -> [SampledEntity] {
        try reading { (session) throws(HistoryError) in
            let asked = [kind?.rawValue, id, name]
            return try session.run(
                """
                SELECT source, kind, entity, name, device FROM (
                    SELECT DISTINCT ON (l.source, l.kind, s.entity) l.source, l.kind, s.entity, s.name, s.device,
                        s.sampling, s.number
                    FROM nocturne.history_sampled AS s JOIN nocturne.history_samplings AS l ON l.id = s.sampling
                    WHERE l.source = ANY($1::bigint[]) AND (($2::text[])[1] IS NULL OR l.kind = ($2::text[])[1])
                        AND (($2::text[])[2] IS NULL OR s.entity = ($2::text[])[2])
                        AND (($2::text[])[3] IS NULL OR s.name = ($2::text[])[3] OR s.device = ($2::text[])[3])
                    ORDER BY l.source, l.kind, s.entity, s.sampling DESC) AS found
                ORDER BY kind, device, sampling, number
                """, [session.all, .texts(asked)]
            ).compactMap { row in
                ChangeColumns.name(row, 0, session).map {
                    SampledEntity(entity: $0, name: row.clean(3), device: row.clean(4))
                }
            }.sorted { $0.entity.backend < $1.entity.backend }
        }
    }
}
