internal import Domain

/// How a change is read from the file.
enum ChangeRow {
    /// All columns of changes `c` with their subjects `s`; a condition follows.
    static let select = "SELECT \(columns) FROM change c JOIN subject s ON s.id = c.subject"

    /// The latest changes of some subjects, which are found in the index alone before any is read.
    ///
    /// - Parameters:
    ///   - subjects: a condition on subjects `s`.
    ///   - range: a condition on changes `c`.
    ///   - limit: the parameter that says how many.
    static func select(ofSubjects subjects: String, _ range: String, limit: String) -> String {
        """
        SELECT \(columns) FROM (
            SELECT c.place AS found FROM subject s CROSS JOIN change c ON c.subject = s.id
            WHERE \(subjects) AND \(range) ORDER BY c.seen DESC, c.place DESC LIMIT \(limit)
        ) CROSS JOIN change c ON c.place = found JOIN subject s ON s.id = c.subject
        """
    }

    private static let columns = """
        c.place, s.backend, s.kind, s.entity, s.name, s.device, s.site, c.before, c.after, c.severity,
        c.severity_before, c.said, c.last_seen, c.seen, c.note
        """

    static func change(_ row: borrowing ResultRow) -> StateChange {
        StateChange(
            EntityName(backend: row.text(1), kind: ResourceKind(rawValue: row.text(2)), id: row.text(3)),
            name: row.text(4), device: row.text(5), site: row.text(6), before: row.optionalText(7),
            after: row.text(8), severity: Severity(stored: row.number(9)),
            severityBefore: row.number(10).map { Severity(stored: $0) },
            saidAt: row.number(11).map { Timestamp($0) },
            lastSeenBefore: row.number(12).map { Timestamp($0) },
            seenAt: Timestamp(row.number(13) ?? 0), note: row.text(14), place: row.number(0) ?? 0)
    }
}

extension ResultRow {
    /// A text; nil for none.
    borrowing func optionalText(_ place: Int32) -> String? { number(place) == nil ? nil : text(place) }
}
