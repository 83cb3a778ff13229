extension Table {
    /// The rows that refer to an entity in any of their reference fields, each once, in the table's order.
    public func rows(referringTo entity: EntityRef) -> [Int] {
        let columns = columns.filter { $0.storage == .refs }
        guard let first = columns.first else { return [] }
        return first.packed.indices.filter { row in columns.contains { $0.packed[row] == entity.packed } }
    }
}

extension Table {
    /// The rows that belong to an entity, by the field that says so, in the table's order.
    public func rows(belongingTo owner: EntityRef) -> [Int] {
        guard let place = resource.owner(owner.kind) else { return [] }
        let packed = columns[place].packed
        return packed.indices.filter { packed[$0] == owner.packed }
    }
}

extension ResourceDescriptor {
    /// The place of the field by which its rows belong to entities of a kind: the first that refers to one; nil
    /// where they belong to none.
    public func owner(_ kind: ResourceKind) -> Int? { fields.firstIndex { $0.type == .ref(kind) } }
}
