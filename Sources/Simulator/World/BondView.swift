import Synchronization

/// The bonds of the world at one tick, with what was written down about them.
final class BondView: Sendable {
    let world: WorldView
    let book: BondBook
    /// Worked out once for all that is asked of one moment: of each aggregator when it failed lately.
    private let failures = Mutex<[Bool: [Int: [AggregatorFailure]]]>([:])
    private let brokenDevices = Mutex<[Int: Bool]>([:])

    init(_ world: World) {
        self.world = world.view(of: .everywhere)
        book = world.bonds
    }

    var tick: Int { world.tick }
    var life: Life { world.life }
    var noise: Noise { world.network.noise }

    /// How far back an aggregator's failures are remembered: bonds have been moved back long before.
    static let memory = 21_600

    /// The failures of an aggregator up to a tick, oldest first.
    func failures(of aggregator: Int, until tick: Int) -> [AggregatorFailure] {
        // Only the story of the last day asks for other ticks than the present.
        let isPast = tick != self.tick
        let found = failures.withLock { $0[isPast]?[aggregator] } ?? look(for: aggregator, isPast)
        return isPast ? found.filter { $0.episode.start <= tick } : found
    }

    private func look(for aggregator: Int, _ isPast: Bool) -> [AggregatorFailure] {
        let first = tick - Self.memory - (isPast ? 86_400 : 0)
        let found = life.failures(of: book[.aggregator][aggregator], since: first, until: tick)
        failures.withLock { $0[isPast, default: [:]][aggregator] = found }
        return found
    }

    /// Whether the device of a circuit's port is out of reach.
    func isDeviceDown(_ device: Int, at tick: Int) -> Bool {
        guard tick == self.tick else { return life.downSince(device, at: tick) != nil }
        if let known = brokenDevices.withLock({ $0[device] }) { return known }
        let isDown = life.downSince(device, at: tick) != nil
        brokenDevices.withLock { $0[device] = isDown }
        return isDown
    }
}
