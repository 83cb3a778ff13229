import Canvas
import Dashboard
import Domain
import Runtime
import Testing

@testable import Simulator
@testable import nocturne

/// What an engineer does at night, from the overview, each with the keys that it takes beside what is typed.
///
/// A bound may only shrink. Ports by their load or errors, addresses and signs are in `FindingTests`.
@Suite("Tasks of a night, with the keys counted", .timeLimit(.minutes(15)))
struct TaskTests {
    @Test("the worst open alert, acknowledged with a note: two keys and the note")
    func acknowledge() async throws {
        try await withApplication { app, provider in
            await app.waitUntilIdle()
            let fingers = Fingers(app)
            let worst = try #require(app.state.pane.cursor)
            #expect(app.text(worst, .severity) == "critical" && app.text(worst, .state) == "open")
            await fingers.press("a")
            await fingers.type("splice team is on the way")
            await fingers.press("Enter")
            fingers.expect(atMost: 2)
            #expect(app.text(worst, .state) == "acknowledged")
            #expect(provider.commands == ["PUT /api/v0/alerts/\(worst.id)"])
            // The next worst is under the cursor.
            #expect(app.state.pane.cursor != worst && app.state.pane.cursorRow == 0)
        }
    }

    @Test("five open alerts, marked and acknowledged together: eight keys and the note")
    func bulk() async throws {
        try await withApplication { app, provider in
            await app.waitUntilIdle()
            let fingers = Fingers(app)
            await fingers.press("A", "Space", "Space", "Space", "Space", "Space", "a")
            await fingers.type("power cut")
            await fingers.press("Enter")
            fingers.expect(atMost: 8)
            app.expect(shows: "5 verified")
            #expect(provider.commands.count == 5)
        }
    }

    @Test("who is hit by a port that is down: two keys, and the rows that hang on it")
    func hit() async throws {
        try await withAllKinds { app, _, _, _ in
            let fingers = Fingers(app)
            await fingers.press("2", "i")
            fingers.expect(atMost: 2)
            let port = try #require(app.state.pane.cursor)
            #expect(app.text(port, "oper") == "down")
            app.expect(shows: "impact › ")
            app.expect(shows: " customer")
        }
    }

    @Test("a bond is restarted: four keys, the command and the bond's name")
    func restart() async throws {
        try await withAllKinds { app, world, bonds, _ in
            let fingers = Fingers(app)
            // Its own key is another command's here.
            await fingers.press("5", ":")
            await fingers.type("restart bond")
            await fingers.press("Enter")
            let bond = try #require(app.state.pane.cursor)
            app.pass(1)
            app.type(app.text(bond, .name))
            app.press("Enter")
            await app.until("the restart was sent") { _ in !bonds.acts.isEmpty }
            world.advance(by: 30)
            await app.waitUntilIdle()
            // And the Enter that was pressed without waiting.
            fingers.expect(atMost: 3)
            #expect(bonds.acts.count == 1 && bonds.acts[0].hasSuffix("\(bond.id)/restart/"), "\(bonds.acts)")
        }
    }

    @Test("the severity of a rule, with its diff: eight keys")
    func rule() async throws {
        try await withApplication(size: Size(120, 40)) { app, provider in
            await app.waitUntilIdle()
            let fingers = Fingers(app)
            await fingers.press("6", "j", "j", "e", "Tab", "Space", "Enter")
            #expect(app.picture.contains("- ") && app.picture.contains("+ "), "\(app.picture)")
            app.pass(1)
            await fingers.press("y")
            fingers.expect(atMost: 8)
            #expect(provider.commands == ["PUT /api/v0/rules"])
            app.expectGoodNews()
        }
    }

    @Test("the worst bill: two keys; a name copied: two more")
    func bill() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            let fingers = Fingers(app)
            await fingers.press("4", "Enter")
            fingers.expect(atMost: 2)
            let bill = try #require(app.state.details.last?.entity)
            #expect(bill.kind == .bill)
            await fingers.press("Esc", "y", "y")
            fingers.expect(atMost: 3)
            app.expect(shows: "copied: \(app.text(bill, .name))")
        }
    }

    @Test("the last week of a device in its graphs: at most nine keys and the name")
    func week() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            let fingers = Fingers(app)
            await fingers.press(":")
            await fingers.type("core-rtr001")
            await fingers.press("Enter", "v", "Enter", "-")
            await app.until(shows: "· 1 w")
            fingers.expect(atMost: 5)
        }
    }

    @Test("a view is saved and found after a restart: five keys and its texts, then two")
    func view() async throws {
        let directory = try TemporaryDirectory()
        let file = PreferencesFile(path: "\(directory.path)/views.jsonl")
        try await withApplication(preferences: file) { app, _ in
            await app.waitUntilIdle()
            let fingers = Fingers(app)
            await fingers.press("2", "/")
            await fingers.type("state:down")
            await fingers.press("Enter", "w")
            await fingers.type("night")
            await fingers.press("Enter")
            fingers.expect(atMost: 5)
        }
        try await withApplication(preferences: file) { app, _ in
            await app.waitUntilIdle()
            let fingers = Fingers(app)
            await fingers.press("f", "Enter")
            fingers.expect(atMost: 2)
            #expect(app.state.place.pane == .ports && app.state.pane.filterText == "state:down")
        }
    }

    @Test(
        "an alert is hidden for an hour: two keys and the time; what came in the last hour: three and the filter"
    )
    func hour() async throws {
        try await withApplication { app, provider in
            await app.waitUntilIdle()
            let fingers = Fingers(app)
            let worst = try #require(app.state.pane.cursor)
            await fingers.press("m")
            await fingers.type("1h")
            await fingers.press("Enter")
            fingers.expect(atMost: 2)
            #expect(!app.rows.contains(worst) && provider.commands.isEmpty)
            await fingers.press("3", "/")
            await fingers.type("age<1h")
            await fingers.press("Enter")
            fingers.expect(atMost: 3)
            app.expect(shows: "age<1h")
        }
    }

    @Test("another theme: three keys; what a sign means: one and a word; the end: one")
    func leaving() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            let fingers = Fingers(app)
            let before = app.state.theme.name
            await fingers.press("T", "j", "Enter")
            fingers.expect(atMost: 3)
            #expect(app.state.theme.name != before)
            await fingers.press("?")
            await fingers.type("signs")
            fingers.expect(atMost: 1)
            app.expect(shows: "marked")
            await fingers.press("Esc", "Esc")
            fingers.expect(atMost: 2)
            app.press("Q")
            #expect(app.end == .quit)
        }
    }
}
