extension Life {
    /// The times at which a port that ought to be up was down lately.
    ///
    /// A port towards a device is down while that device is out of reach.
    func breaks(of port: Port, near tick: Int) -> [Episode] {
        guard port.rest == .up else { return [] }
        var episodes: [Episode] = []
        if case .downlink(let peer) = port.use { episodes += outages(of: peer, near: tick) }
        if Self.flaps(port, noise) { episodes += Self.flap.episodes(of: port.id, near: tick, noise) }
        if Self.breaks(port, noise) { episodes += Self.breakage.episodes(of: port.id, near: tick, noise) }
        return episodes
    }

    /// Whether a port that ought to be up is down.
    func isBroken(_ port: Port, at tick: Int) -> Bool {
        breaks(of: port, near: tick).contains { $0.covers(tick) }
    }

    /// Whether so much goes through the port that it is nearly full.
    func isRushing(_ port: Port, at tick: Int) -> Bool {
        Self.rushes(port, noise)
            && Self.rush.episodes(of: port.id, near: tick, noise).contains { $0.covers(tick) }
    }

    /// Errors a second that the port counts.
    func errorRate(of port: Port, at tick: Int) -> Int {
        guard Self.errs(port, noise),
            Self.errors.episodes(of: port.id, near: tick, noise).contains(where: { $0.covers(tick) })
        else { return 0 }
        return noise.pick(110...900, .errors, port.id, floorDivide(tick, by: 300))
    }
}

/// What goes through a port in one direction at a tick.
struct Traffic: Sendable {
    /// Bytes a second.
    let rate: Int
    /// Bytes since counting began.
    let octets: UInt64

    static let none = Traffic(rate: 0, octets: 0)

    /// Packets are taken to be 700 bytes long.
    var packetRate: Int { rate / 700 }
    var packets: UInt64 { octets / 700 }
}

extension Life {
    /// The share of the day's peak that is reached at each full hour.
    private static let day: [Double] = [
        0.52, 0.41, 0.34, 0.30, 0.28, 0.30, 0.36, 0.46, 0.60, 0.70, 0.76, 0.79,
        0.80, 0.79, 0.78, 0.79, 0.82, 0.86, 0.91, 0.96, 1.00, 0.98, 0.86, 0.68,
    ]

    /// The area under the day's curve up to each full hour, in seconds of the peak.
    private static let dayArea: [Double] = day.indices.reduce(into: [0]) { area, hour in
        area.append(area[hour] + (day[hour] + day[(hour + 1) % 24]) * 1_800)
    }

    /// The share of the peak at a second of the day.
    private static func share(at second: Int) -> Double {
        let hour = second / 3_600
        let part = Double(second % 3_600) / 3_600
        return day[hour] + (day[(hour + 1) % 24] - day[hour]) * part
    }

    /// Seconds at the peak that would have brought as much as the days up to this tick.
    private static func area(at time: Int) -> Double {
        let days = floorDivide(time, by: 86_400)
        let second = time - days * 86_400
        let hour = second / 3_600
        let rest = Double(second % 3_600)
        let rise = (day[(hour + 1) % 24] - day[hour]) * rest * rest / 7_200
        return Double(days) * dayArea[24] + dayArea[hour] + day[hour] * rest + rise
    }

    /// What goes through a port, `inwards` or out of it; `origin` is the Unix time of tick 0.
    ///
    /// Counters follow the curve of the day exactly, so they never run backwards; rates carry a noise of some
    /// percent on top.
    func traffic(of port: Port, inwards: Bool, at tick: Int, origin: Int) -> Traffic {
        guard port.rest == .up, let speed = port.speed, speed > 0 else { return .none }
        let usage = noise.unit(.usage, port.id)
        var peak = Double(speed) / 8 * (0.004 + 0.55 * usage * usage)
        if inwards != noise.chance(500, .direction, port.id) { peak *= 0.15 + 0.4 * usage }
        let time = origin + tick
        let counted = peak * (Self.area(at: time) - Self.area(at: origin - 10_000_000))
        let octets = UInt64(max(counted, 0)) + noise.bits(.counter, port.id, inwards ? 1 : 2) >> 16
        if isBroken(port, at: tick) { return Traffic(rate: 0, octets: octets) }
        let second = time - floorDivide(time, by: 86_400) * 86_400
        let jitter = 0.92 + 0.16 * noise.unit(.jitter, port.id, floorDivide(tick, by: Self.pollInterval) * 2)
        var rate = peak * Self.share(at: second) * jitter
        if inwards, isRushing(port, at: tick) { rate = Double(speed) / 8 * (0.80 + 0.17 * (jitter - 0.84)) }
        return Traffic(rate: Int(rate), octets: octets)
    }
}
