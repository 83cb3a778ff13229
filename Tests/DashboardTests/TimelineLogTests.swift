import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Servers' logs in timelines")
struct TimelineLogTests {
    private static let device = World.device(World.core, 3)
    private static let failure = BackendError(.timedOut, "no answer within 30 s")

    /// What servers are asked for in some effects, with the number of the question.
    private func asked(_ effects: [Effect]) -> [EntityRef: Int] {
        var asked: [EntityRef: Int] = [:]
        for case .readLog(let entity, let question) in effects { asked[entity] = question }
        return asked
    }

    /// A desk with the timeline of a device that history and audit log have reached.
    private func desk(
        size: Size = Size(120, 30), changes: [StateChange] = World.night, commands: [AuditRow] = []
    ) -> (Desk, Int) {
        var desk = Desk.remembering(size: size)
        desk.press("1")
        desk.go(to: Self.device)
        let effects = desk.press("t")
        answer(&desk, effects, changes, commands)
        return (desk, asked(effects)[Self.device] ?? -1)
    }

    private func answer(
        _ desk: inout Desk, _ effects: [Effect], _ changes: [StateChange] = World.night,
        _ commands: [AuditRow] = []
    ) {
        for case .recall(_, let purpose) in effects {
            let own = changes.filter { $0.entity == World.name("core", .device, 3) }
            desk.send(
                .recalled(
                    purpose,
                    .success(Recollection(begins: Timestamp(World.looked.seconds - 3_600), changes: own))))
        }
        if effects.contains(.readAudit) { desk.send(.auditRead(.success(commands))) }
    }

    private func row(_ desk: Desk, _ words: String) -> Int? { desk.lines.firstIndex { $0.contains(words) } }

    private func read(_ desk: inout Desk, _ question: Int, _ log: ServerLog? = World.log(of: device)) {
        desk.send(.logRead(Self.device, question: question, .success(log)))
    }

