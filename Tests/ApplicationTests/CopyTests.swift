import AdapterKit
import Canvas
import Dashboard
import Domain
import Foundation
import HTTP
import Testing

@testable import Runtime

@Suite("Copying, from the key to the terminal")
struct CopyTests {
    @Test("y twice sends the name of the row to the terminal and into a file of one's own")
    func name() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            app.press("1")
            await app.waitUntilIdle()
            let entity = try #require(app.state.pane.cursor)
            let name = app.text(entity, .name)
            app.press("y", "y")
            await app.waitUntilIdle()
            let emitted = String(decoding: app.terminal.record.emitted, as: UTF8.self)
            #expect(emitted == "\u{1B}]52;c;\(Base64.text(Array(name.utf8)))\u{07}")
            let path = "\(app.directory.path)/state/clipboard"
            app.expect(shows: "copied: \(name)")
            #expect(try String(contentsOfFile: path, encoding: .utf8) == name + "\n")
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            // The next one takes its place.
            app.press("y", "j", "j", "Enter")
            await app.waitUntilIdle()
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
                    as? [String: Any])
            #expect(object["name"] as? String == name)
            #expect(object["backend"] as? String == app.state.backend(entity.backend)?.name)
        }
    }

    @Test("of what is too much whole lines are sent, and all of it is in the file")
    func capped() async throws {
        #expect(EffectRunner.fitting(Array("ab\ncd\nef".utf8), limit: 6) == Array("ab\ncd".utf8)[...])
        #expect(EffectRunner.fitting(Array("ab\ncd\nef".utf8), limit: 8).count == 8)
        #expect(EffectRunner.fitting(Array("abcdef".utf8), limit: 5).isEmpty)
        #expect(Base64.text(Array(repeating: 1, count: EffectRunner.clipboardLimit)).utf8.count <= 74_994)
    }

    @Test("where bytes are dear, what happens by itself is drawn once a second, and keys at once")
    func lowBandwidth() async throws {
        try await withApplication(isLowBandwidth: true) { app, _ in
            await app.waitUntilIdle()
            app.pass(2)
            let draws = app.terminal.record.draws
            // The clock stands still between: whatever is told now has to wait.
            for _ in 0..<5 { app.turn() }
            #expect(app.terminal.record.draws == draws)
            app.press("3")
            #expect(app.terminal.record.draws == draws + 1)
            app.turn()
            #expect(app.terminal.record.draws == draws + 1)
            app.pass(1)
            #expect(app.terminal.record.draws == draws + 2)
            let clock = app.screen[0].split(separator: " ").last ?? ""
            #expect(clock.count == 5 && clock.contains(":"))
        }
    }

    @Test("what nobody waits for is drawn with the clock, and what somebody waits for at once")
    func drawnWithClock() async throws {
        try await withApplication(drawsWithClock: true) { app, _ in
            await app.waitUntilIdle()
            // For a minute after a start the rows are waited for.
            var draws = app.terminal.record.draws
            app.turn()
            #expect(app.terminal.record.draws == draws + 1)
            app.pass(61)
            draws = app.terminal.record.draws
            for _ in 0..<5 { app.turn() }
            #expect(app.terminal.record.draws == draws)
            app.pass(1)
            #expect(app.terminal.record.draws == draws + 1)
            // A key is answered at once, and for some seconds whatever comes may be a part of the answer.
            app.press("3")
            draws = app.terminal.record.draws
            app.turn()
            #expect(app.terminal.record.draws == draws + 1)
            app.pass(6)
            draws = app.terminal.record.draws
            app.resize(to: 100, 30)
            #expect(app.terminal.record.draws == draws + 1)
        }
    }
}
