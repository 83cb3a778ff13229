import Domain

extension BackendState {
    /// The rows that an earlier moment follows from; of a list of which nothing arrived yet there are none.
    var pastTables: [Table] {
        resources.compactMap { resource in
            tables[resource.kind] ?? (RecordedFields(resource) == nil ? nil : .empty(resource, id))
        }
    }

    /// Has rows of an earlier moment in place of its own.
    ///
    /// - Parameters:
    ///   - rows: the tables, and how much of them is known.
    ///   - isLost: whether it did not answer then.
    mutating func setPast(
        _ rows: [ResourceKind: (table: Table, completeness: Completeness)], isLost: Bool, now: Instant
    ) {
        var health: [ResourceKind: ResourceHealth] = [:]
        for resource in resources {
            var known = ResourceHealth(dueAt: now)
            if let rows = rows[resource.kind] {
                known.arrivedAt = now
                known.completeness =
                    isLost ? rows.completeness.and(.partial("did not answer then")) : rows.completeness
                if isLost { known.error = BackendError(.unreachable, "did not answer then") }
            } else {
                known.failures = 1
                known.error = BackendError(.missing, "what it was is not recorded")
            }
            health[resource.kind] = known
        }
        replace(tables: rows.mapValues(\.table), health: health)
    }
}
