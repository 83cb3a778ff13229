import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("What is not known in timelines")
struct TimelineDoubtTests {
    private let full = BackendError(.invalid, "the disk is full")
    private let begins = Timestamp(World.looked.seconds - 3_600)

    private func desk() -> Desk {
        var desk = Desk.remembering()
        desk.press("3", "t", "shift-Tab")
        return desk
    }

    private func answer(_ desk: inout Desk, _ result: Result<Recollection, BackendError>) {
        guard let page = desk.state.layers.last(TimelinePage.self) else { return }
        desk.send(.recalled(.timeline(question: page.question), result))
    }

    private func has(_ desk: Desk, _ words: String) -> Bool { desk.lines.contains { $0.contains(words) } }

    private func recollection(isCut: Bool = false) -> Recollection {
        Recollection(begins: begins, changes: World.night, isCut: isCut)
    }

    @Test("its number is exact only where both sources were read whole")
    func number() {
        var desk = desk()
        #expect(desk.lines[2].hasSuffix(" ?"), "\(desk.lines[2])")
        answer(&desk, .success(recollection()))
        #expect(desk.lines[2].contains("8+?"), "\(desk.lines[2])")
        desk.send(.auditRead(.success(World.auditRows)))
        #expect(desk.lines[2].contains(" 11") && !desk.lines[2].contains("?"), "\(desk.lines[2])")
        desk.press("/")
        desk.type("mad1")
        #expect(desk.lines[2].contains(" of 11") && !desk.lines[2].contains("?"))
        desk.press("Esc", "r")
        #expect(desk.lines[2].contains("11+?"))
        answer(&desk, .success(recollection(isCut: true)))
        desk.send(.auditRead(.success(World.auditRows)))
        #expect(desk.lines[2].contains("11+?"))
        var recollection = recollection()
        recollection.unrecorded = ["edge"]
        answer(&desk, .success(recollection))
        #expect(desk.lines[2].contains("11+?") && has(desk, "edge has no history"))
        desk.press("/")
        desk.type("no such words")
        #expect(desk.lines[2].contains("? of 11+?"), "\(desk.lines[2])")
    }

    @Test("a history that can't be read is not an empty one")
    func failure() {
        var desk = desk()
        answer(&desk, .failure(full))
        desk.send(.auditRead(.success([])))
        #expect(has(desk, "the disk is full") && has(desk, "what changed is not known"))
        #expect(!has(desk, "nothing is recorded of it") && !has(desk, "reading the history"))
        #expect(!has(desk, "no change of state is recorded yet"))
        answer(&desk, .success(Recollection(begins: begins)))
        #expect(has(desk, "nothing is recorded of it") && !has(desk, "the disk is full"))
    }

    @Test("an audit log that can't be read hides nothing that is said of the history")
    func audit() {
        for (isCut, words) in [(true, "only the latest 1,000"), (false, "not known before 21:14")] {
            var desk = desk()
            answer(&desk, .success(recollection(isCut: isCut)))
            desk.send(.auditRead(.failure(full)))
            #expect(has(desk, "the disk is full") && has(desk, words))
            #expect(has(desk, "which commands were sent is not known"))
            #expect(desk.lines[2].contains("8+?"))
        }
    }

    @Test("what was wrong with one scope is not said of the next")
    func widens() {
        var desk = desk()
        answer(&desk, .failure(full))
        desk.send(.auditRead(.failure(full)))
        desk.press("Tab")
        #expect(!has(desk, "the disk is full"))
        #expect(has(desk, "reading the history…") && has(desk, "reading the audit log…"))
    }

    @Test("in a first session what is recorded now is shown, and not said to be missing")
    func first() {
        var desk = Desk.ready(keepsHistory: true)
        desk.send(.recalled(.sinceLooked, .success(Recollection())))
        desk.press("3", "t", "shift-Tab")
        answer(&desk, .success(Recollection()))
        desk.send(.auditRead(.success([])))
        #expect(has(desk, "no change of state is recorded yet"))
        var change = World.change(World.name("core", .alert, 12), "Fan", nil, "open", ago: 0)
        change.place = 1
        desk.send(.recorded([change]))
        #expect(has(desk, "Fan") && !has(desk, "no change of state is recorded yet"))
        desk.send(
            .recalled(
                .sinceLooked, .success(Recollection(since: World.wall, begins: begins, changes: [change]))))
        #expect(has(desk, "not known before 21:14"))
    }

