import Dashboard
import Domain
import Glibc
import Runtime
import Testing

@testable import Simulator
@testable import nocturne

@Suite("What becomes read-only while it runs", .timeLimit(.minutes(15)))
struct SealTests {
    /// Runs a story in which reading the configuration again makes `core` read-only.
    private func withTightening(_ story: (Application, Provider) async throws -> Void) async throws {
        let reading = Reloaded(
            themes: Shipped.themes, keymap: Shipped.keymap(),
            backends: [
                Reloaded.Backend(name: "core", mode: .readOnly, intervals: [:]),
                Reloaded.Backend(name: "edge", mode: .normal, intervals: [:]),
            ])
        try await withApplication(reload: { .success(reading) }) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            try await story(app, provider)
        }
    }

    /// Opens the form of an acknowledgement and gets to where Enter sends it.
    private func begin(_ app: Application, on alerts: [EntityRef]) {
        for alert in alerts {
            app.select(alert)
            if alerts.count > 1 { app.press("Space") }
        }
        app.press("a")
        app.expect(shows: "Note:")
    }

    private func commands(_ server: SimulatedServer) -> [String] {
        server.arrivals().filter(\.isCommand).map(\.line)
    }

    @Test("what was prepared before is not sent afterwards, and the other backend goes on")
    func prepared() async throws {
        try await withTightening { app, provider in
            let alert = try #require(app.alerts(of: "core").first)
            // Prepared, its plan in hand, and held in the middle of the way: nothing but Enter is missing.
            let connection = app.network.connections[0]
            let executor = CommandExecutor(
                connections: app.network.connections, audit: app.audit, clock: app.clock
            ) { _, _, _ in }
            let made = await executor.prepare(900, BackendID(0), Command(.acknowledge, [alert]))
            #expect(try made.get().preview.targets.isEmpty == false)
            #expect(connection.commander != nil)
            app.receive(SIGUSR2)
            await app.waitUntilIdle()
            app.expect(shows: "core is read-only now")
            #expect(connection.commander == nil)
            let outcomes = await executor.perform(900, BackendID(0), as: .harmless)
            #expect(outcomes.map(\.state) == [.failed], "\(outcomes)")
            #expect(outcomes.first?.words.contains("nothing was sent") == true)
            #expect(app.record.isEmpty && provider.commands.isEmpty)
            app.press("a")
            app.expect(shows: "core is read-only")
            let other = try #require(app.alerts(of: "edge").first)
            app.select(other)
            app.press("a", "Enter")
            await app.waitUntilIdle()
            #expect(provider.commands == ["PUT /api/v0/alerts/\(other.id)"])
        }
    }

    @Test("what is on its way is not cut, and what would have followed it is not sent")
    func onItsWay() async throws {
        try await withTightening { app, provider in
            let alerts = Array(app.alerts(of: "core").prefix(2))
            #expect(alerts.count == 2)
            begin(app, on: alerts)
            provider.core.setFaults([Fault(.latency(.seconds(2)), method: "PUT")])
            app.type("splicing")
            app.press("Enter")
            await app.until("the first command has arrived") { _ in !commands(provider.core).isEmpty }
            app.receive(SIGUSR2)
            await app.until(shows: "core is read-only now")
            await app.waitUntilIdle()
            #expect(commands(provider.core).count == 1)
            let states = alerts.compactMap { provider.alert($0, on: provider.core)?.state }
            #expect(states.count { $0 == .acknowledged } == 1 && states.count == 2)
            #expect(alerts.filter { app.text($0, .state) == "acknowledged" }.count == 1)
            app.expect(shows: "it became read-only, until a restart")
            #expect(app.record.contains("verified") && app.record.contains("failed"))
        }
    }
}
