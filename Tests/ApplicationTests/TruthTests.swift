import AdapterKit
import Audit
import Canvas
import Domain
import Testing

@testable import Simulator
@testable import nocturne

@Suite("What can't be done is told as it is, never as done", .timeLimit(.minutes(15)))
struct TruthTests {
    @Test("an alert that a colleague took meanwhile is left alone, and the note says who has it")
    func alreadyTaken() async throws {
        try await withApplication(size: Size(160, 30)) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            provider.acknowledge(alert, on: provider.core, note: "Ack (maria) looking at it")
            app.press("a", "Enter")
            await app.waitUntilIdle()
            app.expect(shows: "already acknowledged: Ack (maria) looking at it")
            #expect(provider.commands.isEmpty)
            #expect(app.record.isEmpty)
        }
    }

    @Test("an alert that has cleared since the last look is left alone", arguments: ["core", "edge"])
    func cleared(backend: String) async throws {
        try await withApplication(size: Size(160, 30)) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let server = backend == "core" ? provider.core : provider.edge
            let (alert, seconds) = try #require(provider.nextToClear(of: app.alerts(of: backend), on: server))
            app.select(alert)
            provider.world.advance(by: seconds)
            app.press("a", "Enter")
            await app.waitUntilIdle()
            app.expect(shows: "it has cleared since")
            app.expect(hides: "verified")
            #expect(provider.commands.isEmpty)
            #expect(app.record.isEmpty)
        }
    }

    @Test("a token without the right fails a newer server with 500: the alert is shown as still open")
    func noRight() async throws {
        try await withApplication(
            size: Size(160, 30), adjust: { $0[0].secret = Secret(Provider.tokens.readOnly) }
        ) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            app.press("a", "Enter")
            await app.waitUntilIdle()
            app.expect(shows: "the token is not an administrator's")
            app.expect(hides: "verified")
            #expect(provider.commands.count == 1)
            #expect(provider.alert(alert, on: provider.core)?.isOpen == true)
            #expect(app.text(alert, .state) == "open")
            #expect(try app.audit.entries().flatMap(\.targets).map(\.outcome) == [.failed])
        }
    }

    @Test("of several marked alerts, those that were taken are left out and the others are sent")
    func someTaken() async throws {
        try await withApplication(size: Size(160, 30)) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let alerts = Array(app.alerts(of: "core").prefix(3))
            for alert in alerts {
                app.select(alert)
                app.press("Space")
            }
            provider.acknowledge(alerts[1], on: provider.core, note: "Ack (tom) mine")
            app.press("a", "Enter")
            await app.waitUntilIdle()
            let sent = [alerts[0], alerts[2]].map { "PUT /api/v0/alerts/\($0.id)" }
            #expect(Set(provider.commands) == Set(sent))
            app.expect(shows: "2 verified, 1 skipped")
            app.expect(shows: "Ack (tom) mine")
        }
    }

    @Test("the form keeps what was typed when the server can't be asked first")
    func unreadable() async throws {
        try await withApplication(size: Size(160, 30)) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            provider.core.setFaults([Fault(.status(503))])
            app.press("a")
            app.type("the splice is done")
            app.press("Enter")
            await app.waitUntilIdle()
            app.expect(shows: "nothing was sent")
            app.expect(shows: "503")
            app.expect(shows: "the splice is done")
            #expect(provider.commands.isEmpty)
            provider.core.setFaults([])
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(provider.alert(alert, on: provider.core)?.note.hasSuffix("the splice is done") == true)
        }
    }

    @Test("a log that others can read refuses every command, with the path and the fix")
    func exposedLog() async throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/audit.jsonl"
        try directory.write("", to: "audit.jsonl", permissions: 0o644)
        try await withApplication(size: Size(200, 40), auditPath: path) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            for name in ["core", "edge"] {
                let alert = try #require(app.alerts(of: name).first)
                app.select(alert)
                app.press("a", "Enter")
                await app.waitUntilIdle()
                app.expect(shows: "nothing was sent")
                app.expect(shows: path)
                app.expect(shows: "chmod 600")
                app.clock.advance(by: 1)
                app.press("Enter")
            }
            #expect(provider.commands.isEmpty)
        }
    }

    @Test("a log whose directory can't be made refuses every command, with the path")
    func noDirectory() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "state", permissions: 0o600)
        try await withApplication(size: Size(200, 40), auditPath: "\(directory.path)/state/audit.jsonl") {
            app, provider in
            await app.waitUntilIdle()
            app.press("3")
            app.press("a", "Enter")
            await app.waitUntilIdle()
            app.expect(shows: "nothing was sent")
            app.expect(shows: "\(directory.path)/state")
            #expect(provider.commands.isEmpty)
        }
    }
}
