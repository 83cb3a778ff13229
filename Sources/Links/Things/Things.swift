import Domain

/// Which entities of several servers are one thing.
///
/// Holds those of equipment and customers, which panes show as one row; of ports and the like it is found on demand.
struct Things: Sendable {
    /// A thing of more members than this would be a fault of ours.
    private static let most = 16
    /// The thing of each entity that has one.
    private(set) var things: [EntityRef: Thing] = [:]

    static let none = Things()

    private init() {}

    init(_ index: LinkIndex) {
        guard index.canLink else { return }
        var finder = LinkFinder(index)
        find(among: Self.candidates(index), index, &finder)
    }

    /// The things after an update; only what shares a key that changed is looked at again.
    func updated(_ index: LinkIndex, _ delta: IndexDelta) -> Things {
        guard index.canLink else { return .none }
        if delta.keys.isEmpty, delta.entities.allSatisfy({ things[EntityRef(packed: $0)] == nil }) {
            return self
        }
        var finder = LinkFinder(index)
        var touched = Set(delta.entities.lazy.map { EntityRef(packed: $0) }.filter(Self.isHeld))
        for contribution in index.contributions where Self.isHeld(contribution.table.resource.kind) {
            for key in delta.keys {
                for posting in contribution.keys.entities(of: key) {
                    touched.insert(EntityRef(packed: posting.entity))
                }
            }
        }
        // Whether two are the same may hang on a third that either could be as well.
        for entity in touched {
            touched.formUnion(finder.found(of: entity).keys.lazy.filter(Self.isHeld))
        }
        for entity in touched { touched.formUnion(things[entity]?.members ?? []) }
        var next = self
        for entity in touched { next.things[entity] = nil }
        next.find(among: touched, index, &finder)
        return next
    }

    private mutating func find(
        among entities: some Sequence<EntityRef>, _ index: LinkIndex, _ finder: inout LinkFinder
    ) {
        var seen: Set<EntityRef> = []
        for entity in entities where !seen.contains(entity) {
            let members = Self.component(of: entity, index, &finder)
            seen.formUnion(members)
            guard let thing = Self.thing(members) else { continue }
            for member in members { things[member] = thing }
        }
    }

    /// All that exact links join, one after another.
    static func component(of entity: EntityRef, _ index: LinkIndex, _ finder: inout LinkFinder) -> [EntityRef]
    {
        var members = [entity]
        var next = 0
        while next < members.count, members.count <= most {
            for link in index.links(of: members[next], &finder)
            where link.isSameThing && !members.contains(link.other) {
                members.append(link.other)
            }
            next += 1
        }
        return members
    }

    /// The thing of some entities; nil where one server would see two of them in it, so that some link is wrong.
    static func thing(_ members: [EntityRef]) -> Thing? {
        guard members.count > 1, members.count <= most,
            Set(members.map(\.backend)).count == members.count
        else { return nil }
        return Thing(members)
    }

    private static func isHeld(_ entity: EntityRef) -> Bool { isHeld(entity.kind) }

    static func isHeld(_ kind: ResourceKind) -> Bool {
        Family(kind) == .equipment || kind == .customer
    }

    /// The entities that share a key with one of another server.
    private static func candidates(_ index: LinkIndex) -> Set<EntityRef> {
        let held = index.contributions.filter { isHeld($0.table.resource.kind) && !$0.keys.entries.isEmpty }
        var found: Set<EntityRef> = []
        for (place, one) in held.enumerated() {
            for other in held[(place + 1)...] {
                guard one.table.backend != other.table.backend,
                    Family(one.table.resource.kind) == Family(other.table.resource.kind)
                else { continue }
                let (small, large) =
                    one.keys.entries.count < other.keys.entries.count ? (one, other) : (other, one)
                for posting in small.keys.entries where !large.keys.entities(of: posting.key).isEmpty {
                    found.insert(EntityRef(packed: posting.entity))
                }
            }
        }
        return found
    }
}
