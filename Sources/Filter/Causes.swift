public import Domain

/// Which alerts follow from which others that are still open, over the tables of several servers.
public struct Causes {
    /// An alert that is further than this from its origin is not followed any more.
    private static let longest = 32

    private let tables: [Table]
    private let columns: [Int?]

    /// Looks for rows that name a cause.
    ///
    /// Nil where there are none: then nothing has to be looked at row by row.
    public init?(_ tables: [Table]) {
        columns = tables.map { table in
            // What was found over all servers knows what each of them says, too.
            [FieldKey.root, .cause].lazy.compactMap(table.resource.index).first {
                table.columns[$0].storage == .refs
                    && table.columns[$0].packed.contains { $0 != Column.noRef }
            }
        }
        guard columns.contains(where: { $0 != nil }) else { return nil }
        self.tables = tables
    }

    /// The open alert furthest up the chain that a row follows from.
    ///
    /// - Parameter isWanted: which rows count; the chain goes on over others.
    /// - Returns: nil for a row that follows from none, and for one that follows from itself.
    public func origin(of handle: RowHandle, where isWanted: (RowHandle) -> Bool = { _ in true })
        -> RowHandle?
    {
        var found: RowHandle?
        var current = handle
        for _ in 0..<Self.longest {
            guard let next = cause(of: current), isOpen(next) else { return found }
            if next == handle { return nil }
            if isWanted(next) { found = next }
            current = next
        }
        return found
    }

    private func cause(of handle: RowHandle) -> RowHandle? {
        guard let column = columns[handle.table] else { return nil }
        let packed = tables[handle.table].columns[column].packed[handle.row]
        return packed == Column.noRef ? nil : tables.handle(of: EntityRef(packed: packed))
    }

    private func isOpen(_ handle: RowHandle) -> Bool {
        let word = tables[handle.table].text(handle.row, .state)
        return AlertState(rawValue: word)?.isOpen ?? true
    }
}

extension [Table] {
    /// The row of an entity in any of the tables.
    func handle(of entity: EntityRef) -> RowHandle? {
        for (place, table) in enumerated() where table.backend == entity.backend && table.count > 0 {
            guard table.resource.kind == entity.kind || table.refs[0].kind == entity.kind else { continue }
            if let row = table.row(of: entity) { return RowHandle(table: place, row: row) }
        }
        return nil
    }
}
