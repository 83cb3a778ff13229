import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("What several changes come to")
struct NetChangeTests {
    private let alert = World.name("core", .alert, 1), device = World.name("core", .device, 1)

    private func turns(_ steps: (String?, String, Severity, Severity?)..., of entity: EntityName) -> [String]
    {
        let changes = steps.enumerated().map { place, step in
            var change = World.change(
                entity, "x", step.0, step.1, step.2, before: step.3, ago: Int64(100 - place))
            change.place = Int64(place + 1)
            return change
        }
        return NetChanges.of(changes).map(\.turn.rawValue)
    }

    @Test("an alert that opened is new, one that is over cleared, one that opened and ended is nothing")
    func alerts() {
        #expect(turns((nil, "open", .critical, nil), of: alert) == ["new"])
        #expect(turns(("cleared", "open", .critical, .critical), of: alert) == ["new"])
        #expect(turns(("open", "cleared", .critical, .critical), of: alert) == ["cleared"])
        #expect(turns(("acknowledged", "gone", .critical, .critical), of: alert) == ["cleared"])
        #expect(
            turns((nil, "open", .critical, nil), ("open", "cleared", .critical, .critical), of: alert) == [])
    }

    @Test("flapping that ends where it began is nothing, and the last state counts, not the worst")
    func flapping() {
        #expect(
            turns(
                ("open", "cleared", .critical, .critical), (nil, "open", .critical, nil),
                ("open", "cleared", .critical, .critical), (nil, "open", .critical, nil), of: alert) == [])
        #expect(
            turns(
                ("open", "open", .critical, .warning), ("open", "open", .warning, .critical), of: alert) == []
        )
        #expect(turns(("up", "down", .critical, .ok), ("down", "up", .ok, .critical), of: device) == [])
    }

    @Test("another severity, or the server's own word, is worse or better; a severity nobody says is neither")
    func worse() {
        #expect(turns(("open", "open", .critical, .warning), of: alert) == ["worse"])
        #expect(turns(("open", "worse", .critical, .critical), of: alert) == ["worse"])
        #expect(turns(("worse", "open", .warning, .critical), of: alert) == ["better"])
        #expect(turns(("open", "better", .warning, .warning), of: alert) == ["better"])
        #expect(turns(("open", "open", .unknown, .critical), of: alert) == [])
        #expect(turns(("open", "acknowledged", .critical, .critical), of: alert) == [])
    }

    @Test("what was seen for the first time is no news, but what becomes of it then is")
    func firstSight() {
        var first = World.change(
            device, "x", nil, "down", ago: 10, isFirstSight: true)
        first.place = 1
        #expect(NetChanges.of([first]) == [])
        var second = World.change(device, "x", "down", "up", .ok, before: .critical, ago: 5)
        second.place = 2
        #expect(NetChanges.of([first, second]).map(\.turn) == [.cleared])
    }

    @Test("what nobody knows, watches or lists any more is not over")
    func unknown() {
        for word in ["unknown", "disabled", "ignored", "gone", "no such word"] {
            #expect(turns(("down", word, .unknown, .critical), of: device) == [], "\(word)")
        }
        #expect(turns(("unknown", "down", .critical, .unknown), of: device) == [])
        #expect(turns(("disabled", "down", .critical, .unknown), of: device) == ["new"])
        #expect(turns(("warning", "down", .critical, .warning), of: device) == ["worse"])
        #expect(turns(("down", "degraded", .warning, .critical), of: device) == ["better"])
    }

    @Test("one change for many entities is none of any of them, and a change that came twice is one")
    func several() {
        var many = World.change(
            EntityName(backend: "core", kind: .port, id: "*"), "", "up", "down", ago: 1)
        many.place = 3
        #expect(NetChanges.of([many]) == [])
        var net = NetChanges()
        var down = World.change(device, "x", "up", "down", ago: 3)
        down.place = 4
        var up = World.change(device, "x", "down", "up", .ok, ago: 2)
        up.place = 5
        net.add([down, up, down])
        #expect(net.turns.isEmpty)
    }
}

