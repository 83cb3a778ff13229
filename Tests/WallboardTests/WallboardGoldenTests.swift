import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing
@testable import Wallboard

@Suite("Frames of the wallboard")
struct WallboardGoldenTests {
    private static let sizes = [Size(80, 24), Size(120, 40), Size(240, 67), Size(20, 5)]

    private func check(_ name: String, _ make: (Size) throws -> Desk) throws {
        for size in Self.sizes { try Golden.check(try make(size).state, "wallboard-\(name)") }
    }

    @Test(
        "every kind of page",
        arguments: [
            ("overview", 0), ("alerts", 1), ("devices", 2), ("ports", 3), ("bonds", 4), ("bills", 5),
            ("map", 6),
        ])
    func pages(_ name: String, _ place: Int) throws {
        try check(name) {
            var desk = Desk.wall(size: $0)
            for _ in 0..<place { desk.press("n") }
            desk.tick(3)
            #expect(desk.page == place)
            return desk
        }
    }

    @Test("nothing is wrong")
    func quiet() throws {
        try check("quiet") {
            var desk = Desk.quietWall(size: $0)
            desk.live(3 * 3600 / 60)
            return desk
        }
    }

    @Test("a server is stale, one is lost, one refused, one never answered")
    func troubled() throws {
        try check("troubled") {
            var desk = Desk.troubled(size: $0, profile: WallboardProfile.standard)
            desk.press("W", "y")
            desk.tick(130)
            return desk
        }
    }

    @Test("without UTF-8")
    func plain() throws {
        for size in Self.sizes {
            try Golden.check(Desk.wall(size: size, unicode: false).state, "wallboard-ascii", isASCII: true)
        }
    }

    @Test("without colours: what is loud is bold, and every number has a word and a sign")
    func mono() throws {
        let bold = Style(attributes: .bold)
        let theme = Theme(
            name: "mono",
            roles: [
                .severityCritical: bold, .stateDown: bold, .freshLost: bold, .match: bold,
                .textHeading: Style(attributes: [.bold, .underline]), .column: Style(attributes: .underline),
                .stale: Style(attributes: .dim),
            ])
        for size in Self.sizes {
            var desk = Desk.wall(size: size, themes: [theme])
            desk.tick(45)
            try Golden.check(desk.state, "wallboard-mono", isColourless: true)
        }
    }
}
