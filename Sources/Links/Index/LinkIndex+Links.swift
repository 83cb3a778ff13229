public import Domain

extension LinkIndex {
    /// Everything that an entity is linked with: the most certain first, then in the order of backends and kinds.
    ///
    /// Links are symmetric. References within one server are no links: tables have them.
    public func links(of entity: EntityRef) -> [Link] {
        guard canLink else { return [] }
        var finder = LinkFinder(self)
        return links(of: entity, &finder)
    }

    func links(of entity: EntityRef, _ finder: inout LinkFinder) -> [Link] {
        guard canLink else { return [] }
        let found = finder.found(of: entity)
        var links = found.values.map { resolved($0.link, of: entity, among: found, &finder) }
        for port in interfaces(of: entity, &finder)
        where !links.contains(where: { $0.other == port.other && $0.evidence == .exact }) {
            links.removeAll { $0.other == port.other }
            links.append(port)
        }
        if !options.guesses { links.removeAll { $0.evidence == .guess } }
        return links.sorted { Self.precedes($0, $1) }
    }

    private static func precedes(_ a: Link, _ b: Link) -> Bool {
        func rank(_ link: Link) -> Int {
            switch link.evidence {
            case .exact: link.isSameThing ? 0 : 1
            case .rule: 2
            case .guess: 3
            }
        }
        return (rank(a), a.other.packed) < (rank(b), b.other.packed)
    }

    /// Of two that could each be the same thing, neither is known to be.
    private func resolved(
        _ link: Link, of entity: EntityRef, among found: [EntityRef: LinkFinder.Found],
        _ finder: inout LinkFinder
    ) -> Link {
        guard link.isSameThing else { return link }
        let theirs = candidates(found, like: link.other)
        guard theirs == 1 else { return link.demoted }
        return candidates(finder.found(of: link.other), like: entity) == 1 ? link : link.demoted
    }

    private func candidates(_ found: [EntityRef: LinkFinder.Found], like entity: EntityRef) -> Int {
        found.values.count {
            $0.link.isSameThing && $0.link.other.backend == entity.backend
                && Family($0.link.other.kind) == Family(entity.kind)
        }
    }
}

extension Link {
    /// The same as a guess.
    fileprivate var demoted: Link {
        Link(other: other, evidence: .guess, isSameThing: false, reasons: reasons)
    }
}
