internal import Domain
internal import History
internal import Team

/// How a change is read from the database, and what of it is stored.
enum ChangeColumns {
    /// All columns of changes `c`; a condition follows.
    static let select = """
        SELECT c.place, c.source, c.kind, c.entity, c.name, c.device, c.site, c.before, c.after, c.severity,
            c.severity_before, c.said, c.last_seen, c.seen, c.note
        FROM nocturne.history_changes AS c
        """

    /// Nil for one of a server that this screen does not read.
    static func change(_ row: Row, _ session: HistorySession) -> StateChange? {
        guard let entity = name(row, 1, session) else { return nil }
        return StateChange(
            entity, name: Self.text(row, 4, of: entity), device: row.clean(5), site: row.clean(6),
            before: row.isNull(7) ? nil : row.clean(7), after: row.clean(8),
            severity: Severity(stored: row.whole(9)),
            severityBefore: row.optional(10).map { Severity(stored: $0) },
            saidAt: row.optionalMoment(11),
            lastSeenBefore: row.optionalMoment(12), seenAt: row.moment(13),
            note: row.clean(14), place: row.whole(0).bounded)
    }

    /// The entity of a row by three columns: source, kind and the server's own id.
    static func name(_ row: Row, _ column: Int, _ session: HistorySession) -> EntityName? {
        guard let backend = session.backends[row.whole(column)] else { return nil }
        let kind = ResourceKind(rawValue: row.clean(column + 1))
        return EntityName(
            backend: backend, kind: kind, id: kind == .itself ? backend : row.clean(column + 2))
    }

    /// What an entity is called: a server of itself as this screen calls it.
    private static func text(_ row: Row, _ column: Int, of entity: EntityName) -> String {
        entity.kind == .itself ? entity.backend : row.clean(column)
    }

    /// The most bytes of an id, of a name and of a note: what is longer does not fit an index, or is no name.
    private static let (longestID, longestName, longestNote) = (400, 400, 4_000)

    /// The id of an entity as it is stored; nil for one that is too long to be one.
    static func id(_ id: String, _ kind: ResourceKind) -> String? {
        kind == .itself ? "" : id.utf8.count <= longestID ? id : nil
    }

    /// A name as it is stored.
    static func name(_ name: String) -> String { cut(name, longestName) }
    /// The name of an entity as it is stored.
    static func name(_ name: String, _ kind: ResourceKind) -> String {
        kind == .itself ? "" : Self.name(name)
    }
    /// A note as it is stored.
    static func note(_ note: String) -> String { cut(note, longestNote) }

    private static func cut(_ text: String, _ most: Int) -> String {
        guard text.utf8.count > most else { return text }
        return String(decoding: text.utf8.prefix(most), as: UTF8.self)
    }
}

extension ResourceKind {
    /// A server itself: whether it was lost.
    ///
    /// It has no id but what each screen calls it.
    static let itself: ResourceKind = "backend"
}

extension Row {
    /// A text that anybody may have written into the database.
    func clean(_ column: Int) -> String { Cleaning.clean(text(column)) }
}
