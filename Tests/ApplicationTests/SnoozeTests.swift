import Dashboard
import Domain
import Testing

@testable import Simulator
@testable import nocturne

@Suite("Snoozes, from the key to the file", .timeLimit(.minutes(15)))
struct SnoozeTests {
    @Test("an alert is hidden here, no server hears of it, and it is hidden after a restart")
    func restart() async throws {
        let directory = try TemporaryDirectory()
        let file = PreferencesFile(path: "\(directory.path)/views.jsonl")
        let provider = Provider()
        var hidden: EntityRef?
        try await withApplication(provider: provider, preferences: file) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            app.press("m")
            app.expect(shows: "not on the server")
            app.type("8h")
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(!app.rows.contains(alert))
            app.expect(shows: "1 snoozed here")
            #expect(provider.commands.isEmpty && app.record.isEmpty)
            hidden = alert
        }
        let alert = try #require(hidden)
        #expect(file.read().snoozes.map(\.id) == [alert.id])
        try await withApplication(preferences: file) { app, _ in
            await app.waitUntilIdle()
            app.press("3")
            #expect(!app.rows.contains(alert))
            app.expect(shows: "1 snoozed here")
            app.press("/")
            app.type("is:snoozed")
            app.press("Enter")
            #expect(app.rows == [alert])
            app.press("m")
            await app.waitUntilIdle()
            app.press("Esc")
            #expect(app.rows.contains(alert))
        }
        #expect(file.read().snoozes.isEmpty)
    }
}
