import Filter
import Domain

extension State {
    /// Seconds until a list is read again that missed rows which may only have moved.
    private static let doubtInterval = 30.0
    /// Seconds until a list is read again that had rows and came back empty: that they are all gone is news, good or bad.
    private static let emptyInterval = 5.0

    mutating func probed(_ id: BackendID, _ result: Result<Probe, BackendError>) -> [Effect] {
        switch result {
        case .success(let probe):
            guard change(id, { [now] in $0.probed(probe, now: now) }) != nil else { return [] }
            rebuildPanes()
            return arrangePanes { _ in true } + dueEffects()
        case .failure(let error):
            guard let failures = backend(id)?.probe.failures else { return [] }
            let due = retry(after: error, failures: failures + 1)
            refused(id, by: error)
            change(id) { $0.failedProbe(error, retryAt: due) }
            return dueEffects()
        }
    }

    mutating func arrived(_ id: BackendID, _ kind: ResourceKind, _ table: Table) -> [Effect] {
        guard backend(id)?.health[kind] != nil else { return [] }
        change(id) { [now] in $0.arrived(kind, table, now: now) }
        return tableChanged(kind)
    }

    mutating func refreshed(
        _ id: BackendID, _ kind: ResourceKind, _ result: Result<Refreshed, BackendError>
    ) -> [Effect] {
        guard let backend = backend(id), let before = backend.health[kind] else { return [] }
        switch result {
        case .success(let refreshed):
            let interval = backend.resource(kind).map(backend.configuredInterval) ?? 300
            // What one reading missed may be gone: the next one, which knows, comes sooner.
            let wait = wait(after: refreshed, before.completeness, interval: interval)
            let isSame = backend.tables[kind] == refreshed.table
            let isHastened = change(id) { [now] in
                $0.refreshed(kind, refreshed, wait: wait, now: now)
            }
            take(refreshed.trends, of: kind, on: id)
            var effects = isSame ? rearrangeFiltered(kind) : tableChanged(kind)
            if let opened = details.last, opened.entity.backend == id, opened.entity.kind == kind,
                screen == nil
            {
                effects += askDetail(details.count - 1)
            }
            split.refresh(id, kind, now: now)
            effects += askCharts { $0.backend == id && $0.kind == kind }
            return effects + relink() + call(for: refreshed.transitions)
                + (isHastened == true ? dueEffects() : [])
        case .failure(let error):
            let due = retry(after: error, failures: before.failures + 1)
            refused(id, by: error)
            change(id) { $0.failed(kind, error, retryAt: due) }
            // Rows of an earlier session go when their list is refused.
            let isOther = backend.tables[kind] != self.backend(id)?.tables[kind]
            return (isOther ? tableChanged(kind) : []) + relink()
        }
    }

    /// Seconds until the next refresh: sooner where a second answer must confirm what the first one missed.
    ///
    /// - Parameter before: what the one before said: an emptiness that goes on being doubted is not asked after for ever.
    private func wait(after refreshed: Refreshed, _ before: Completeness, interval: Double) -> Double {
        let isEmptied = refreshed.doubts > 0 && refreshed.doubts == refreshed.table.count
        if isEmptied, before != refreshed.completeness {
            return max(min(interval, Self.emptyInterval), 2 * refreshed.seconds)
        }
        let wait = refreshed.doubts > 0 ? min(interval, Self.doubtInterval) : interval
        return max(wait, 10 * refreshed.seconds)
    }

    /// The same rows may pass a filter no longer: ages are counted from now.
    private mutating func rearrangeFiltered(_ kind: ResourceKind) -> [Effect] {
        arrangePanes { $0.pane.kinds.contains(kind) && $0.filter != .everything && $0.frozen == nil }
    }

    /// Filters and sorts panes again; those behind a screen when it is closed.
    mutating func arrangePanes(where isTouched: (PaneState) -> Bool) -> [Effect] {
        guard screen == nil else { return [] }
        var effects: [Effect] = []
        for index in panes.indices where isTouched(panes[index]) { effects += arrange(index) }
        return effects
    }

    /// Brings counts, panes and opened entities in step with new rows.
    mutating func tableChanged(_ kind: ResourceKind) -> [Effect] {
        recount(kind)
        for index in details.indices { relate(index) }
        let isOtherName = kind == .device && findShortNames()
        return wakeSnoozes(of: kind)
            + arrangePanes { (isOtherName || $0.pane.kinds.contains(kind)) && $0.frozen == nil }
    }
}
