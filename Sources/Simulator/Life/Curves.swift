/// What graphs show: values of a device or a port over time, as the world had them.
struct Curves: Sendable {
    let view: WorldView
    /// Unix seconds.
    let from: Int
    let to: Int
    let samples: Int

    private var life: Life { view.life }

    /// A graph is no finer than the poller, and no finer than its pixels.
    init(_ view: WorldView, from: Int, to: Int, pixels: Int) {
        self.view = view
        self.from = from
        self.to = max(to, from + 1)
        samples = max(2, min(pixels, (self.to - from) / 300, 400))
    }

    /// A value for each sample; what is still to come is not known.
    private func values(_ value: (_ tick: Int) -> Double?) -> [Double?] {
        (0..<samples).map { sample in
            let time = from + (to - from) * sample / samples
            let tick = time - view.world.origin
            return tick <= view.tick ? value(tick) : nil
        }
    }

    /// What all of some ports carry, in bits a second.
    func bits(of ports: some Collection<Port>, inwards: Bool) -> [Double?] {
        let active = ports.filter { $0.rest == .up && ($0.speed ?? 0) > 0 }
        return values { tick in
            active.reduce(0) { sum, port in
                sum + Double(traffic(port, inwards, tick).rate * 8)
            }
        }
    }

    func packets(of port: Port, inwards: Bool) -> [Double?] {
        values { Double(traffic(port, inwards, $0).packetRate) }
    }

    func errors(of port: Port) -> [Double?] { values { Double(life.errorRate(of: port, at: $0)) } }

    private func traffic(_ port: Port, _ inwards: Bool, _ tick: Int) -> Traffic {
        life.traffic(of: port, inwards: inwards, at: tick, origin: view.world.origin)
    }

    /// Days since the device started; nothing while it is out of reach.
    func uptime(of row: DeviceRow) -> [Double?] {
        reachable(row) { Double(life.uptime(of: row.index, at: $0)) / 86_400 }
    }

    /// Something that goes up and down with the day around a usual value.
    func wave(of row: DeviceRow, around usual: Double, topic: Int) -> [Double?] {
        reachable(row) { tick in
            let second = floorDivide(tick + view.world.origin, by: 300)
            let jitter = life.noise.unit(.jitter, row.index &+ topic &* 100_003, second)
            let day = life.noise.unit(.jitter, topic, floorDivide(second, by: 12))
            return usual * (0.8 + 0.25 * jitter + 0.15 * day)
        }
    }

    private func reachable(_ row: DeviceRow, _ value: (_ tick: Int) -> Double) -> [Double?] {
        values { life.downSince(row.index, at: $0) == nil ? value($0) : nil }
    }
}
