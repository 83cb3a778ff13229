/// The states of legs, as the simulated servers word them.
///
/// Only `up` and `down` are public; the rest words what the documentation of the product describes.
enum LegState: String, Sendable, CaseIterable {
    case up, down, testing, idle, offline, failover, connecting, flapping
    case highLatency = "high_latency"
    case packetLoss = "packet_loss"
    case reduced = "speed_reduced"
    /// A word that no client knows.
    case odd = "quarantined"
}

extension Life {
    /// Somebody's modem: down for minutes or hours.
    static let legLoss = Schedule(topic: .legLoss, period: 14_400, permille: 70, length: 120...4_000)
    /// A line that comes and goes.
    static let legFlap = Schedule(topic: .legFlap, period: 7_200, permille: 700, length: 600...2_400)
    /// A line that works badly.
    static let legSick = Schedule(topic: .legSick, period: 21_600, permille: 80, length: 600...5_400)
    /// The customer's site has no power.
    static let bondPower = Schedule(topic: .bondPower, period: 43_200, permille: 30, length: 1_200...14_400)

    /// Few legs flap, but those again and again.
    static func flaps(leg: Int, _ noise: Noise) -> Bool { noise.chance(30, .legFlap, leg, -2) }

    /// Between two turns of a flapping line.
    static let flapTurn = 45
}

extension BondView {
    /// The seconds for which a bond is down after a restart, and for which it then builds its tunnels.
    static let restartTime = (down: 5, connecting: 5)
    private static let renewalTime = 4

    /// The state of a leg at a tick.
    func state(of leg: BondBook.Record, at tick: Int) -> LegState {
        guard let bond = book[.bond][leg.owner] else { return .down }
        return state(of: leg, in: bond, at: tick)
    }

    func state(of leg: BondBook.Record, in bond: BondBook.Record, at tick: Int) -> LegState {
        let mode = book.linkMode(of: leg, at: tick)
        if mode == "offline" { return .offline }
        if isLineDown(leg, at: tick) { return .down }
        if isUnderTest(leg, in: bond, at: tick) { return .testing }
        if mode == "idle" { return .idle }
        if let interruption = interruption(of: bond, at: tick) { return interruption }
        if let sickness = sickness(of: leg, at: tick) { return sickness }
        return leg.flag("failover") ? .failover : .up
    }

    /// What the whole bond suffers: a restart, or an aggregator that is gone.
    private func interruption(of bond: BondBook.Record, at tick: Int) -> LegState? {
        if let restart = book.operations.restarts[bond.id]?.last(where: { $0 <= tick }) {
            let age = tick - restart
            if age < Self.restartTime.down { return .down }
            if age < Self.restartTime.down + Self.restartTime.connecting { return .connecting }
        }
        return berth(of: bond, at: tick).isCarrying ? nil : .down
    }

    private func isLineDown(_ leg: BondBook.Record, at tick: Int) -> Bool {
        if let renewals = book.operations.renewals[leg.id],
            renewals.contains(where: { $0 <= tick && tick < $0 + Self.renewalTime })
        {
            return true
        }
        // What somebody has just made stands in no story.
        guard leg.madeAt < 0 else { return tick < leg.madeAt + 20 }
        if let port = port(of: leg) {
            if isDeviceDown(port.device, at: tick) || life.isBroken(port, at: tick) { return true }
        }
        if episode(Life.bondPower, of: leg.owner, at: tick) != nil { return true }
        if episode(Life.legLoss, of: leg.id, at: tick) != nil { return true }
        guard Life.flaps(leg: leg.id, noise), let flap = episode(Life.legFlap, of: leg.id, at: tick) else {
            return false
        }
        return (tick - flap.start) / Life.flapTurn % 2 == 0
    }