    @Test("a log stands in one order with changes and commands, with its own sign and its server's name")
    func order() throws {
        let command = AuditRow(
            id: "x", time: Timestamp(World.wall.seconds - 10 * 60), who: "ana@noc1", what: "discover on core",
            targets: ["device 3"], results: [.init(.verified, "")], lines: [], isUnknown: false,
            entities: [World.name("core", .device, 3)])
        var (desk, question) = desk(commands: [command])
        #expect(desk.lines[2].contains("reading a log"))
        read(&desk, question)
        let status = try #require(
            row(desk, "» core  error  Device status changed to Down from icmp check.  down"))
        let interface = try #require(
            row(desk, "» core  error  ifOperStatus: up -> down (Te0/1/3)  interface"))
        let change = try #require(row(desk, "≤03:09:22"))
        let discovery = try #require(row(desk, "discover on core"))
        let api = try #require(row(desk, "» core  Device location changed  api  ana"))
        #expect(status < change && change < interface && interface < discovery && discovery < api)
        #expect(desk.lines[status].contains("03:10:22"))
        #expect(desk.lines[2].contains(" 7") && !desk.lines[2].contains("?") && row(desk, "reading") == nil)
        #expect(row(desk, "changes are not known before 21:14") != nil)
    }

    @Test("only opening it, r and what is not read yet ask a server, and time alone does not")
    func asksOnKeys() {
        var (desk, question) = desk()
        read(&desk, question)
        for _ in 0..<40 { #expect(asked(desk.tick(20)).isEmpty) }
        var change = World.change(World.name("core", .device, 3), "mad1-agg-sw11", "down", "up", ago: 0)
        change.place = 50
        #expect(asked(desk.send(.recorded([change]))).isEmpty)
        // The device alone has the same log, a site and everything have none.
        for _ in 0..<4 { #expect(asked(desk.press("Tab")).isEmpty) }
        let again = asked(desk.press("r"))
        #expect(again.keys.map(\.self) == [Self.device])
        #expect(row(desk, "Device status changed") != nil && desk.lines[2].contains("reading a log"))
        // The answer to the first question comes too late.
        desk.send(.logRead(Self.device, question: question, .failure(Self.failure)))
        #expect(row(desk, "no answer within") == nil && desk.lines[2].contains("reading a log"))
        read(&desk, again[Self.device] ?? -1, nil)
        #expect(row(desk, "Device status changed") == nil && !desk.lines[2].contains("reading"))
    }

    @Test("a site and everything ask no server, and say so")
    func wide() {
        var (desk, question) = desk()
        read(&desk, question)
        let effects = desk.press("shift-Tab")
        answer(&desk, effects)
        #expect(asked(effects).isEmpty && desk.lines[2].contains("everything"))
        #expect(row(desk, "logs of servers are read of one entity or device only") != nil)
        #expect(row(desk, "»") == nil && !desk.lines[2].contains("?"))
    }

    @Test("a log that can't be read is a line in words, hides nothing, and makes the number a lower bound")
    func failure() {
        var (desk, question) = desk()
        desk.send(.logRead(Self.device, question: question, .failure(Self.failure)))
        #expect(
            row(desk, "the log of mad1-agg-sw11 on core can't be read: no answer within 30 s") != nil)
        #expect(row(desk, "≤03:09:22") != nil && desk.lines[2].contains("3+?"))
        #expect(row(desk, "nothing is recorded") == nil)
    }

    @Test("what was read stays while it can't be read again")
    func keeps() {
        var (desk, question) = desk()
        read(&desk, question)
        let again = asked(desk.press("r"))[Self.device] ?? -1
        desk.send(.logRead(Self.device, question: again, .failure(Self.failure)))
        #expect(row(desk, "Device status changed") != nil && row(desk, "no answer within 30 s") != nil)
        #expect(desk.lines[2].contains("+?"))
    }

    @Test("a server that keeps no log of it claims nothing")
    func none() {
        var (desk, question) = desk()
        read(&desk, question, nil)
        #expect(desk.lines[2].contains(" 3") && !desk.lines[2].contains("?"))
        #expect(row(desk, "the log of") == nil)
    }

    @Test("an empty log is one that says nothing, not one that is missing")
    func empty() {
        var (desk, question) = desk(changes: [])
        read(&desk, question, ServerLog([], since: Timestamp(0)))
        #expect(row(desk, "nothing is recorded of it") != nil && row(desk, "the log of") == nil)
    }

    @Test("what is missing of a log, and from when on it is read, is said")
    func partial() {
        var (desk, question) = desk()
        let begins = Timestamp(World.wall.seconds - 3_600)
        read(
            &desk, question,
            World.log(
                of: Self.device, completeness: .partial("2 events without \"datetime\""), begins: begins,
                isCut: true))
        #expect(row(desk, "is partial: 2 events without \"datetime\"") != nil)
        #expect(row(desk, "the log of mad1-agg-sw11 on core is read from 02:14 on only") != nil)
        #expect(desk.lines[2].contains("6+?"))
        let effects = desk.press("r")
        answer(&desk, effects)
        read(&desk, asked(effects)[Self.device] ?? -1, World.log(of: Self.device, begins: begins))
        #expect(row(desk, "the log of mad1-agg-sw11 on core begins 02:14") != nil)
        #expect(desk.lines[2].contains(" 6") && !desk.lines[2].contains("?"))
    }

    @Test("a time of an uncertain clock has a tilde, and is no moment to go back to")
    func uncertain() throws {
        var (desk, question) = desk()
        read(
            &desk, question,
            ServerLog([World.line("Rebooted", ago: 0, isCertain: false)], since: Timestamp(0)))
        let line = try #require(row(desk, "Rebooted"))
        #expect(desk.lines[line].contains("~03:14:22"))
        #expect(row(desk, "~ the zone of core's clock is not known") != nil)
        desk.press("g")
        let effects = desk.press("{")
        #expect(!effects.contains { if case .travel = $0 { true } else { false } })
        #expect(desk.message.contains("the zone of core's clock"))
        #expect(!desk.state.layers.isEmpty)
    }

    @Test("a text narrows it to lines of a log by level, sort, server, author and words")
    func narrows() {
        for text in ["error interface", "core ifoperstatus", "ana location", "api mad1-agg"] {
            var (desk, question) = desk()
            read(&desk, question)
            desk.press("/")
            desk.type(text)
            desk.press("Enter")
            #expect(desk.lines[2].contains("1 of 6"), "\(text): \(desk.lines[2])")
        }
    }

    @Test("Enter on a line goes to the port that it is about where that is listed, else to the device")
    func opens() {
        for (port, entity) in [(3, EntityRef(World.core, .port, id: 3)), (999, Self.device)]
            as [(Int64, EntityRef)]
        {
            var (desk, question) = desk()
            let about = EntityRef(World.core, .port, id: port)
            read(&desk, question, ServerLog([World.line("down", ago: 0, about: about)], since: Timestamp(0)))
            desk.press("g", "Enter")
            #expect(desk.state.details.last?.entity == entity)
        }
    }

    @Test("the cursor stays on its line when a log is read again and has new lines")
    func cursor() {
        var (desk, question) = desk()
        read(&desk, question)
        desk.press("g", "j", "j")
        let page = desk.state.layers.last(TimelinePage.self)
        let focused = page.map { $0.lines(desk.state)[$0.list.focus].id }
        let again = asked(desk.press("r"))[Self.device] ?? -1
        let old = World.log(of: Self.device)
        read(&desk, again, ServerLog([World.line("New", ago: 0)] + old.entries, since: Timestamp(0)))
        let after = desk.state.layers.last(TimelinePage.self)
        #expect(after.map { $0.lines(desk.state)[$0.list.focus].id } == focused)
        #expect(after?.list.focus == 3)
    }

    @Test("hostile text of a log reaches no cell, and fits in its line")
    func hostile() throws {
        var (desk, question) = desk(size: Size(80, 24))
        let bad = "\u{1B}[31mred\u{202E}\n\u{0}next\u{7}" + String(repeating: "日本", count: 200)
        read(
            &desk, question,
            ServerLog(
                [World.line(bad, ago: 0, type: "\u{1B}]0;x\u{7}", level: "\u{9B}2J", who: "\u{202E}eve\r")],
                since: Timestamp(0)))
        let line = try #require(row(desk, "[31mred"))
        #expect(desk.lines.joined().unicodeScalars.allSatisfy { !Cleaning.isHostile($0) })
        #expect(desk.lines[line].contains("[31mred next"))
        #expect(desk.lines.allSatisfy { CharacterWidth.of($0) <= 80 })
    }

    @Test("in the past no server is asked, the page does not wait, and says so")
    func past() {
        var desk = Desk.remembering()
        desk.press("1")
        desk.go(to: Self.device)
        desk.travel("{")
        let effects = desk.press("t")
        answer(&desk, effects)
        #expect(asked(effects).isEmpty)
        #expect(desk.lines.contains { $0.contains("timeline › mad1-agg-sw11") })
        #expect(!desk.lines.contains { $0.contains("reading") })
        #expect(row(desk, "logs of servers are not read in the past") != nil)
        #expect(asked(desk.press("r")).isEmpty && !desk.lines.contains { $0.contains("reading a log") })
    }

    @Test("a server that refused the login is not asked, and the page says why")
    func resting() {
        var desk = Desk.remembering()
        desk.press("1")
        desk.go(to: Self.device)
        desk.failed(World.core, .device, .refused)
        let effects = desk.press("t")
        answer(&desk, effects)
        #expect(asked(effects).isEmpty)
        #expect(row(desk, "can't be read: the login was refused; nothing is asked") != nil)
        #expect(desk.lines[2].contains("3+?"))
    }

    @Test("a login that a log was refused for leaves the server alone")
    func refused() {
        var (desk, question) = desk()
        desk.send(
            .logRead(Self.device, question: question, .failure(BackendError(.refused, "no such token"))))
        #expect(desk.state.backend(World.core)?.refusedUntil != nil)
    }
}

