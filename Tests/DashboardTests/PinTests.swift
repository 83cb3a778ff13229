import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("Two tables at once")
struct PinTests {
    private func alerts(_ size: Size = Size(120, 30)) -> Desk {
        var desk = Desk.ready(size: size)
        desk.press("3")
        desk.go(to: World.alert(World.core, 11))
        return desk
    }

    private func shown(_ desk: Desk) -> [String] {
        desk.state.pinned.map { pinned in
            pinned.arrangement.rows.indices.map { pinned.arrangement.entity($0).id }
        } ?? []
    }

    @Test(
        "the ports of an alert's device stand under the alerts and follow the cursor, each with its own count"
    )
    func follows() throws {
        var desk = alerts()
        desk.press("P")
        #expect(shown(desk).count == 10)
        #expect(desk.lines.contains { $0.contains("ports of mad1-core-rtr02 (10)") })
        desk.press("j")
        #expect(desk.lines.contains { $0.contains("ports of mad1-agg-sw11 (10)") })
        #expect(Set(shown(desk)).isDisjoint(with: ["1", "5", "9"]))
        // An alert of a server without ports has nothing below it, and that is said.
        desk.go(to: World.alert(World.bonds, 41))
        #expect(desk.lines.contains { $0.contains("nothing belongs to this row") })
        desk.press("P")
        #expect(desk.state.layout.lower == nil && !desk.lines.contains { $0.contains("nothing belongs") })
    }

    @Test(
        "Tab gives the keys to the second table: cursor, filter, marks and Enter work there, Esc gives them back"
    )
    func keys() throws {
        var desk = alerts()
        desk.press("P", "Tab", "j", "j")
        #expect(desk.pane.cursorRow == 2 && desk.pane.cursor?.kind == .port)
        #expect(desk.state.panes[desk.state.upperIndex].cursor == World.alert(World.core, 11))
        let port = try #require(desk.pane.cursor)
        desk.press("Enter")
        #expect(desk.state.details.last?.entity == port)
        desk.press("Esc")
        #expect(desk.state.isPinInFront && desk.pane.cursor == port)
        desk.press("/")
        desk.type("Te0/1")
        desk.press("Enter")
        #expect(desk.lines.contains { $0.contains("ports of mad1-core-rtr02 (2 of 10)") })
        desk.press("*")
        #expect(desk.pane.marks.count == 2)
        desk.press("Esc", "Esc")
        #expect(desk.pane.marks.isEmpty && !desk.pane.isNarrowed && desk.state.isPinInFront)
        desk.press("Esc")
        #expect(!desk.state.isPinInFront && desk.pane.pane.name == .alerts)
        desk.press("Tab")
        #expect(desk.state.isPinInFront)
        desk.press("q")
        #expect(desk.state.layout.lower == nil && desk.pane.pane.name == .alerts)
        desk.press("Tab")
        #expect(desk.state.place.pane == .bills)
    }

    @Test("what was marked for one device is not marked when another one's ports are shown")
    func marks() {
        var desk = alerts()
        desk.press("P", "Tab", "*")
        #expect(desk.pane.marks.count == 10)
        desk.press("Tab", "j", "Tab")
        #expect(desk.state.isPinInFront && desk.pane.marks.isEmpty)
    }

    @Test("keys that were typed ahead act on what belongs to the row where the cursor is by then")
    func ahead() throws {
        var desk = alerts()
        desk.press("P")
        desk.pressAtOnce("j", "Tab", "Enter")
        let opened = try #require(desk.state.details.last?.entity)
        let found = try #require(desk.state.find(opened))
        #expect(found.table.text(found.row, .device) == "mad1-agg-sw11")
    }

    @Test("who works in the second table keeps its rows while another row comes under the cursor above")
    func stays() {
        var desk = alerts()
        desk.press("P", "Tab")
        let before = shown(desk)
        desk.refreshed(World.core, .alert, World.alerts(World.core, Array(World.coreAlerts.dropFirst())))
        #expect(shown(desk) == before && desk.state.isPinInFront)
        desk.press("Tab")
        #expect(desk.lines.contains { $0.contains("ports of mad1-agg-sw11") })
    }

    @Test("a device has its ports below it, and a list that is not complete says so itself")
    func devices() {
        var desk = Desk.ready()
        desk.press("1")
        desk.go(to: World.device(World.core, 2))
        desk.press("P")
        #expect(desk.lines.contains { $0.contains("ports of mad1-core-rtr02 (10)") })
        desk.refreshed(World.core, .port, World.ports(World.core), .partial("page 2 of 3 is missing"))
        #expect(
            desk.lines.contains { $0.contains("ports of mad1-core-rtr02 (10+?)") && $0.contains("page 2") })
        desk.press("2", "P")
        #expect(desk.lines.contains { $0.contains("alerts of mad1-") })
    }

    @Test(
        "many rows are looked through off the main thread, and until they are here the old ones have their own title"
    )
    func many() throws {
        var desk = alerts()
        var builder = TableBuilder(Offer.port, World.core)
        for id in 1...6_000 as ClosedRange<Int64> {
            builder.begin(EntityRef(World.core, .port, id: id))
            builder.set(0, text: "up")
            builder.set(1, ref: World.device(World.core, id % 4 + 1), name: World.deviceRows[Int(id % 4)].0)
            builder.set(2, text: "Te0/\(id)")
        }
        func asked(_ effects: [Effect]) -> [(ArrangedList, Int, Arrangement.Request)] {
            effects.compactMap {
                if case .arrange(let list, let question, let request, _) = $0, request.owner != nil {
                    (list, question, request)
                } else {
                    nil
                }
            }
        }
        desk.refreshed(World.core, .port, builder.finish())
        let (list, question, request) = try #require(asked(desk.press("P")).first)
        let arrangement = try #require(Arrangement.make(request))
        desk.send(.arranged(list, question: question, arrangement))
        #expect(desk.lines.contains { $0.contains("ports of mad1-core-rtr02 (1,500)") })
        let next = try #require(asked(desk.press("j")).first)
        #expect(desk.lines.contains { $0.contains("ports of mad1-core-rtr02 (1,500)") })
        #expect(desk.state.pinned?.cursor == nil)
        desk.send(.arranged(next.0, question: next.1, try #require(Arrangement.make(next.2))))
        #expect(desk.lines.contains { $0.contains("ports of mad1-agg-sw11 (1,500)") })
        #expect(desk.state.pinned?.cursor != nil)
    }

    @Test("where it has no room or no meaning, it says why")
    func reasons() {
        var low = alerts(Size(120, 29))
        low.press("P")
        #expect(low.message == "two tables need 30 lines, not 29")
        var desk = alerts()
        desk.press("0", "P")
        #expect(desk.message == "overview has no second table")
        desk.press("6", "P")
        #expect(desk.message == "no table lists what belongs to the rows of rules")
    }

    @Test("the line that prints the second table names whose rows they are")
    func line() {
        var desk = alerts()
        desk.press("P", "Tab")
        #expect(
            desk.state.getLine?.hasPrefix("nocturne get ports --backend core --filter device=mad1-core-rtr02")
                == true)
    }

    @Test("it looks like this")
    func golden() throws {
        for size in [Size(120, 30), Size(160, 50), Size(200, 60)] {
            var desk = alerts(size)
            desk.press("P")
            try Golden.check(desk.state, "two-tables")
            desk.press("Tab", "j")
            try Golden.check(desk.state, "two-tables-below")
        }
    }
}
