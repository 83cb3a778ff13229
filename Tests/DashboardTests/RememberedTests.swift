import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("Rows of an earlier session")
struct RememberedTests {
    /// The rows of the last session, seven hours old, and a desk that nobody has answered yet.
    private func begun(size: Size = Size(120, 30)) -> Desk {
        var desk = Desk(World.state(size: size, keepsHistory: true))
        desk.tick(0)
        desk.send(.remembered(Self.lists))
        return desk
    }

    private static let lists: [RememberedList] = [
        World.alerts(World.core, World.coreAlerts), World.devices(World.core) { !$0.hasPrefix("lon5") },
    ].map { RememberedList(table: $0, readAt: Timestamp(World.wall.seconds - 7 * 3_600)) }

    @Test("they are shown at once, dimmed, under their age, and in no number")
    func shown() {
        var desk = begun()
        #expect(desk.header.contains("▲ ? critical"))
        desk.press("3")
        #expect(desk.shown.count == 5)
        #expect(desk.lines[2].contains("ROWS FROM 7h AGO (core)"))
        #expect(desk.lines[2].contains("· ? ·") || desk.lines[2].contains(" ? "))
        let frame = render(desk.state)
        let row = 5
        let text = Array(desk.lines[row])
        for x in 3..<60 where text[x] != " " {
            let (_, variant) = Theme.role(of: frame[x, row].style)
            #expect(variant == .stale, "column \(x)")
        }
        #expect(desk.state.counts == Counts())
        #expect(desk.state.map.isEmpty)
        #expect(!desk.state.isComplete(.alert))
    }

    @Test("a server's first answer takes their place, also where it lists less, and counts then")
    func answered() {
        var desk = begun()
        for id in World.all { desk.probe(id) }
        desk.press("3")
        #expect(desk.shown.count == 5)
        #expect(desk.header.contains("▲ ? critical"))
        desk.refreshed(World.core, .alert, World.alerts(World.core, Array(World.coreAlerts.prefix(2))))
        #expect(desk.shown.count == 2)
        #expect(!desk.lines[2].contains("AGO"))
        #expect(desk.state.counts.critical == 2)
        desk.press("1")
        #expect(desk.lines[2].contains("FROM 7h AGO"))
    }

    @Test("a server that does not answer leaves them, and says so; what it offers no more goes")
    func silent() {
        var desk = begun()
        desk.send(.probed(World.core, .failure(BackendError(.timedOut, "no answer within 30 s"))))
        desk.press("3")
        #expect(desk.shown.count == 5 && desk.header.contains("▲ ? critical"))
        let probe = Probe(
            info: ServerInfo(product: "x", clock: ServerClock(offset: 0, isCertain: true)),
            resources: [Offer.device], commands: [])
        desk.send(.probed(World.core, .success(probe)))
        #expect(desk.shown.isEmpty)
    }

    @Test("a server that refuses a list takes its rows away, and a wall has none")
    func refused() {
        var desk = begun()
        for id in World.all { desk.probe(id) }
        desk.press("3")
        desk.failed(World.core, .alert, .forbidden)
        #expect(desk.shown.isEmpty || !desk.shown.contains { $0.kind == .alert && $0.backend == World.core })
        desk = begun()
        desk.press("1")
        #expect(!desk.shown.isEmpty)
        desk.press("W", "y")
        #expect(desk.state.backends.allSatisfy { $0.remembered.isEmpty })
    }

    @Test("they are in the past, where they are recorded, and not beside it")
    func past() {
        var desk = begun()
        desk.press("3")
        desk.travel("{")
        #expect(desk.state.isInPast)
        #expect(!desk.lines[2].contains("ROWS FROM"))
        #expect(desk.state.past[0].counts.critical > 0)
    }

    @Test("no command can be begun on them")
    func commands() {
        var desk = begun()
        let effects = desk.press("3", "a")
        #expect(!effects.contains { if case .open = $0 { true } else { false } })
        #expect(desk.message == "core has not answered yet: this row is of an earlier session")
    }

    @Test("what has answered already is not taken back, and a wall shows none")
    func late() {
        var desk = Desk.ready(keepsHistory: true)
        let before = desk.lines
        desk.send(.remembered(Self.lists))
        #expect(desk.lines == before)
        #expect(desk.state.beginning.count == 1)
        #expect(Desk.ready().state.beginning.isEmpty)
    }

    @Test("the first frame with them")
    func frames() throws {
        for size in [Size(80, 24), Size(120, 30), Size(200, 60)] {
            var desk = begun(size: size)
            try Golden.check(desk.state, "earlier-session")
            desk.press("3")
            try Golden.check(desk.state, "earlier-session-alerts")
        }
    }
}