    @Test("a command to what is no longer here is found by where its changes were recorded")
    func commands() {
        var desk = Desk.remembering()
        desk.press("1")
        desk.go(to: World.device(World.core, 9))
        desk.press("t")
        let command = AuditRow(
            id: "x", time: Timestamp(World.wall.seconds - 252 * 60), who: "ana@noc1", what: "mute on core",
            targets: ["alert 9 High load"], results: [.init(.verified, "muted")], lines: [], isUnknown: false,
            entities: [World.name("core", .alert, 9)])
        let other = AuditRow(
            id: "y", time: Timestamp(World.wall.seconds - 252 * 60), who: "ana@noc1", what: "unmute on core",
            targets: ["alert 8"], results: [.init(.verified, "unmuted")], lines: [], isUnknown: false,
            entities: [World.name("core", .alert, 8)])
        desk.send(.auditRead(.success([command, other])))
        let own = World.night.filter { $0.device == "bcn2-acc-sw10" }
        for _ in 0..<2 {
            answer(&desk, .success(Recollection(begins: begins, changes: own)))
            #expect(has(desk, "mute on core") && has(desk, "High load"))
            #expect(!has(desk, "unmute on core"))
            desk.press("Tab")
            while desk.lines[2].contains("site") == false { desk.press("Tab") }
        }
    }
}

@Suite("What is not known of earlier times")
struct EarlierDoubtTests {
    private let name = World.name("core", .alert, 11)
    private let entity = World.alert(World.core, 11)

    private func opened() -> Desk {
        var desk = Desk.remembering()
        desk.press("3")
        desk.go(to: entity)
        desk.press("Enter")
        return desk
    }

    private func change(
        _ before: String?, _ after: String, ago: Int64, said: Int64? = nil, note: String = ""
    ) -> StateChange {
        World.change(
            name, "BGP session down", before, after, before: before == nil ? nil : .critical, ago: ago,
            saidAgo: said, note: note)
    }

    private func has(_ desk: Desk, _ words: String) -> Bool { desk.lines.contains { $0.contains(words) } }

    @Test("commands that are read before what was recorded stay")
    func commands() {
        var desk = opened()
        let command = AuditRow(
            id: "x", time: Timestamp(World.wall.seconds - 292 * 60), who: "ana@noc1", what: "restart on core",
            targets: [], results: [.init(.verified, "")], lines: [], isUnknown: false, entities: [name])
        desk.send(.auditRead(.success([command])))
        let changes = [
            change(nil, "open", ago: 300, said: 300), change("open", "cleared", ago: 290, said: 290),
        ]
        desk.send(
            .recalled(
                .occurrences(entity), .success(Recollection(begins: Timestamp(0), changes: changes))))
        #expect(has(desk, "restart on core by ana@noc1: verified"))
    }

    @Test("what can't be read is said in a line")
    func failure() {
        var desk = opened()
        desk.send(.recalled(.occurrences(entity), .failure(BackendError(.invalid, "the disk is full"))))
        #expect(has(desk, "Earlier") && has(desk, "not known: the disk is full"))
        desk.send(
            .recalled(
                .occurrences(entity), .success(Recollection(begins: World.looked))))
        #expect(!has(desk, "the disk is full") && has(desk, "none recorded since 22:14"))
    }

    @Test("an end that was found because the alert was gone is said as an upper bound, as is a beginning")
    func bounds() throws {
        var desk = opened()
        let changes = [
            change(nil, "open", ago: 500, said: 500), change("open", StateChange.gone, ago: 20),
            change(nil, "open", ago: 4, said: 4),
        ]
        desk.send(
            .recalled(
                .occurrences(entity), .success(Recollection(begins: Timestamp(0), changes: changes))))
        #expect(has(desk, "for at most 8h, critical"), "\(desk.lines)")
        let late = Occurrence.all(
            [change(nil, "open", ago: 300), change("open", "cleared", ago: 290, said: 290)], [])
        #expect(late.first?.words == "for at most 11m, critical")
        #expect(late.first?.isBeganAtMost == true && late.first?.isEndedAtMost == false)
        let taken = Occurrence.all(
            [
                change(nil, "open", ago: 300, said: 300), change("open", "acknowledged", ago: 295),
                change("acknowledged", "cleared", ago: 290, said: 290),
            ], [])
        #expect(taken.first?.words == "for 10m, critical, acknowledged within 5m")
    }

    @Test("an end without a beginning has its bound too")
    func ends() {
        var desk = opened()
        desk.send(
            .recalled(
                .occurrences(entity),
                .success(
                    Recollection(
                        begins: Timestamp(0), changes: [change("open", StateChange.gone, ago: 74)]))))
        #expect(has(desk, "until ≤02:00"), "\(desk.lines)")
    }
}
