public import Domain

/// How far what is known of a backend can be believed, and what is wrong with it.
extension BackendState {
    /// How far the rows of a resource can be trusted.
    public func freshness(of resource: ResourceDescriptor, now: Instant) -> Freshness {
        if refusedUntil != nil { return .refused }
        if info == nil {
            switch probe.error?.kind {
            case .refused: return .refused
            case .forbidden: return .noRight
            case nil: if health[resource.kind] == nil { return asking(resource) }
            default: if health[resource.kind] == nil { return .neverSeen }
            }
        }
        guard let health = health[resource.kind] else { return asking(resource) }
        var own = health.freshness(interval: interval(of: resource), now: now)
        if own == .asking { own = asking(resource) }
        guard own == .fresh, resource.tally == .devices || resource.tally == .alerts else { return own }
        return latePolls(now) == nil ? .fresh : .outdated
    }

    /// A list that was asked for the first time, with rows of an earlier session or without any.
    private func asking(_ resource: ResourceDescriptor) -> Freshness {
        remembered[resource.kind] == nil ? .asking : .remembered
    }

    /// The worst of several resources, with the oldest arrival among those that are as bad.
    ///
    /// Of a backend that has none of them, what its probe says.
    public func worst(of kinds: Set<ResourceKind>, now: Instant) -> (
        freshness: Freshness, arrivedAt: Instant?
    ) {
        var worst: (freshness: Freshness, arrivedAt: Instant?)?
        for resource in resources where kinds.contains(resource.kind) {
            let freshness = freshness(of: resource, now: now)
            // Of what is new and says what is old, the age is that of what it says.
            let arrivedAt =
                freshness == .outdated
                ? latePolls(now)?.oldest.map { now + -Double($0) }
                : health[resource.kind]?.arrivedAt ?? remembered[resource.kind]
            guard let known = worst, known.freshness >= freshness else {
                worst = (freshness, arrivedAt)
                continue
            }
            if known.freshness == freshness, let oldest = known.arrivedAt {
                worst?.arrivedAt = arrivedAt.map { min($0, oldest) }
            }
        }
        if let worst { return worst }
        if refusedUntil != nil { return (.refused, nil) }
        return info == nil ? (probe.freshness(interval: .infinity, now: now), nil) : (.fresh, nil)
    }

    /// Why the last attempt failed, in words; nil when nothing is wrong.
    public func trouble(with kinds: Set<ResourceKind>) -> BackendError? {
        if let error = probe.error { return error }
        return resources.lazy.filter { kinds.contains($0.kind) }.compactMap { self.health[$0.kind]?.error }
            .first
    }

    /// The same with when it is tried again, as in `no answer within 30 s; next try in 42s`; nil when nothing is wrong.
    ///
    /// - Parameter isStepped: leaves seconds out, for what is drawn once a second for years.
    public func troubleWords(with kinds: Set<ResourceKind>, now: Instant, isStepped: Bool = false) -> String?
    {
        guard let error = trouble(with: kinds) else { return nil }
        // Nobody tries again in the past.
        if isPast { return error.words }
        var due = refusedUntil
        if due == nil {
            let failed =
                probe.error != nil
                ? [probe]
                : resources.lazy.filter { kinds.contains($0.kind) }.compactMap { self.health[$0.kind] }
                    .filter { $0.error != nil }
            if failed.contains(where: { $0.askedAt != nil }) { return "\(error.words); trying" }
            due = failed.map(\.dueAt).min()
        }
        guard let due else { return error.words }
        let seconds = Int64(max(0, due - now))
        let words =
            isStepped
            ? (seconds < 60 ? "soon" : "in \(Quantity.age(seconds))") : "in \(Quantity.duration(seconds))"
        return "\(error.words); next try \(words)"
    }

    /// Why nothing is asked of it now; nil while it is.
    var restWords: String? {
        guard refusedUntil != nil else { return nil }
        return restsAfterPage ? "a page answered in place of the API" : "the login was refused"
    }
}
