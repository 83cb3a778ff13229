import Canvas
import Dashboard
import Domain
import Glibc
import Runtime
import Synchronization
import Testing
import Wallboard

@testable import Simulator
@testable import nocturne

/// Counted at the servers: whatever is pressed, nothing acts.
@Suite("A wallboard changes nothing, counted at servers of all kinds", .timeLimit(.minutes(15)))
struct WallboardBarTests {
    /// Presses everything that any keymap has, and carries out whatever that began.
    private static func pressEverything(
        _ app: Application, _ keymaps: CurrentKeymap, in situations: [[String]],
        before: (Application) -> Void = { _ in }
    ) async {
        for name in Shipped.keymapNames {
            keymaps.name = name
            app.receive(SIGUSR2)
            await app.waitUntilIdle()
            let sequences = Set(app.state.keymap.bindings.map(\.keys))
                .sorted { "\($0)" < "\($1)" }
            for situation in situations {
                for keys in sequences {
                    before(app)
                    for step in situation { app.press(step) }
                    for key in keys { app.press(key.description) }
                    app.press("Enter")
                    // Whatever asks first has been asked long enough.
                    app.clock.advance(by: 1)
                    app.press("y")
                }
                await app.waitUntilIdle()
            }
        }
    }

    /// Clicks and double-clicks in every cell.
    private static func clickEverywhere(_ app: Application) {
        let size = app.state.size
        for y in 0..<size.height {
            for mouse in [Mouse.click, .doubleClick, .wheelUp, .wheelDown] {
                app.terminal.feed((0..<size.width).map { .mouse(mouse, x: $0, y: y) })
                app.turn()
            }
            app.press("Enter", "y")
        }
    }

    private static func leave(_ app: Application) {
        app.terminal.feed(Array(repeating: .key(.named(.escape)), count: 6))
        app.turn()
    }

    private func expectNothing(
        _ app: Application, _ provider: Provider, _ servers: [SimulatedServer],
        at place: SourceLocation = #_sourceLocation
    ) {
        let acts = (servers + [provider.core, provider.edge]).flatMap(\.acts)
        #expect(acts == [], sourceLocation: place)
        #expect(app.record.isEmpty, sourceLocation: place)
        #expect(app.network.connections.allSatisfy { $0.commander == nil }, sourceLocation: place)
    }

    @Test("from the command line: no key of any keymap, no click and no signal", arguments: [false, true])
    func fromTheStart(isLocked: Bool) async throws {
        let keymaps = CurrentKeymap()
        let profile = WallboardProfile(name: "wall", isLocked: isLocked)
        try await withProviderOfAllKinds(
            size: Size(70, 18), wallboard: profile, reload: { .success(keymaps.reading(profile)) }
        ) { app, provider, bonds, lines in
            #expect(app.state.screen != nil && app.state.isReadOnly)
            await Self.pressEverything(app, keymaps, in: [[]]) { app in
                // Twice within three seconds would end it.
                app.clock.advance(by: 4)
            }
            Self.clickEverywhere(app)
            app.receive(SIGUSR1)
            app.paste("y\n")
            await app.waitUntilIdle()
            #expect(app.state.screen != nil && app.end == nil)
            #expect(app.state.sessions.isEmpty)
            expectNothing(app, provider, [bonds, lines])
        }
    }

    @Test("from the dashboard: nothing that was prepared is sent, and nothing is after it was left")
    func afterTheKey() async throws {
        let keymaps = CurrentKeymap()
        try await withProviderOfAllKinds(
            size: Size(70, 18), reload: { .success(keymaps.reading(.standard)) }
        ) { app, provider, bonds, lines in
            #expect(app.network.connections.allSatisfy { $0.commander != nil })
            // A restart, asked for and one Enter away from being sent.
            app.press("5")
            let bond = try #require(app.rows.first { app.text($0, .status) == "up" })
            app.select(bond)
            app.press("X")
            await app.waitUntilIdle()
            app.pass(1)
            app.type(app.text(bond, .name))
            app.receive(SIGUSR2)
            Self.leave(app)
            app.press("W", "y")
            #expect(app.state.screen != nil && app.state.isReadOnly)
            #expect(app.network.connections.allSatisfy { $0.commander == nil })
            app.press("Enter", "y")
            Self.clickEverywhere(app)
            for key in ["q", "q"] { app.press(key) }
            #expect(app.state.screen == nil && app.end == nil)
            app.expect(shows: "READ-ONLY")
            await Self.pressEverything(app, keymaps, in: [["3"], ["5"], ["1", "G"]]) { app in
                if app.state.screen != nil {
                    app.clock.advance(by: 4)
                    app.press("q", "q")
                }
                Self.leave(app)
            }
            Self.leave(app)
            app.press("5", "Enter")
            Self.clickEverywhere(app)
            await app.waitUntilIdle()
            expectNothing(app, provider, [bonds, lines])
        }
    }
}

/// The keymap that reading the configuration again brings.
final class CurrentKeymap: Sendable {
    private let current = Mutex("default")

    var name: String {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    func reading(_ profile: WallboardProfile) -> Reloaded {
        Reloaded(
            themes: Shipped.themes, keymap: Shipped.keymap(named: name), profile: profile, backends: [])
    }
}
