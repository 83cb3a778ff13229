extension Table {
    /// The rows that refer to an entity in any of their reference fields.
    public func rows(referringTo entity: EntityRef) -> [Int] {
        var rows: [Int] = []
        for column in columns where column.storage == .refs {
            for row in column.packed.indices where column.packed[row] == entity.packed { rows.append(row) }
        }
        return rows
    }
}
