import Dashboard
import Domain
import RealServer
import Simulator
import Team
import Testing

@testable import nocturne

@Suite(
    "A team",
    .enabled(if: Postgres.programs != nil, "PostgreSQL is not installed: apt-get install postgresql"))
struct TeamTests {
    private static func postgres() throws -> Postgres {
        let postgres = try Postgres()
        _ = try TeamAdministration(TeamSettings(url: postgres.url(as: "postgres"))).migrate()
        try postgres.sql("CREATE ROLE noc LOGIN IN ROLE nocturne_screens")
        return postgres
    }

    /// How long each key takes until it is drawn, at most.
    private func slowest(_ app: Application, _ keys: [String]) -> Duration {
        keys.map { key in
            let began = ContinuousClock.now
            app.press(key)
            return ContinuousClock.now - began
        }.max() ?? .zero
    }

    @Test("no key waits when its database is killed, the header says so, and no row goes or turns green")
    func killed() async throws {
        let postgres = try Self.postgres()
        try await withApplication(team: postgres.url(as: "noc")) { app, _ in
            await app.waitUntilIdle()
            await app.until("it has joined") { app in
                app.turn()
                return app.state.team == .joined
            }
            app.pass(60)
            await app.waitUntilIdle()
            #expect(app.network.team?.tally.fetched ?? 0 > 0)
            #expect(!app.screen[0].contains("alone"))
            let alerts = app.alerts(of: "core")
            let header = app.screen[0].filter { !"0123456789:".contains($0) }
            let keys = ["2", "j", "j", "1", "j", "k", "3", "1"]
            let usual = slowest(app, keys)
            postgres.kill()
            var worst = Duration.zero
            await app.until("it is alone") { app in
                worst = max(worst, slowest(app, keys))
                return app.screen[0].contains("alone")
            }
            worst = max(worst, slowest(app, keys))
            print("slowest key: \(usual) joined, \(worst) while the database died")
            #expect(worst < .milliseconds(100))
            #expect(app.alerts(of: "core") == alerts)
            #expect(
                app.screen[0].filter { !"0123456789:".contains($0) }.replacing("alone", with: "").split(
                    separator: " ")
                    == header.split(separator: " "))
            app.press("!")
            #expect(app.picture.contains("alone, asking the servers itself"))
            try postgres.start()
            await app.until("it has joined again") { app in
                app.turn()
                return app.state.team == .joined
            }
            #expect(!app.screen[0].contains("alone"))
        }
    }

    @Test("what is asked with r is of the server itself, and so is what stands around a command")
    func pressed() async throws {
        let postgres = try Self.postgres()
        try await withApplication(team: postgres.url(as: "noc")) { app, provider in
            await app.waitUntilIdle()
            await app.until("it has joined") { app in
                app.turn()
                return app.state.team == .joined
            }
            app.pass(60)
            await app.waitUntilIdle()
            let before = app.network.team?.tally ?? (0, 0)
            provider.core.forgetArrivals()
            app.press("r")
            await app.waitUntilIdle()
            #expect(provider.core.arrivals().contains { $0.path.hasSuffix("/alerts") })
            #expect(app.network.team?.tally ?? (1, 1) == before)
        }
    }
}
