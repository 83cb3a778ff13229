import Canvas
import Dashboard
import Domain
import Testing

@testable import Simulator
@testable import nocturne

/// Holding on: what stands still, what is put aside, what is only looked at, and what does not answer.
extension Walkthrough {
    @Test("a snooze survives a restart, and no server ever hears of it")
    func snooze() async throws {
        let directory = try TemporaryDirectory()
        let file = PreferencesFile(path: "\(directory.path)/views.jsonl")
        var hidden: EntityRef?
        try await Self.story(preferences: file) { app, provider in
            let alert = try #require(app.alerts(of: "edge").first)
            let counts = app.state.counts
            app.select(alert)
            app.press("m")
            app.type("6h")
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(!app.rows.contains(alert))
            #expect(app.state.counts == counts)
            #expect(provider.commands.isEmpty && app.record.isEmpty)
            hidden = alert
        }
        let alert = try #require(hidden)
        try await Self.story(preferences: file) { app, _ in
            #expect(app.alerts(of: "edge").contains(alert) && !app.rows.contains(alert))
            app.expect(shows: "1 snoozed here")
        }
    }

    @Test("a snooze ends by itself when its time is over")
    func woken() async throws {
        try await Self.story { app, provider in
            let alert = try #require(provider.lasting(of: app.rows, for: 1_200).first)
            app.select(alert)
            app.press("m")
            app.type("5m")
            app.press("Enter")
            #expect(!app.rows.contains(alert))
            app.pass(290)
            await app.waitUntilIdle()
            #expect(!app.rows.contains(alert))
            app.pass(20)
            await app.waitUntilIdle()
            #expect(app.rows.contains(alert))
        }
    }

    @Test("an alert is acknowledged from a frozen table, and the server is asked how it is now")
    func frozen() async throws {
        try await Self.story { app, provider in
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            app.press("Z")
            provider.acknowledge(alert, on: provider.core, note: "Ack (maria) mine")
            app.pass(60)
            await app.waitUntilIdle()
            let line = try #require(app.screen.first { $0.contains("▌") })
            #expect(!line.contains("maria"))
            app.press("a", "Enter")
            await app.waitUntilIdle()
            app.expect(shows: "already acknowledged: Ack (maria) mine")
            #expect(provider.commands.isEmpty)
        }
    }

    @Test("a dry run from the table shows the request, and nothing that is pressed then sends it")
    func dryRun() async throws {
        try await Self.story { app, provider in
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            app.press("D")
            app.expect(shows: "DRY RUN")
            app.press("a", "Enter")
            await app.waitUntilIdle()
            app.expect(shows: "/api/v0/alerts/\(alert.id)")
            Self.fumble(app, ["y", "Enter", "ctrl-t", "y", "Enter", "D", "y", "Tab", "Enter"])
            await app.waitUntilIdle()
            #expect(provider.commands.isEmpty && app.record.isEmpty)
        }
    }

    @Test("all that can be done with an alert is on one key, and done from there")
    func menu() async throws {
        try await Self.story { app, provider in
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            app.press(".")
            app.expect(shows: "Acknowledge")
            app.expect(shows: "Snooze (local only)")
            app.press("Enter", "Enter")
            await app.waitUntilIdle()
            #expect(Self.acknowledged([alert], provider) == [alert])
        }
    }

    @Test("a server dies in the night: its rows stay with their age, and the other one is worked on as ever")
    func dead() async throws {
        try await Self.story(size: Size(160, 40)) { app, provider in
            let rows = Set(app.rows)
            provider.core.setFaults([Fault(.status(503))])
            app.pass(61)
            await app.waitUntilIdle()
            app.expect(shows: "core ◐ stale")
            #expect(Set(app.rows).isSuperset(of: rows.filter { $0.backend == BackendID(0) }))
            let alert = try #require(app.alerts(of: "edge").first)
            app.select(alert)
            app.press("a", "Enter")
            await app.waitUntilIdle()
            #expect(Self.acknowledged([alert], provider) == [alert])
        }
    }

    @Test("a screen that is made smaller in the middle of a note loses nothing of it")
    func resized() async throws {
        try await Self.story { app, provider in
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            app.press("a")
            app.type("splicer comes ")
            app.resize(to: 60, 16)
            app.type("at six")
            app.resize(to: 140, 34)
            app.press("Enter")
            await app.waitUntilIdle()
            let note = provider.alert(alert, on: provider.core)?.note
            #expect(note?.hasSuffix("splicer comes at six") == true)
        }
    }

    @Test("what became of a command is told though its dialog was put away")
    func putAway() async throws {
        try await Self.story(scale: 3_000) { app, provider in
            Self.filter(app, "state=open")
            let alerts = app.rows
            app.press("*", "a", "Enter")
            await app.waitUntilIdle()
            app.clock.advance(by: 1)
            app.press("y", "Esc")
            #expect(app.state.layers.isEmpty)
            app.expect(shows: "goes on")
            await app.waitUntilIdle()
            #expect(Self.acknowledged(alerts, provider) == alerts)
            app.expect(shows: "\(alerts.count) verified")
        }
    }

    @Test("on a read-only screen every key of a command says why, and nothing is sent")
    func readOnly() async throws {
        try await Self.story(isReadOnly: true) { app, provider in
            app.expect(shows: "READ-ONLY")
            for key in ["a", "u", "D"] {
                app.press(key)
                app.expect(shows: "read-only")
                #expect(app.state.sessions.isEmpty)
            }
            app.press(".", "Enter")
            app.expect(shows: "read-only: nothing can be changed from here")
            await app.waitUntilIdle()
            #expect(provider.commands.isEmpty)
        }
    }
}
