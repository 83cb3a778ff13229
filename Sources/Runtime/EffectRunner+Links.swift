internal import Dashboard
internal import Domain
internal import Links
internal import Synchronization

/// What several servers say, linked beside the merger.
extension EffectRunner {
    /// Looks through the rows of all servers; of those that did not change, what was found stays.
    func link(_ request: LinkRequest) -> Linked {
        let found = Linked(request, after: linked.withLock { $0 }, settings: links)
        linked.withLock { $0 = found }
        shownAlerts.withLock { shown in
            for feed in request.feeds {
                guard let table = feed.table else { continue }
                let key = Key(backend: feed.backend, kind: feed.resource.kind)
                guard let known = shown[key], known.shown == table else { continue }
                let changed = found.tables.first { $0.base == table.revision }?.table
                shown[key] = ShownAlerts(base: known.base, network: found.network, shown: changed ?? table)
            }
        }
        return found
    }

    /// A table of alerts as the dashboard shows it, with what was found last; other tables as they are.
    func withImpact(_ table: Table) -> Table {
        guard table.resource.tally == .alerts else { return table }
        let found = linked.withLock { $0 }
        let network = found?.network ?? .empty
        let key = Key(backend: table.backend, kind: table.resource.kind)
        let known = shownAlerts.withLock { $0[key] }
        if let known, known.base == table, known.network == network { return known.shown }
        var shown = found?.withImpact(table) ?? network.withImpact(table)
        // The same rows keep their table: nothing on the screen has to be made again.
        if let known, known.shown.hasSameRows(as: shown) { shown = known.shown }
        shownAlerts.withLock { $0[key] = ShownAlerts(base: table, network: network, shown: shown) }
        return shown
    }

    /// A table of alerts, and what the dashboard shows in its place.
    struct ShownAlerts {
        let base: Table
        let network: Network
        let shown: Table
    }
}
