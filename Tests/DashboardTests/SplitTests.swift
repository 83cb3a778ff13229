import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("The detail beside the list")
struct SplitTests {
    private func devices(_ size: Size = Size(160, 30)) -> Desk {
        var desk = Desk.ready(size: size)
        desk.press("1")
        desk.go(to: World.device(World.core, 2))
        return desk
    }

    private func asked(_ effects: [Effect]) -> [EntityRef] {
        effects.compactMap { if case .detail(let entity) = $0 { entity } else { nil } }
    }

    @Test(
        "it stands beside the list from 140 columns, under it from 100 columns and 30 lines, else a toast says why not"
    )
    func room() throws {
        let beside = { () -> Desk in
            var desk = devices(Size(140, 30))
            desk.press("d")
            return desk
        }()
        let detail = try #require(beside.state.layout.detail)
        #expect(detail.x == beside.state.layout.table.maxX + 1 && detail.y == beside.state.layout.table.y)
        #expect(detail.maxX == 140)
        var under = devices(Size(120, 48))
        let rows = under.state.layout.rows
        under.press("d")
        let below = try #require(under.state.layout.detail)
        #expect(below.width == 120 && below.y == under.state.layout.table.maxY)
        #expect(under.state.layout.rows < rows)
        var usual = devices(Size(100, 30))
        usual.press("d")
        let strip = try #require(usual.state.layout.detail)
        #expect(strip.height == 10 && strip.y == usual.state.layout.table.maxY)
        #expect(usual.lines.contains { $0.contains("HARDWARE") && $0.contains("MX480") })
        for size in [Size(139, 29), Size(99, 47)] {
            var narrow = devices(size)
            narrow.press("d")
            #expect(narrow.state.layout.detail == nil)
            #expect(
                narrow.message
                    == "a detail beside the list needs 100 columns and 30 lines, not \(size.width) by \(size.height)"
            )
        }
    }

    @Test("what is known from the row is there at once, the server is asked when the cursor has rested")
    func rests() throws {
        var desk = devices()
        #expect(asked(desk.press("d")).isEmpty)
        #expect(desk.lines.contains { $0.contains("HARDWARE  MX480") })
        #expect(asked(desk.tick(0.1)).isEmpty)
        let moved = desk.press("j")
        #expect(asked(moved).isEmpty)
        #expect(asked(desk.tick(0.25)).isEmpty)
        #expect(desk.state.nextWake > desk.state.now)
        let cursor = try #require(desk.pane.cursor)
        #expect(asked(desk.tick(0.1)) == [cursor])
        #expect(asked(desk.tick(1)).isEmpty)
    }

    @Test("one server is asked one thing at a time, and what the cursor went on to is asked when it answered")
    func oneAtATime() throws {
        var desk = devices()
        desk.press("d")
        let first = World.device(World.core, 2)
        #expect(asked(desk.tick(1)) == [first])
        desk.press("j")
        let second = try #require(desk.pane.cursor)
        #expect(second.backend == World.core)
        #expect(asked(desk.tick(1)).isEmpty)
        desk.press("j")
        let third = try #require(desk.pane.cursor)
        #expect(asked(desk.tick(1)).isEmpty)
        // The loop would spin if what waits were due.
        #expect(desk.state.nextWake > desk.state.now)
        #expect(asked(desk.send(.detailed(first, .success(World.detail)))) == [third])
        #expect(desk.state.split.opened?.detail == nil)
    }

    @Test("what the server says stands beside the list, the keys stay in the list")
    func answered() throws {
        var desk = devices()
        desk.press("d")
        desk.tick(1)
        desk.send(.detailed(World.device(World.core, 2), .success(World.detail)))
        #expect(desk.lines.contains { $0.contains("Te0/1/9") })
        let before = desk.pane.cursorRow
        desk.press("j")
        #expect(desk.pane.cursorRow == before + 1)
        #expect(desk.state.details.isEmpty)
        #expect(!desk.lines.contains { $0.contains("Te0/1/9") })
    }

    @Test("Enter opens it full with what is there already, and asks no second time")
    func open() {
        var desk = devices()
        desk.press("d")
        desk.tick(1)
        let effects = desk.press("Enter")
        #expect(asked(effects).isEmpty)
        #expect(desk.state.details.last?.isAsking == true)
        desk.send(.detailed(World.device(World.core, 2), .success(World.detail)))
        #expect(desk.state.details.last?.detail != nil)
        #expect(desk.state.layout.detail == nil)
        desk.press("Esc")
        #expect(desk.state.layout.detail != nil)
    }

    @Test("rows that arrive again have it asked again; a refused login has it asked no more")
    func refreshed() {
        var desk = devices()
        desk.press("d")
        desk.tick(1)
        let entity = World.device(World.core, 2)
        desk.send(.detailed(entity, .success(World.detail)))
        let effects = desk.refreshed(
            World.core, .device, World.devices(World.core) { !$0.hasPrefix("lon5") })
        #expect(asked(effects) == [entity])
        desk.send(.detailed(entity, .failure(BackendError(.refused, "the password was not accepted"))))
        #expect(desk.state.split.opened?.problem?.kind == .refused)
        desk.press("j", "k")
        #expect(asked(desk.tick(1)).isEmpty)
        #expect(desk.state.split.opened?.problem?.kind == .refused)
    }

    @Test("d takes it away again; the overview says that it has none")
    func away() {
        var desk = devices()
        desk.press("d", "d")
        #expect(desk.state.layout.detail == nil && desk.state.split.opened == nil)
        desk.press("0", "d")
        #expect(desk.message == "the overview shows no detail beside it")
    }

    @Test("zoom gives tabs, keys and the detail's place to the table, and gives them back")
    func zoom() {
        var desk = devices()
        desk.press("d")
        let rows = desk.state.layout.rows
        desk.press("z")
        #expect(desk.state.layout.rows == rows + 2)
        #expect(desk.state.layout.detail == nil && desk.state.layout.table.width == 160)
        #expect(!desk.lines.contains { $0.contains("2 ports") } && desk.lines[1].contains("zoomed"))
        #expect(desk.header.contains("critical"))
        desk.press("z")
        #expect(desk.state.layout.rows == rows && desk.state.layout.detail != nil)
        desk.press("Enter")
        let lines = desk.state.layout.detailRows
        desk.press("z")
        #expect(desk.state.layout.detailRows == lines + 2)
    }

    @Test("the cursor stays on the screen when its room becomes less")
    func scrolls() {
        var desk = devices(Size(120, 48))
        desk.press("2", "G")
        let last = desk.pane.cursor
        desk.press("d")
        #expect(desk.pane.cursor == last)
        #expect(desk.pane.cursorRow < desk.pane.top + desk.state.layout.rows)
        #expect(desk.lines.contains { $0.contains("▌") })
    }

    @Test("it looks like this")
    func golden() throws {
        for size in [Size(140, 30), Size(120, 48), Size(200, 60)] {
            var desk = devices(size)
            desk.press("d")
            try Golden.check(desk.state, "split-row")
            desk.tick(1)
            desk.send(.detailed(World.device(World.core, 2), .success(World.detail)))
            try Golden.check(desk.state, "split")
        }
        for size in [Size(80, 24), Size(120, 40), Size(40, 10), Size(20, 5)] {
            var desk = devices(size)
            desk.press("z")
            try Golden.check(desk.state, "zoomed")
        }
    }
}
