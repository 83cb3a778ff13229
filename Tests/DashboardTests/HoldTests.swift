import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Frozen tables and cursors that follow")
struct HoldTests {
    private func alerts() -> Desk {
        var desk = Desk.ready()
        desk.press("3")
        return desk
    }

    private static let newest: World.AlertRow = (
        99, "critical", "open", 0, "mad1-core-rtr01", "Fan failed", ""
    )

    /// The first server has one alert more.
    @discardableResult
    private func fire(_ desk: inout Desk) -> [Effect] {
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts + [Self.newest]))
    }

    // MARK: Follow

    @Test("the cursor stays in the first row while rows arrive, and the title says so")
    func follows() {
        var desk = alerts()
        desk.press(">", "S", "j", "F")
        #expect(desk.pane.cursorRow == 0)
        #expect(desk.lines[2].contains("following"))
        for number in 1...5 as ClosedRange<Int64> {
            let rows = World.coreAlerts + [(100 + number, "critical", "open", 0, "a\(number)", "Fan", "")]
            desk.refreshed(World.core, .alert, World.alerts(World.core, rows))
            #expect(desk.pane.cursorRow == 0 && desk.pane.top == 0)
            #expect(desk.pane.cursor == desk.shown.first)
        }
    }

    @Test("without it the cursor stays on its row; any move ends it and says so")
    func ends() {
        var desk = alerts()
        let first = desk.pane.cursor
        fire(&desk)
        #expect(desk.pane.cursor == first)
        for key in ["j", "G", "PgDn", "Space", "g", "F"] {
            var desk = alerts()
            desk.press("F")
            #expect(desk.pane.isFollowing)
            desk.press(key)
            #expect(!desk.pane.isFollowing, "\(key)")
            #expect(desk.message == "no longer following the first row", "\(key)")
        }
    }

    @Test("no command is begun on a row that has only just come under the cursor")
    func tooSoon() {
        var desk = alerts()
        desk.press("F")
        let before = desk.pane.cursor
        fire(&desk)
        #expect(desk.pane.cursor != before)
        desk.press("a")
        #expect(desk.session == nil)
        #expect(desk.message.contains("look, then press again"))
        desk.tick(1.1)
        desk.press("a")
        #expect(desk.session?.names.count == 1)
    }

    // MARK: Freeze

    @Test("a frozen table stays as it is while data goes on arriving, and comes up to date again")
    func freezes() {
        var desk = alerts()
        desk.go(to: World.second)
        desk.press("Z")
        let shown = desk.shown
        let picture = Array(desk.lines[3..<26])
        let cursor = desk.pane.cursor
        desk.tick(62)
        fire(&desk)
        desk.refreshed(World.edge, .alert, .empty(Offer.alert, World.edge))
        #expect(desk.shown == shown)
        #expect(Array(desk.lines[3..<26]) == picture)
        #expect(desk.pane.cursor == cursor)
        #expect(desk.lines[2].contains("FROZEN 1m"))
        desk.press("Z")
        #expect(desk.shown != shown && desk.shown.contains(World.alert(World.core, 99)))
        #expect(desk.pane.cursor == cursor)
        #expect(!desk.lines[2].contains("FROZEN"))
    }

    @Test("counts of the header are never frozen")
    func header() {
        var desk = alerts()
        desk.press("Z")
        let before = desk.state.counts.critical
        fire(&desk)
        #expect(desk.state.counts.critical == before + 1)
        #expect(desk.header.contains("\(before + 1) critical"))
        #expect(desk.lines[2].contains("\(desk.shown.count) ·"))
    }

    @Test("filter, sort and backend work on the rows as they were")
    func arranged() {
        var desk = alerts()
        desk.press("Z")
        fire(&desk)
        desk.press("/")
        desk.type("fan")
        #expect(desk.shown.isEmpty)
        desk.press("Esc", "S", "@")
        #expect(desk.shown.allSatisfy { $0.backend == World.core })
        #expect(desk.shown.count == World.coreAlerts.count)
        desk.press("@")
        #expect(desk.shown.allSatisfy { $0.backend == World.edge } && !desk.shown.isEmpty)
    }

    @Test("a command on a row that is gone is prepared at the server, which knows the truth")
    func command() throws {
        var desk = alerts()
        desk.go(to: World.second)
        desk.press("Z")
        let name = desk.state.name(of: World.second)
        desk.refreshed(World.core, .alert, World.alerts(World.core, [World.coreAlerts[0]]))
        #expect(desk.pane.cursor == World.second)
        desk.press("a")
        #expect(desk.session?.names == [name])
        let effects = desk.press("Enter")
        #expect(
            effects.contains {
                if case .prepare(_, World.core, let sent) = $0 {
                    sent.targets == [World.second]
                } else {
                    false
                }
            })
    }

    @Test("marks of rows that are gone stay while the table is frozen")
    func marks() {
        var desk = alerts()
        desk.mark([World.second])
        desk.press("Z")
        desk.refreshed(World.core, .alert, World.alerts(World.core, [World.coreAlerts[0]]))
        #expect(desk.pane.marks == [World.second])
        desk.press("Z")
        #expect(desk.pane.marks.isEmpty)
    }

    @Test("the list of the overview is frozen as well, and says so")
    func overview() {
        var desk = Desk.ready()
        desk.press("Z")
        let shown = desk.shown
        fire(&desk)
        #expect(desk.shown == shown)
        #expect(desk.lines.contains { $0.contains("WORST") && $0.contains("FROZEN") })
    }

    @Test("it looks like this")
    func golden() throws {
        for size in [Size(80, 24), Size(120, 30), Size(40, 10), Size(20, 5), Size(200, 60)] {
            var desk = Desk.ready(size: size)
            desk.press("3", "F", "Z")
            desk.tick(75)
            desk.fill()
            try Golden.check(desk.state, "frozen")
        }
    }
}
