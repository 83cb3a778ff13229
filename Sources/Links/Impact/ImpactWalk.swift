import Domain

/// Walks from an entity to all that hangs on it.
struct ImpactWalk {
    private let network: Network
    private var graph: Graph
    private var visited: Set<EntityRef> = []
    private var nodes: [Place] = []
    /// The legs of each bond that would go, and under which node it was met first.
    private var bonds: [EntityRef: (parent: Int, legs: Set<EntityRef>)] = [:]
    private var bondOrder: [EntityRef] = []

    /// A node before the tree is in order.
    private struct Place {
        let entity: EntityRef
        let members: [EntityRef]
        let parent: Int?
        let evidence: Evidence?
        var bond: Impact.BondLoss?
    }

    init(_ network: Network) {
        self.network = network
        graph = Graph(network.index, network.held)
    }

    mutating func impact(of asked: EntityRef) -> Impact {
        let start = asked.kind == .alert ? network.alerts.subjects[asked] ?? asked : asked
        visit(start, under: nil, nil)
        var next = 0
        while true {
            while next < nodes.count {
                expand(next)
                next += 1
            }
            // Bonds that have no leg left go as a whole, and with them what hangs on them.
            let before = nodes.count
            for bond in bondOrder where !visited.contains(bond) {
                guard let met = bonds[bond] else { continue }
                let loss = graph.loss(of: bond, without: met.legs)
                if loss.left == 0 { visit(bond, under: met.parent, nil, loss) }
            }
            if nodes.count == before { break }
        }
        for bond in bondOrder where !visited.contains(bond) {
            guard let met = bonds[bond] else { continue }
            visit(bond, under: met.parent, nil, graph.loss(of: bond, without: met.legs))
        }
        return made(asked, start)
    }

    private mutating func visit(
        _ entity: EntityRef, under parent: Int?, _ evidence: Evidence?, _ loss: Impact.BondLoss? = nil
    ) {
        guard !visited.contains(entity) else { return }
        let members = graph.members(of: entity)
        guard visited.isDisjoint(with: members) else { return }
        visited.formUnion(members)
        var loss = loss
        if entity.kind == .bond, loss == nil {
            let legs = graph.loss(of: entity, without: [])
            loss = Impact.BondLoss(left: legs.of == nil ? nil : 0, of: legs.of)
        }
        nodes.append(Place(entity: entity, members: members, parent: parent, evidence: evidence, bond: loss))
    }

    private mutating func expand(_ place: Int) {
        let node = nodes[place]
        for member in node.members {
            for child in graph.hanging(on: member, isStart: place == 0) {
                if member.kind == .leg, child.entity.kind == .bond, child.evidence == nil {
                    meet(child.entity, without: node.members, under: place)
                } else {
                    visit(child.entity, under: place, child.evidence)
                }
            }
        }
    }

    private mutating func meet(_ bond: EntityRef, without legs: [EntityRef], under parent: Int) {
        if bonds[bond] == nil {
            bonds[bond] = (parent, [])
            bondOrder.append(bond)
        }
        bonds[bond]?.legs.formUnion(legs)
    }

    private func made(_ asked: EntityRef, _ start: EntityRef) -> Impact {
        var numbers: [ResourceKind: Int] = [:]
        for node in nodes.dropFirst() {
            // Of one thing that is several kinds the one furthest out is what it is.
            let kind =
                node.members.map(\.kind).max { ($0.level ?? -1) < ($1.level ?? -1) } ?? node.entity.kind
            numbers[kind, default: 0] += 1
        }
        let others = nodes.flatMap { node in node.members.filter { $0 != node.entity } }
        return network.impact(of: asked, start, ordered(), others, numbers)
    }

    /// The nodes in the order of the tree, without the start.
    private func ordered() -> [Impact.Node] {
        var children = [[Int]](repeating: [], count: nodes.count)
        for (place, node) in nodes.enumerated() {
            if let parent = node.parent { children[parent].append(place) }
        }
        var ordered: [Impact.Node] = []
        ordered.reserveCapacity(nodes.count)
        var stack = children[0].reversed().map { (place: $0, depth: 1) }
        while let (place, depth) = stack.popLast() {
            let node = nodes[place]
            ordered.append(
                Impact.Node(entity: node.entity, depth: depth, evidence: node.evidence, bond: node.bond))
            stack += children[place].reversed().map { ($0, depth + 1) }
        }
        return ordered
    }
}
