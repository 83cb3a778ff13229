import Dashboard
import Domain
import Filter
import Testing

@testable import Simulator
@testable import nocturne

/// A fibre cut that takes switches, lines and bonds: three servers say so, each in its own words.
@Suite("One outage on three servers", .timeLimit(.minutes(15)))
struct OutageTests {
    /// Lets the network live until a fibre is cut and all servers say so.
    private func cut(_ app: Application, _ world: World) async {
        for _ in 0..<8 {
            world.advance(by: 30)
            app.pass(30)
            await app.waitUntilIdle()
        }
    }

    /// A row of the alerts with rows of another server under it.
    private func outage(_ app: Application) -> (row: Int, root: EntityRef, below: [EntityRef])? {
        let arrangement = app.state.pane.arrangement
        for row in 0..<arrangement.count where arrangement.fold(row) != nil {
            let root = arrangement.entity(row)
            let below = arrangement.below(row)
            if below.contains(where: { $0.backend != root.backend }) { return (row, root, below) }
        }
        return nil
    }

    @Test("it is one line; what it hits is counted; its acknowledgement reaches every server that takes one")
    func story() async throws {
        try await withProviderOfAllKinds { app, provider, bonds, lines in
            await cut(app, provider.world)
            app.press("3")
            let (_, root, below) = try #require(outage(app), "\(app.picture)")
            #expect(!app.rows.contains { below.contains($0) })
            app.select(root)
            app.press("i")
            await app.waitUntilIdle()
            app.expect(shows: "impact › ")
            app.press("i")

            app.press("a")
            app.expect(shows: "The whole outage")
            app.type("fibre cut, crew on its way")
            app.press("Enter")
            await app.waitUntilIdle()
            app.pass(1)
            if app.picture.contains("y acknowledge") { app.press("y") }
            await app.waitUntilIdle()
            let open = { (entity: EntityRef) in
                AlertState(word: app.text(entity, .state)) == .acknowledged
            }
            let all = [root] + below
            let takes = all.filter { entity in
                app.state.backends.first { $0.id == entity.backend }?.command("acknowledge") != nil
            }
            #expect(Set(takes.map(\.backend)).count > 1)
            for alert in takes where !open(alert) {
                Issue.record("\(app.state.name(of: alert)) is \(app.text(alert, .state))\n\(app.picture)")
            }
            let arrived = provider.commands.count + lines.acts.count
            #expect(arrived >= takes.count && bonds.acts.isEmpty, "\(provider.commands) \(lines.acts)")
        }
    }

    @Test("a device that LibreNMS and Krill watch is one row with both names, and its detail says why")
    func twins() async throws {
        try await withProviderOfAllKinds { app, _, _, _ in
            await app.waitUntilIdle()
            app.press("1", "/")
            app.type("acc-sw")
            app.press("Enter")
            await app.waitUntilIdle()
            app.expect(shows: "+access")
            let merged = app.rows.count
            app.press("=")
            await app.waitUntilIdle()
            #expect(app.rows.count > merged)
            app.expect(hides: "+access")
            app.press("=", "Enter")
            await app.waitUntilIdle()
            app.expect(shows: "Linked")
            app.expect(shows: "the same on")
        }
    }
}
