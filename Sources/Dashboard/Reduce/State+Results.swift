import Filter
import Domain

extension State {
    /// Seconds until a list is read again that missed rows which may only have moved.
    private static let doubtInterval = 30.0
    /// Seconds until a list is read again that had rows and came back empty: that they are all gone is news, good or bad.
    private static let emptyInterval = 5.0

    mutating func probed(_ id: BackendID, _ result: Result<Probe, BackendError>) -> [Effect] {
        guard let backend = backend(id) else { return [] }
        var health = backend.probe
        health.askedAt = nil
        switch result {
        case .success(let probe):
            health.arrivedAt = now
            health.error = nil
            health.failures = 0
            change(id) { [now] in
                $0.refusals = 0
                $0.info = probe.info
                $0.resources = probe.resources
                $0.commands = probe.commands
                $0.picturedKinds = probe.picturedKinds
                $0.searches = probe.searches
                $0.liveKinds = probe.liveKinds
                $0.webKinds = probe.webKinds
                let offered = Set(probe.resources.map(\.kind))
                $0.health = $0.health.filter { offered.contains($0.key) }
                $0.tables = $0.tables.filter { offered.contains($0.key) }
                $0.trends = $0.trends.filter { offered.contains($0.key) }
                for kind in offered where $0.health[kind] == nil {
                    $0.health[kind] = ResourceHealth(dueAt: now)
                }
            }
            change(id) { $0.probe = health }
            rebuildPanes()
            return arrangePanes { _ in true } + dueEffects()
        case .failure(let error):
            health.failures += 1
            health.error = error
            health.dueAt = retry(after: error, failures: health.failures)
            refused(id, by: error)
            change(id) { $0.probe = health }
            return dueEffects()
        }
    }

    mutating func arrived(_ id: BackendID, _ kind: ResourceKind, _ table: Table) -> [Effect] {
        guard let backend = backend(id), let health = backend.health[kind] else { return [] }
        change(id) { [now] in
            $0.tables[kind] = table
            // Rows of a whole answer stay as old as that answer until the next whole one.
            if health.arrivedAt == nil || health.completeness != .complete {
                $0.health[kind]?.arrivedAt = now
                if health.completeness == .complete {
                    $0.health[kind]?.completeness = .partial("still arriving")
                }
            }
        }
        return tableChanged(kind)
    }

    mutating func refreshed(
        _ id: BackendID, _ kind: ResourceKind, _ result: Result<Refreshed, BackendError>
    ) -> [Effect] {
        guard let backend = backend(id), var health = backend.health[kind] else { return [] }
        let interval = backend.resource(kind).map(backend.configuredInterval) ?? 300
        let startedAt = health.askedAt ?? now
        health.askedAt = nil
        change(id) { $0.progress[kind] = nil }
        switch result {
        case .success(let refreshed):
            let before = health.completeness
            health.arrivedAt = now
            health.duration = refreshed.seconds
            health.completeness = refreshed.completeness
            health.error = nil
            health.failures = 0
            // Hastened while under way: what arrived may be older than what hastened it.
            let isHastened = health.dueAt > startedAt
            // What one reading missed may be gone: the next one, which knows, comes sooner.
            let wait = wait(after: refreshed, before, interval: interval)
            health.dueAt = isHastened ? now : now + wait
            health.lookDueAt = backend.resource(kind)?.quickInterval.map { now + $0 }
            let isSame = backend.tables[kind] == refreshed.table
            change(id) {
                $0.refusals = 0
                $0.health[kind] = health
                $0.tables[kind] = refreshed.table
                if let clock = refreshed.clock { $0.info?.clock = clock }
            }
            take(refreshed.trends, of: kind, on: id)
            var effects = isSame ? rearrangeFiltered(kind) : tableChanged(kind)
            if let opened = details.last, opened.entity.backend == id, opened.entity.kind == kind,
                screen == nil
            {
                effects += askDetail(details.count - 1)
            }
            split.refresh(id, kind, now: now)
            return effects + call(for: refreshed.transitions) + (isHastened ? dueEffects() : [])
        case .failure(let error):
            health.failures += 1
            health.error = error
            health.dueAt = retry(after: error, failures: health.failures)
            refused(id, by: error)
            change(id) { $0.health[kind] = health }
            return []
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
        return wakeSnoozes(of: kind) + arrangePanes { $0.pane.kinds.contains(kind) && $0.frozen == nil }
    }
}
