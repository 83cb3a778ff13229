import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("Panes")
struct PaneTests {
    private static let first = World.alert(World.core, 11)
    private static let ups = World.alert(World.core, 13)

    private func alerts() -> Desk {
        var desk = Desk.ready()
        desk.press("3")
        return desk
    }

    @Test("a pane, its columns and its tab come from a descriptor alone")
    func fromDescriptors() {
        var desk = Desk.ready()
        desk.press("7")
        #expect(desk.pane.pane.name == "customers")
        #expect(desk.lines[1].contains("7 customers 6"))
        #expect(desk.lines[3].contains("CUSTOMER"))
        #expect(desk.lines[3].contains("RX"))
        #expect(desk.lines[4].contains("-20.2 dBm"))
        desk.press("Enter")
        #expect(desk.lines.contains { $0.contains("CUSTOMER") && $0.contains("customer-1001") })
        desk.press("Esc", ":")
        #expect(desk.lines.contains { $0.contains("Go to customers") })
        #expect(desk.lines.contains { $0.contains("Label") })
    }

    @Test(
        "while rows come for the first time an untouched cursor stays in the first row, a moved one on its entity"
    )
    func firstRows() {
        func begun() -> Desk {
            var desk = Desk()
            desk.tick(0)
            for id in World.all { desk.probe(id) }
            desk.press("3")
            desk.refreshed(World.bonds, .alert, World.alerts(World.bonds, World.bondAlerts))
            return desk
        }
        var untouched = begun()
        untouched.fill()
        #expect(untouched.pane.cursor == untouched.shown.first)
        var moved = begun()
        moved.press("j")
        let chosen = moved.pane.cursor
        moved.fill()
        #expect(moved.pane.cursor == chosen && chosen != moved.shown.first)
        // From here on it stays on its entity, touched or not.
        let first = untouched.pane.cursor
        untouched.refreshed(
            World.core, .alert,
            World.alerts(
                World.core, World.coreAlerts + [(99, "critical", "open", 1, "new", "Worst of all", "")]))
        #expect(untouched.pane.cursor == first)
    }

    @Test("the cursor stays on its entity when rows are sorted again, arrive or go")
    func cursor() {
        var desk = alerts()
        desk.go(to: Self.ups)
        desk.press("S")
        #expect(desk.pane.cursor == Self.ups)
        desk.press(">", ">")
        #expect(desk.pane.cursor == Self.ups)
        #expect(desk.shown[desk.pane.cursorRow] == Self.ups)
        let more = [(99, "critical", "open", 0, "mad1-core-rtr01", "New", "") as World.AlertRow]
        desk.refreshed(World.core, .alert, World.alerts(World.core, more + World.coreAlerts))
        #expect(desk.pane.cursor == Self.ups)
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        #expect(desk.pane.cursor == Self.ups)
        let row = desk.pane.cursorRow
        desk.refreshed(
            World.core, .alert, World.alerts(World.core, World.coreAlerts.filter { $0.0 != 13 }))
        #expect(desk.pane.cursorRow == row)
        #expect(desk.pane.cursor == desk.shown[row])
        desk.refreshed(World.core, .alert, .empty(Offer.alert, World.core))
        for id in World.all { desk.refreshed(id, .alert, .empty(Offer.alert, id)) }
        #expect(desk.pane.cursor == nil)
    }

    @Test("columns that no row has anything in are left away, and are not sorted by")
    func emptyColumns() {
        var desk = Desk.ready(size: Size(200, 60))
        desk.press("3")
        #expect(desk.lines[3].contains("NOTE"))
        for id in World.all { desk.refreshed(id, .alert, .empty(Offer.alert, id)) }
        #expect(desk.lines[3].contains("NOTE"), "nothing is known of any")
        let row: World.AlertRow = (11, "critical", "open", 4, "mad1-core-rtr02", "BGP session down", "")
        desk.refreshed(World.core, .alert, World.alerts(World.core, [row]))
        #expect(!desk.lines[3].contains("NOTE"))
        #expect(desk.lines[3].contains("RULE"))
        for _ in 0..<9 {
            desk.press(">")
            #expect(desk.pane.order.first?.field != .note)
        }
    }