@Suite("Several logs of servers")
struct TimelineLogsTests {
    private let one = World.device(World.core, 1), two = World.device(World.core, 2)
    private let other = World.device(World.edge, 1)

    private func read(_ entities: [EntityRef], _ log: ServerLog) -> TimelineLogs {
        var logs = TimelineLogs(question: 1)
        _ = logs.ask(for: entities) { _ in nil }
        for entity in entities {
            let isTaken = logs.take(entity, 1, .success(log))
            #expect(isTaken)
        }
        return logs
    }

    @Test("what two logs of one server both say stands once; what two servers say stands twice")
    func doubles() {
        let line = World.line("down", ago: 4)
        let log = ServerLog([line, line], since: Timestamp(0))
        let logs = read([one, two, other], log)
        let entries = logs.entries(of: [one, two, other]) { $0 == other ? "edge" : "core" }
        #expect(entries.map(\.backend) == ["core", "core", "edge", "edge"])
        #expect(Set(entries.map(\.id)).count == 4)
    }

    @Test("each entity is asked for once, and more than five not at all, which is said")
    func bounded() {
        let many = (0..<9).map { World.device(World.core, $0) }
        let scope = TimelineScope(subject: .entities([]), words: "", logs: many)
        #expect(scope.logs == Array(many.prefix(5)) && scope.omittedLogs == 4)
        var logs = TimelineLogs(question: 1)
        let asked = logs.ask(for: scope.logs) { _ in nil }
        #expect(asked == scope.logs.map { .readLog($0, question: 1) })
        #expect(logs.ask(for: scope.logs) { _ in nil }.isEmpty)
        #expect(logs.waiting(of: scope.logs) == 5 && !logs.areWhole(of: scope.logs))
    }

    @Test("lines of the same second keep the server's order, below a change and above the command before it")
    func sameSecond() {
        let time = Timestamp(World.wall.seconds - 60)
        let entries = ["second", "first"].map {
            ServerLog.Entry(time, isTimeCertain: true, words: $0)
        }
        let logs = read([one], ServerLog(entries, since: Timestamp(0)))
        var change = World.change(World.name("core", .device, 1), "d", "up", "down", ago: 1, saidAgo: 1)
        change.place = 7
        let command = AuditRow(
            id: "x", time: time, who: "", what: "", targets: [], results: [], lines: [], isUnknown: false,
            entities: [])
        let all = TimelineEntry.all([change], [command], logs.entries(of: [one]) { _ in "core" })
        let words = all.map { entry -> String in
            switch entry {
            case .change: "change"
            case .command: "command"
            case .logged(let logged): logged.entry.words
            }
        }
        #expect(words == ["change", "second", "first", "command"])
    }
}
