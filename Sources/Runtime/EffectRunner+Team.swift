internal import Dashboard
internal import Domain
internal import HTTP

/// What a refresh may take from others of the team: only one that is marked takes anything.
extension EffectRunner {
    /// How many seconds the server took for a refresh.
    ///
    /// Nothing where all was taken from others, however long this machine was about it: a list is refreshed the less
    /// often the longer its server takes.
    func serverTook(since start: Instant) -> Double {
        guard let sharing = Sharing.current else { return clock.now - start }
        return sharing.isTaken ? 0 : max(0, clock.now - start - sharing.waited)
    }

    /// Does a refresh that may take answers of others which are younger than so many seconds.
    func shared(
        _ kind: ResourceKind, _ interval: Double, _ refresh: () async -> Event?
    ) async -> Event? {
        let sharing = Sharing(list: kind.rawValue, interval: interval)
        return await Sharing.$current.withValue(sharing) { await refresh() }
    }
}

extension Timestamp {
    /// The moment so many seconds before, to the second.
    func earlier(by seconds: Double) -> Timestamp {
        seconds < 1 ? self : Timestamp(self.seconds - Int64(seconds.rounded()))
    }
}