    @Test("rows can be sorted by their backend, which is no field of theirs")
    func byBackend() {
        var desk = alerts()
        for _ in 0..<8 where desk.pane.order.first?.field != .backend { desk.press(">") }
        #expect(desk.shown.map(\.backend) == desk.shown.map(\.backend).sorted())
        desk.press("S")
        #expect(desk.shown.map(\.backend) == desk.shown.map(\.backend).sorted(by: >))
    }

    @Test("at the top of a list what is new comes into sight")
    func newAtTop() {
        var desk = alerts()
        desk.press("j", "j", "j")
        let more = [(99, "critical", "open", 0, "mad1-core-rtr01", "New", "") as World.AlertRow]
        desk.refreshed(World.core, .alert, World.alerts(World.core, more + World.coreAlerts))
        #expect(desk.pane.top == 0)
        #expect(desk.lines[4].contains("New"))
    }

    @Test("marks survive refresh, filter and sort, and go with their entity")
    func marks() {
        var desk = alerts()
        desk.go(to: Self.ups)
        desk.press("Space")
        desk.press(">", "/")
        desk.type("bgp")
        desk.press("Enter")
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        #expect(desk.pane.marks == [Self.ups])
        desk.press("U")
        #expect(desk.pane.marks.isEmpty)
        desk.press("*")
        #expect(desk.pane.marks == [Self.first])
        desk.refreshed(
            World.core, .alert, World.alerts(World.core, World.coreAlerts.filter { $0.0 != 11 }))
        #expect(desk.pane.marks.isEmpty)
    }

    @Test("a filter by marks follows the marks")
    func filterByMarks() {
        var desk = alerts()
        desk.go(to: Self.ups)
        desk.press("Space", "/")
        desk.type("is:marked")
        desk.press("Enter")
        #expect(desk.shown == [Self.ups])
        desk.press("U")
        #expect(desk.shown == [])
    }

    @Test("a filter is live; while it is wrong its good part holds, and Enter leaves the table as it was")
    func filter() {
        var desk = alerts()
        desk.press("/")
        desk.type("bgp")
        #expect(desk.shown == [Self.first])
        desk.type(" @nowhere")
        #expect(desk.shown == [Self.first])
        #expect(desk.pane.filterRemark != nil)
        #expect(desk.lines[28].contains("nowhere"))
        desk.press("Enter")
        #expect(desk.pane.filterText == "")
        #expect(desk.shown.count == 9)
        #expect(desk.message.contains("nowhere") && desk.message.hasSuffix("; filter unchanged"))
        desk.press("/")
        desk.type("bgp")
        desk.press("Enter", "/")
        desk.type("x")
        #expect(desk.shown == [])
        desk.press("Esc")
        #expect(desk.shown == [Self.first])
        desk.press("Esc")
        #expect(desk.shown.count == 9)
        #expect(desk.pane.filterText == "")
    }

    @Test("switches hide rows and say how many; counts of the header do not change")
    func switches() {
        var desk = alerts()
        let header = desk.header
        desk.press("A")
        #expect(desk.shown.count == 7)
        #expect(desk.lines[2].contains("2 hidden"))
        desk.press("@", "@")
        #expect(desk.pane.backend == World.edge)
        #expect(desk.shown.allSatisfy { $0.backend == World.edge })
        #expect(desk.header == header)
        desk.press("p")
        #expect(desk.header == header)
    }

