import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Timelines")
struct TimelineTests {
    /// A desk with a timeline that both answers have reached.
    private func shown(
        _ keys: String..., changes: [StateChange] = World.night, commands: [AuditRow] = World.auditRows,
        begins: Timestamp? = Timestamp(World.looked.seconds - 3_600), isCut: Bool = false
    ) -> Desk {
        var desk = Desk.remembering()
        for key in keys {
            let effects = desk.press(key)
            Self.answer(&desk, effects, changes, commands, begins, isCut)
        }
        return desk
    }

    private static func answer(
        _ desk: inout Desk, _ effects: [Effect], _ changes: [StateChange] = World.night,
        _ commands: [AuditRow] = World.auditRows,
        _ begins: Timestamp? = Timestamp(World.looked.seconds - 3_600), _ isCut: Bool = false
    ) {
        for case .recall(let query, let purpose) in effects {
            let names: [EntityName]? = if case .entities(let names) = query.subject { names } else { nil }
            let own = changes.filter { names?.contains($0.entity) ?? true }
            desk.send(
                .recalled(
                    purpose, .success(Recollection(begins: begins, changes: own, isCut: isCut))))
        }
        if effects.contains(.readAudit) { desk.send(.auditRead(.success(commands))) }
    }

    private func row(_ desk: Desk, _ words: String) -> Int? { desk.lines.firstIndex { $0.contains(words) } }

    @Test(
        "changes and commands stand in one order of time, the newest first, and the end says what is not known"
    )
    func order() throws {
        let desk = shown("3", "t", "shift-Tab")
        #expect(desk.lines[2].contains("timeline › everything"))
        let restart = try #require(row(desk, "restart-bond on bonds"))
        let session = try #require(row(desk, "BGP session down"))
        let loss = try #require(row(desk, "Packet loss to upstream"))
        let acknowledged = try #require(row(desk, "acknowledge on core"))
        let end = try #require(row(desk, "not known before 21:14"))
        #expect(restart < session && session < loss && loss < acknowledged && acknowledged < end)
        #expect(desk.lines[session].contains("4m") && desk.lines[session].contains("03:10:22"))
        #expect(desk.lines[loss].contains("≤02:52:22"))
        #expect(desk.lines[restart].contains("unknown"))
    }

    @Test("it is of the row under the cursor first; other keys widen it to its device, its site, everything")
    func scopes() {
        var desk = Desk.remembering()
        desk.press("3")
        desk.go(to: World.alert(World.core, 12))
        func subject(_ effects: [Effect]) -> HistoryQuery.Subject? {
            for case .recall(let query, .timeline) in effects { return query.subject }
            return nil
        }
        #expect(subject(desk.press("t")) == .entities([World.name("core", .alert, 12)]))
        #expect(subject(desk.press("Tab")) == .device("mad1-agg-sw11"))
        #expect(subject(desk.press("Tab")) == .site("mad1"))
        #expect(subject(desk.press("Tab")) == .everything)
        #expect(subject(desk.press("Tab")) == .entities([World.name("core", .alert, 12)]))
        desk.press("Esc", "1")
        desk.go(to: World.device(World.core, 3))
        #expect(subject(desk.press("t")) == .device("mad1-agg-sw11"))
    }

    @Test("commands to other entities are left out of what is of one")
    func commands() {
        let desk = shown("3", "j", "j", "j", "j", "j", "j", "j", "t")
        #expect(row(desk, "acknowledge on core") != nil)
        #expect(row(desk, "restart-bond") == nil)
    }

    @Test("Enter goes to the entity where it is listed, and says where it is not")
    func opens() {
        var desk = shown("3", "t", "shift-Tab", "j", "Enter")
        #expect(desk.state.details.last?.entity == World.alert(World.core, 11))
        desk = shown("3", "t", "shift-Tab", "G", "k", "Enter")
        #expect(
            desk.message == "core:alert/9 is no longer listed" || desk.message.contains("no longer listed"))
    }

    @Test("a text narrows it, and the way back shows everything before it closes")
    func narrows() {
        var desk = shown("3", "t", "shift-Tab", "/")
        desk.type("mad1 up")
        desk.press("Enter")
        #expect(row(desk, "down → up") != nil && row(desk, "Packet loss") == nil)
        #expect(desk.lines[2].contains("3 of ") || desk.lines[2].contains(" of 11"))
        desk.press("Esc")
        #expect(row(desk, "Packet loss") != nil)
        desk.press("Esc")
        #expect(desk.state.layers.isEmpty)
    }

    @Test("an answer to an older question is dropped, what is recorded now comes on top, the cursor stays")
    func answers() {
        var desk = shown("3", "t", "shift-Tab", "j", "j")
        let page = desk.state.layers.last(TimelinePage.self)
        let focused = page.map { $0.lines(desk.state)[$0.list.focus].id }
        desk.send(
            .recalled(.timeline(question: -1), .success(Recollection(changes: []))))
        #expect(desk.state.layers.last(TimelinePage.self) == page)
        var new = World.change(World.name("core", .device, 1), "mad1-core-rtr01", "up", "down", ago: 0)
        new.place = 50
        desk.send(.recorded([new, new]))
        let after = desk.state.layers.last(TimelinePage.self)
        #expect(after.map { $0.lines(desk.state)[$0.list.focus].id } == focused)
        #expect(desk.lines[3].contains("mad1-core-rtr01"))
    }

    @Test("what can't be read is said, and what can is shown")
    func problems() {
        var desk = Desk.remembering()
        let effects = desk.press("3", "t")
        for case .recall(_, let purpose) in effects {
            desk.send(.recalled(purpose, .failure(BackendError(.invalid, "the disk is full"))))
        }
        desk.send(.auditRead(.success(World.auditRows)))
        #expect(row(desk, "the disk is full") != nil)
        #expect(row(desk, "not known before") == nil)
        #expect(Desk.ready().state.reasonAgainst(.own(.timeline)) == "no history is kept")
    }

    @Test("a backend that is lost, and one that is back, is recorded, with when it was heard of last")
    func backends() throws {
        func recorded(_ effects: [Effect]) -> [StateChange] {
            effects.flatMap { effect -> [StateChange] in
                if case .record(let changes) = effect { return changes }
                return []
            }
        }
        var desk = Desk.remembering()
        desk.tick(20)
        for id in World.all where id != World.core {
            for kind in [ResourceKind.alert] { desk.failed(id, kind) }
        }
        var lost: [StateChange] = []
        for _ in 0..<40 { lost += recorded(desk.tick(20)) }
        #expect(Set(lost.map(\.entity.id)) == ["core", "edge", "access", "bonds"])
        let first = try #require(lost.first { $0.entity.id == "edge" })
        #expect(first.after == "lost" && first.severity == .critical && first.lastSeenBefore == World.wall)
        #expect(first.lastSeenBefore.map { $0 < first.seenAt } == true)
        desk.fill()
        let back = recorded(desk.tick(1))
        #expect(back.contains { $0.entity.id == "bonds" && $0.before == "lost" && $0.after == "up" })
        var plain = Desk.ready()
        #expect((0..<40).allSatisfy { _ in recorded(plain.tick(20)).isEmpty })
    }

    @Test("the key that opens it closes it")
    func closes() {
        var desk = shown("3", "t")
        desk.press("t")
        #expect(desk.state.layers.isEmpty)
    }
}

