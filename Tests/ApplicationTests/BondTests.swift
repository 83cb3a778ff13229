import AdapterKit
import Canvas
import Dashboard
import Domain
import Testing

@testable import BondingAdapter
@testable import KrillAdapter
@testable import Simulator
@testable import nocturne

@Suite("Bonds and lines, from the key to the server and back", .timeLimit(.minutes(15)))
struct BondTests {
    /// What arrived that acts.
    private func acts(_ bonds: SimulatedServer, _ lines: SimulatedServer) -> [String] {
        bonds.acts + lines.acts
    }

    /// Begins a command on what is on the screen by its name in the palette.
    private func begin(_ title: String, _ app: Application) async {
        app.press(":")
        app.type(title)
        app.press("Enter")
        await app.waitUntilIdle()
    }

    /// Puts the cursor on a bond that is up, and gives its name.
    private func goToBond(_ app: Application) throws -> String {
        app.press("5")
        let bond = try #require(app.rows.first { app.text($0, .status) == "up" })
        app.select(bond)
        return app.text(bond, .name)
    }

    @Test(
        "a restart asks for the name, sends one POST, and is told as done when the bond was seen to come back"
    )
    func restart() async throws {
        try await withAllKinds { app, world, bonds, lines in
            let name = try goToBond(app)
            await begin("Restart bond", app)
            for words in [name, "legs up", "Last time: not known here", "Type \(name)"] {
                app.expect(shows: words)
            }
            app.pass(1)
            app.type("y")
            app.press("Enter")
            #expect(acts(bonds, lines) == [])
            app.press("Backspace")
            app.type(name)
            app.press("Enter")
            await app.until("the restart was sent") { _ in !acts(bonds, lines).isEmpty }
            world.advance(by: 3)
            await app.until("it is watched") { $0.picture.contains("after sending") }
            world.advance(by: 30)
            await app.waitUntilIdle()
            #expect(acts(bonds, lines).count == 1)
            #expect(acts(bonds, lines).first?.hasSuffix("/restart/") == true)
            app.expectGoodNews()
            #expect(app.record.contains("\"verified\""))

            await begin("Restart bond", app)
            app.expect(shows: "you will be asked once more")
            app.expect(shows: "by jk@noc1, verified")
            app.pass(1)
            app.type(name)
            app.press("Enter")
            app.pass(1)
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(acts(bonds, lines).count == 1)
        }
    }

    @Test("a viewer is told why nothing can be done, and nothing arrives")
    func viewer() async throws {
        try await withAllKinds(as: .viewer) { app, _, bonds, lines in
            _ = try goToBond(app)
            await begin("Restart bond", app)
            app.expect(shows: "nothing was sent")
            #expect(acts(bonds, lines) == [])
            #expect(app.record.isEmpty)
        }
    }

    @Test("a reboot of a CPE is one GET that only a typed name sends")
    func reboot() async throws {
        try await withAllKinds { app, world, bonds, lines in
            app.press("1", "/")
            app.type("@access status:up customer:/./")
            app.press("Enter")
            await app.waitUntilIdle()
            let cpe = try #require(app.rows.first { $0.kind == .cpe })
            app.select(cpe)
            let name = app.text(cpe, .name)
            await begin("Reboot", app)
            app.expect(shows: "Type \(name)")
            #expect(acts(bonds, lines) == [])
            app.pass(1)
            app.type(name)
            app.press("Enter")
            await app.until("it was sent") { _ in !acts(bonds, lines).isEmpty }
            world.advance(by: 20)
            app.clock.advance(by: 20)
            // Time goes on for as long as it is watched: whoever watches may begin late.
            await app.until("it was watched to its end") { app in
                if app.state.sessions.values.allSatisfy({ $0.stage == .done }) { return true }
                world.advance(by: 30)
                app.clock.advance(by: 30)
                return false
            }
            await app.waitUntilIdle()
            let sent = acts(bonds, lines)
            #expect(sent.count == 1)
            #expect(sent.first?.hasPrefix("GET ") == true && sent.first?.contains("/reboot") == true)
        }
    }

    @Test("read-only: no key and no entry of the palette makes a server of any kind act")
    func readOnly() async throws {
        try await withAllKinds(isReadOnly: true) { app, _, bonds, lines in
            // The wallboard has a run of its own.
            let bindings = app.state.keymap.bindings.filter { $0.action != .own(.wallboard) }
            let keys = Set(bindings.flatMap(\.keys)).sorted { $0.description < $1.description }
            for situation in [["5"], ["5", "Enter"], ["1", "G"], ["7", "Enter"]] {
                await app.waitUntilIdle()
                for key in keys {
                    app.terminal.feed(Array(repeating: .key(.named(.escape)), count: 6))
                    app.turn()
                    for step in situation + [key.description, "Enter", "y"] { app.press(step) }
                }
                for place in app.state.paletteEntries("").indices {
                    app.terminal.feed(Array(repeating: .key(.named(.escape)), count: 6))
                    app.turn()
                    for step in situation + [":"] { app.press(step) }
                    let entries = app.state.paletteEntries("")
                    guard entries.indices.contains(place), entries[place].action != .own(.wallboard) else {
                        continue
                    }
                    app.terminal.feed(Array(repeating: .key(.named(.down)), count: place))
                    for step in ["Enter", "Enter", "y"] { app.press(step) }
                }
            }
            await app.waitUntilIdle()
            #expect(acts(bonds, lines) == [])
            #expect(app.record.isEmpty)
        }
    }
}
