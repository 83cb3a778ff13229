import Glibc

/// Measures and prints; it never judges.
enum Report {
    /// Runs some work a few times and prints the median.
    @discardableResult
    static func time<Result>(_ what: String, runs: Int = 5, _ work: () -> Result) -> Result {
        var last = work()
        var times: [Double] = []
        for _ in 0..<runs {
            let start = ContinuousClock.now
            last = work()
            let taken = start.duration(to: .now).components
            times.append(Double(taken.seconds) * 1e3 + Double(taken.attoseconds) / 1e15)
        }
        times.sort()
        line(what, "\(rounded(times[times.count / 2])) ms", "worst \(rounded(times[times.count - 1])) ms")
        return last
    }

    static func memory(_ what: String) {
        line(what, "\(rounded(resident)) MB", "resident")
    }

    static func line(_ what: String, _ value: String, _ remark: String = "") {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(width - text.count, 1))
        }
        print(padded(what, 58) + padded(value, 14) + remark)
    }

    /// Megabytes of this process in memory.
    private static var resident: Double {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let fields = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? (Double(fields[1]) ?? 0) * Double(sysconf(Int32(_SC_PAGESIZE))) / 1e6 : 0
    }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
