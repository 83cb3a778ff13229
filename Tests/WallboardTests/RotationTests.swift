import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing
@testable import Wallboard

@Suite("Pages of the wallboard")
struct RotationTests {
    /// Three pages that stay 20, 10 and 30 seconds.
    private static let three = WallboardProfile(
        name: "three",
        pages: [
            WallboardPage(.overview), WallboardPage(.pane(.alerts), filter: "is:open", dwell: 10),
            WallboardPage(.map, dwell: 30),
        ])

    @Test("a page stays as long as it says, and after the last comes the first")
    func dwell() {
        var desk = Desk.wall(Self.three)
        var turns: [Int] = []
        var last = desk.page
        for second in 1...130 {
            desk.live(1)
            if desk.page != last { turns.append(second) }
            last = desk.page
        }
        #expect(turns == [20, 30, 60, 80, 90, 120])
    }

    @Test("after hours of sleep one page is turned, not all that were missed")
    func suspended() {
        var desk = Desk.wall(Self.three)
        desk.tick(8 * 3600)
        #expect(desk.page == 1)
        desk.tick(1)
        #expect(desk.page == 1)
        desk.tick(9)
        #expect(desk.page == 2)
    }

    @Test("a wall clock that is set turns no page and makes nothing quiet")
    func clock() {
        var desk = Desk.wall(Self.three)
        for hours in [-5, 7, 90_000, -90_000] as [Int64] {
            let wall = Timestamp(World.wall.seconds + hours * 3600)
            desk.send(.tick(desk.state.now + 0.5, wall: wall, zone: 0))
            #expect(desk.page == 0)
            #expect(!desk.text.contains("quiet"))
        }
    }

    @Test("a page that needs rows is left out while it has none, and comes when it has")
    func condition() {
        let profile = WallboardProfile(
            name: "c",
            pages: [
                WallboardPage(.overview),
                WallboardPage(.pane(.bonds), filter: "is:problem", needsRows: true),
                WallboardPage(.pane(.bills), needsRows: true), WallboardPage(.map),
            ])
        var desk = Desk.quietWall(profile)
        desk.live(20)
        #expect(desk.page == 3, "no bond is in trouble, and nobody has bills")
        desk.refreshed(World.bonds, "bond", World.bondTable(["up", "down"]))
        desk.live(20)
        #expect(desk.page == 0)
        desk.live(20)
        #expect(desk.page == 1)
    }

    @Test("where all pages are left out the first is shown, from the start")
    func allLeftOut() {
        let bills = WallboardPage(.pane(.bills), needsRows: true)
        var desk = Desk.wall(WallboardProfile(name: "b", pages: [bills, bills]))
        for _ in 0..<50 {
            desk.live(1)
            #expect(desk.page == 0)
        }
        #expect(desk.text.contains("no configured backend offers bills"))
    }

    @Test("a page whose first one has nothing to show begins with the next")
    func firstLeftOut() {
        let profile = WallboardProfile(
            name: "f", pages: [WallboardPage(.pane(.bills), needsRows: true), WallboardPage(.map)])
        #expect(Desk(World.state(screen: profile)).page == 1)
    }

    // MARK: Alerts that push a page aside

    private func alert(
        _ desk: inout Desk, _ id: Int64, _ severity: String = "critical", _ state: String = "open"
    ) {
        let row = (id, severity, state, 0, "mad1-core-rtr01", "Power lost", "") as World.AlertRow
        desk.read(World.core, .alert, World.alerts(World.core, World.coreAlerts + [row]))
    }

    @Test("a new critical alert brings its page for a minute, then it goes on where it was")
    func interruption() {
        var desk = Desk.wall(Self.three)
        desk.live(35)
        #expect(desk.page == 2)
        alert(&desk, 100)
        #expect(desk.page == 1)
        #expect(desk.readable.contains("Power lost"))
        desk.live(59)
        #expect(desk.page == 1)
        desk.live(1)
        #expect(desk.page == 0, "the page behind the one that was pushed aside")
        desk.live(20)
        #expect(desk.page == 1)
    }

    @Test("what is there at first is not new, however it arrives")
    func first() {
        var desk = Desk(World.state(screen: Self.three))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        desk.send(.arrived(World.core, .alert, World.alerts(World.core, [World.coreAlerts[0]])))
        #expect(desk.page == 0)
        desk.fill()
        #expect(desk.page == 0)
        alert(&desk, 100)
        #expect(desk.page == 1, "this one is")
    }

    @Test("what somebody took, what is no more than a warning and what was there before push nothing aside")
    func harmless() {
        var desk = Desk.wall(Self.three)
        alert(&desk, 100, "critical", "acknowledged")
        #expect(desk.page == 0)
        alert(&desk, 101, "warning")
        #expect(desk.page == 0)
        alert(&desk, 100, "critical", "open")
        #expect(desk.page == 1, "it was not there in between, so it fired again")
        let before = desk.board?.watch.interruptedAt
        desk.live(90)
        alert(&desk, 100, "critical", "worse")
        #expect(desk.board?.watch.interruptedAt == before, "it is the same alert")
    }

    @Test("at most once a minute")
    func often() {
        var desk = Desk.wall(Self.three)
        alert(&desk, 100)
        let due = desk.board?.dueAt
        desk.live(30)
        alert(&desk, 101)
        #expect(desk.board?.dueAt == due, "the second prolongs nothing")
        desk.press("p")
        #expect(desk.page == 2, "a key turns pages all the same")
        alert(&desk, 102)
        #expect(desk.page == 2)
        desk.live(30)
        alert(&desk, 103)
        #expect(desk.page == 1, "a minute has gone by")
    }

