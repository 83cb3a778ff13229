import Domain

extension Network {
    /// An impact as alerts and freshnesses have it now; of a network in which the same hangs on the same.
    func renewed(_ impact: Impact, for asked: EntityRef) -> Impact {
        let numbers = impact.counts.compactMapValues { $0.least == 0 ? nil : $0.least }
            .filter { $0.key != .alert }
        return self.impact(of: asked, impact.start, impact.nodes, impact.others, numbers)
    }

    /// Counts what was found to hang on an entity, and the alerts about it.
    func impact(
        of asked: EntityRef, _ start: EntityRef, _ nodes: [Impact.Node], _ others: [EntityRef],
        _ numbers: [ResourceKind: Int]
    ) -> Impact {
        var about: [EntityRef] = alerts.bySubject[start] ?? []
        for node in nodes { about += alerts.bySubject[node.entity] ?? [] }
        for other in others { about += alerts.bySubject[other] ?? [] }
        about = about.filter { $0 != asked }.sorted { $0.packed < $1.packed }
        var counts: [ResourceKind: Count] = [:]
        for kind in Self.told.union(numbers.keys) where trust.isOffered(kind) || numbers[kind] != nil {
            counts[kind] = Count(
                numbers[kind] ?? 0, isComplete: trust.isComplete(kind, under: start.kind) && isKnown(start))
        }
        if trust.isOffered(.alert) {
            counts[.alert] = Count(
                about.count, isComplete: trust.areAlertsComplete(under: start.kind) && isKnown(start))
        }
        return Impact(start: start, nodes: nodes, others: others, alerts: about, counts: counts)
    }

    /// The kinds that are counted also where there is none.
    private static let told: Set<ResourceKind> = [
        .device, .port, .pon, .onu, .cpe, .leg, .bond, .bonder, .session, .pots, .customer, .bill,
    ]

    /// Whether it is known what the start is: an alert about nothing, or one about what no table holds, hits who knows
    /// whom.
    private func isKnown(_ start: EntityRef) -> Bool { start.kind != .alert && row(of: start) != nil }
}
