/// What happens in the network at a tick: a pure function of the seed and the tick.
///
/// A tick is a second since the world began; ticks below zero are the past before that.
struct Life: Sendable {
    let network: Network

    /// Seconds between two visits of the poller at one device.
    static let pollInterval = 60

    var noise: Noise { network.noise }

    // MARK: What can happen, and how often

    /// Out of reach for hours.
    static let outage = Schedule(topic: .outage, period: 21_600, permille: 20, length: 1_800...18_000)
    /// Gone for days: nobody has gone there yet.
    static let blackout = Schedule(topic: .blackout, period: 864_000, permille: 12, length: 86_400...777_600)
    /// Out of reach for minutes.
    static let stumble = Schedule(topic: .stumble, period: 2_400, permille: 15, length: 180...600)
    /// Off and on again: few devices, again and again.
    static let reboot = Schedule(topic: .reboot, period: 7_200, permille: 1_000, length: 60...150)
    /// A port that goes down and up.
    static let flap = Schedule(topic: .flap, period: 1_800, permille: 600, length: 120...900)
    /// A port that is down until somebody drives there.
    static let breakage = Schedule(topic: .breakage, period: 172_800, permille: 400, length: 7_200...144_000)
    /// A port that is nearly full.
    static let rush = Schedule(topic: .rush, period: 10_800, permille: 700, length: 1_200...6_000)
    /// A port that counts errors.
    static let errors = Schedule(topic: .errors, period: 21_600, permille: 500, length: 3_600...18_000)
    /// A sensor above its limit.
    static let sensor = Schedule(topic: .sensor, period: 28_800, permille: 25, length: 3_600...21_600)
    /// A service on a server that does not answer.
    static let service = Schedule(topic: .service, period: 14_400, permille: 80, length: 300...3_600)
    /// A BGP session that is not established.
    static let peering = Schedule(topic: .peering, period: 21_600, permille: 60, length: 300...7_200)

    /// Whether something may ever happen to a port itself.
    static func isFragile(_ port: Port, _ noise: Noise) -> Bool {
        if case .downlink = port.use { return true }
        return flaps(port, noise) || breaks(port, noise) || rushes(port, noise) || errs(port, noise)
    }

    static func flaps(_ port: Port, _ noise: Noise) -> Bool { isOne(of: 12, .flap, port, noise) }
    static func breaks(_ port: Port, _ noise: Noise) -> Bool { isOne(of: 10, .breakage, port, noise) }
    static func rushes(_ port: Port, _ noise: Noise) -> Bool { isOne(of: 8, .rush, port, noise) }
    static func errs(_ port: Port, _ noise: Noise) -> Bool { isOne(of: 4, .errors, port, noise) }

    private static func isOne(of permille: Int, _ topic: Noise.Topic, _ port: Port, _ noise: Noise) -> Bool {
        port.rest == .up && noise.chance(permille, topic, port.id, -2)
    }

    // MARK: Fibre cuts

    /// Between the cuts of one crew of excavators lie about fifteen minutes.
    private static let cutPeriod = 900

    /// The cuts of the present slot or of one before: which fibre, from when to when.
    func cuts(near tick: Int, back: Int = 0) -> [(span: Int, episode: Episode)] {
        guard !network.spans.isEmpty else { return [] }
        let slot = floorDivide(tick, by: Self.cutPeriod) - back
        return (0..<max(network.spans.count / 400, 1)).map { crew in
            let thing = slot &* 64 &+ crew
            // The first comes soon after the beginning, for those who watch a demonstration.
            let delay = slot == 0 ? 75 : noise.pick(30...300, .cut, thing, 1)
            let start = slot * Self.cutPeriod + delay
            let end = start + noise.pick(180...540, .cut, thing, 2)
            return (noise.pick(0...network.spans.count - 1, .cut, thing), Episode(start: start, end: end))
        }
    }

    // MARK: Devices

    /// The times at which a device was out of reach lately, by whatever cause.
    func outages(of index: Int, near tick: Int) -> [Episode] {
        let device = network.devices[index]
        guard !device.isOdd else { return [] }
        var episodes: [Episode] = []
        if let span = device.span {
            for back in [1, 0] {
                episodes += cuts(near: tick, back: back).filter { $0.span == span }.map(\.episode)
            }
        }
        guard device.role != .core else { return episodes }
        episodes += Self.stumble.episodes(of: index, near: tick, noise)
        guard device.role != .aggregation else { return episodes }
        episodes += Self.outage.episodes(of: index, near: tick, noise)
        episodes += Self.blackout.episodes(of: index, near: tick, noise)
        if reboots(index) { episodes += Self.reboot.episodes(of: index, near: tick, noise) }
        return episodes
    }

    /// Since when a device has been out of reach; nil when it answers.
    func downSince(_ index: Int, at tick: Int) -> Int? {
        if network.devices[index].identity.isAlwaysDown { return -400_000 }
        var since: Int?
        for episode in outages(of: index, near: tick) where episode.covers(tick) {
            since = min(since ?? episode.start, episode.start)
        }
        return since
    }

    /// When the poller last got an answer from the device.
    func lastPoll(of index: Int, at tick: Int) -> Int {
        let phase = Int(noise.bits(.device, index, 7) % UInt64(Self.pollInterval))
        func slot(_ tick: Int) -> Int {
            floorDivide(tick - phase, by: Self.pollInterval) * Self.pollInterval + phase
        }
        var poll = slot(tick)
        // Outages may touch; a few steps back are enough, and more would be no better.
        for _ in 0..<4 {
            guard let since = downSince(index, at: poll) else { break }
            poll = slot(since - 1)
        }
        return poll
    }

    /// Few devices are restarted at all.
    func reboots(_ index: Int) -> Bool {
        network.devices[index].role == .access && noise.chance(12, .reboot, index, -2)
    }

    /// Seconds since the device started, at a tick at which it answered.
    func uptime(of index: Int, at tick: Int) -> Int {
        if reboots(index) {
            let ends = Self.reboot.episodes(of: index, near: tick, noise).map(\.end)
            if let last = ends.filter({ $0 <= tick }).max() { return tick - last }
        }
        return tick + noise.pick(900_000...60_000_000, .boot, index)
    }
}
