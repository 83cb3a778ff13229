extension Table {
    /// Whether any row refers to an entity; walks the columns of references, for use off the main thread.
    public func names(_ entity: EntityRef) -> Bool {
        columns.contains { $0.storage == .refs && $0.packed.contains(entity.packed) }
    }
}
