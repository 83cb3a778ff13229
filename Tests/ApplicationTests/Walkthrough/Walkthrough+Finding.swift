import Canvas
import Dashboard
import Domain
import Filter
import Testing

@testable import Simulator
@testable import nocturne

/// Finding what is wrong, and keeping it in sight.
extension Walkthrough {
    @Test("the laptop is opened: the worst that nobody took is on the first line of the first screen")
    func opened() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            #expect(app.state.place.pane == .overview)
            let first = try #require(app.rows.first)
            #expect(app.state.pane.cursor == first)
            #expect(app.text(first, .severity) == "critical")
            #expect(app.text(first, .state) != "acknowledged")
            app.expect(shows: app.text(first, .rule))
        }
    }

    @Test("from the alert to its device and back by Esc, the path always on the screen")
    func path() async throws {
        try await Self.story { app, _ in
            let alert = try #require(app.alerts(of: "core").first)
            let device = app.text(alert, .device)
            app.select(alert)
            app.press("Enter")
            await app.waitUntilIdle()
            app.press("ctrl-f")
            app.type("name=device")
            app.press("Enter", "Enter")
            await app.waitUntilIdle()
            #expect(app.state.details.count == 2)
            app.expect(shows: "alerts › ")
            app.expect(shows: " › \(device)")
            for _ in 0..<6 where !app.state.details.isEmpty { app.press("Esc") }
            #expect(app.state.pane.cursor == alert)
        }
    }

    @Test("a filter that is half typed leaves the last good one in force, and says at which column it ends")
    func halfTyped() async throws {
        try await Self.story { app, _ in
            Self.filter(app, "sev=critical")
            let rows = app.rows
            app.press("/")
            app.type(" \"oh no")
            #expect(app.rows == rows)
            app.expect(shows: "column ")
            app.press("Esc")
            #expect(app.rows == rows)
        }
    }

    @Test("the port that a customer named is found, and no other goes out of sight")
    func customer() async throws {
        try await Self.story { app, _ in
            app.press("2")
            await app.waitUntilIdle()
            let rows = app.rows
            let wanted = rows[rows.count * 2 / 3]
            let name = app.text(wanted, .name)
            app.press("g")
            app.press("ctrl-f")
            app.type("name=\"\(name)\" device=\"\(app.text(wanted, .device))\"")
            app.press("Enter")
            #expect(app.state.pane.cursor == wanted)
            #expect(app.rows == rows)
        }
    }

    @Test("marks that were made before a filter are there behind it, and so are those of another order")
    func marks() async throws {
        try await Self.story { app, _ in
            let marked = Array(app.rows.prefix(2))
            app.press("g", "Space", "Space")
            #expect(app.state.pane.marks == Set(marked))
            Self.filter(app, "nothing that there is")
            #expect(app.rows.isEmpty)
            app.expect(shows: "2 marked")
            app.press("/", "ctrl-u", "Enter", "s", "S", ">")
            #expect(app.state.pane.marks == Set(marked))
        }
    }

    @Test("problems only hides what works and says how many, and the header does not count by it")
    func problems() async throws {
        try await Self.story { app, _ in
            app.press("1")
            let all = app.rows
            let counts = app.state.counts
            app.press("p")
            #expect(app.rows.count < all.count)
            #expect(app.rows.allSatisfy { app.text($0, .status) != "up" })
            app.expect(shows: "problems only")
            app.expect(shows: "\(all.count - app.rows.count) hidden")
            #expect(app.state.counts == counts)
        }
    }

    @Test("one backend alone: what the other one has is not there, and it is said")
    func oneBackend() async throws {
        try await Self.story { app, _ in
            let all = app.rows
            app.press("@", "@")
            #expect(!app.rows.isEmpty && app.rows.count < all.count)
            #expect(Set(app.rows.map(\.backend)) == [BackendID(1)])
            app.expect(shows: "@edge")
            app.press("@")
            #expect(app.rows.count == all.count)
        }
    }

    @Test("a view under a name brings filter and order back after a restart")
    func view() async throws {
        let directory = try TemporaryDirectory()
        let file = PreferencesFile(path: "\(directory.path)/views.jsonl")
        var rows: [EntityRef] = []
        try await Self.story(preferences: file) { app, _ in
            Self.filter(app, "sev=critical @core")
            app.press("w")
            app.type("core on fire")
            app.press("Enter")
            await app.waitUntilIdle()
            rows = app.rows
            #expect(!rows.isEmpty)
        }
        try await Self.story(preferences: file) { app, _ in
            #expect(app.rows.count > rows.count)
            app.press("f")
            app.expect(shows: "core on fire")
            app.press("Enter")
            #expect(app.rows == rows)
            app.expect(shows: "sev=critical @core")
        }
    }

    @Test("the cursor stays on its alert while a storm of others comes and goes")
    func storm() async throws {
        try await Self.story { app, provider in
            let lasting = try #require(provider.lasting(of: app.rows, for: 3_600).last)
            app.select(lasting)
            let before = app.rows
            for _ in 0..<6 {
                provider.world.advance(by: 600)
                app.pass(600)
                await app.waitUntilIdle()
                #expect(app.state.pane.cursor == lasting)
            }
            #expect(app.rows != before)
        }
    }
}
