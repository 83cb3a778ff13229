/// Finds the row of an entity: open addressing over the packed identities, a few bytes per row.
struct RowIndex: Sendable {
    private let slots: [UInt32]
    private let mask: UInt64
    /// Whether an entity has more than one row.
    let hasDuplicates: Bool

    /// The first of several rows of one entity is found.
    init(_ refs: [EntityRef]) {
        var capacity = 8
        while capacity < refs.count * 2 { capacity *= 2 }
        let mask = UInt64(capacity - 1)
        var slots = [UInt32](repeating: 0, count: capacity)
        var hasDuplicates = false
        for (row, entity) in refs.enumerated() {
            var slot = Self.hash(entity) & mask
            while slots[Int(slot)] != 0, refs[Int(slots[Int(slot)]) - 1] != entity {
                slot = (slot + 1) & mask
            }
            if slots[Int(slot)] == 0 {
                slots[Int(slot)] = UInt32(row) + 1
            } else {
                hasDuplicates = true
            }
        }
        self.hasDuplicates = hasDuplicates
        self.slots = slots
        self.mask = mask
    }

    func row(of entity: EntityRef, in refs: [EntityRef]) -> Int? {
        var slot = Self.hash(entity) & mask
        while slots[Int(slot)] != 0 {
            let row = Int(slots[Int(slot)]) - 1
            if refs[row] == entity { return row }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// The high bits of the product depend on all of the identity.
    @inline(__always)
    private static func hash(_ entity: EntityRef) -> UInt64 {
        (entity.packed &* 0x9E37_79B9_7F4A_7C15) >> 32
    }
}
