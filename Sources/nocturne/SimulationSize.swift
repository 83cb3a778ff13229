import Domain
import Simulator

/// How large a simulated network is to be, and why it can't be.
struct SimulationSize {
    var scale: Int
    var backends: Int?
    var lines: Int?
    /// The first TCP port of the servers; 0 for any that are free.
    var firstPort: UInt16 = 0

    /// More servers than a provider has, each of which is a thread and a socket of this process.
    static let backendCounts = 1...50
    /// Fewer ports are fewer than fifty devices, which are never divided between servers.
    static let leastScaleOfBackend = 10 * Territory.poolSize

    /// What can't be done, in words; nil when all can.
    var reasonAgainst: String? {
        if !World.scales.contains(scale) {
            return "--scale takes \(words(World.scales)) ports, not \(Quantity.count(scale))"
        }
        if let lines, !World.lineCounts.contains(lines) {
            return "--lines takes \(words(World.lineCounts)) lines, not \(Quantity.count(lines))"
        }
        if let backends {
            guard Self.backendCounts.contains(backends) else {
                return
                    "--backends takes \(words(Self.backendCounts)) servers, not \(Quantity.count(backends))"
            }
            let least = backends * Self.leastScaleOfBackend
            if backends > 1, scale < least {
                return "--backends \(backends) needs --scale \(least) or more: each server has "
                    + "\(Self.leastScaleOfBackend) ports at least"
            }
        }
        // Krill and Bonding stand behind the LibreNMS servers.
        let last = Int(firstPort) + (backends ?? 2) + 1
        if firstPort != 0, last > Int(UInt16.max) {
            return "--port \(firstPort) leaves no room for the \((backends ?? 2) + 2) servers: "
                + "the last port is \(UInt16.max)"
        }
        return nil
    }

    private func words(_ range: ClosedRange<Int>) -> String {
        "\(Quantity.count(range.lowerBound)) to \(Quantity.count(range.upperBound))"
    }
}
