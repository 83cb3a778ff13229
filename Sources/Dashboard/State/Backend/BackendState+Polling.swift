public import Domain

extension BackendState {
    /// The devices that the server itself did not look at for too long; nil where there are none.
    public func latePolls(_ now: Instant) -> Polling.Late? { polls.late(now) }

    /// When the server itself looked at any of its devices last, as far as its rows say.
    public var serverPolledAt: Timestamp? { polls.polling.newest }

    /// Whether it can't be told how long ago the server looked at anything: its zone is not known, and by the one that its
    /// times are read in for want of it, that was long ago or is still to come.
    func isPollAgeUnknown(_ wall: Timestamp) -> Bool {
        guard info?.clock.isCertain == false, let newest = polls.polling.newest else { return false }
        return !(0...Polling.graceOfGuess).contains(wall.seconds &- newest.seconds)
    }

    /// What the server's clock is taken to show.
    func serverNow(_ now: Instant) -> Timestamp? { polls.serverNow(now) }
}

extension State {
    /// Counts devices again when the server has become late with some of them, or looked at them again.
    mutating func countLatePolls() {
        for index in backends.indices {
            let late = backends[index].latePolls(now)?.count ?? 0
            guard late != backends[index].countedLate else { continue }
            countDevices()
            return
        }
    }
}
