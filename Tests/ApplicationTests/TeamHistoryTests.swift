import Dashboard
import Domain
import History
import RealServer
import Team
import TeamHistory
import Testing

@Suite(
    "A team's history beside the dashboard",
    .enabled(if: Postgres.programs != nil, "PostgreSQL is not installed: apt-get install postgresql"))
struct TeamHistoryTests {
    private func history(_ postgres: Postgres, _ account: String) -> PostgresHistory {
        PostgresHistory(
            TeamSettings(url: postgres.url(as: account)),
            sources: ["core", "edge"].map {
                TeamHistorySource(
                    backend: $0, server: "test \($0)", account: TeamAccount(user: "w", token: nil))
            }, name: "op@host", retention: .init(), now: nil)
    }

    @Test("an acknowledgement is in it for all, and when its database is killed no key waits, and it is said")
    func acknowledgement() async throws {
        let postgres = try Postgres()
        _ = try TeamAdministration(TeamSettings(url: postgres.url(as: "postgres"))).migrate()
        try postgres.sql("CREATE ROLE noc LOGIN IN ROLE nocturne_screens")
        let another = history(postgres, "noc")
        try await withApplication(history: history(postgres, "noc")) { app, _ in
            await app.waitUntilIdle()
            let alert = try await app.acknowledge(commenting: "splice team is on the way")
            let told = try another.recall(
                HistoryQuery(.entities([EntityName(alert, backend: "core")]), since: Timestamp(0)))
            #expect(told.changes.map(\.after) == ["acknowledged"])
            #expect(told.changes.first?.note.hasSuffix("splice team is on the way") == true)
            postgres.kill()
            var isSaid = false
            for _ in 0..<10 where !isSaid {
                app.pass(60)
                await app.waitUntilIdle()
                isSaid = app.picture.contains("the team's history can't be reached")
            }
            #expect(isSaid)
            var worst = Duration.zero
            for key in ["j", "k", "2", "1", "3", "j"] {
                let began = ContinuousClock.now
                app.press(key)
                worst = max(worst, ContinuousClock.now - began)
            }
            #expect(worst < .milliseconds(100))
        }
    }
}
