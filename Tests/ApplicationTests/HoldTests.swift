import Dashboard
import Domain
import Testing

@testable import Simulator
@testable import nocturne

@Suite("Frozen tables and cursors that follow, from the key to the server", .timeLimit(.minutes(15)))
struct HoldTests {
    private static func onlyAlerts(_ plans: inout [BackendPlan]) {
        for place in plans.indices {
            plans[place].intervals = ["device": 1e6, "port": 1e6, "rule": 1e6]
        }
    }

    @Test("a frozen table stands still for hours of alerts, and what is acknowledged from it is acknowledged")
    func frozen() async throws {
        try await withApplication(adjust: Self.onlyAlerts) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let open = app.alerts(of: "core")
            let lasting = try #require(provider.lasting(of: app.rows.filter(open.contains), for: 3_600).first)
            app.select(lasting)
            app.press("Z")
            let rows = app.rows
            let critical = app.state.counts
            var arrived = false
            for _ in 0..<12 {
                provider.world.advance(by: 300)
                app.pass(300)
                await app.waitUntilIdle()
                #expect(app.rows == rows)
                arrived = arrived || app.state.counts != critical
            }
            #expect(arrived)
            app.expect(shows: "FROZEN")
            app.press("a", "Enter")
            await app.waitUntilIdle()
            #expect(provider.alert(lasting, on: provider.core)?.state == .acknowledged)
            app.expectGoodNews()
            #expect(app.rows == rows)
            app.press("Z")
            await app.waitUntilIdle()
            #expect(app.rows != rows)
            // What was acknowledged sank: the cursor is on its line, where the next one is.
            #expect(app.rows.contains(lasting) && app.state.pane.cursor.map(app.rows.contains) == true)
            app.expect(hides: "FROZEN")
        }
    }

    @Test("a cursor that follows is in the first row whatever comes")
    func follows() async throws {
        try await withApplication(adjust: Self.onlyAlerts) { app, provider in
            await app.waitUntilIdle()
            app.press("3", "j", "F")
            var seen: Set<EntityRef> = []
            for _ in 0..<24 {
                provider.world.advance(by: 600)
                app.pass(600)
                await app.waitUntilIdle()
                #expect(app.state.pane.cursorRow == 0)
                #expect(app.state.pane.cursor == app.rows.first)
                app.state.pane.cursor.map { _ = seen.insert($0) }
            }
            #expect(seen.count > 1)
            app.expect(shows: "following")
        }
    }
}
