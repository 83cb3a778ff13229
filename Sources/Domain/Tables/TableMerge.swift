/// What a page of rows says about the rows that it does not hold.
public enum Coverage: Sendable, Hashable {
    /// All there is: rows that are missing are gone.
    case everything
    /// A part: rows that are missing stay until the generation is complete.
    case page
    /// All that one entity owns, by a reference field: its other rows are gone.
    case owned(by: EntityRef, FieldKey)
}

/// Puts pages together to the next table of a resource; runs off the main thread.
///
/// Only a complete generation deletes: until then what was there before stays, so that a page that failed never
/// makes an entity look gone.
public struct Generation: Sendable {
    private var seen: Set<EntityRef> = []
    private var isWhole = true

    /// Starts a generation that has seen nothing.
    public init() {}

    /// The table after a page arrived.
    public mutating func merge(_ page: Table, covering coverage: Coverage, into previous: Table?) -> Table {
        guard coverage != .everything else {
            isWhole = true
            seen = []
            return page.hasDuplicates ? Self.rebuilt(previous: nil, page: page) { _ in false } : page
        }
        isWhole = false
        seen.formUnion(page.refs)
        guard let previous else { return Self.rebuilt(previous: nil, page: page) { _ in false } }
        var owner: (entity: EntityRef, column: Int)?
        if case .owned(let entity, let key) = coverage, let column = previous.resource.index(of: key) {
            owner = (entity, column)
        }
        return Self.rebuilt(previous: previous, page: page) { row in
            guard let owner else { return true }
            if case .ref(let entity, _) = previous.value(row, owner.column) { return entity != owner.entity }
            return true
        }
    }

    /// The table after the last page of a complete generation: what was never seen is gone.
    public func finish(_ table: Table) -> Table {
        guard !isWhole, table.refs.contains(where: { !seen.contains($0) }) else { return table }
        var builder = TableBuilder(table.resource, table.backend, capacity: seen.count)
        for row in 0..<table.count where seen.contains(table.refs[row]) { builder.append(table, row: row) }
        return builder.finish()
    }

    private static func rebuilt(previous: Table?, page: Table, keep: (Int) -> Bool) -> Table {
        var builder = TableBuilder(page.resource, page.backend, capacity: (previous?.count ?? 0) + page.count)
        if let previous {
            for row in 0..<previous.count {
                if let newer = page.row(of: previous.refs[row]) {
                    builder.append(page, row: newer)
                } else if keep(row) {
                    builder.append(previous, row: row)
                }
            }
        }
        for row in 0..<page.count where page.row(of: page.refs[row]) == row {
            if previous?.row(of: page.refs[row]) == nil { builder.append(page, row: row) }
        }
        return builder.finish()
    }
}

extension Table {
    /// Whether an entity has more than one row.
    var hasDuplicates: Bool { refs.indices.contains { row(of: refs[$0]) != $0 } }
}