    @Test("over five thousand rows are arranged outside, one question at a time")
    func manyRows() throws {
        var desk = alerts()
        let rows = (0..<5_001).map {
            (Int64($0 + 100), "warning", "open", Int64($0), "mad1-core-rtr01", "High load", "")
        }
        let effects = desk.refreshed(World.core, .alert, World.alerts(World.core, rows))
        let asked = effects.compactMap { effect -> (ArrangedList, Int, Arrangement.Request)? in
            if case .arrange(let pane, let question, let request, _) = effect {
                (pane, question, request)
            } else {
                nil
            }
        }
        #expect(Set(asked.map(\.0)) == [.pane(.overview), .pane(.alerts)])
        let (pane, question, request) = try #require(asked.first { $0.0 == .pane(.alerts) })
        let kept = desk.press("S")
        #expect(kept.filter { !$0.isKeeping } == [], "one is being answered")
        let arrangement = try #require(Arrangement.make(request))
        let next = desk.send(.arranged(pane, question: question, arrangement))
        guard case .arrange(_, let newest, let wanted, _) = next.first else {
            Issue.record("what was asked meanwhile was forgotten")
            return
        }
        #expect(desk.send(.arranged(pane, question: question, arrangement)) == [], "an old answer")
        let newer = try #require(Arrangement.make(wanted))
        #expect(desk.send(.arranged(pane, question: newest, newer)) == [])
        #expect(desk.pane.arrangement == newer)
    }

    @Test("keys of a sequence wait for the next, and Esc ends the waiting")
    func sequences() {
        var desk = Desk.ready()
        desk.press("7", ";")
        #expect(desk.state.pendingKeys.count == 1)
        #expect(desk.lines[28].contains("; …"))
        desk.press("Esc")
        #expect(desk.state.pendingKeys.isEmpty)
        #expect(desk.press("l") == [])
        #expect(desk.session == nil)
        desk.press(";", "l")
        #expect(desk.session != nil)
    }

    @Test("a paste outside a text is dropped, and one inside never submits")
    func paste() {
        var desk = alerts()
        #expect(desk.paste("qQ\naaa") == [])
        #expect(desk.message == "a paste outside a text field is dropped")
        desk.press("/")
        desk.paste("bgp\n")
        #expect(desk.shown == [Self.first])
        #expect(desk.state.layers.count == 1)
    }

    @Test("opened entities form a path, and history goes back and forth")
    func history() {
        var desk = Desk.ready()
        let device = World.device(World.core, 2)
        desk.press("3")
        desk.go(to: Self.first)
        #expect(desk.press("Enter") == [.detail(Self.first)])
        desk.press("j", "j", "j")
        #expect(desk.press("Enter") == [.detail(device)])
        #expect(desk.state.place.path == [Self.first, device])
        desk.press("[")
        #expect(desk.state.place.path == [Self.first])
        desk.press("]")
        #expect(desk.state.place.path == [Self.first, device])
        desk.press("q", "q")
        #expect(desk.state.details.isEmpty)
        #expect(desk.press("q") == [.quit])
    }

    @Test("a page that is open lets the keys of the whole screen through")
    func pages() {
        var desk = alerts()
        desk.press("?", "?")
        #expect(desk.state.layers.isEmpty)
        desk.press("!", "1")
        #expect(desk.state.layers.isEmpty)
        #expect(desk.state.place.pane == .devices)
        desk.press("!", ":")
        #expect(desk.state.layers.count == 1 && desk.state.layers.top as? Palette == Palette())
        desk.press("Esc", "?", "PgDn")
        guard let help = desk.state.layers.top as? Help else {
            Issue.record("help is closed")
            return
        }
        desk.press("Down")
        #expect((desk.state.layers.top as? Help)?.focus == help.focus + 1)
    }

    @Test("devices and ports open with what is wrong on top")
    func worstFirst() {
        var desk = Desk.ready()
        desk.press("1")
        func word(_ row: Int) -> Value { desk.pane.arrangement.value(row, .status) }
        #expect((0..<4).map(word) == ["down", "warning", "unknown", "up"].map { .text($0) })
        desk.press("2")
        #expect(word(0) == .text("down"))
        #expect(word(1) == .text("up"))
        #expect(desk.pane.cursorRow == 0)
    }

    @Test("a key that is bound to nothing says so once")
    func unbound() {
        var desk = Desk.ready()
        desk.press("3")
        #expect(desk.press("8").isEmpty)
        #expect(desk.message == "8 is not bound here; ? lists the keys")
        desk.tick(10)
        desk.press("8")
        #expect(desk.message == "")
        desk.press(";", "8")
        #expect(desk.message == "; 8 is not bound here; ? lists the keys")
    }
}