    @Test("an alert that follows from another that is open is not a new one")
    func folded() {
        func page(after cause: String) -> Int {
            var desk = Dark.desk(
                Dark.table(onts: 0, ponSeverity: cause), profile: WallboardProfile.standard)
            desk.press("W", "y")
            desk.read(Self.three)
            desk.refreshed(
                World.access, "problem",
                Dark.table(severity: "critical", ponSeverity: cause))
            return desk.page
        }
        #expect(page(after: "critical") == 0)
        #expect(page(after: "warning") == 1, "what is worse than its cause counts for itself")
    }

    @Test("without a page of alerts the overview is brought, and without that nothing")
    func nowhere() {
        var desk = Desk.wall(
            WallboardProfile(name: "o", pages: [WallboardPage(.map), WallboardPage(.overview)]))
        alert(&desk, 100)
        #expect(desk.page == 1)
        desk = Desk.wall(WallboardProfile(name: "m", pages: [WallboardPage(.map), WallboardPage(.map)]))
        alert(&desk, 100)
        #expect(desk.page == 0)
    }

    @Test("the page of alerts whose filter lets it pass is the one that is brought")
    func rightPage() {
        let profile = WallboardProfile(
            name: "r",
            pages: [
                WallboardPage(.map), WallboardPage(.pane(.alerts), filter: "@edge"),
                WallboardPage(.pane(.alerts), filter: "@core"),
            ])
        var desk = Desk.wall(profile)
        alert(&desk, 100)
        #expect(desk.page == 2)
    }

    // MARK: Rows

    @Test("a page sorts and filters as it says, and thousands of rows are sorted elsewhere")
    func rows() throws {
        let page = WallboardPage(
            .pane(.alerts), filter: "sev>=warning", order: [SortKey(.since, descending: true)])
        var desk = Desk.wall(.only(page))
        #expect(desk.board?.page?.pane.arrangement.count == 8)
        let rows = (0..<5_001).map {
            (Int64($0 + 100), "warning", "open", Int64($0), "mad1-core-rtr01", "High load", "")
                as World.AlertRow
        }
        let effects = desk.refreshed(World.core, .alert, World.alerts(World.core, rows))
        let asked = effects.filter { if case .arrange = $0 { true } else { false } }
        guard case .arrange(.list(0), let question, let request, _)? = asked.first else {
            Issue.record("not asked: \(effects)")
            return
        }
        #expect(asked.count == 1, "the panes behind the wallboard wait")
        let arrangement = try #require(Arrangement.make(request))
        #expect(desk.send(.arranged(.list(0), question: question, arrangement)) == [])
        #expect(desk.board?.page?.pane.arrangement.count == 5_005)
        #expect(desk.text.contains("+ 4,9"))
    }

    @Test("an answer for a page that is another by now is dropped")
    func oldAnswer() throws {
        var desk = Desk.wall(.only(WallboardPage(.pane(.alerts), filter: "is:open")))
        let rows = (0..<5_001).map {
            (Int64($0 + 100), "warning", "open", Int64($0), "mad1-core-rtr01", "High load", "")
                as World.AlertRow
        }
        let effects = desk.refreshed(World.core, .alert, World.alerts(World.core, rows))
        let asked = effects.filter { if case .arrange = $0 { true } else { false } }
        guard case .arrange(.list(0), let question, let request, _)? = asked.first else {
            Issue.record("not asked: \(effects)")
            return
        }
        let again = desk.read(.only(WallboardPage(.pane(.alerts), filter: "@edge")))
        guard case .arrange(.list(0), let newer, _, _)? = again.first else {
            Issue.record("not asked: \(again)")
            return
        }
        #expect(question != newer)
        let old = try #require(Arrangement.make(request))
        desk.send(.arranged(.list(0), question: question, old))
        #expect(desk.board?.page?.pane.arrangement.request.filter != request.filter)
    }

    @Test("a filter that is not understood is said, and hides no row")
    func badFilter() {
        let desk = Desk.wall(.only(WallboardPage(.pane(.alerts), filter: "severity>")))
        #expect(desk.text.contains("the filter is not understood"))
        #expect(desk.board?.page?.pane.arrangement.count == 9)
    }

    @Test("what is snoozed at a desk is hidden on no wall, which others look at")
    func snoozed() {
        var desk = Desk.beforeWall()
        desk.press("3")
        desk.go(to: World.second)
        desk.press("m")
        desk.type("1h")
        desk.press("Enter")
        #expect(!desk.shown.contains(World.second))
        desk.press("W", "y")
        desk.fill()
        let pages = desk.board?.pages.map(\.pane.arrangement) ?? []
        #expect(pages.contains { $0.position(of: World.second) != nil })
        #expect(pages.allSatisfy { $0.silenced == 0 })
    }

    @Test("another profile takes over, and the page on the screen stays when it still is one")
    func reload() {
        var desk = Desk.wall(Self.three)
        desk.press("n", "n")
        desk.read(WallboardProfile(name: "x", pages: [WallboardPage(.map, dwell: 30)]))
        #expect(desk.page == 0)
        #expect(desk.board?.page?.page.view == .map)
        desk.read(WallboardProfile(name: "y", pages: [WallboardPage(.overview)]))
        #expect(desk.board?.page?.page.view == .overview)
        desk.send(.pageTurned)
        #expect(desk.page == 0)
    }
}
