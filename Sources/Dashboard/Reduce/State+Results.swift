import Domain

extension State {
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
                $0.info = probe.info
                $0.resources = probe.resources
                $0.commands = probe.commands
                for resource in probe.resources where $0.health[resource.kind] == nil {
                    $0.health[resource.kind] = ResourceHealth(dueAt: now)
                }
            }
            rebuildPanes()
        case .failure(let error):
            health.failures += 1
            health.error = error
            health.dueAt = retry(after: error, failures: health.failures)
        }
        change(id) { $0.probe = health }
        return dueEffects()
    }

    mutating func arrived(_ id: BackendID, _ kind: ResourceKind, _ table: Table) -> [Effect] {
        change(id) { [now] in
            $0.tables[kind] = table
            $0.health[kind]?.arrivedAt = now
            if $0.health[kind]?.failures == 0 { $0.health[kind]?.completeness = .partial("still arriving") }
        }
        return tableChanged(kind)
    }

    mutating func refreshed(
        _ id: BackendID, _ kind: ResourceKind, _ result: Result<Refreshed, BackendError>
    ) -> [Effect] {
        guard let backend = backend(id), var health = backend.health[kind] else { return [] }
        let interval = backend.resource(kind).map { backend.interval(of: $0) } ?? 300
        let startedAt = health.askedAt ?? now
        health.askedAt = nil
        change(id) { $0.progress[kind] = nil }
        switch result {
        case .success(let refreshed):
            health.arrivedAt = now
            health.duration = refreshed.seconds
            health.completeness = refreshed.completeness
            health.error = nil
            health.failures = 0
            // Hastened while under way: what arrived may be older than what hastened it.
            let isHastened = health.dueAt > startedAt
            health.dueAt = isHastened ? now : now + max(interval, 10 * refreshed.seconds)
            let isSame = backend.tables[kind] == refreshed.table
            change(id) {
                $0.health[kind] = health
                $0.tables[kind] = refreshed.table
            }
            return (isSame ? [] : tableChanged(kind)) + (isHastened ? dueEffects() : [])
        case .failure(let error):
            health.failures += 1
            health.error = error
            health.dueAt = retry(after: error, failures: health.failures)
            change(id) { $0.health[kind] = health }
            return []
        }
    }

    mutating func detailed(_ entity: EntityRef, _ result: Result<Detail, BackendError>) {
        for index in details.indices where details[index].entity == entity {
            switch result {
            case .success(let detail):
                details[index].detail = detail
                details[index].title = detail.title
                details[index].problem = nil
                details[index].arrivedAt = now
            case .failure(let error):
                details[index].problem = error
            }
        }
    }

    /// Brings counts, panes and opened entities in step with new rows.
    mutating func tableChanged(_ kind: ResourceKind) -> [Effect] {
        recount(kind)
        for index in details.indices { details[index].related = relatedSections(of: details[index].entity) }
        var effects: [Effect] = []
        for index in panes.indices where panes[index].pane.kinds.contains(kind) { effects += arrange(index) }
        return effects
    }
}
