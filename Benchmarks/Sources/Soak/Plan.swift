import Glibc

/// What a soak is, by its environment: `SOAK_HOURS` simulated in at least `SOAK_MINUTES` real.
struct Plan: Sendable {
    /// Simulated seconds in all.
    var seconds = 24 * 3_600
    /// Real seconds that they take at least.
    var realSeconds = 30.0 * 60
    /// Simulated seconds after which growth counts.
    var warmUp = 2 * 3_600
    /// Simulated seconds by which the clock goes on at once; more than one where the machine has little to spare.
    var step = 1
    /// The first of the ports that the simulated servers listen on.
    var port = 18_400
    /// The ports of the simulated provider's network.
    var scale = 3_300

    /// Reads the environment.
    init() {
        func number(_ name: String) -> Double? { getenv(name).flatMap { Double(String(cString: $0)) } }
        if let hours = number("SOAK_HOURS") { seconds = max(600, Int(hours * 3_600)) }
        if let minutes = number("SOAK_MINUTES") { realSeconds = max(1, minutes * 60) }
        if let seconds = number("SOAK_STEP") { step = max(1, min(10, Int(seconds))) }
        if let first = number("SOAK_PORT") { port = Int(first) }
        if let ports = number("SOAK_SCALE") { scale = Int(ports) }
        warmUp = min(warmUp, seconds / 4)
    }

    /// Real seconds that a simulated one takes at least.
    var pace: Double { realSeconds / Double(seconds) }

    /// What happens to the servers and the screen at a simulated second.
    enum Happening: Sendable, Equatable {
        /// The server of this place has this fault from now on; nil heals it.
        case fault(Int, String?)
        /// The server of this place stops listening, or begins again.
        case listen(Int, Bool)
        /// The terminal has this size from now on.
        case size(Int, Int)
        /// The machine slept for so many seconds.
        case sleep(Int)
        /// Somebody set the wall clock, by so many seconds.
        case setClock(Int)
    }

    private static let faults = [
        "status=500", "429=60", "truncate", "bad-json", "html", "hang", "drop", "latency=1s",
    ]

    /// What happens in a simulated second; every server is in trouble a third of the time, and four times a day all
    /// of them at once.
    func happenings(at second: Int, servers: Int) -> [Happening] {
        var all: [Happening] = []
        let minute = second / 60
        guard second % 60 == 0, minute > 20 else { return [] }
        for server in 0..<servers {
            // Three quarters of an hour each, shifted, so that troubles overlap in every way.
            let phase = (minute + server * 11) % 45
            let round = (minute + server * 11) / 45
            let fault = Self.faults[(round + server * 3) % Self.faults.count]
            let isStop = (round + server) % 4 == 0
            if phase == 0 { all.append(isStop ? .listen(server, false) : .fault(server, fault)) }
            if phase == 15 { all.append(isStop ? .listen(server, true) : .fault(server, nil)) }
            // Never while the other kind of trouble lasts: both ends would be lost.
            if minute % 360 == 340 { all.append(.fault(server, "status=503")) }
            if minute % 360 == 355 { all.append(.fault(server, nil)) }
        }
        if minute % 60 == 0 { all.append(.size(80, 24)) }
        if minute % 60 == 30 { all.append(.size(200, 60)) }
        if minute % 60 == 50 { all.append(.size(20 + minute % 180, 5 + minute % 70)) }
        if minute == 600 { all.append(.sleep(7_200)) }
        if minute == 800 { all.append(.setClock(-3_600)) }
        if minute == 900 { all.append(.setClock(3_600)) }
        return all
    }
}