@Suite("Since the operator looked")
struct SinceTests {
    @Test("without a history nothing is asked, said or written")
    func off() {
        var desk = Desk()
        #expect(!desk.tick(0).contains { if case .recall = $0 { true } else { false } })
        desk = Desk.ready()
        #expect(!desk.lines.contains { $0.contains("SINCE 2") })
        #expect(desk.press("I") == [] && desk.message == "no history is kept")
        #expect(desk.press("Q") == [.quit])
    }

    @Test("the history is asked once for what happened since the last look")
    func asks() {
        var desk = Desk(World.state(keepsHistory: true))
        let asked = Effect.recall(HistoryQuery(since: nil, limit: 5_000), .sinceLooked)
        #expect(desk.tick(0).contains(asked))
        #expect(!desk.tick(1).contains(asked))
    }

    @Test("the overview says how much changed since when")
    func overview() {
        let desk = Desk.remembering()
        let line = desk.lines.first { $0.contains("SINCE 2") }
        #expect(
            line?.contains("SINCE 22:14  + 2 new  ↑ 1 worse  ✓ 1 cleared") == true, "\(line ?? "")"
        )
        #expect(line?.contains("bonds + 1  devices + 1") == true)
    }

    @Test("rows have their sign in the margin, a mark of the operator's stands before it")
    func margin() {
        var desk = Desk.remembering()
        desk.press("3", "j")
        func row(_ words: String) -> String { desk.lines.first { $0.contains(words) } ?? "" }
        #expect(row("BGP session down").hasPrefix(" +"))
        #expect(row("Packet loss").hasPrefix(" ↑"))
        #expect(row("Battery").hasPrefix("  "))
        desk.press("k", "Space")
        #expect(row("BGP session down").hasPrefix(" ■"))
    }

    @Test("what is recorded while the dashboard runs adds to it")
    func later() {
        var desk = Desk.remembering()
        var over = World.change(
            World.name("core", .alert, 11), "BGP session down", "open", "cleared", before: .critical, ago: 0)
        over.place = 100
        desk.send(.recorded([over]))
        let line = desk.lines.first { $0.contains("SINCE") } ?? ""
        #expect(line.contains("+ 1 new") && line.contains("✓ 1 cleared"), "\(line)")
    }

    @Test("what is recorded before the history was read is not lost")
    func early() {
        var desk = Desk.ready(keepsHistory: true)
        var change = World.change(World.name("core", .alert, 12), "x", nil, "open", ago: 0)
        change.place = 3
        desk.send(.recorded([change]))
        #expect(!desk.lines.contains { $0.contains("SINCE 2") })
        desk.send(
            .recalled(
                .sinceLooked,
                .success(Recollection(since: World.looked, begins: Timestamp(0), changes: [], isCut: false))))
        #expect(desk.lines.contains { $0.contains("+ 1 new") })
    }

    @Test("filters find what is new, and what is worse is found with what the server calls worse")
    func filters() {
        var desk = Desk.remembering()
        desk.press("3", "/")
        desk.type("is:new")
        desk.press("Enter")
        #expect(Set(desk.shown) == [World.alert(World.core, 11), World.alert(World.core, 12)])
        desk.press("/", "ctrl-u")
        desk.type("is:worse")
        desk.press("Enter")
        #expect(desk.shown == [World.alert(World.edge, 21)])
        desk.press("I")
        desk.press("/", "ctrl-u")
        desk.type("is:new")
        desk.press("Enter")
        #expect(desk.shown == [])
    }

    @Test("a key takes all news away and writes the moment down")
    func looks() {
        var desk = Desk.remembering()
        #expect(desk.press("I").contains(.setLooked(World.wall)))
        #expect(desk.lines.contains { $0.contains("SINCE 03:14  + 0 new  ↑ 0 worse  ✓ 0 cleared") })
        desk.press("3")
        #expect(!desk.lines.contains { $0.hasPrefix(" +") })
    }

    @Test("keys write the moment down once a minute, and so does quitting")
    func notes() {
        var desk = Desk.remembering()
        #expect(desk.press("j") == [.setLooked(World.wall)])
        #expect(desk.press("j", "k") == [])
        desk.tick(59)
        #expect(desk.press("k") == [])
        desk.tick(1)
        #expect(desk.press("j") == [.setLooked(Timestamp(World.wall.seconds + 60))])
        #expect(desk.press("Q") == [.setLooked(Timestamp(World.wall.seconds + 60)), .quit])
    }

    @Test("nothing is written down before the last look is known: it would be lost")
    func guarded() {
        var desk = Desk.ready(keepsHistory: true)
        #expect(desk.press("j", "Q") == [.quit])
        desk.send(.recalled(.sinceLooked, .failure(BackendError(.invalid, "the disk is full"))))
        #expect(desk.press("j", "Q") == [.quit])
        #expect(desk.lines.contains { $0.contains("not known: the disk is full") })
    }

    @Test("a number says more may be missing where recording began later, was cut, or a server is silent")
    func incomplete() {
        var desk = Desk.remembering(begins: Timestamp(World.looked.seconds + 3_360))
        let line = desk.lines.first { $0.contains("SINCE") } ?? ""
        #expect(
            line.contains("+ 2+? new") && line.contains("recorded since 23:10 only"), "\(line)")
        desk = Desk.remembering([], isCut: true)
        #expect(
            desk.lines.contains { $0.contains("+ ? new") && $0.contains("only the latest 5,000 changes") })
        desk = Desk.remembering([], unrecorded: ["edge"])
        #expect(desk.lines.contains { $0.contains("+ ? new") && $0.contains("edge has no history") })
        desk = Desk.remembering([])
        #expect(desk.lines.contains { $0.contains("+ 0 new") })
        desk.tick(400)
        #expect(desk.lines.contains { $0.contains("+ ? new") })
    }

    @Test("the page lists each, its headings open the list with the filter, its lines the entity")
    func page() {
        var desk = Desk.remembering()
        desk.press(",")
        #expect(desk.lines.contains { $0.contains("2 alerts new") })
        #expect(desk.lines.contains { $0.contains("High load") && $0.contains("open → cleared") })
        desk.press("Enter")
        #expect(desk.state.place.pane == .alerts && desk.pane.filterText == "is:new")
        desk.press(",", "j", "Enter")
        #expect(desk.state.details.last?.entity == World.alert(World.core, 11))
    }

    @Test("what is over and no longer listed stands on the page alone, and the list says so")
    func gone() {
        var desk = Desk.remembering()
        desk.press(",", "/")
        desk.type("cleared high")
        desk.press("Enter")
        #expect(desk.lines.contains { $0.contains("High load") })
        #expect(!desk.lines.contains { $0.contains("BGP") })
        desk.press("Enter")
        #expect(desk.pane.filterText == "is:cleared" && desk.message.contains("1 more"))
        desk.press(",", "/")
        desk.type("cleared high")
        desk.press("Enter", "j", "Enter")
        #expect(desk.message == "core:alert/9 is no longer listed")
    }

    @Test("a click on the line of the overview opens the page")
    func click() {
        var desk = Desk.remembering()
        let y = desk.lines.firstIndex { $0.contains("SINCE 2") } ?? 0
        desk.send(.read([.mouse(.click, x: 20, y: y)]))
        #expect(desk.state.layers.last(SincePage.self) != nil)
    }

    @Test("without UTF-8 no two signs of it are the same")
    func signs() {
        let state = World.state(terminal: Capabilities(colors: 256, unicode: false, name: "vt220"))
        let signs = NetChange.Turn.allCases.map { Golden.ascii(state.sinceSign($0).symbol) }
        #expect(Set(signs).count == signs.count)
    }
}
