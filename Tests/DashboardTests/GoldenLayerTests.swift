import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Frames of panes and layers that are not asked for every day")
struct GoldenLayerTests {
    private func check(_ name: String, _ make: (Size) throws -> Desk) throws {
        for size in [
            Size(80, 24), Size(120, 30), Size(40, 10), Size(20, 5), Size(160, 50), Size(200, 60),
        ] {
            try Golden.check(try make(size).state, name)
        }
    }

    private static let view = SavedView(
        name: "core on fire", pane: .alerts, filter: "sev=critical", problemsOnly: true, backend: "core")

    @Test("rules")
    func rules() throws { try check("rules") { Desk.onRule(size: $0) } }

    @Test("the chooser of columns")
    func columns() throws {
        try check("columns") {
            var desk = Desk.ready(size: $0)
            desk.press("3", "c", "j", "Space", "j")
            return desk
        }
    }

    @Test("saved views, and one that is about to go")
    func views() throws {
        var preferences = Preferences()
        preferences.apply(.save(Self.view))
        try check("views") {
            var desk = Desk.ready(size: $0, preferences: preferences)
            desk.press("3", "f", "x")
            return desk
        }
        try check("views-none") {
            var desk = Desk.ready(size: $0)
            desk.press("3", "f")
            return desk
        }
    }

    @Test("prompts for a pattern to mark and for the name of a view")
    func prompts() throws {
        try check("mark-pattern") {
            var desk = Desk.ready(size: $0)
            desk.press("3", "+")
            desk.type("sev>")
            return desk
        }
        try check("view-name") {
            var desk = Desk.ready(size: $0)
            desk.press("3", "w")
            desk.type("mine")
            return desk
        }
    }

    @Test("a pane that nobody's backend feeds")
    func absent() throws {
        try check("absent") {
            var desk = Desk.ready(size: $0)
            desk.press("4")
            return desk
        }
    }
}
