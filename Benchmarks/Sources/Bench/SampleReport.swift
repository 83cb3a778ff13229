import Domain
import Glibc
import History

/// What the memory of what was measured costs, in a file that has a million changes already.
enum SampleReport {
    private static let start: Int64 = 1_800_000_000 / 86_400 * 86_400
    private static let backend = BackendID(0)
    private static let ports = ResourceDescriptor(
        .port, plural: "ports", pane: nil,
        fields: [
            Field(.name, "Port", .text), Field(.device, "Device", .ref(.device)),
            Field("in_bps", "In", .rate),
            Field("out_bps", "Out", .rate), Field("errors_per_s", "Err/s", .number),
        ], interval: 300, trends: ["in_bps", "out_bps"], measured: ["errors_per_s"])

    /// Seven days of 1,654 ports that are read every 5 minutes: 10,003,392 values.
    static func measure(_ path: String, _ store: (String) -> SQLiteHistory) throws {
        let writing = store(path)
        let (count, readings) = (1_654, 2_016)
        let before = try writing.facts().bytes
        let began = ContinuousClock.now
        var trimming = Duration.zero
        for step in 0..<readings {
            let at = Timestamp(start + Int64(step) * 300)
            try writing.record(
                SampleReading(HistoryList(backend: "core", kind: .port), table(count, step), at: at))
            if step % 12 == 0 {
                let begun = ContinuousClock.now
                while try writing.trim(at: at) {}
                trimming += begun.duration(to: .now)
            }
        }
        let all = began.duration(to: .now)
        let end = Timestamp(start + Int64(readings) * 300)
        let facts = try writing.sampleFacts(isThorough: true)
        let file = try writing.facts()
        Report.line(
            "record \(facts.samples ?? 0) values", seconds(all), "of which thinning \(seconds(trimming))")
        Report.line(
            "", "\((file.bytes - before) / 1_000_000) MB more",
            "\(Double((file.bytes - before) * 100 / max(1, facts.samples ?? 1)) / 100) bytes per value, "
                + "\(file.bytes / 1_000_000) MB in all")
        writing.close()
        let name = EntityName(backend: "core", kind: .port, id: "777")
        for (words, span) in [("6 h", 21_600), ("1 d", 86_400), ("7 d", 604_800)] as [(String, Int64)] {
            let query = SampleQuery(name, since: Timestamp(end.seconds - span), until: end)
            let found = Report.time("open, and a chart of \(words)", runs: 9) {
                try? store(path).recall(query).series.first?.samples.count
            }
            Report.line("", "\(found ?? 0)", "values of each of 3 fields")
        }
        let reading = store(path)
        Report.time("the trends of all ports, 24 readings", runs: 9) {
            try? reading.polls(
                HistoryList(backend: "core", kind: .port), since: Timestamp(0), until: end, most: 24
            ).polls.count
        }
        Report.time("open, and the timeline of everything, 8 h, beside them", runs: 9) {
            try? store(path).recall(
                HistoryQuery(since: Timestamp(1_800_000_000 + 100_000 - 28_800))
            ).changes.count
        }
        // A week on: all of it becomes values of an hour.
        let thinning = ContinuousClock.now
        var steps = 0
        while try reading.trim(at: Timestamp(end.seconds + 8 * 86_400)) { steps += 1 }
        let thinned = thinning.duration(to: .now)
        let later = try reading.sampleFacts(isThorough: true)
        Report.line(
            "thin all of it to hours", seconds(thinned),
            "\(steps) steps; \(later.samples ?? 0) values, \(later.bytes / 1_000_000) MB")
        reading.close()
    }

    /// A day of 100,000 ports, of which 5,000 are recorded.
    static func measureLong(_ path: String, _ store: (String) -> SQLiteHistory) throws {
        let writing = store(path)
        let list = HistoryList(backend: "long", kind: .port)
        let tables = (0..<3).map { table(100_000, $0) }
        let begin = start + 40 * 86_400
        var step = 0
        func record() {
            try? writing.record(
                SampleReading(list, tables[step % 3], at: Timestamp(begin + Int64(step) * 300)))
            step += 1
        }
        record()
        let before = HistoryReport.written
        Report.time("record a reading of 100,000 ports", runs: 11, record)
        Report.line("", "\((HistoryReport.written - before) / 1_000) kB", "written in that hour")
        while step < 288 { record() }
        let whole = HistoryReport.written
        let thinning = ContinuousClock.now
        var steps = 0
        while try writing.trim(at: Timestamp(begin + 2 * 86_400)) { steps += 1 }
        let taken = thinning.duration(to: .now)
        Report.line(
            "put a day of them together", seconds(taken),
            "\(steps) steps, \((HistoryReport.written - whole) / 24_000) kB written for each hour")
    }

    private static func seconds(_ duration: Duration) -> String {
        let parts = duration.components
        return "\((Double(parts.seconds) * 100 + Double(parts.attoseconds) / 1e16).rounded() / 100) s"
    }

    /// A third carries nothing, the others what varies by half; one of a hundred has errors.
    private static func table(_ count: Int, _ step: Int) -> Table {
        var builder = TableBuilder(ports, backend, capacity: count)
        var noise = UInt64(truncatingIfNeeded: step &+ 1) &* 0x9E37_79B9_7F4A_7C15
        for port in 0..<count {
            noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let usual = port % 3 == 0 ? 0 : Int64(port % 977 + 1) * 1_000_000
            let share = Int64(noise >> 40) % 1_000 + 1_000
            builder.begin(EntityRef(backend, .port, id: Int64(port)))
            builder.set(0, text: "Gi0/\(port % 50)")
            builder.set(
                1, ref: EntityRef(backend, .device, id: Int64(port / 50)), name: "device \(port / 50)")
            builder.set(2, integer: usual * share / 1_500)
            builder.set(3, integer: usual * (3_000 - share) / 7_500)
            builder.set(4, number: port % 100 == 0 ? Double(share) / 1_000 : 0)
        }
        return builder.finish()
    }
}
