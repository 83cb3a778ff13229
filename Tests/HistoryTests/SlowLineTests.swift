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
}
