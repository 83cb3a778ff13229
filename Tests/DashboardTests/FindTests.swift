import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("Finding without filtering")
struct FindTests {
    private func alerts() -> Desk {
        var desk = Desk.ready()
        desk.press("3", "j")
        return desk
    }

    /// The shown rows that hold a text in their rule.
    private func rows(_ desk: Desk, _ text: String) -> [EntityRef] {
        desk.shown.filter { entity in
            desk.state.find(entity).map { $0.table.text($0.row, .rule).contains(text) } ?? false
        }
    }

    @Test("the cursor goes to what is typed while it is typed, and no row goes away")
    func live() throws {
        var desk = alerts()
        let shown = desk.shown
        desk.press("ctrl-f")
        desk.type("High ")
        let found = rows(desk, "High ")
        #expect(found.count == 2)
        #expect(desk.pane.cursor == found.first)
        desk.type("temp")
        #expect(desk.pane.cursor == rows(desk, "High temp").first)
        #expect(desk.shown == shown)
        desk.press("Enter")
        #expect(desk.state.layers.isEmpty)
        #expect(desk.pane.cursor == rows(desk, "High temp").first)
        #expect(desk.lines[2].contains("find High temp") && desk.lines[2].contains("1 of 1"))
    }

    @Test("n and N go round, and say which of how many it is and that they went round")
    func again() throws {
        var desk = alerts()
        desk.press("g", "ctrl-f")
        desk.type("state=open")
        desk.press("Enter")
        let open = desk.shown.filter { entity in
            desk.state.find(entity).map { $0.table.text($0.row, .state) == "open" } ?? false
        }
        try #require(open.count > 3)
        var seen = [desk.pane.cursor]
        for place in 1..<open.count {
            desk.press("n")
            seen.append(desk.pane.cursor)
            #expect(desk.message == "state=open: \(place + 1) of \(open.count)")
        }
        #expect(seen == open)
        desk.press("n")
        #expect(desk.pane.cursor == open.first)
        #expect(desk.message == "state=open: 1 of \(open.count); wrapped: on from the first")
        desk.press("N")
        #expect(desk.pane.cursor == open.last)
        #expect(desk.message.hasSuffix("on from the last"))
    }

    @Test("Esc puts the cursor back where it was, and what was looked for before comes back")
    func escape() throws {
        var desk = alerts()
        desk.press("ctrl-f")
        desk.type("battery")
        desk.press("Enter")
        let before = desk.pane.cursor
        let top = desk.pane.top
        desk.press("ctrl-f")
        desk.type("high")
        #expect(desk.pane.cursor != before)
        desk.press("Esc")
        #expect(desk.pane.cursor == before && desk.pane.top == top)
        #expect(desk.pane.find?.text == "battery")
        #expect(desk.pane.find?.hits?.count == 1)
        desk.press("Esc")
        #expect(desk.pane.find == nil)
        #expect(desk.pane.cursor == before)
    }

    @Test("what is wrong is shown at its column, and the last that could be read stays")
    func wrong() {
        var desk = alerts()
        desk.press("ctrl-f")
        desk.type("high @nowhere")
        #expect(desk.lines.contains { $0.contains("find: high @nowhere") && $0.contains("column 6:") })
        #expect(desk.pane.find?.text.hasPrefix("high") == true)
        let cursor = desk.pane.cursor
        desk.press("Enter")
        #expect(desk.message.hasPrefix("looking for high"))
        #expect(desk.pane.cursor == cursor && desk.pane.filterRemark == nil)
    }

    @Test("nothing found leaves the cursor where it was and says so; an empty text looks for nothing")
    func nothing() {
        var desk = alerts()
        let before = desk.pane.cursor
        desk.press("ctrl-f")
        desk.type("no such thing")
        #expect(desk.pane.cursor == before)
        #expect(desk.lines.contains { $0.contains("find: no such thing") && $0.contains("none") })
        desk.press("Enter")
        #expect(desk.message == "nothing here fits no such thing")
        desk.press("ctrl-f", "Enter")
        #expect(desk.pane.find == nil)
        desk.press("n")
        #expect(desk.message == "nothing is looked for here: ctrl-f does")
        desk.press(":")
        desk.type("next match")
        #expect(desk.lines.contains { $0.contains("nothing is looked for here: ctrl-f does") })
    }

    @Test("what was found is lit, and only that")
    func lit() throws {
        var desk = alerts()
        desk.press("ctrl-f")
        desk.type("load")
        desk.press("Enter")
        let frame = render(desk.state)
        let y = try #require(desk.lines.firstIndex { $0.contains("High load") })
        let x = try #require(desk.lines[y].firstRange(of: "load"))
        let column = CharacterWidth.of(desk.lines[y][..<x.lowerBound])
        func isLit(_ column: Int, _ y: Int) -> Bool { Theme.role(of: frame[column, y].style).0 == .match }
        #expect((column..<column + 4).allSatisfy { isLit($0, y) })
        #expect(!isLit(column - 1, y) && !isLit(column + 4, y))
    }

    @Test("rows that come and go are looked through again, and the cursor stays on its row")
    func refresh() throws {
        var desk = alerts()
        desk.press("ctrl-f")
        desk.type("high")
        desk.press("Enter")
        let cursor = desk.pane.cursor
        #expect(desk.pane.find?.hits?.count == 2)
        let more = World.coreAlerts + [(77, "critical", "open", 1, "mad1-core-rtr01", "High errors", "")]
        desk.refreshed(World.core, .alert, World.alerts(World.core, more))
        #expect(desk.pane.cursor == cursor)
        #expect(desk.pane.find?.hits?.count == 3)
        #expect(desk.lines[2].contains(" of 3"))
    }