    private func sickness(of leg: BondBook.Record, at tick: Int) -> LegState? {
        // Beyond the demonstration's 81 legs: a word that nobody knows leaves every count open.
        if world.world.hasOddities, leg.id % 611 == 600 { return .odd }
        if Life.flaps(leg: leg.id, noise), episode(Life.legFlap, of: leg.id, at: tick) != nil {
            return leg.id % 2 == 0 ? .flapping : nil
        }
        guard let sick = episode(Life.legSick, of: leg.id, at: tick) else { return nil }
        return noise.pick([LegState.highLatency, .packetLoss, .reduced], .legSick, leg.id, sick.start)
    }

    private func episode(_ schedule: Schedule, of thing: Int, at tick: Int) -> Episode? {
        // An episode lies wholly in its slot, so only the present one can cover the tick.
        schedule.episode(of: thing, near: tick, noise).flatMap { $0.covers(tick) ? $0 : nil }
    }

    /// The port of the monitored network that a leg runs over, if it is one of ours.
    func port(of leg: BondBook.Record) -> Port? {
        leg.circuit.flatMap { world.network.circuitPorts[$0] }.map { world.network.ports[$0] }
    }

    // MARK: The last day

    /// A time during which a leg was in one state.
    struct Stretch: Sendable, Equatable {
        let state: LegState
        let start: Int
        /// Nil for the present one.
        let end: Int?
    }

    /// The contiguous states of a leg over the last 24 hours, oldest first.
    func history(of leg: BondBook.Record) -> [Stretch] {
        guard let bond = book[.bond][leg.owner] else { return [] }
        let first = max(tick - 86_400, leg.madeAt)
        var stretches: [Stretch] = []
        for start in turns(of: leg, in: bond, since: first) {
            let state = state(of: leg, in: bond, at: start)
            guard let last = stretches.last else {
                stretches.append(Stretch(state: state, start: start, end: nil))
                continue
            }
            guard state != last.state else { continue }
            stretches[stretches.count - 1] = Stretch(state: last.state, start: last.start, end: start)
            stretches.append(Stretch(state: state, start: start, end: nil))
        }
        return stretches
    }

    /// The ticks at which something of a leg may have changed, in order.
    private func turns(of leg: BondBook.Record, in bond: BondBook.Record, since first: Int) -> [Int] {
        var turns: Set<Int> = [first]
        func add(_ episodes: [Episode]) {
            for episode in episodes { turns.formUnion([episode.start, episode.end]) }
        }
        for (schedule, thing) in [
            (Life.bondPower, leg.owner), (Life.legLoss, leg.id), (Life.legSick, leg.id),
        ] {
            add(schedule.episodes(of: thing, since: first, until: tick, noise))
        }
        if Life.flaps(leg: leg.id, noise) {
            for episode in Life.legFlap.episodes(of: leg.id, since: first, until: tick, noise) {
                turns.formUnion(stride(from: episode.start, to: episode.end, by: Life.flapTurn))
                turns.insert(episode.end)
            }
        }
        if let port = port(of: leg) {
            add(life.outages(of: port.device, since: first, until: tick))
            for moment in stride(from: first, through: tick, by: 900) {
                add(life.breaks(of: port, near: moment))
            }
        }
        for aggregator in [bond.number("aggregator"), bond.number("secondary_aggregator")].compactMap({ $0 })
        {
            for failure in life.failures(of: book[.aggregator][aggregator], since: first, until: tick) {
                add([failure.episode])
                // A bond settles some seconds after it is moved, and again after somebody moves it back.
                let restored = restoreTime(of: bond, after: failure)
                turns.formUnion((0...12).map { (failure.detected ?? failure.recovered) + $0 })
                turns.formUnion([restored, restored + 4])
            }
        }
        add(tests(of: bond).map(\.episode))
        let operations = book.operations
        for tick in (operations.restarts[bond.id] ?? []) + (operations.restores[bond.id] ?? [])
            + (operations.renewals[leg.id] ?? []) + (operations.earlierModes[leg.id] ?? []).map(\.until)
        {
            turns.formUnion([tick, tick + Self.renewalTime, tick + Self.restartTime.down])
            turns.insert(tick + Self.restartTime.down + Self.restartTime.connecting)
        }
        turns.insert(leg.madeAt + 20)
        return turns.filter { first <= $0 && $0 <= tick }.sorted()
    }
}