@Suite("Earlier occurrences")
struct OccurrenceTests {
    private let name = World.name("core", .alert, 11)

    private func change(
        _ before: String?, _ after: String, ago: Int64, _ severity: Severity = .critical, note: String = "",
        isFirstSight: Bool = false
    ) -> StateChange {
        World.change(
            name, "BGP session down", before, after, severity, before: before == nil ? nil : severity,
            ago: ago, saidAgo: ago, note: note, isFirstSight: isFirstSight)
    }

    @Test("each time has its beginning, its end, its worst, and who took it")
    func times() throws {
        let changes = [
            change(nil, "open", ago: 300, .warning),
            change("open", "acknowledged", ago: 295, note: "ana: on it"),
            change("acknowledged", "cleared", ago: 290), change(nil, "open", ago: 10),
        ]
        let command = AuditRow(
            id: "x", time: Timestamp(World.wall.seconds - 292 * 60), who: "ana@noc1", what: "restart on core",
            targets: [], results: [.init(.verified, "")], lines: [], isUnknown: false, entities: [name])
        let all = Occurrence.all(changes, [command])
        #expect(all.count == 2)
        let first = try #require(all.first)
        #expect(first.began == Timestamp(World.wall.seconds - 300 * 60))
        #expect(first.ended == Timestamp(World.wall.seconds - 290 * 60))
        #expect(first.worst == .critical)
        #expect(
            first.words
                == "for 10m, critical, acknowledged after 5m · ana: on it · restart on core by ana@noc1: verified"
        )
        #expect(all.last?.ended == nil && all.last?.commands == [])
    }

    @Test("one that was open before anything was recorded has no beginning")
    func unknownBeginning() {
        let all = Occurrence.all([change("open", "cleared", ago: 5)], [])
        #expect(all.map(\.began) == [nil])
        #expect(all.first?.words == "began before it was recorded, critical")
        #expect(Occurrence.all([change(nil, "open", ago: 5, isFirstSight: true)], []).first?.began == nil)
        #expect(Occurrence.all([change(nil, "cleared", ago: 5)], []).isEmpty)
    }

    @Test("the detail of an alert has its last three times, without the one that is going on")
    func detail() {
        var desk = Desk.remembering()
        desk.press("3")
        desk.go(to: World.alert(World.core, 11))
        let effects = desk.press("Enter")
        let asked = Effect.recall(
            HistoryQuery(.entities([name]), since: Timestamp(0), limit: 200),
            .occurrences(World.alert(World.core, 11)))
        #expect(effects.contains(asked) && effects.contains(.readAudit))
        let changes = (0..<5).flatMap { time -> [StateChange] in
            let ago = Int64(500 - time * 60)
            return [change(nil, "open", ago: ago), change("open", "cleared", ago: ago - 7)]
        }
        let recollection = Recollection(
            begins: Timestamp(0), changes: changes + [change(nil, "open", ago: 4)], isCut: false)
        desk.send(.recalled(.occurrences(World.alert(World.core, 11)), .success(recollection)))
        #expect(desk.lines.contains { $0.contains("Earlier") })
        #expect(desk.lines.count { $0.contains("for 7m, critical") } == 3)
    }

    @Test("none is said with since when it is known, and nothing where nothing is")
    func none() {
        var desk = Desk.remembering()
        desk.press("3")
        desk.go(to: World.alert(World.core, 11))
        desk.press("Enter")
        let entity = World.alert(World.core, 11)
        desk.send(
            .recalled(
                .occurrences(entity),
                .success(Recollection(begins: World.looked, changes: [change(nil, "open", ago: 4)]))))
        #expect(desk.lines.contains { $0.contains("none recorded since") && $0.contains("22:14") })
        desk.send(.recalled(.occurrences(entity), .success(Recollection())))
        #expect(!desk.lines.contains { $0.contains("Earlier") })
    }
}
