import AdapterKit
import Domain
import Foundation
import HTTP
import History
import LibreNMSAdapter
import Team
import TeamHistory

/// What a team's history costs a screen and the database: `Bench team URL`, with the tables made before.
enum TeamReport {
    private static let rows = 100_000

    static func run(_ url: String) throws {
        let store = try makeStore(url)
        let other = try makeStore(url)
        let recorder = Recorder(store)
        var now: Int64 = 1_800_000_000
        func take(_ kind: ResourceKind, _ round: Int) throws -> Int {
            now += 300
            let reading = TableReading(
                backend: "core", table: table(kind, round), isComplete: true, startedAt: Timestamp(now - 2),
                seenAt: Timestamp(now))
            return try recorder.take(reading).count
        }
        try phase("the first reading of 100,000 devices, all of them stored") { try take(.device, 0) }
        try phase("a reading with 1,000 of 100,000 devices changed") { try take(.device, 1) }
        try phase("the same, all of 10 readings") { try (2..<12).reduce(0) { try $0 + take(.device, $1) } }
        try phase("a reading without a change, 100 times") {
            try (0..<100).reduce(0) { count, _ in try count + take(.device, 11) }
        }
        try phase("the first reading of 100,000 ports") { try take(.port, 0) }
        try phase("10 readings with 1,000 of 100,000 ports changed") {
            try (1..<11).reduce(0) { try $0 + take(.port, $1) }
        }
        let taker = Recorder(other)
        try phase("10 readings of 100,000 devices that another screen recorded, looked at") {
            for round in 0..<10 {
                now += 300
                var reading = TableReading(
                    backend: "core", table: table(.device, round + 20), isComplete: true,
                    startedAt: Timestamp(now - 2), seenAt: Timestamp(now))
                _ = try recorder.take(reading)
                reading.isTaken = true
                _ = try taker.take(reading)
            }
            return other.news().count
        }
        let list = HistoryList(backend: "core", kind: .port)
        let ports = table(.port, 3)
        try phase("the values of 5,000 of 100,000 ports, 48 readings") {
            for step in 0..<Int64(48) {
                try store.record(SampleReading(list, ports, at: Timestamp(now + step * 300)))
            }
            return 48 * 5_000
        }
        try phase("thinning and removing, three days later") {
            var steps = 0
            while try store.trim(at: Timestamp(now + 3 * 86_400)) { steps += 1 }
            return steps
        }
        try phase("1,000 changes of the last hours, 20 times") {
            try (0..<20).reduce(0) { count, _ in
                try count + store.recall(HistoryQuery(since: Timestamp(now - 28_800))).changes.count
            }
        }
        let port = EntityName(backend: "core", kind: .port, id: "99999")
        try phase("a chart of a week, 20 times") {
            try (0..<20).reduce(0) { count, _ in
                let query = SampleQuery(port, since: Timestamp(now - 604_800), until: Timestamp(.max))
                return try count + (store.recall(query).series.first?.samples.count ?? 0)
            }
        }
        let facts = try store.facts()
        print("\(facts.changes) changes, \(facts.entities) entities, \(facts.bytes / 1_000_000) MB")
    }

    private static func makeStore(_ url: String) throws -> PostgresHistory {
        guard let (origin, _) = Origin.parse("https://bench.example.net") else {
            throw CocoaError(.formatting)
        }
        let source = TeamHistorySource(
            backend: "core", endpoint: Endpoint(origin: origin, basePath: ""),
            descriptor: LibreNMS.descriptor,
            account: TeamAccount(user: "bench", token: nil))
        return PostgresHistory(
            TeamSettings(url: url), sources: [source], name: "bench@host",
            retention: .init(bytes: 10_000_000_000),
            patience: 30, now: nil)
    }

    /// Measures how long something takes here and how much of a processor the database takes for it.
    private static func phase(_ words: String, _ work: () throws -> Int) throws {
        let (before, began) = (databaseTime(), ContinuousClock.now)
        let count = try work()
        let taken = began.duration(to: .now)
        Report.line(
            words, "\(taken)", "\(count) rows, PostgreSQL \(databaseTime() - before) ms of a processor")
    }

    /// The processor's time of all processes of PostgreSQL on this machine, in milliseconds.
    private static func databaseTime() -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.filter { Int($0) != nil }.reduce(0) { sum, process in
            guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
                text.contains("(postgres)")
            else { return sum }
            let parts = text.split(separator: " ")
            return sum + (Int(parts[13]) ?? 0) * 10 + (Int(parts[14]) ?? 0) * 10
        }
    }

    private static func table(_ kind: ResourceKind, _ round: Int) -> Table {
        let isPort = kind == .port
        let resource = ResourceDescriptor(
            kind, plural: isPort ? "ports" : "devices", pane: isPort ? .ports : .devices,
            fields: [
                Field(isPort ? "oper" : .status, "State", .state, decides: true), Field(.name, "Name", .text),
                Field("in_bps", "In", .rate), Field("out_bps", "Out", .rate),
            ], interval: 300, trends: isPort ? ["in_bps", "out_bps"] : [],
            recording: isPort ? .changes : .everything)
        var builder = TableBuilder(resource, BackendID(0), capacity: rows)
        for id in 0..<rows {
            builder.begin(EntityRef(BackendID(0), kind, id: Int64(id)))
            // One row of a hundred is another one each time, and the one before is up again.
            builder.set(0, text: id % 200 == round % 200 ? "down" : "up")
            builder.set(1, text: "edge\(id)")
            builder.set(2, integer: Int64(id) * 1_000)
            builder.set(3, integer: Int64(id) * 500)
        }
        return builder.finish()
    }
}
