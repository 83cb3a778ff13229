public import Domain

extension BackendState {
    /// The devices that the server itself did not look at for too long; nil where there are none.
    public func latePolls(_ now: Instant) -> Polling.Late? { serverNow(now).flatMap(polling.late) }

    /// When the server itself looked at any of its devices last, as far as its rows say.
    public var serverPolledAt: Timestamp? { polling.newest }

    /// Whether it can't be told how long ago the server looked at anything: its zone is not known, and by the one that its
    /// times are read in for want of it, that was long ago or is still to come.
    func isPollAgeUnknown(_ wall: Timestamp) -> Bool {
        guard info?.clock.isCertain == false, let newest = polling.newest else { return false }
        return !(0...Polling.graceOfGuess).contains(wall.seconds &- newest.seconds)
    }

    /// What the server's clock is taken to show.
    func serverNow(_ now: Instant) -> Timestamp? {
        serverTime.map { Timestamp($0.shows.seconds &+ Int64(max(0, now - $0.at))) }
    }

    /// Takes what rows of devices say about when the server looked at them.
    ///
    /// Where it is not certain what its times mean, its clock is taken to show the last time that it looked at anything,
    /// from when that was first heard of: a server that stands still is found in any zone. One that stood still before is
    /// found when it did for longer than zones can be apart.
    mutating func takePolls(now: Instant, wall: Timestamp) {
        let before = polling.newest
        polling = Polling(of: tables(of: .devices), interval: pollInterval)
        if info?.clock.isCertain == true {
            serverTime = (now, wall)
        } else if polling.newest != before || serverTime == nil {
            let least = info?.clock.least(at: wall)
            serverTime = polling.newest.map { (now, max($0, least ?? $0)) }
        }
    }
}

extension State {
    /// Counts devices anew when the server has become late with some of them, or looked at them again.
    mutating func countLatePolls() {
        for index in backends.indices {
            let late = backends[index].latePolls(now)?.count ?? 0
            guard late != backends[index].countedLate else { continue }
            countDevices()
            return
        }
    }
}
