import Domain
import Foundation
import RealServer
import Testing

@testable import History
@testable import Team
@testable import TeamHistory

/// With a database that answers at once, at the end of a long line.
@Suite(
    "A team's history far away", .enabled(if: Postgres.programs != nil, "PostgreSQL is not installed"))
struct SlowLineTests {
    private let database: TeamDatabase
    private let line: SlowLine

    init() throws {
        database = try TeamDatabase()
        line = try SlowLine(to: try #require(database.postgres).port, milliseconds: 30)
    }

    private func store(patience: Double, backends: [String] = ["core"]) -> PostgresHistory {
        PostgresHistory(
            TeamSettings(url: "postgresql://noc@127.0.0.1:\(line.port)/\(database.name)"),
            sources: backends.map {
                TeamHistorySource(
                    backend: $0, server: "test \($0)", account: TeamAccount(user: "watch", token: nil))
            }, name: "far@host", retention: .init(), patience: patience, now: nil)
    }

    @Test("who asked nothing for long is told what others recorded, and keeps the connection")
    func news() throws {
        defer { line.end() }
        let far = store(patience: 1)
        _ = try far.last([])
        #expect(far.news().isEmpty)
        let man = Watchman(database.store())
        for state in ["up", "down"] { try man.read(Lists.devices([1: state])) }
        // Longer than any call may take.
        try database.sql("SELECT pg_sleep(1.1)")
        #expect(far.news().map(\.short) == ["edge1 up>down"])
        #expect(try far.recall(HistoryQuery(since: Timestamp(0))).changes.count == 1)
    }

    @Test(
        "forty lists are noted as read in the time of one, each once, and a server without a history is left out"
    )
    func manyLists() throws {
        defer { line.end() }
        let names = (0..<40).map { "b\($0)" }
        let far = store(patience: 1, backends: names)
        let touched = try far.touched(HistoryList(backend: "b0", kind: .device), after: nil)
        for moment in [1_000, 1_060] as [Int64] {
            var readings: [HistoryList: WholeReading] = [:]
            for name in names + ["unknown"] {
                readings[HistoryList(backend: name, kind: .device)] = WholeReading(
                    at: Timestamp(moment), interval: 60)
            }
            try far.saw(readings, epoch: touched.epoch)
        }
        let found = try database.sql(
            """
            SELECT (SELECT count(*) FROM nocturne.history_lists WHERE seen = 1060),
                (SELECT count(*) FROM nocturne.history_spans WHERE since = 1000 AND until = 1060),
                (SELECT count(*) FROM nocturne.history_spans),
                (SELECT count(*) FROM nocturne.history_sources WHERE began = 1000)
            """)
        #expect(found == "40|40|40|40\n")
        _ = try far.last(Set(names.map { HistoryList(backend: $0, kind: .device) }))
    }

    @Test(
        "two screens that call two servers the other way round note what they read at once without waiting for each other"
    )
    func crossed() throws {
        defer { line.end() }
        let stores = [
            database.store(named: ["a": "core", "b": "edge"]),
            database.store(named: ["a": "edge", "b": "core"]),
        ]
        let epoch = try stores[0].touched(HistoryList(backend: "a", kind: .device), after: nil).epoch
        DispatchQueue.concurrentPerform(iterations: 2) { place in
            for round in 0..<300 as Range<Int64> {
                let reading = WholeReading(at: Timestamp(1_000 + round), interval: 60)
                do {
                    try stores[place].saw(
                        [
                            HistoryList(backend: "a", kind: .device): reading,
                            HistoryList(backend: "b", kind: .device): reading,
                        ], epoch: epoch)
                } catch {
                    Issue.record(error)
                    return
                }
            }
        }
    }
}
