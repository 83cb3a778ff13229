internal import Dashboard
internal import Domain
internal import HTTP

/// What a refresh may take from others of the team: only one that is marked takes anything.
extension EffectRunner {
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
