import Canvas
import Dashboard
import Domain
import HTTP
import Testing

@testable import Simulator
@testable import nocturne

@Suite("What servers say is never believed", .timeLimit(.minutes(15)))
struct HostileTests {
    /// What the simulated devices answer to SNMP; their servers tell it to everyone who asks for a device.
    private static let secrets = ["n0cturne-ro", Provider.tokens.admin, Provider.tokens.readOnly]

    @Test("no control, escape or bidi character, and no secret, reaches a cell of any frame")
    func frames() async throws {
        let provider = Provider(withOddities: true)
        try await withApplication(size: Size(140, 30), provider: provider) { app, _ in
            await app.waitUntilIdle()
            let walker = Walker(app)
            for pane in ["0", "1", "2", "3"] {
                walker.press(pane)
                for _ in 0..<12 { walker.press("l") }
                for _ in 0..<12 { walker.press("h") }
            }
            try await walker.visitOdd("1", of: .device)
            try await walker.visitOdd("2", of: .port)
            try await walker.visitOdd("3", of: .alert)
            #expect(walker.looks > 200)
            #expect(walker.sawLongName)
        }
    }

    @Test("an alert of a hostile device is acknowledged like any other, and its record is clean")
    func acknowledge() async throws {
        let provider = Provider(withOddities: true)
        try await withApplication(size: Size(140, 30), provider: provider) { app, provider in
            await app.waitUntilIdle()
            let walker = Walker(app)
            walker.press("3")
            let alert = try #require(
                app.rows.first { app.text($0, .device).contains("tab") } ?? walker.odd.first)
            app.select(alert)
            walker.press("a")
            app.type("it is\u{1b}[2Jfine")
            walker.look()
            app.paste("pasted \u{1b}]52;c;eA==\u{7} and \u{202e}turned\nround")
            walker.press("ctrl-t", "Enter")
            await app.waitUntilIdle()
            walker.look()
            #expect(provider.commands.isEmpty)
            app.pass(1)
            walker.press("ctrl-t", "y")
            await app.waitUntilIdle()
            walker.look()
            #expect(provider.commands == ["PUT /api/v0/alerts/\(alert.id)"])
            walker.press("L")
            await app.waitUntilIdle()
            walker.press("Enter")
            for scalar in app.record.unicodeScalars where scalar != "\n" {
                #expect(!Walker.isHostile(scalar))
            }
            #expect(!app.record.isEmpty)
        }
    }

    @Test("secrets are in no log line, no audit line and no error")
    func secrets() async throws {
        try await withApplication(size: Size(200, 50)) { app, provider in
            await app.waitUntilIdle()
            var pictures: [String] = []
            func keep() { pictures.append(app.picture) }
            for pane in ["1", "2", "3"] {
                app.press(pane, "Enter")
                await app.waitUntilIdle()
                for _ in 0..<4 {
                    keep()
                    app.press("PgDn")
                }
                app.press("Esc")
            }
            app.press("3")
            for name in ["core", "edge"] {
                app.select(try #require(app.alerts(of: name).first))
                app.press("a", "ctrl-t", "Enter")
                await app.waitUntilIdle()
                keep()
                app.pass(1)
                app.press("Esc", "a", "Enter")
                await app.waitUntilIdle()
                keep()
            }
            for trouble in [Trouble.login, .page, .brokenJSON, .fails, .truncated, .refuses] {
                await trouble.begin(at: provider.core)
                app.pass(400)
                app.press("r")
                await app.waitUntilIdle()
                app.press("!")
                keep()
                app.press("q")
            }
            app.press("L")
            await app.waitUntilIdle()
            app.press("Enter")
            keep()
            let everything = pictures + app.log.all + [app.record]
            #expect(app.log.all.count > 20 && !app.record.isEmpty)
            for secret in Self.secrets {
                for text in everything where text.contains(secret) {
                    Issue.record("\(secret) is in:\n\(text)")
                }
            }
        }
    }
}

/// Looks at every frame after every key.
private final class Walker {
    private let app: Application
    private(set) var looks = 0
    private(set) var sawLongName = false

    init(_ app: Application) { self.app = app }

    /// The entities of the current pane that belong to devices of odd names.
    var odd: [EntityRef] {
        app.rows.filter { entity in
            let texts = [app.text(entity, .name), app.text(entity, .device)]
            return texts.contains { text in
                Self.oddNames.contains { text.contains($0) } || text.count > 100
            }
        }
    }

    private static let oddNames = ["Gerät", "utf8", "tab", "control", "eth", "10101", "v6only", "null"]

    func press(_ keys: String...) {
        for key in keys {
            app.press(key)
            look()
        }
    }

    /// Opens what is odd in a pane and reads all of it.
    func visitOdd(_ pane: String, of kind: ResourceKind) async throws {
        press(pane)
        let odd = odd
        if odd.isEmpty { app.fail("there are odd rows in pane \(pane)", #_sourceLocation) }
        for entity in odd.prefix(12) {
            press(pane)
            app.select(entity)
            press("Enter")
            await app.waitUntilIdle()
            for _ in 0..<3 { press("PgDn") }
            press(":", "Esc", "?", "q", "Esc")
        }
    }

    func look() {
        guard let frame = app.terminal.record.frame else { return }
        looks += 1
        var glyphs = Set(frame.cells.map(\.glyph))
        glyphs.remove(0)
        let plain = glyphs.filter { $0 & 0x8000_0000 == 0 }.compactMap { Unicode.Scalar($0) }
        let clusters = frame.clusters.flatMap(\.unicodeScalars)
        if let bad = (plain + clusters).first(where: Self.isHostile) {
            app.fail("U+\(String(bad.value, radix: 16)) stays away", #_sourceLocation)
        }
        let picture = app.picture
        if picture.contains("NNNNNNNN") { sawLongName = true }
        for secret in ["n0cturne-ro", "t0ken"] where picture.contains(secret) {
            app.fail("\(secret) stays away", #_sourceLocation)
        }
    }

    /// Controls, and what turns or hides the text around it.
    static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF,
            0xE0000...0xE007F:
            true
        default: false
        }
    }
}
