import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("Earlier moments on the screen")
struct PastTests {
    private static let device = World.device(World.core, 3)

    private func word(_ desk: Desk, _ entity: EntityRef) -> String? {
        let state = desk.state.past.first ?? desk.state
        return state.find(entity).map { table, row in
            table.text(row, entity.kind == .alert ? .state : .status)
        }
    }

    @Test("a key goes back change by change, another one on, and behind the last is now")
    func steps() {
        var desk = Desk.remembering()
        var other = desk
        desk.press("1")
        other.press("1")
        desk.travel("{", "{")
        #expect(desk.lines[0].contains("PAST  03:09:22") && desk.lines[0].contains("5m ago"))
        #expect(desk.lines[0].contains("mad1-agg-sw11 up → down"))
        #expect(word(desk, Self.device) == "down")
        desk.travel("{")
        #expect(word(desk, Self.device) == "up")
        #expect(desk.lines.contains { $0.contains("mad1-agg-sw11") && $0.contains("up") })
        desk.travel("}", "}")
        #expect(desk.state.isInPast)
        desk.travel("}")
        #expect(!desk.state.isInPast)
        desk.tick(9)
        other.tick(9)
        #expect(desk.lines == other.lines)
    }

    @Test("what is not recorded is not shown as known: no green, no zero, no empty list")
    func unknown() {
        var desk = Desk.remembering()
        desk.press("1")
        desk.travel("{")
        let view = desk.state.past[0]
        let (table, row) = view.find(Self.device)!
        #expect(table.value(row, "uptime") == .none && table.text(row, "hardware") == "")
        desk.press("2")
        #expect(desk.lines.contains { $0.contains("what it was is not recorded") })
        #expect(!view.isComplete(.port) && view.isComplete(.alert))
        desk.press("0")
        #expect(desk.lines.contains { $0.contains("? failed over") })
        #expect(!desk.lines.contains { $0.contains("fresh") })
    }

    @Test("a list that was not read then is partial, in words")
    func unread() {
        var desk = Desk.remembering()
        desk.press("3")
        let effects = desk.press("{")
        for case .travel(let request) in effects {
            var findings = World.record(request).findings
            findings.read = []
            findings.unread[HistoryList(backend: "core", kind: .alert)] = .init(
                since: Timestamp(World.looked.seconds), until: Timestamp(World.wall.seconds - 120))
            desk.send(
                .travelled(
                    question: request.question,
                    .success(PastRecord(findings, tables: request.tables, names: request.names))))
        }
        #expect(desk.lines[2].contains("not read from 22:14 to 03:12"))
        #expect(!desk.state.past[0].isComplete(.alert))
    }

    @Test("no key asks a server, sends a command or keeps anything")
    func everyKey() {
        var pressed = 0
        for place in [["1"], ["3", "Enter"], ["t"], ["~"]] {
            for binding in DefaultKeys.keymap.bindings {
                var desk = Desk.remembering()
                desk.travel("{", "{")
                for key in place { desk.press(key) }
                var effects: [Effect] = []
                for key in binding.keys { effects += desk.press(key.description) }
                guard desk.state.isInPast else { continue }
                effects += desk.press("j", "Enter")
                for effect in effects {
                    switch effect {
                    case .arrange, .find, .travel, .readAudit, .copy, .redraw, .quit, .setLooked,
                        .recall(_, .timeline), .recall(_, .difference):
                        break
                    default: Issue.record("\(place) \(binding.spelling) has \(effect)")
                    }
                }
                #expect(desk.state.sessions.isEmpty)
                pressed += 1
            }
        }
        #expect(pressed > 300)
    }

    @Test("a command says why it can't be sent")
    func refuses() {
        var desk = Desk.remembering()
        desk.press("3")
        desk.travel("{", "a")
        #expect(desk.message.contains("this is the past") && desk.message.contains("Esc shows now"))
    }

    @Test("what servers say meanwhile does not touch the moment, and is there on the return")
    func meanwhile() {
        var desk = Desk.remembering(), other = Desk.remembering()
        desk.press("3")
        other.press("3")
        desk.travel("{", "{", "{")
        let shown = desk.lines
        let fewer = World.alerts(World.core, Array(World.coreAlerts.prefix(1)))
        for table in [fewer, World.alerts(World.core, World.coreAlerts)] {
            desk.refreshed(World.core, .alert, table)
            other.refreshed(World.core, .alert, table)
            #expect(desk.lines.dropFirst() == shown.dropFirst())
        }
        desk.refreshed(World.core, .alert, fewer)
        other.refreshed(World.core, .alert, fewer)
        desk.send(.recorded([World.night[0]]))
        other.send(.recorded([World.night[0]]))
        #expect(desk.lines[0].contains("now ▲"))
        #expect(desk.lines.dropFirst() == shown.dropFirst())
        desk.press("Esc")
        desk.tick(9)
        other.tick(9)
        #expect(desk.lines == other.lines)
    }

    @Test("a server that was lost then, or is lost now and was not back, counts as unknown")
    func lost() {
        var desk = Desk.remembering()
        desk.press("0")
        let name = EntityName(backend: "core", kind: "backend", id: "core")
        var loss = World.change(name, "core", "up", "lost", ago: 3)
        loss.place = 9
        desk.travel("{", of: World.night + [loss])
        #expect(!desk.state.past[0].isComplete(.alert))
        #expect(desk.lines.contains { $0.contains("core") && $0.contains("did not answer then") })
        #expect(desk.lines.contains { $0.hasPrefix(" THEN") })
        desk.travel("{", of: World.night + [loss])
        #expect(desk.state.past[0].isComplete(.alert))
    }

