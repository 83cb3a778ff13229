public import Domain
import Filter

/// The marked entities of a pane.
struct Marks: Sendable {
    /// Which they are.
    private(set) var entities: Set<EntityRef> = []
    /// Where a range of marks begins; nil while none is being made.
    private(set) var rangeStart: EntityRef?

    /// Marks an entity, or takes its mark away.
    mutating func toggle(_ entity: EntityRef) {
        if entities.remove(entity) == nil { entities.insert(entity) }
    }

    /// Marks rows.
    mutating func add(_ rows: some Sequence<Int>, of arrangement: Arrangement) {
        entities.formUnion(rows.lazy.map { arrangement.entity($0) })
    }

    /// Takes marks away.
    mutating func remove(_ gone: [EntityRef]) { entities.subtract(gone) }

    /// Keeps the marks of what is in some tables.
    mutating func keep(in tables: [Table]) {
        if !entities.isEmpty { entities = entities.filter { $0.isListed(in: tables) } }
    }

    /// Takes all marks away.
    mutating func clear() { self = Marks() }

    /// Begins a range at an entity, or ends the one that was begun and marks it.
    ///
    /// - Returns: whether a range was marked.
    mutating func range(_ entity: EntityRef, in arrangement: Arrangement) -> Bool {
        guard let start = rangeStart, let from = arrangement.position(of: start),
            let to = arrangement.position(of: entity)
        else {
            rangeStart = entity
            return false
        }
        rangeStart = nil
        add(min(from, to)...max(from, to), of: arrangement)
        return true
    }
}

extension PaneState {
    /// The marked entities.
    public var marks: Set<EntityRef> { marking.entities }
    /// Where a range of marks begins; nil while none is being made.
    public var rangeStart: EntityRef? { marking.rangeStart }
}

extension EntityRef {
    /// Whether it has a row in one of some tables.
    func isListed(in tables: [Table]) -> Bool { tables.contains { $0.row(of: self) != nil } }
}
