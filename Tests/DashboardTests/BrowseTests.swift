import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Walking through an API")
struct BrowseTests {
    @Test("a collection is asked for once when it is opened, and again only with r")
    func asksOnce() {
        var desk = Desk.browsing()
        #expect(desk.walk(to: World.bondPath).collections == [World.bondPath])
        #expect(desk.text.contains("asking bonds…; Esc stops"))
        // Whoever leaves and comes back while it is asked, waits on.
        #expect(desk.press("1").collections == [])
        #expect(desk.press("[").collections == [])
        desk.browsed(World.browsed(30))
        #expect(desk.shown.count == 30)
        desk.tick(7_200)
        #expect(desk.press("1", "[").collections == [])
        #expect(desk.shown.count == 30 && desk.count.contains("read 2h ago"))
        #expect(desk.press("r").collections == [World.bondPath])
    }

    @Test("rows are shown as they come, with a + while more follow")
    func arriving() {
        var desk = Desk.browsing()
        desk.walk(to: World.bondPath)
        desk.browsed(World.browsed(10, .partial("10 of 30 rows so far")), isLast: false)
        #expect(desk.shown.count == 10)
        #expect(desk.count.contains("10 of 30 rows so far; Esc stops · 10+"))
        desk.press("j", "j")
        let cursor = desk.pane.cursor
        desk.browsed(World.browsed(30))
        #expect(desk.shown.count == 30 && desk.pane.cursor == cursor)
        #expect(!desk.count.contains("+") && !desk.count.contains("so far"))
    }

    @Test("Esc ends the reading, and the rows that came stay as a part of them")
    func stops() {
        var desk = Desk.browsing()
        desk.walk(to: World.bondPath)
        let question = desk.lastQuestion(World.bondPath)
        desk.browsed(World.browsed(10, .partial("10 of 30 rows so far")), isLast: false)
        #expect(desk.footer.contains("Esc stop"))
        #expect(desk.press("Esc").contains(.stopReading(World.bondPath)))
        #expect(desk.message == "stopped: not all rows are here")
        desk.browsed(World.browsed(30), question: question)
        #expect(desk.shown.count == 10 && desk.count.contains("10+"))
        #expect(desk.state.place.pane == PaneName(of: World.bondPath))
        desk.press("Esc")
        #expect(desk.state.place.pane == .browse)
    }

    @Test("what is stopped before anything came says so, and r asks again")
    func stopsAtOnce() {
        var desk = Desk.browsing()
        desk.walk(to: World.bondPath)
        desk.press("Esc")
        #expect(desk.text.contains("stopped before anything came"))
        #expect(desk.text.contains("r asks again"))
        #expect(desk.press("r").collections == [World.bondPath])
    }

    @Test("a late answer to a question that was asked before is dropped")
    func late() {
        var desk = Desk.onRows()
        desk.press("r")
        let old = desk.lastQuestion(World.bondPath)
        desk.press("r")
        desk.browsed(World.browsed(3), question: old)
        #expect(desk.shown.count == 30)
        desk.browsed(World.browsed(4))
        #expect(desk.shown.count == 4)
        desk.browsed(World.browsed(2), question: old)
        #expect(desk.shown.count == 4)
    }

    @Test(
        "while a list is read again its rows stay until as many came, and after a stop they are those of before"
    )
    func readAgain() {
        var desk = Desk.onRows()
        desk.tick(60)
        desk.press("r")
        #expect(desk.count.contains("reading again; Esc stops"))
        desk.browsed(World.browsed(10, .partial("10 of 31 rows so far")), isLast: false)
        #expect(desk.shown.count == 30)
        #expect(desk.count.contains("reading again: 10 of 31 rows so far; Esc stops · 30 · read 1m ago"))
        desk.press("Esc")
        #expect(desk.message == "stopped: these are the rows of before")
        #expect(desk.shown.count == 30 && desk.count.contains("30 · read 1m ago"))
        desk.press("r")
        desk.browsed(World.browsed(31))
        #expect(desk.shown.count == 31 && !desk.count.contains("again"))
    }

    @Test("a server that does not answer leaves the rows that came before, and says why")
    func fails() {
        var desk = Desk.onRows()
        desk.press("r")
        let asked = desk.lastQuestion(World.bondPath)
        let error = BackendError(.timedOut, "no answer within 30 s")
        desk.send(.browsed(World.bondPath, question: asked, .failure(error), isLast: true))
        #expect(desk.shown.count == 30 && desk.count.contains("no answer within 30 s"))
    }