    // MARK: Many rows

    private static let many: [World.AlertRow] = (1...6_000).map {
        (Int64($0), "warning", "open", Int64($0), "dev\($0)", $0 % 2_000 == 0 ? "Port flaps" : "Fan", "")
    }

    /// A desk with more rows than are looked through at once.
    private func crowd() -> Desk {
        var desk = Desk.ready()
        desk.press("3")
        let effects = desk.refreshed(World.core, .alert, World.alerts(World.core, Self.many))
        arrange(&desk, effects)
        desk.press("g")
        return desk
    }

    private func arrange(_ desk: inout Desk, _ effects: [Effect]) {
        for case .arrange(let pane, let question, let request, let earlier) in effects {
            guard let made = Arrangement.make(request, refining: earlier) else { continue }
            desk.send(.arranged(pane, question: question, made))
        }
    }

    private func answer(_ desk: inout Desk, _ effects: [Effect]) -> [Effect] {
        effects.flatMap { effect -> [Effect] in
            guard case .find(let pane, let question, let request) = effect, let hits = Hits.make(request)
            else { return [] }
            return desk.send(.found(pane, question: question, hits))
        }
    }

    @Test("many rows are looked through off the main thread, one question at a time, the last text counts")
    func crowded() throws {
        var desk = crowd()
        let before = desk.pane.cursor
        desk.press("ctrl-f")
        let first = desk.type("fla")
        #expect(first.count == 1)
        #expect(desk.pane.cursor == before)
        #expect(desk.lines.contains { $0.contains("find: fla") && $0.contains("looking…") })
        let second = answer(&desk, first)
        #expect(second.count == 1)
        #expect(desk.pane.cursor == before)
        #expect(answer(&desk, second).isEmpty)
        #expect(desk.pane.find?.hits?.count == 3)
        #expect(rows(desk, "flaps").first == desk.pane.cursor)
    }

    @Test("a key that moves the cursor takes back the jump that is still on its way")
    func overtaken() {
        var desk = crowd()
        desk.press("ctrl-f")
        let effects = desk.type("f")
        desk.press("Enter", "j", "j")
        let cursor = desk.pane.cursor
        _ = answer(&desk, effects)
        #expect(desk.pane.cursor == cursor)
        #expect(desk.pane.find?.hits != nil)
    }

    @Test("no command begins while the row it is meant for is still being looked for")
    func noCommandMeanwhile() {
        var desk = crowd()
        desk.press("ctrl-f")
        let effects = desk.type("f")
        desk.press("Enter", "a")
        #expect(desk.session == nil)
        #expect(desk.message == "still looking for f")
        _ = answer(&desk, effects)
        desk.press("a")
        #expect(desk.session != nil)
    }

    @Test("n pressed before the answer counts from where it will land")
    func early() {
        var desk = crowd()
        desk.press("ctrl-f")
        var effects = desk.type("f")
        effects += desk.type("l")
        effects += desk.press("Enter", "n")
        effects = answer(&desk, effects)
        _ = answer(&desk, effects)
        let found = rows(desk, "flaps")
        #expect(desk.pane.cursor == found[1])
    }

    // MARK: Lines

    @Test("lines of an opened entity are found by what they are called and what they say")
    func detail() throws {
        var desk = Desk.ready()
        desk.press("1")
        desk.go(to: World.device(World.core, 2))
        desk.press("Enter")
        desk.send(.detailed(World.device(World.core, 2), .success(World.detail)))
        desk.press("ctrl-f")
        desk.type("te0")
        func line() throws -> String { try #require(desk.lines.first { $0.contains("▌") }) }
        #expect(try line().contains("Te0/0/5"))
        desk.press("Enter", "n")
        #expect(try line().contains("Te0/1/9"))
        #expect(desk.lines[2].contains("find te0"))
        let hits = try #require(desk.state.details.last?.find?.hits?.count)
        #expect(desk.message == "te0: 2 of \(hits)")
        desk.press("ctrl-f")
        desk.type("name:hardware")
        #expect(try line().contains("MX480"))
        desk.press("Esc")
        #expect(try line().contains("Te0/1/9"))
    }

    @Test("records of the audit log are found by all that they hold")
    func audit() throws {
        var desk = Desk.ready()
        desk.press("L")
        desk.send(.auditRead(.success(World.auditRows)))
        desk.press("ctrl-f")
        desk.type("no right")
        desk.press("Enter")
        func focus() -> Int? {
            desk.state.layers.last(AuditPage.self)?.focus
        }
        #expect(focus() == 2)
        #expect(desk.lines.contains { $0.contains("Audit log · find no right: 1 of 1") })
        desk.press("ctrl-f")
        desk.type("core")
        #expect(focus() == 1)
        desk.press("Esc")
        #expect(focus() == 2)
    }

    @Test("it looks like this")
    func golden() throws {
        for size in [Size(80, 24), Size(120, 30), Size(40, 10), Size(20, 5), Size(200, 60)] {
            var desk = Desk.ready(size: size)
            desk.press("3", "ctrl-f")
            desk.type("high")
            try Golden.check(desk.state, "find-typing")
            desk.press("Enter", "n")
            try Golden.check(desk.state, "find")
        }
    }
}
