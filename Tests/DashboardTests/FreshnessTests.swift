@testable import Dashboard
@testable import DashboardSupport
import Canvas
import Domain
import Testing

@Suite("Freshness")
struct FreshnessTests {
    /// A desk without alerts, all of them fresh.
    private func calm() -> Desk {
        var desk = Desk.ready()
        for id in World.all { desk.refreshed(id, .alert, .empty(Offer.alert, id)) }
        return desk
    }

    /// The role of the header's first sign of a count.
    private func role(_ desk: Desk) -> Role? {
        let frame = render(desk.state)
        let signs = (0..<frame.size.width).filter { x in
            ["▲", "✓"].contains(frame.text(of: frame[x, 0]))
        }
        return signs.first.map { Theme.role(of: frame[$0, 0].style).0 }
    }

    @Test("zero is green only when everything that feeds it is fresh and complete")
    func green() {
        let desk = calm()
        #expect(desk.header.contains("✓ 0 critical  ✓ 0 warning"))
        #expect(role(desk) == .severityOk)
    }

    @Test("no number of the overview is a zero that may be false, and what never answered has no rows")
    func overviewUnknown() {
        var desk = Desk(World.state(size: Size(160, 40)))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        let lines = desk.lines
        #expect(lines.contains { $0.contains(" ? up") })
        desk.press("!")
        let health = desk.lines
        #expect(health.contains { $0.contains("– rows") })
        #expect(!health.contains { $0.contains(" 0 rows") })
    }

    @Test("an empty pane says of each backend what is wrong, and who is still asked")
    func troubles() {
        var desk = Desk(World.state(size: Size(120, 30)))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        desk.press("3")
        desk.failed(World.core, .alert, .refused)
        desk.failed(World.edge, .alert, .timedOut)
        let lines = desk.lines.map { $0.drop { $0 == " " } }
        #expect(lines.contains { $0.hasPrefix("core: ") } && lines.contains { $0.hasPrefix("edge: ") })
        #expect(lines.contains { $0.hasPrefix("asking access, bonds…") })
    }

    @Test("anything else makes it a question")
    func uncertain() {
        let changes: [(String, (inout Desk) -> Void)] = [
            ("stale", { $0.tick(42) }),
            ("lost", { $0.tick(500) }),
            (
                "partial",
                {
                    $0.refreshed(
                        World.core, .alert, .empty(Offer.alert, World.core), .partial("1 of 2 pages"))
                }
            ),
            ("refused", { $0.failed(World.core, .alert, .refused) }),
            ("no right", { $0.failed(World.core, .alert, .forbidden) }),
            (
                "unknown severity",
                {
                    let row = (1, "odd", "open", 1, "x", "y", "") as World.AlertRow
                    $0.refreshed(World.core, .alert, World.alerts(World.core, [row]))
                }
            ),
        ]
        for (name, change) in changes {
            var desk = calm()
            change(&desk)
            #expect(desk.header.contains("▲ ? critical  ◆ ? warning"), "\(name): \(desk.header)")
            #expect(role(desk) == .severityUnknown, "\(name)")
        }
        var asking = Desk()
        asking.tick(0)
        #expect(asking.header.contains("▲ ? critical"))
        #expect(asking.header.contains("+4?"))
    }

    @Test("a number that may be too low says so, and by how many servers")
    func tooLow() {
        var desk = Desk.ready()
        #expect(desk.header.contains("▲ 4 critical  ◆ 4 warning  03:14:22"))
        desk.failed(World.access, .alert, .forbidden)
        #expect(desk.header.contains("▲ 4+? critical  ◆ 4+? warning  +1?"))
    }

    @Test("a failed refresh leaves fresh rows fresh until they are old")
    func failure() {
        var desk = calm()
        desk.tick(20)
        desk.failed(World.core, .alert, .server)
        #expect(desk.header.contains("✓ 0 critical"))
        desk.tick(22)
        #expect(!desk.header.contains("✓ 0 critical"))
    }

    @Test("a page of a refresh makes no old rows look fresh, and none look partial")
    func pages() {
        var desk = calm()
        desk.tick(30)
        desk.send(.arrived(World.core, .alert, .empty(Offer.alert, World.core)))
        #expect(desk.header.contains("✓ 0 critical"))
        desk.tick(15)
        #expect(!desk.header.contains("✓ 0 critical"), "45 s after the last whole answer")
        var first = Desk()
        first.tick(0)
        first.probe(World.core)
        first.send(.arrived(World.core, .alert, .empty(Offer.alert, World.core)))
        #expect(first.state.backends[0].freshness(of: Offer.alert, now: first.state.now) == .partial)
    }

    @Test("states by age: fresh, stale after two intervals, lost after five, each with the last duration")
    func ages() {
        var desk = Desk.ready()
        desk.refreshed(World.core, .alert, .empty(Offer.alert, World.core), seconds: 1)
        func now() -> Freshness { desk.state.backends[0].freshness(of: Offer.alert, now: desk.state.now) }
        desk.tick(41)
        #expect(now() == .fresh)
        desk.tick(0.1)
        #expect(now() == .stale)
        desk.tick(59.8)
        #expect(now() == .stale)
        desk.tick(0.2)
        #expect(now() == .lost)
        desk.failed(World.core, .alert, .forbidden)
        #expect(now() == .noRight)
    }

    @Test("no servers with alerts is no calm")
    func nothingFeeds() {
        let state = State(
            size: Size(120, 30), now: World.start, wall: World.wall, zone: 0, backends: [],
            keymap: DefaultKeys.keymap, themes: [])
        #expect(render(state).textLines()[0].contains("▲ ? critical"))
    }

    @Test("rows of a server that does not answer are dimmed and kept")
    func dimmed() {
        var desk = Desk.ready()
        desk.press("3")
        desk.tick(45)
        for id in [World.core, World.access, World.bonds] {
            desk.refreshed(
                id, .alert, desk.state.backends[Int(id.index)].tables[.alert] ?? .empty(Offer.alert, id))
        }
        #expect(desk.shown.count == 9)
        let frame = render(desk.state)
        for row in desk.shown.indices {
            let variant = Theme.role(of: frame[20, 4 + row].style).1
            let isStale = variant == .stale || variant == .selectedStale
            #expect(isStale == (desk.shown[row].backend == World.edge))
        }
    }
}
