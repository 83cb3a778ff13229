import Domain
import Glibc
import History

/// What the memory of what changed costs.
enum HistoryReport {
    private static let start: Int64 = 1_800_000_000
    private static let count = 1_000_000
    private static let backend = BackendID(0)
    private static let ports = ResourceDescriptor(
        .port, plural: "ports", pane: nil,
        fields: [
            Field("oper", "State", .state), Field(.device, "Device", .ref(.device)),
            Field(.name, "Port", .text),
            Field("in_bps", "In", .rate),
        ], interval: 300, recording: .changes)

    static func run() {
        var template = Array("/tmp/nocturne-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return }
        let folder = String(
            decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let path = folder + "/history.sqlite"
        defer {
            for end in ["", "-wal", "-shm"] { unlink(path + end) }
            rmdir(folder)
        }
        do { try measure(path) } catch { print("\(error)") }
    }

    private static func store(_ path: String) -> SQLiteHistory {
        SQLiteHistory(path: path, retention: .init(days: 3_650, bytes: 10_000_000_000)) { Timestamp(start) }
    }

    private static func measure(_ path: String) throws {
        let writing = store(path)
        let began = ContinuousClock.now
        for batch in 0..<(count / 1_000) {
            _ = try writing.record((0..<1_000).map { change(batch * 1_000 + $0) })
        }
        let taken = began.duration(to: .now).components
        let seconds = Double(taken.seconds) + Double(taken.attoseconds) / 1e18
        Report.line(
            "insert \(count) changes, 1,000 at a time", "\(Int(Double(count) / seconds)) per s")
        let facts = try writing.facts()
        Report.line("", "\(facts.bytes / 1_000_000) MB", "\(facts.bytes / Int64(count)) bytes per change")
        writing.close()
        let whole = HistoryQuery(since: Timestamp(start + Int64(count) / 10 - 28_800))
        func open(_ what: String, _ query: HistoryQuery) {
            Report.time(what, runs: 9) { try? store(path).recall(query).changes.count }
        }
        open("open, and the timeline of everything, 8 h", whole)
        let reading = store(path)
        func ask(_ what: String, _ subject: HistoryQuery.Subject, since: Int64 = start) {
            let found = Report.time(what, runs: 9) {
                try? reading.recall(HistoryQuery(subject, since: Timestamp(since)))
            }
            Report.line("", "\(found?.changes.count ?? 0)", found?.isCut == true ? "of more" : "changes")
        }
        ask("the timeline of everything, all of it", .everything)
        ask(
            "of an entity", .entities([EntityName(backend: "core", kind: .device, id: "17")]))
        ask("of a device and what belongs to it", .device("device 17"))
        ask("of a site", .site("site 7"))
        Report.time("record one change", runs: 99) {
            try? reading.record([
                change(Int.random(in: 0..<count), after: "state \(UInt64.random(in: 0 ... .max))")
            ])
        }
        reading.close()
        try PastReport.measure(store(path), table(0))
        try SampleReport.measure(path, store)
        try SampleReport.measureLong(path, store)
        try lists(path)
    }

    /// Changes of 20,000 entities on 2,000 devices at 100 sites, ten a second.
    private static func change(_ number: Int, after: String? = nil) -> StateChange {
        let entity = number * 7_919 % 20_000
        let isDown = number / 20_000 % 2 == 0
        return StateChange(
            EntityName(backend: "core", kind: entity < 2_000 ? .device : .alert, id: "\(entity)"),
            name: entity < 2_000 ? "device \(entity)" : "rule \(entity % 40)",
            device: entity < 2_000 ? "" : "device \(entity % 2_000)", site: "site \(entity % 2_000 % 100)",
            before: isDown ? "up" : "down", after: after ?? (isDown ? "down" : "up"),
            severity: isDown ? .critical : .ok, severityBefore: isDown ? .ok : .critical,
            lastSeenBefore: Timestamp(start + Int64(number / 10) - 30),
            seenAt: Timestamp(start + Int64(number / 10)))
    }

    /// An hour of 100,000 ports that are read every 5 minutes, 1 % of which change each time.
    private static func lists(_ path: String) throws {
        let recorder = Recorder(store(path))
        let tables = (0..<13).map(table)
        func take(_ round: Int) -> Int {
            let now = Timestamp(start + Int64(count) / 10 + Int64(round) * 300)
            let reading = TableReading(
                backend: "core", table: tables[round], isComplete: true,
                startedAt: Timestamp(now.seconds - 5),
                seenAt: now)
            let made = (try? recorder.take(reading).count) ?? 0
            try? recorder.tidy(at: now)
            return made
        }
        _ = take(0)
        let before = written
        var round = 0
        let last = Report.time("take a reading of which 1 % changed", runs: 11) {
            round += 1
            return take(round)
        }
        Report.line(
            "", "\((written - before) / 1_000) kB", "written in that hour; \(last) changes told each time")
    }

    private static func table(_ round: Int) -> Table {
        var builder = TableBuilder(ports, backend, capacity: 100_000)
        for port in 0..<100_000 {
            builder.begin(EntityRef(backend, .port, id: Int64(port)))
            builder.set(0, text: (port + round) % 100 == 0 ? "down" : "up")
            builder.set(
                1, ref: EntityRef(backend, .device, id: Int64(port / 50)), name: "device \(port / 50)")
            builder.set(2, text: "Gi0/\(port % 50)")
            builder.set(3, integer: Int64(port &* round))
        }
        return builder.finish()
    }

    /// The bytes that this process has handed to the system to be written.
    static var written: Int64 {
        guard let file = fopen("/proc/self/io", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if text.hasPrefix("wchar: ") { return Int64(text.dropFirst(7).filter(\.isNumber)) ?? 0 }
        }
        return 0
    }
}
