import Canvas
import Dashboard
import Domain
import Testing

@testable import Simulator
@testable import nocturne

@Suite("The cursor and marks stay on their entities", .timeLimit(.minutes(15)))
struct CursorTests {
    /// Everything else is read once: it has nothing to say here.
    private static func onlyAlerts(_ plans: inout [BackendPlan]) {
        for place in plans.indices {
            plans[place].intervals = ["device": 1e6, "port": 1e6, "rule": 1e6]
        }
    }

    @Test("while alerts come and go")
    func alerts() async throws {
        try await withApplication(adjust: Self.onlyAlerts) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let lasting = provider.lasting(of: Array(app.rows.dropFirst()), for: 7_200)
            let (chosen, marked) = (try #require(lasting.first), try #require(lasting.last))
            #expect(chosen != marked)
            app.select(marked)
            app.press("Space")
            app.select(chosen)
            let first = app.rows
            var before = first
            var changes = 0
            for _ in 0..<24 {
                provider.world.advance(by: 300)
                app.pass(300)
                await app.waitUntilIdle()
                #expect(app.state.pane.cursor == chosen)
                #expect(app.state.pane.marks == [marked])
                let line = try #require(app.screen.first { $0.contains("▌") })
                #expect(line.contains(app.text(chosen, .rule).prefix(12)))
                if app.rows != before { changes += 1 }
                before = app.rows
            }
            // Else nothing was proven.
            #expect(changes > 3)
            #expect(before != first)
        }
    }

    @Test("while the order is turned round, a filter comes and goes, and another pane is looked at")
    func orders() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            app.press("1", "j", "j", "j", "j")
            let device = try #require(app.state.pane.cursor)
            let name = app.text(device, .name)
            app.press("S")
            #expect(app.state.pane.cursor == device)
            app.press("s", "Down", "Enter")
            #expect(app.state.pane.cursor == device)
            app.press("/")
            app.type(String(name.prefix(8)))
            app.press("Enter")
            #expect(app.state.pane.cursor == device)
            #expect(app.rows.count < 90)
            app.press("Esc", "2", "3", "1")
            #expect(app.state.pane.cursor == device)
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(app.state.details.map(\.entity) == [device])
            app.press("Esc")
            #expect(app.state.pane.cursor == device)
        }
    }

    @Test("a command goes to what it was begun on, wherever the rows are by then")
    func pinned() async throws {
        try await withApplication { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let open = app.alerts(of: "core")
            let lasting = provider.lasting(of: app.rows.filter(open.contains), for: 3_600)
            let chosen = try #require(lasting.first)
            app.select(chosen)
            app.press("a")
            provider.world.advance(by: 3_600)
            app.pass(600)
            await app.waitUntilIdle()
            app.type("still this one")
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(provider.commands == ["PUT /api/v0/alerts/\(chosen.id)"])
        }
    }
}

extension Provider {
    /// The alerts that stay open for so many seconds; found in a world that is alike but ahead.
    func lasting(of alerts: [EntityRef], for seconds: Int) -> [EntityRef] {
        let ahead = World(scale: world.scale, startingAt: world.origin, withOddities: false)
        var lasting = alerts
        for _ in 0..<(seconds / 120) {
            ahead.advance(by: 120)
            let view = ahead.view(of: .everywhere)
            let states = Dictionary(view.alerts.map { (String($0.id), $0.state) }, uniquingKeysWith: { $1 })
            lasting = lasting.filter { alert in states[alert.id].map { $0 != .cleared } == true }
        }
        return lasting
    }
}
