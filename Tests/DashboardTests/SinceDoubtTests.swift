import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("What is not known of the time since a look")
struct SinceDoubtTests {
    private func line(_ desk: Desk) -> String { desk.lines.first { $0.contains("SINCE") } ?? "" }

    private func recalls(_ effects: [Effect]) -> [HistoryQuery] {
        effects.compactMap { if case .recall(let query, .sinceLooked) = $0 { query } else { nil } }
    }

    private func several(_ kind: ResourceKind, place: Int64 = 90) -> StateChange {
        var many = World.change(
            EntityName(backend: "core", kind: kind, id: StateChange.several), "312 more of kind \(kind)", nil,
            StateChange.changed, .unknown, ago: 3)
        many.place = place
        return many
    }

    @Test("a heading of the page says no number that the line above it doubts")
    func headings() {
        var desk = Desk.remembering(begins: Timestamp(World.looked.seconds + 3_360))
        desk.press(",")
        #expect(desk.lines.contains { $0.contains("2+? alerts new") }, "\(desk.lines)")
        #expect(desk.lines.contains { $0.contains("1+? devices new") })
        desk = Desk.remembering()
        desk.press(",")
        #expect(desk.lines.contains { $0.contains("1 device new") })
    }

    @Test("each kind is judged by its own lists")
    func kinds() {
        var desk = Desk.remembering()
        desk.refreshed(
            World.core, .device, World.devices(World.core) { !$0.hasPrefix("lon5") }, .partial("a page of 3"))
        #expect(line(desk).contains("+ 2 new"))
        #expect(line(desk).contains("bonds + 1  devices + 1+?"), "\(line(desk))")
        desk = Desk.remembering()
        desk.refreshed(
            World.core, .alert, World.alerts(World.core, World.coreAlerts), .partial("a page of 3"))
        #expect(line(desk).contains("+ 2+? new"))
        #expect(line(desk).contains("devices + 1") && !line(desk).contains("devices + 1+?"))
    }

    @Test("where more changed than was recorded one by one, the number of that kind is not known")
    func several() {
        var desk = Desk.remembering(World.night + [several(.device)])
        #expect(line(desk).contains("bonds + 1  devices + 1+?"), "\(line(desk))")
        desk = Desk.remembering(World.night + [several(.port)])
        #expect(line(desk).contains("devices + 1  ports ?"), "\(line(desk))")
        #expect(line(desk).contains("+ 2 new"))
        desk = Desk.remembering([several(.port)])
        desk.press(",")
        #expect(desk.lines.contains { $0.contains("not everything was seen") })
        desk.press("I")
        #expect(!line(desk).contains("ports"))
    }

    @Test("when recording began is asked again once anything is recorded, and nothing is counted twice")
    func begins() {
        var desk = Desk.ready(keepsHistory: true)
        desk.send(.recalled(.sinceLooked, .success(Recollection())))
        desk.tick(10)
        desk.press("I")
        let looked = Timestamp(World.wall.seconds + 10)
        desk.tick(7)
        var change = World.change(World.name("core", .alert, 12), "x", nil, "open", ago: 0)
        change.place = 1
        #expect(
            recalls(desk.send(.recorded([change]))) == [
                HistoryQuery(since: looked, limit: SinceLooked.limit)
            ])
        var next = World.change(World.name("core", .alert, 13), "y", nil, "open", ago: 0)
        next.place = 2
        #expect(recalls(desk.send(.recorded([next]))) == [])
        let answer = Recollection(
            since: looked, begins: Timestamp(World.wall.seconds - 12), changes: [change, next])
        desk.send(.recalled(.sinceLooked, .success(answer)))
        #expect(line(desk).contains("+ 2 new") && !line(desk).contains("recorded since"), "\(line(desk))")
        #expect(recalls(desk.send(.recorded([]))) == [])
    }

    @Test("a look while that is being asked keeps what it took away")
    func looksMeanwhile() {
        var desk = Desk.ready(keepsHistory: true)
        desk.send(.recalled(.sinceLooked, .success(Recollection())))
        var change = World.change(World.name("core", .alert, 12), "x", nil, "open", ago: 0)
        change.place = 1
        desk.send(.recorded([change]))
        desk.tick(5)
        desk.press("I")
        let answer = Recollection(
            since: World.wall, begins: Timestamp(World.wall.seconds - 12), changes: [change])
        desk.send(.recalled(.sinceLooked, .success(answer)))
        #expect(line(desk).contains("+ 0 new"), "\(line(desk))")
    }

    @Test("a filter for what is new says while nobody knows it, and its number is no zero")
    func filters() {
        var desk = Desk.ready(keepsHistory: true)
        desk.press("3", "/")
        desk.type("is:new")
        desk.press("Enter")
        #expect(desk.lines[2].contains("the history is still being read"), "\(desk.lines[2])")
        #expect(desk.lines[2].contains("? of 9"))
        desk.send(.recalled(.sinceLooked, .failure(BackendError(.invalid, "the disk is full"))))
        #expect(desk.lines[2].contains("not known: the disk is full"), "\(desk.lines[2])")
        #expect(desk.lines[2].contains("? of 9"))
        desk = Desk.remembering()
        desk.press("3", "/")
        desk.type("is:new")
        desk.press("Enter")
        #expect(desk.lines[2].contains("2 of 9") && !desk.lines[2].contains("known"), "\(desk.lines[2])")
    }

    @Test("what could not be read is asked for again after a minute, not before")
    func retries() {
        var desk = Desk.ready(keepsHistory: true)
        desk.send(.recalled(.sinceLooked, .failure(BackendError(.invalid, "the disk is full"))))
        #expect(recalls(desk.tick(59)) == [])
        #expect(recalls(desk.tick(2)) == [HistoryQuery(since: nil, limit: SinceLooked.limit)])
        #expect(recalls(desk.tick(120)) == [])
        desk.send(
            .recalled(
                .sinceLooked, .success(Recollection(since: World.looked, begins: Timestamp(0)))))
        #expect(recalls(desk.tick(120)) == [] && desk.state.reasonAgainstSince == nil)
    }

    @Test("an alert is no longer listed only where its list can be believed")
    func absence() {
        func open(_ words: String) -> (inout Desk) -> Void {
            { desk in
                desk.press(",", "/")
                desk.type(words)
                desk.press("Enter", "j", "Enter")
            }
        }
        var desk = Desk.remembering()
        open("cleared high")(&desk)
        #expect(desk.message == "core:alert/9 is no longer listed")
        desk = Desk.remembering()
        desk.refreshed(
            World.core, .alert, World.alerts(World.core, World.coreAlerts), .partial("a page of 3"))
        open("cleared high")(&desk)
        #expect(desk.message == "core has not said whether it still lists it")
        desk.press("k", "Enter")
        #expect(desk.message.contains("1 more may still be listed"), "\(desk.message)")
        var over = World.change(
            EntityName(backend: "old", kind: .alert, id: "5"), "Fan", "open", "cleared", .warning,
            before: .warning, ago: 9)
        over.place = 40
        desk = Desk.remembering([over])
        open("fan")(&desk)
        #expect(desk.message == "old is not configured")
    }
}
