import Foundation

/// What a soak prints: a line for each simulated hour, and the end.
struct Report {
    private let plan: Plan
    private var readings: [(second: Int, reading: Reading)] = []
    private var largestRepaint = 0
    private var samples: [Int] = []

    init(_ plan: Plan) {
        self.plan = plan
        print(
            "\(plan.seconds / 3_600) h simulated in at least \(Int(plan.realSeconds / 60)) min, \(plan.scale) ports"
        )
        print("   hour   real s  own KB    least  files  threads  written B")
    }

    /// Takes one of the readings that an hour's median is made of: answers come and go by the megabyte.
    mutating func sample(_ kilobytes: Int) { samples.append(kilobytes) }

    mutating func repaint(_ bytes: Int) { largestRepaint = max(largestRepaint, bytes) }

    mutating func note(_ second: Int, _ reading: Reading, real: Duration) {
        var reading = reading
        let sorted = samples.sorted()
        reading.resident = sorted.isEmpty ? reading.resident : sorted[sorted.count / 2]
        reading.least = sorted.first ?? reading.resident
        samples = []
        readings.append((second, reading))
        let cells = [
            (String(format: "%.1f", Double(second) / 3_600), 7), ("\(real.components.seconds)", 9),
            ("\(reading.resident)", 8), ("\(reading.least)", 9), ("\(reading.files)", 7),
            ("\(reading.threads)", 9), ("\(reading.written)", 11),
        ]
        print(cells.map { String(repeating: " ", count: max(0, $1 - $0.count)) + $0 }.joined())
        fflush(nil)
    }

    func finish(_ traffic: Traffic, real: Duration, effects: Int) {
        let late = readings.filter { $0.second > plan.warmUp }.map(\.reading)
        let half = late.count / 2
        func median(_ values: [Int]) -> Int { values.sorted()[values.count / 2] }
        if half > 0 {
            let first = Array(late.prefix(half))
            let last = Array(late.suffix(half))
            for (name, key) in [("median", \Reading.resident), ("least", \Reading.least)] {
                let growth = median(last.map { $0[keyPath: key] }) - median(first.map { $0[keyPath: key] })
                print("memory, \(name) of an hour: \(growth) KB more in the second half after the warm-up")
            }
            let files = late.map(\.files)
            print("open files: \(files.min() ?? 0) to \(files.max() ?? 0)")
            print("written into files: \(late.last?.written ?? 0) bytes")
        }
        for size in ["80×24", "200×60"] {
            let seconds = traffic.seconds[size] ?? 0
            guard seconds > 0 else { continue }
            let rate = Double(traffic.bytes[size] ?? 0) / Double(seconds)
            print(
                "\(size): \(Int(rate.rounded())) bytes a simulated second over \(seconds) s; "
                    + "at most \(traffic.burst[size] ?? 0) in twenty")
        }
        print("largest repaint after a resize: \(largestRepaint) bytes")
        print("\(effects) effects in \(real.components.seconds) s")
    }
}
