import Audit
import Dashboard
import Domain
import Testing

@testable import Simulator

@Suite("Acknowledging and unmuting, from the key to the server and back", .timeLimit(.minutes(15)))
struct AcknowledgeTests {
    @Test("alerts of both backends are in one table")
    func oneTable() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            app.press("3")
            #expect(app.alerts(of: "core").count > 1 && app.alerts(of: "edge").count > 1)
            let shown = Set(app.rows)
            #expect(shown.isSuperset(of: app.alerts(of: "core") + app.alerts(of: "edge")))
            app.expect(shows: "core")
            app.expect(shows: "edge")
        }
    }

    @Test("an alert of a new server is acknowledged with its note, and stays so until it clears")
    func modern() async throws {
        try await withApplication { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            app.press("a")
            app.expect(shows: "Note:")
            app.type("splice team is on the way")
            app.press("Tab", "Space", "Enter")
            await app.waitUntilIdle()
            let there = try #require(provider.alert(alert, on: provider.core))
            #expect(there.state == .acknowledged)
            #expect(there.note.hasSuffix("splice team is on the way"))
            #expect(there.untilClear == .yes)
            #expect(provider.commands == ["PUT /api/v0/alerts/\(alert.id)"])
            #expect(app.text(alert, .state) == "acknowledged")
            app.expectGoodNews()
            #expect(app.state.layers.isEmpty)
        }
    }

    @Test("an alert of a server of 2016 is acknowledged without a form")
    func old() async throws {
        try await withApplication { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let alert = try #require(app.alerts(of: "edge").first)
            app.select(alert)
            app.press("a", "Enter")
            await app.waitUntilIdle()
            #expect(provider.alert(alert, on: provider.edge)?.state == .acknowledged)
            #expect(provider.commands == ["PUT /api/v0/alerts/\(alert.id)"])
            #expect(app.text(alert, .state) == "acknowledged")
            app.expectGoodNews()
        }
    }

    @Test("marked alerts of both backends are acknowledged by one form, each at its own server")
    func marks() async throws {
        try await withApplication { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let core = Array(app.alerts(of: "core").prefix(2))
            let edge = Array(app.alerts(of: "edge").prefix(2))
            for alert in core + edge {
                app.select(alert)
                app.press("Space")
            }
            app.expect(shows: "4 marked")
            app.press("a")
            app.type("power cut in the quarter")
            app.press("Enter")
            await app.waitUntilIdle()
            for alert in core {
                let there = try #require(provider.alert(alert, on: provider.core))
                #expect(there.state == .acknowledged && there.note.hasSuffix("power cut in the quarter"))
            }
            for alert in edge {
                #expect(provider.alert(alert, on: provider.edge)?.state == .acknowledged)
            }
            #expect(provider.commands.count == 4)
            app.expect(shows: "4 verified")
            #expect(app.state.pane.marks.isEmpty)
            let entries = try app.audit.entries()
            #expect(entries.map(\.backend).sorted() == ["core", "edge"])
            #expect(
                entries.flatMap(\.targets).map(\.outcome) == [.verified, .verified, .verified, .verified])
        }
    }

    @Test("an acknowledgement is taken back")
    func unmute() async throws {
        try await withApplication { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            for (name, server) in [("core", provider.core), ("edge", provider.edge)] {
                let alert = try #require(app.alerts(of: name).first)
                app.select(alert)
                app.press("a", "Enter")
                await app.waitUntilIdle()
                #expect(provider.alert(alert, on: server)?.state == .acknowledged)
                app.select(alert)
                app.press("u", "Enter")
                await app.waitUntilIdle()
                #expect(provider.alert(alert, on: server)?.isOpen == true)
                #expect(app.text(alert, .state) == "open")
                app.expectGoodNews()
            }
            let unmutes = provider.commands.filter { $0.contains("/unmute/") }
            #expect(unmutes.count == 2)
        }
    }

    @Test("every command is two records: before it was sent with its note, and after with its result")
    func audit() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            app.press("3")
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            app.press("a")
            app.type("carrier – ticket 4711")
            app.press("Enter")
            await app.waitUntilIdle()
            let lines = app.record.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.first?.contains("\"record\":\"command\"") == true)
            #expect(lines.first?.contains("carrier – ticket 4711") == true)
            #expect(lines.last?.contains("\"record\":\"result\"") == true)
            #expect(lines.last?.contains("\"state\":\"verified\"") == true)
            #expect(!app.record.contains("t0ken"))
            app.press("L")
            await app.waitUntilIdle()
            app.expect(shows: "acknowledge on core")
            app.expect(shows: "verified")
            app.press("Enter")
            app.expect(shows: "PUT http://127.0.0.1:")
            app.expect(shows: "carrier – ticket 4711")
        }
    }

    @Test("a dry run shows the requests of both backends and sends nothing")
    func dryRun() async throws {
        try await withApplication { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let core = try #require(app.alerts(of: "core").first)
            let edge = try #require(app.alerts(of: "edge").first)
            for alert in [core, edge] {
                app.select(alert)
                app.press("Space")
            }
            app.press("a")
            app.type("only looking")
            app.press("ctrl-t", "Enter")
            await app.waitUntilIdle()
            app.expect(shows: "/api/v0/alerts/\(core.id)")
            app.expect(shows: "/api/v0/alerts/\(edge.id)")
            app.expect(shows: "only looking")
            app.clock.advance(by: 1)
            app.press("Enter", "y", "Esc")
            await app.waitUntilIdle()
            #expect(provider.commands.isEmpty)
            #expect(app.record.isEmpty)
        }
    }
}
