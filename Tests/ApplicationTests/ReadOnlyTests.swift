import Canvas
import CurlTransport
import Dashboard
import Domain
import Runtime
import Simulator
import Testing

@testable import nocturne

@Suite("Read-only can be proven at the servers", .timeLimit(.minutes(15)))
struct ReadOnlyTests {
    /// The keys that lead to every pane, every opened entity and every overlay.
    private static let situations: [[String]] = [
        ["0"], ["1"], ["2"], ["3"], ["1", "Enter"], ["2", "Enter"], ["3", "Enter"],
        ["3", "@"], ["3", "Space", "Space"], ["3", "/"], ["3", ":"], ["3", "?"], ["3", "L"], ["3", "!"],
    ]

    @Test("no key of any context and no entry of the palette sends a command with --read-only")
    func wholeProcess() async throws {
        try await withApplication(size: Size(60, 12), isReadOnly: true) { app, provider in
            await app.waitUntilIdle()
            app.expect(shows: "READ-ONLY")
            await Self.pressEverything(app)
            await app.waitUntilIdle()
            #expect(provider.commands.isEmpty)
            #expect(app.record.isEmpty)
        }
    }

    @Test("a read-only backend gets no command from any key, while the other one does")
    func oneBackend() async throws {
        try await withApplication(size: Size(60, 12), adjust: { $0[1].mode = .readOnly }) { app, provider in
            await app.waitUntilIdle()
            await Self.pressEverything(app)
            await app.waitUntilIdle()
            #expect(provider.edge.arrivals().filter(\.isCommand).map(\.line).isEmpty)
            #expect(!provider.core.arrivals().filter(\.isCommand).isEmpty)
        }
    }

    /// Presses every bound key in every situation, and Enter and `y` behind it; then runs the whole palette.
    ///
    /// All but the wallboard, which would seal the process and leave nothing to be proven; it has a run of its own.
    private static func pressEverything(_ app: Application) async {
        let bindings = app.state.keymap.bindings.filter { $0.action != .own(.wallboard) }
        let keys = Set(bindings.flatMap(\.keys)).sorted { $0.description < $1.description }
        for situation in situations {
            // Opened entities ask for a dozen sections each: they are not left to pile up.
            await app.waitUntilIdle()
            for key in keys {
                leave(app)
                for step in situation { app.press(step) }
                await go(on: app, key.description)
            }
        }
        for situation in [["3"], ["3", "Enter"], ["1"]] {
            leave(app)
            for step in situation { app.press(step) }
            for place in app.state.paletteEntries("").indices {
                leave(app)
                for step in situation + [":"] { app.press(step) }
                let entries = app.state.paletteEntries("")
                guard entries.indices.contains(place), entries[place].action != .own(.wallboard) else {
                    continue
                }
                app.terminal.feed(Array(repeating: .key(.named(.down)), count: place))
                await go(on: app, "Enter")
            }
        }
    }

    /// Presses a key, and whatever would carry out what it began.
    private static func go(on app: Application, _ key: String) async {
        app.press(key, "Enter")
        // Only a command that waits for its server has to be waited for.
        if !app.state.sessions.isEmpty { await app.waitUntilIdle() }
        app.clock.advance(by: 1)
        app.press("y")
    }

    /// Leaves every overlay and opened entity, and all that narrows a pane.
    private static func leave(_ app: Application) {
        app.terminal.feed(Array(repeating: .key(.named(.escape)), count: 6))
        app.turn()
    }

    @Test("a key that can't act says why, and so does the palette")
    func reasons() async throws {
        try await withApplication(isReadOnly: true) { app, _ in
            await app.waitUntilIdle()
            app.press("3")
            for key in ["a", "u"] {
                app.press(key)
                app.expect(shows: "read-only: nothing can be changed from here")
                #expect(app.state.layers.isEmpty)
            }
            app.press(":")
            app.type("acknowledge")
            app.expect(shows: "read-only")
        }
    }

    @Test("a read-only backend is named when its alert is the one to be acknowledged, marked or not")
    func reasonOfOne() async throws {
        try await withApplication(adjust: { $0[1].mode = .readOnly }) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let edge = try #require(app.alerts(of: "edge").first)
            let core = try #require(app.alerts(of: "core").first)
            app.select(edge)
            app.press("a")
            app.expect(shows: "edge is read-only")
            app.press("Space")
            app.select(core)
            app.press("Space", "a")
            app.expect(shows: "edge is read-only")
            await app.waitUntilIdle()
            #expect(provider.commands.isEmpty)
        }
    }

    @Test("in read-only there is nothing that commands could leave by")
    func noTransport() async throws {
        try await withApplication(isReadOnly: true) { app, _ in
            #expect(app.network.connections.allSatisfy { $0.commander == nil })
            #expect(app.network.curl.gate.isSealed)
        }
        try await withApplication(adjust: { $0[1].mode = .readOnly }) { app, _ in
            #expect(app.network.connections.map { $0.commander == nil } == [false, true])
        }
    }
}
