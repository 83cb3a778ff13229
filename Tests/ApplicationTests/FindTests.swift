import Dashboard
import Domain
import Filter
import Testing

@Suite("Finding, from the key to the row", .timeLimit(.minutes(15)))
struct FindTests {
    @Test("a port is found among all, the next ones by n, and Esc leads back")
    func ports() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            app.press("2", "j", "j")
            await app.waitUntilIdle()
            let before = try #require(app.state.pane.cursor)
            let shown = app.rows
            let last = try #require(shown.last)
            app.press("ctrl-f")
            app.type(app.text(last, .name))
            await app.waitUntilIdle()
            let found = try #require(app.state.pane.cursor)
            #expect(app.text(found, .name).contains(app.text(last, .name)))
            #expect(app.rows == shown)
            app.press("Esc")
            #expect(app.state.pane.cursor == before)
            app.press("ctrl-f")
            app.type("oper=down")
            await app.waitUntilIdle()
            app.press("Enter")
            let down = shown.filter { app.text($0, "oper") == "down" }
            try #require(down.count > 1)
            app.expect(shows: " of \(down.count)")
            let first = app.state.pane.cursor
            var wrapped = false
            for _ in down.indices {
                app.press("n")
                await app.waitUntilIdle()
                #expect(app.text(try #require(app.state.pane.cursor), "oper") == "down")
                wrapped = wrapped || app.picture.contains("wrapped")
            }
            #expect(app.state.pane.cursor == first && wrapped)
        }
    }

    @Test("more rows than are looked through at once are found all the same")
    func many() async throws {
        try await withApplication(provider: Provider(scale: 12_000)) { app, _ in
            await app.waitUntilIdle()
            app.press("2")
            await app.waitUntilIdle()
            try #require(app.state.pane.arrangement.total > 5_000)
            let last = try #require(app.rows.last)
            let name = app.text(last, .device)
            app.press("ctrl-f")
            app.type("device=\(name)")
            await app.waitUntilIdle()
            #expect(app.text(try #require(app.state.pane.cursor), .device) == name)
            app.press("Enter", "N")
            await app.waitUntilIdle()
            #expect(app.state.pane.cursor == last)
        }
    }
}
