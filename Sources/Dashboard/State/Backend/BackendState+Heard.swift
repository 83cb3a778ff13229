package import Domain

extension BackendState {
    /// The same without rows of which nothing was heard for too long: they say nothing of what is.
    package func heard(_ now: Instant) -> BackendState {
        var heard = self
        for resource in resources where freshness(of: resource, now: now) >= .lost {
            heard.forgetRows(of: resource.kind)
        }
        return heard
    }
}

extension State {
    /// Whether what a backend said of its devices can still be taken for what is.
    package func isHeard(_ backend: BackendState) -> Bool {
        backend.resources.lazy.filter { $0.tally == .devices }.allSatisfy {
            backend.freshness(of: $0, now: now) <= .asking
        }
    }
}
