extension Table {
    /// The rows that refer to an entity in any of their reference fields, each once, in the table's order.
    public func rows(referringTo entity: EntityRef) -> [Int] {
        let columns = columns.filter { $0.storage == .refs }
        guard let first = columns.first else { return [] }
        return first.packed.indices.filter { row in columns.contains { $0.packed[row] == entity.packed } }
    }
}
