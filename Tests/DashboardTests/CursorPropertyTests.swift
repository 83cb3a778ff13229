import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("Whatever happens by itself")
struct CursorPropertyTests {
    /// The same numbers in every run.
    struct Dice: RandomNumberGenerator {
        var seed: UInt64
        mutating func next() -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return seed ^ seed >> 29
        }
    }

    /// Keys that change what is shown and in which order, and never move the cursor.
    private static let keys = [
        "p", "A", "@", "s", "S", "<", ">", "b", "Z", "r", "R", "T", "l", "h", "z", "d", "-",
    ]
    private static let filters = [
        "", "sev=critical", "state=open", "!high", "mad1", "is:marked", "!is:snoozed", "age<1h", "\"", "zzz",
    ]

    /// Rows with random words for random alerts, some of them gone.
    private static func rows(_ dice: inout Dice) -> [World.AlertRow] {
        var rows: [World.AlertRow] = []
        for id in 11...30 as ClosedRange<Int64> where Int.random(in: 0..<5, using: &dice) > 0 {
            let severity = ["critical", "warning", "ok", ""].randomElement(using: &dice) ?? ""
            let state = AlertState.allCases.randomElement(using: &dice)?.rawValue ?? "open"
            let device = World.deviceRows.randomElement(using: &dice)?.0 ?? "x"
            rows.append(
                (id, severity, state, Int64.random(in: 0...300, using: &dice), device, "High load", ""))
        }
        return rows.shuffled(using: &dice)
    }

    /// What happens without a move, step by step: an answer, time, a switch, a filter.
    private func happening(_ dice: inout Dice) -> [(inout Desk) -> Void] {
        switch Int.random(in: 0..<8, using: &dice) {
        case 0, 1, 2:
            let id = [World.core, World.edge].randomElement(using: &dice) ?? World.core
            let table = World.alerts(id, Self.rows(&dice))
            return [{ $0.refreshed(id, .alert, table) }]
        case 3:
            let seconds = Double.random(in: 0...90, using: &dice)
            return [{ $0.tick(seconds) }]
        case 4:
            let filter = Self.filters.randomElement(using: &dice) ?? ""
            let end = Bool.random(using: &dice) ? "Enter" : "Esc"
            return [{ $0.press("/") }, { $0.press("ctrl-u") }, { $0.paste(filter) }, { $0.press(end) }]
        case 5:
            let sizes = [Size(120, 30), Size(80, 24), Size(200, 60), Size(40, 10)]
            let size = sizes.randomElement(using: &dice) ?? Size(80, 24)
            return [{ $0.send(.resized(size)) }]
        default:
            let key = Self.keys.randomElement(using: &dice) ?? "s"
            return [{ $0.press(key) }]
        }
    }

    private func happen(_ desk: inout Desk, _ dice: inout Dice) {
        for step in happening(&dice) { step(&desk) }
    }

    @Test(
        "the cursor never changes its entity as long as that is shown, and is on the screen",
        arguments: Seeds.of(40))
    func cursor(seed: UInt64) throws {
        var dice = Dice(seed: seed &* 7919)
        var desk = Desk.ready()
        desk.press("3", "j", "j")
        var kept = 0
        for step in 0..<120 {
            for change in happening(&dice) {
                let before = desk.pane.cursor
                change(&desk)
                let pane = desk.pane
                if let before, pane.arrangement.position(of: before) != nil {
                    #expect(pane.cursor == before, "seed \(seed), step \(step)")
                    kept += 1
                }
                #expect(pane.cursor == pane.entity(at: pane.cursorRow))
                if pane.arrangement.count > 0 {
                    #expect(pane.cursor != nil)
                    #expect((pane.top..<pane.top + desk.state.layout.rows).contains(pane.cursorRow))
                }
            }
        }
        // Else nothing was proven.
        #expect(kept > 20)
    }

    @Test(
        "marks stay through refreshes, filters and orders as long as their entities are there",
        arguments: Seeds.of(40))
    func marks(seed: UInt64) throws {
        var dice = Dice(seed: seed &* 104_729)
        var desk = Desk.ready()
        desk.press("3", "*")
        for step in 0..<120 {
            let before = desk.pane.marks
            happen(&desk, &dice)
            let listed = before.filter { mark in
                guard let frozen = desk.pane.frozen else { return desk.state.find(mark) != nil }
                return frozen.tables.contains { $0.row(of: mark) != nil }
            }
            #expect(desk.pane.marks == listed, "seed \(seed), step \(step)")
        }
    }

    @Test(
        "a frozen table shows nothing but what it had, in whatever order", arguments: Seeds.of(20))
    func frozen(seed: UInt64) {
        var dice = Dice(seed: seed &* 15_485_863)
        var desk = Desk.ready()
        desk.press("3", "Z")
        var had = desk.pane.arrangement.tables
        for step in 0..<60 {
            happen(&desk, &dice)
            if desk.pane.frozen == nil {
                desk.press("Z")
                had = desk.pane.frozen?.tables ?? []
            }
            let shown = desk.pane.arrangement.tables
            #expect(
                shown.allSatisfy { table in had.contains { $0 === table } }, "seed \(seed), step \(step)")
            #expect(desk.shown.count <= had.reduce(0) { $0 + $1.count })
        }
    }

    @Test(
        "a cursor that follows is in the first row, whatever comes", arguments: Seeds.of(20))
    func following(seed: UInt64) {
        var dice = Dice(seed: seed &* 32_452_843)
        var desk = Desk.ready()
        desk.press("3", "F")
        for step in 0..<60 {
            happen(&desk, &dice)
            #expect(desk.pane.cursorRow == 0 && desk.pane.isFollowing, "seed \(seed), step \(step)")
            #expect(desk.pane.cursor == desk.shown.first)
        }
    }

    @Test(
        "any bytes typed or pasted into any prompt never trap, and Esc leads back",
        arguments: Seeds.of(20))
    func anyBytes(seed: UInt64) {
        var dice = Dice(seed: seed &* 49_979_687)
        var desk = Desk.ready()
        desk.press("3", "j")
        for _ in 0..<60 {
            let cursor = desk.pane.cursor
            let key = ["/", "ctrl-f", "+", "m", ":"].randomElement(using: &dice) ?? "/"
            let bytes = (0..<Int.random(in: 0...24, using: &dice)).map { _ in
                UInt8.random(in: 0...255, using: &dice)
            }
            desk.press(key)
            desk.paste(String(decoding: bytes, as: UTF8.self))
            desk.type(
                String(["(", "/", "\"", "!", "a", ":", "é", "@"].shuffled(using: &dice).joined().prefix(4)))
            _ = render(desk.state)
            desk.press("Esc")
            #expect(desk.state.layers.isEmpty)
            #expect(desk.pane.filterText.isEmpty)
            // A filter has had the cursor's row away while it was typed.
            if key != "/" { #expect(desk.pane.cursor == cursor, "\(key)") }
        }
    }
}