    @Test("what was taken for a collection and is one object is opened as one, and Esc leads back")
    func becomesObject() {
        var desk = Desk.browsing()
        let root = World.path("/v3/"), object = World.object("/v3/")
        desk.walk(to: root)
        let detail = Detail(
            object, title: "Core resources",
            sections: [Detail.Section("Fields", [Detail.Line("version", .text("3"))])])
        desk.browsed(Browsed(root, title: "Core resources", content: .object(detail)))
        #expect(desk.state.place == Place(pane: .browse, path: [object]))
        #expect(desk.text.contains("version"))
        #expect(!desk.state.panes.contains { $0.pane.name == PaneName(of: root) })
        desk.press("Esc")
        #expect(desk.state.place == Place(pane: .browse) && desk.pane.cursor == root)
    }

    @Test("a path that is not filled in leads to the list that fills it, or says that there is none")
    func unfilled() {
        var desk = Desk.browsing()
        let effects = desk.walk(to: World.path("/v3/bonds/{bond}/legs/"))
        #expect(effects.collections == [World.bondPath])
        #expect(desk.message == "choose the bond for Legs of a bond")
        desk.press("Esc", "Esc")
        #expect(desk.walk(to: World.path("/v3/nothing/{id}/orphans/")).collections == [])
        #expect(desk.message == "the API has no list to choose the id from")
        let restart = EntityRef(World.bonds, .operation, id: "/v3/bonds/{bond}/restart/")
        desk.walk(to: restart)
        #expect(desk.state.sessions.isEmpty)
        #expect(desk.state.place.pane == PaneName(of: World.bondPath))
    }

    @Test("[ and ] go through places as everywhere, and Esc and q go up one at a time")
    func history() {
        var desk = Desk.onObject()
        let rows = Place(pane: PaneName(of: World.bondPath))
        let object = Place(pane: rows.pane, path: [World.firstBond])
        #expect(desk.state.place == object)
        desk.press("[")
        #expect(desk.state.place == rows && desk.pane.cursor == World.firstBond)
        desk.press("[")
        #expect(desk.state.place == Place(pane: .browse) && desk.pane.cursor == World.bondPath)
        desk.press("]", "]")
        #expect(desk.state.place == object)
        #expect(desk.press("q").isEmpty && desk.state.place == rows)
        #expect(!desk.press("q").contains(.quit) && desk.state.place == Place(pane: .browse))
        #expect(desk.press("q").contains(.quit))
    }

    @Test("the tab stays the tab of browse, and the pane that was left is found again with [")
    func tabs() {
        var desk = Desk.onRows()
        desk.press("Tab")
        #expect(desk.state.place.pane == .overview)
        desk.press("shift-Tab")
        #expect(desk.state.place.pane == .browse)
        desk.press("[", "[")
        #expect(desk.state.place.pane == PaneName(of: World.bondPath) && desk.shown.count == 30)
    }

    @Test("twenty collections are kept, and the one that was not asked for longest goes first")
    func keeps() {
        var desk = Desk.browsing()
        for number in 1...25 {
            let collection = World.path("/v3/bonds/\(number)/legs/")
            _ = desk.state.go(to: Place(pane: PaneName(of: collection)))
            desk.browsed(World.browsed(2, of: collection))
        }
        #expect(desk.state.browse.collections.count == 20)
        #expect(desk.state.browse[World.path("/v3/bonds/5/legs/")] == nil)
        #expect(desk.state.browse[World.path("/v3/bonds/6/legs/")] != nil)
        #expect(desk.state.panes.count { $0.pane.name.collection != nil } <= 21)
    }

    @Test("B jumps from a row of a pane to its place in the API, and back")
    func jump() {
        var desk = Desk.browsing()
        desk.press("5")
        let bond = EntityRef(World.bonds, "bond", id: 21)
        desk.go(to: bond)
        let effects = desk.press("B")
        #expect(effects.contains(.detail(World.firstBond)))
        #expect(desk.state.place == Place(pane: .browse, path: [World.firstBond]))
        desk.press("B")
        #expect(desk.state.place == Place(pane: "bonds", path: [bond]))
        desk.press("3", "B")
        #expect(desk.message.contains("can't be told from its number"))
    }

    @Test("addresses with signs that a path would have to encode are never made from a row")
    func hostilePlace() {
        let desk = Desk.browsing()
        for id in ["../x", "1/2", "a b", "..", "", "1?x"] {
            #expect(desk.state.counterpart(of: EntityRef(World.bonds, "bond", id: id)) == nil)
        }
        #expect(desk.state.counterpart(of: World.object("/v3/bonds/21/legs/")) == nil)
    }
}