    @Test("nothing of now is reached over a page of the past, nor does the past begin behind one of now")
    func overPages() {
        var desk = Desk.remembering()
        desk.press("3")
        desk.travel("{", "t")
        let effects = desk.press("W") + desk.press("y") + desk.press("r")
        #expect(desk.state.past.first?.screen == nil && desk.state.screen == nil)
        #expect(!effects.contains(.seal))
        desk = Desk.remembering()
        let asked = desk.press("3", "{")
        desk.press("?")
        for case .travel(let request) in asked {
            desk.send(.travelled(question: request.question, .success(World.record(request))))
        }
        #expect(!desk.state.isInPast)
    }

    @Test("ages count to the moment, and rows don't grow old there")
    func ages() throws {
        var desk = Desk.remembering()
        desk.press("3")
        desk.travel("{", "{", "{")
        let shown = desk.lines.dropFirst()
        // Alert 12 began then.
        #expect(shown.contains { $0.contains("Port down") && $0.contains(" 0s ") })
        for _ in 0..<20 { desk.tick(60) }
        #expect(desk.lines.dropFirst() == shown)
    }

    @Test("keys of the table work there: other panes, filter, order, the detail of a row")
    func looksAround() {
        var desk = Desk.remembering()
        desk.press("1")
        desk.travel("{", "{")
        desk.press("/")
        desk.type("status:down")
        desk.press("Enter")
        #expect(desk.state.past[0].pane.arrangement.count == 1)
        desk.press("Enter")
        #expect(desk.lines.contains { $0.contains("only what is recorded is shown") })
        #expect(desk.lines.contains { $0.contains("not recorded") && $0.contains("UPTIME") })
        desk.travel("{")
        #expect(desk.lines.contains { $0.contains("up") && $0.contains("STATUS") })
        desk.press("Esc", "Esc")
        #expect(desk.state.past[0].pane.filterText.isEmpty)
        desk.press("Esc")
        #expect(!desk.state.isInPast)
        #expect(desk.state.pane.filterText.isEmpty)
    }

    @Test("a quarter of an hour is a step too; what is not over yet is now")
    func quarters() {
        var desk = Desk.remembering()
        desk.travel("(")
        #expect(desk.lines[0].contains("PAST  02:59:22") && desk.lines[0].contains("15m ago"))
        desk.travel("(")
        #expect(desk.lines[0].contains("30m ago"))
        desk.travel(")", ")")
        #expect(!desk.state.isInPast)
    }

    @Test("from a line of a timeline one goes to its moment")
    func fromTimeline() throws {
        var desk = Desk.remembering()
        for case .recall(_, let purpose) in desk.press("3", "t", "shift-Tab") {
            desk.send(
                .recalled(purpose, .success(Recollection(begins: World.looked, changes: World.night))))
        }
        desk.send(.auditRead(.success([])))
        desk.press("j")
        desk.travel("{")
        #expect(desk.lines[0].contains("PAST  03:09:22"))
    }

    @Test("two moments are compared: each with now first, then with each other")
    func difference() {
        var desk = Desk.remembering()
        desk.travel("{", "{", "{")
        func asked(_ effects: [Effect]) -> HistoryQuery? {
            for case .recall(let query, .difference) in effects { return query }
            return nil
        }
        var effects = desk.press("~")
        let moment = World.night[5].seenAt
        #expect(asked(effects)?.since == Timestamp(moment.seconds + 1) && asked(effects)?.until == nil)
        for case .recall(_, let purpose) in effects {
            desk.send(
                .recalled(purpose, .success(Recollection(changes: Array(World.night.dropFirst(6))))))
        }
        #expect(desk.lines.contains { $0.contains("mad1-agg-sw11") && $0.contains("up → down") })
        desk.travel("{", "{")
        effects = desk.press("~")
        #expect(
            asked(effects)?.until == moment
                && asked(effects)?.since == Timestamp(World.night[3].seenAt.seconds + 1))
    }

    @Test("where nothing is recorded, or it can't be read, that is said and now stays")
    func failures() {
        var desk = Desk.ready()
        desk.press("{")
        #expect(desk.message == "no history is kept")
        desk = Desk.remembering()
        for case .travel(let request) in desk.press("{") {
            desk.send(.travelled(question: request.question, .success(nil)))
        }
        #expect(desk.message == "nothing was recorded yet" && !desk.state.isInPast)
        for case .travel(let request) in desk.press("{") {
            desk.send(
                .travelled(
                    question: request.question, .failure(BackendError(.missing, "the disk is full"))))
        }
        #expect(desk.message.contains("the disk is full") && !desk.state.isInPast)
        desk.press("}")
        #expect(desk.message.contains("this is now"))
    }

    @Test("a key that is pressed again while a way is looked up asks nothing more")
    func once() {
        var desk = Desk.remembering()
        desk.travel("{")
        let first = desk.press("{"), second = desk.press("{")
        #expect(first.contains { if case .travel = $0 { true } else { false } })
        #expect(second.isEmpty)
        #expect(desk.lines[0].contains("…"))
    }

    @Test("an earlier moment of every size")
    func frames() throws {
        for size in [Size(80, 24), Size(120, 30), Size(200, 60), Size(40, 10)] {
            var desk = Desk.remembering(size: size)
            desk.press("3")
            desk.travel("{", "{", "{")
            try Golden.check(desk.state, "past")
            for case .recall(_, let purpose) in desk.press("~") {
                desk.send(
                    .recalled(purpose, .success(Recollection(changes: Array(World.night.dropFirst(6))))))
            }
            try Golden.check(desk.state, "difference")
        }
    }
}
