import Domain

/// What hangs on what: by the references of each server, and by links that are certain.
struct Graph {
    private let index: LinkIndex
    private let held: Things
    private var finder: LinkFinder
    private var links: [EntityRef: [Link]] = [:]

    init(_ index: LinkIndex, _ held: Things) {
        self.index = index
        self.held = held
        finder = LinkFinder(index)
    }

    /// A step from one entity to another; by its server's reference where there is no evidence.
    struct Step {
        let entity: EntityRef
        let evidence: Evidence?
    }

    /// The entities that are the same thing, the entity itself first.
    mutating func members(of entity: EntityRef) -> [EntityRef] {
        if Things.isHeld(entity.kind) {
            return [entity] + (held.things[entity]?.members.filter { $0 != entity } ?? [])
        }
        guard certain(entity).contains(where: \.isSameThing),
            let thing = Things.thing(Things.component(of: entity, index, &finder))
        else { return [entity] }
        return [entity] + thing.members.filter { $0 != entity }
    }

    /// What hangs on an entity directly.
    ///
    /// - Parameter isStart: whether it is what was asked for: of a customer that is what the customer has.
    mutating func hanging(on entity: EntityRef, isStart: Bool) -> [Step] {
        var steps: [Step] = []
        for contribution in index.contributions where contribution.table.resource.kind != .alert {
            let dependence: Dependence = isStart && entity.kind == .customer ? .ofReferred : .ofRow
            append(contribution, referringTo: entity, dependence, &steps)
        }
        if !(isStart && entity.kind == .customer) { append(ownReferences(entity, .ofReferred), &steps) }
        for link in certain(entity)
        where !link.isSameThing && entity.kind.carries(link.other.kind, link.evidence) {
            steps.append(Step(entity: link.other, evidence: link.evidence))
        }
        return steps
    }

    /// What an entity hangs on directly.
    mutating func bearing(_ entity: EntityRef) -> [Step] {
        var steps: [Step] = []
        append(ownReferences(entity, .ofRow), &steps)
        for contribution in index.contributions where contribution.table.resource.kind != .alert {
            append(contribution, referringTo: entity, .ofReferred, &steps)
        }
        for link in certain(entity)
        where !link.isSameThing && link.other.kind.carries(entity.kind, link.evidence) {
            steps.append(Step(entity: link.other, evidence: link.evidence))
        }
        return steps
    }

    /// What is left of a bond without some of its legs.
    func loss(of bond: EntityRef, without lost: Set<EntityRef>) -> Impact.BondLoss {
        var (all, left) = (0, 0)
        for contribution in index.contributions(of: .leg) {
            for posting in contribution.rows(referringTo: bond) {
                let leg = EntityRef(packed: posting.entity)
                all += 1
                if !lost.contains(leg), index.state(of: leg).map({ Urgency.rank($0) == 5 }) ?? false {
                    left += 1
                }
            }
        }
        let told = index.contribution(of: bond).flatMap { contribution in
            contribution.table.row(of: bond).flatMap { contribution.table.integer($0, .legsTotal) }
        }
        let isKnown = all > 0 && told.map { Int64(all) >= $0 } ?? true
        return Impact.BondLoss(left: isKnown ? left : nil, of: isKnown ? all : nil)
    }

    private mutating func certain(_ entity: EntityRef) -> [Link] {
        guard index.canLink else { return [] }
        if let known = links[entity] { return known }
        let found = index.links(of: entity, &finder).filter(\.evidence.isCertain)
        links[entity] = found
        return found
    }

    private func append(
        _ contribution: Contribution, referringTo entity: EntityRef, _ dependence: Dependence,
        _ steps: inout [Step]
    ) {
        guard contribution.mayRefer(to: entity) else { return }
        let columns = contribution.layout.references.filter { $0.dependence == dependence }
        guard !columns.isEmpty else { return }
        for posting in contribution.rows(referringTo: entity) {
            let row = EntityRef(packed: posting.entity)
            guard let place = contribution.table.row(of: row) else { continue }
            let refers = columns.contains {
                contribution.table.columns[$0.column].packed[place] == entity.packed
            }
            if refers { steps.append(Step(entity: row, evidence: nil)) }
        }
    }

    private func append(_ entities: [EntityRef], _ steps: inout [Step]) {
        steps += entities.map { Step(entity: $0, evidence: nil) }
    }

    private func ownReferences(_ entity: EntityRef, _ dependence: Dependence) -> [EntityRef] {
        guard let contribution = index.contribution(of: entity), let row = contribution.table.row(of: entity)
        else {
            return []
        }
        return contribution.layout.references.compactMap { reference in
            guard reference.dependence == dependence else { return nil }
            let packed = contribution.table.columns[reference.column].packed[row]
            return packed == Column.noRef ? nil : EntityRef(packed: packed)
        }
    }
}
