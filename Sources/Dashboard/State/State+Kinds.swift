public import Domain

extension State {
    /// The kinds whose freshness matters for what is on the screen: alerts are counted in every header.
    public var kindsInUse: Set<ResourceKind> {
        backends.reduce(into: kindsInFront) { $0.formUnion($1.kinds(of: .alerts)) }
    }

    /// The kinds of what is on the screen: the pane's, and the opened entities'; of a screen, what is counted too.
    var kindsInFront: Set<ResourceKind> {
        if let screen { return countedKinds.union(screen.rows?.pane.kinds ?? []) }
        var kinds = place.pane == .overview ? countedKinds : panes[upperIndex].pane.kinds
        if let pinned { kinds.formUnion(pinned.pane.kinds) }
        // An entity of what is read on demand was opened from somewhere else: its list is not needed for it.
        return kinds.union(
            details.map(\.entity).filter { entity in
                backend(entity.backend)?.resource(entity.kind).map(isWanted) ?? true
            }.map(\.kind))
    }

    /// The kinds that numbers are counted of.
    private var countedKinds: Set<ResourceKind> {
        Set(backends.flatMap { $0.resources.filter { $0.feedsCounts || $0.tally != nil }.map(\.kind) })
    }
}
