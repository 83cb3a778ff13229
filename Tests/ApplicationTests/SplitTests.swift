import Canvas
import Dashboard
import Domain
import Testing

@testable import Simulator

@Suite("The detail beside the list, from the key to the server", .timeLimit(.minutes(15)))
struct SplitTests {
    @Test("it follows the cursor with one request at a time, and Enter opens it")
    func follows() async throws {
        try await withApplication(size: Size(180, 40)) { app, provider in
            await app.waitUntilIdle()
            app.press("1", "/")
            app.type("@core")
            app.press("Enter", "g")
            await app.waitUntilIdle()
            try #require(app.rows.count > 5)
            let before = provider.core.arrivals().count
            func asked(_ entity: EntityRef) -> Bool {
                provider.core.arrivals().dropFirst(before).contains {
                    $0.target.hasPrefix("/api/v0/devices/\(entity.id)")
                }
            }
            app.press("d", "j", "j", "j")
            let passed = try #require(app.rows.dropFirst().first)
            let rested = try #require(app.state.pane.cursor)
            app.expect(shows: app.text(rested, .name))
            app.clock.advance(by: 1)
            await app.waitUntilIdle()
            #expect(app.state.split.opened?.entity == rested)
            #expect(app.state.split.opened?.detail != nil)
            #expect(asked(rested))
            #expect(!asked(passed))
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(app.state.details.map(\.entity) == [rested])
            app.press("Esc", "z")
            app.expect(shows: "zoomed")
            app.expect(hides: "2 ports")
        }
    }
}
