import Canvas
import Dashboard
import Domain
import History
import RawServer
import Runtime
import Testing

@testable import nocturne

@Suite("The first frame", .timeLimit(.minutes(15)))
struct FirstFrameTests {
    @Test("the frame is there before a server that never answers was even asked")
    func silence() async throws {
        let mute = try RawServer(answering: { _, connection in connection.hang() })
        try await withApplication(adjust: { $0 = [BackendPlan("mute", at: mute.url)] }) { app, _ in
            app.turn()
            app.expect(shows: "nocturne")
            app.expect(shows: "mute … asking")
            for pane in ["0 overview", "1 devices", "2 ports", "3 alerts"] { app.expect(shows: pane) }
            app.expect(shows: "? critical")
            #expect(app.terminal.record.draws == 1)
            await mute.until { !$0.requests.isEmpty }
            for (key, words) in [("1", "asking mute"), ("2", "asking mute"), ("3", "asking mute")] {
                app.press(key)
                app.expect(shows: words)
            }
            app.press("?")
            app.expect(shows: "In a table")
            app.press("q", "Q")
            #expect(app.end == .quit)
        }
    }

    @Test("a server that never answers leaves the others and every key alone")
    func others() async throws {
        let mute = try RawServer(answering: { _, connection in connection.hang() })
        try await withApplication(adjust: { $0.insert(BackendPlan("mute", at: mute.url), at: 0) }) {
            app, provider in
            app.press("3")
            await app.until("both others gave their alerts") { app in
                !app.alerts(of: "core").isEmpty && !app.alerts(of: "edge").isEmpty
            }
            app.expect(shows: "mute … asking")
            // A count that needs the silent one is not called complete.
            app.expect(shows: "+?")
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            app.press("a", "Enter")
            await app.until("the alert is acknowledged") { $0.text(alert, .state) == "acknowledged" }
            #expect(provider.commands.count == 1)
            app.press("R")
            app.expect(shows: "still waiting for")
            app.expect(shows: "mute")
        }
    }

    @Test("what was recorded in the session before is shown while its server does not answer, in no number")
    func earlierSession() async throws {
        let directory = try TemporaryDirectory()
        let store = SQLiteHistory(path: "\(directory.path)/history.sqlite") { Timestamp(1_800_000_000) }
        try await withApplication(history: store) { app, _ in
            await app.waitUntilIdle()
            #expect(!app.alerts(of: "core").isEmpty)
        }
        let mute = try RawServer(answering: { _, connection in connection.hang() })
        try await withApplication(history: store, adjust: { $0 = [BackendPlan("core", at: mute.url)] }) {
            app, _ in
            app.press("3")
            await app.until("the rows of the last session are here") { !$0.rows.isEmpty }
            app.expect(shows: "ROWS FROM")
            app.expect(shows: "? critical")
            let alert = try #require(app.rows.first)
            app.select(alert)
            app.press("a")
            app.expect(shows: "core has not answered yet: this row is of an earlier session")
        }
    }

    @Test("quitting does not wait for what is under way")
    func quit() async throws {
        let mute = try RawServer(answering: { _, connection in connection.hang() })
        try await withApplication(adjust: { $0 = [BackendPlan("mute", at: mute.url)] }) { app, _ in
            app.turn()
            await mute.until { !$0.requests.isEmpty }
            app.receive(15)
            #expect(app.end == .signal(15))
        }
    }
}
