import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("Snoozes")
struct SnoozeTests {
    private func alerts(_ preferences: Preferences = Preferences()) -> Desk {
        var desk = Desk.ready(preferences: preferences)
        desk.press("3")
        return desk
    }

    /// A desk where an alert is hidden.
    private func snoozed(_ entity: EntityRef = World.second, _ term: String = "1h") -> Desk {
        var desk = alerts()
        desk.go(to: entity)
        desk.press("m")
        desk.type(term)
        desk.press("Enter")
        return desk
    }

    /// The first server says something else about an alert.
    private func say(_ desk: inout Desk, _ id: Int64, _ change: (inout World.AlertRow) -> Void) {
        var rows = World.coreAlerts
        guard let place = rows.firstIndex(where: { $0.0 == id }) else { return }
        change(&rows[place])
        desk.refreshed(World.core, .alert, World.alerts(World.core, rows))
    }

    @Test("the row is hidden here alone, the title says how many are, and counts of the header stay")
    func hides() {
        var desk = alerts()
        let counts = desk.state.counts
        let header = desk.header
        let before = desk.shown
        desk.go(to: World.second)
        let effects = desk.press("m") + desk.type("1h") + desk.press("Enter")
        #expect(desk.shown == before.filter { $0 != World.second })
        #expect(desk.lines[2].contains("1 snoozed here"))
        #expect(desk.message.contains("snoozed here, not on the server, until 04:14"))
        #expect(desk.state.counts == counts && desk.header == header)
        #expect(!effects.contains { $0.isCommand })
        #expect(effects.contains { if case .keep(.snooze) = $0 { true } else { false } })
        desk.press("0")
        #expect(!desk.shown.contains(World.second))
        #expect(desk.lines.contains { $0.contains("WORST") && $0.contains("1 snoozed here") })
    }

    @Test("is:snoozed shows them, and m on one ends it")
    func shows() {
        var desk = snoozed()
        desk.press("/")
        desk.type("is:snoozed")
        desk.press("Enter")
        #expect(desk.shown == [World.second])
        desk.press("Enter")
        #expect(desk.lines[2].contains("snoozed here until 04:14"))
        desk.press("Esc", "m")
        #expect(desk.message.hasSuffix("no longer snoozed"))
        #expect(desk.state.preferences.snoozes.isEmpty)
        desk.press("Esc")
        #expect(desk.shown.contains(World.second))
    }

    @Test("marked rows are hidden together, and a filter still finds among the others")
    func marks() {
        var desk = alerts()
        desk.mark([World.first, World.second])
        desk.press("m")
        #expect(desk.lines[28].contains("snooze 2 rows here:"))
        desk.press("Enter")
        #expect(!desk.shown.contains(World.first) && !desk.shown.contains(World.second))
        #expect(desk.pane.marks.isEmpty)
        desk.press("/")
        desk.type("sev=critical")
        #expect(desk.lines[2].contains("2 snoozed here"))
    }

    @Test("it ends when its time is over, is written down as ended, and the row is seen again")
    func time() {
        var desk = snoozed()
        desk.tick(3_590)
        #expect(!desk.shown.contains(World.second))
        let effects = desk.tick(15)
        #expect(desk.shown.contains(World.second))
        #expect(desk.message.contains("the time is over"))
        #expect(effects.contains { if case .keep(.wake) = $0 { true } else { false } })
        #expect(desk.state.preferences.snoozes.isEmpty)
    }

    @Test("what becomes worse, is cleared or fires again is seen again; what gets better stays hidden")
    func worse() {
        let battery = World.alert(World.core, 13)
        func isHidden(_ term: String = "1h", _ change: (inout World.AlertRow) -> Void) -> Bool {
            var desk = snoozed(battery, term)
            say(&desk, 13, change)
            return !desk.shown.contains(battery)
        }
        #expect(isHidden { $0.6 = "a note" })
        #expect(isHidden { $0.2 = "acknowledged" })
        #expect(isHidden { $0.2 = "better" })
        #expect(isHidden { $0.1 = "ok" })
        #expect(!isHidden { $0.1 = "critical" })
        #expect(!isHidden { $0.2 = "worse" })
        #expect(!isHidden { $0.2 = "changed" })
        #expect(!isHidden { $0.3 = 1 })
        #expect(!isHidden { $0.2 = "cleared" })
        #expect(!isHidden("") { $0.2 = "better" })
        #expect(!isHidden("until it changes") { $0.1 = "ok" })
        #expect(isHidden("") { $0.6 = "a note" })
    }

    @Test("what is gone from a whole list was cleared: it is seen when it fires again")
    func gone() {
        var desk = snoozed()
        desk.refreshed(
            World.core, .alert, World.alerts(World.core, [World.coreAlerts[0]]), .partial("page 2 is missing")
        )
        #expect(desk.state.preferences.snoozes.count == 1)
        desk.refreshed(World.core, .alert, World.alerts(World.core, [World.coreAlerts[0]]))
        #expect(desk.state.preferences.snoozes.isEmpty)
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        #expect(desk.shown.contains(World.second))
    }

    @Test("what was hidden before a restart is hidden after it, unless it fired again meanwhile")
    func restart() {
        let desk = snoozed()
        let again = alerts(desk.state.preferences)
        #expect(!again.shown.contains(World.second))
        #expect(again.lines[2].contains("1 snoozed here"))
        var other = Desk(World.state(preferences: desk.state.preferences))
        other.tick(0)
        for id in World.all { other.probe(id) }
        other.press("3")
        say(&other, 12) { $0.3 = 0 }
        #expect(other.shown.contains(World.second))
    }

    @Test("what is typed wrongly is told at once, and hides nothing")
    func wrong() {
        var desk = alerts()
        desk.press("m")
        desk.type("10x")
        #expect(desk.lines[28].contains("column 1: write 30m, 1h, 08:00 or until it changes"))
        desk.press("Enter")
        #expect(desk.state.layers.count == 1 && desk.state.preferences.snoozes.isEmpty)
        desk.press("Esc")
        #expect(desk.state.layers.isEmpty && desk.state.preferences.snoozes.isEmpty)
        desk.press("7", "m")
        #expect(desk.message == "alerts, devices, ports and bonds can be snoozed, nothing else")
    }

    @Test("the rows are the ones of the key, wherever the cursor is by then")
    func pinned() {
        var desk = alerts()
        desk.go(to: World.second)
        desk.press("m")
        desk.refreshed(World.core, .alert, World.alerts(World.core, [World.coreAlerts[0]]))
        desk.press("Enter")
        #expect(desk.message == "nothing was snoozed: no longer listed")
        #expect(desk.state.preferences.snoozes.isEmpty)
    }

    @Test("no more than a limit are hidden, and a file with more is cut to it")
    func bounded() {
        var preferences = Preferences()
        for number in 0..<(Snooze.limit + 20) {
            preferences.apply(
                .snooze(
                    Snooze(
                        backend: "core", kind: .port, id: "\(number + 1_000)", name: "p", at: World.wall,
                        until: nil, rowState: .init(severity: "", state: "up", began: nil))))
        }
        #expect(preferences.snoozes.count == Snooze.limit)
        var desk = Desk(World.state(preferences: preferences))
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        desk.press("3", "m", "Enter")
        #expect(desk.message.hasPrefix("nothing was snoozed: at most \(Snooze.limit)"))
    }

    @Test(
        "a term is a span, a time of day, or until it changes",
        arguments: [
            ("1h", 3_600), ("90m", 5_400), (" 1h30m ", 5_400), ("1d", 86_400), ("04:00", 2_738),
            ("3:14", 86_378), ("03:15", 38), ("", -1), ("until", -1), ("Until it Changes", -1),
            ("changes", -1),
        ])
    func terms(text: String, seconds: Int64) throws {
        let until = try SnoozeTerm.read(text, now: World.wall, zone: 0)
        #expect(until.map { $0.seconds - World.wall.seconds } ?? -1 == seconds)
    }

    @Test(
        "other terms are refused", arguments: ["x", "5", "10s", "40d", "25:00", "12:60", "-1h", "1h:", ":"])
    func badTerms(text: String) {
        #expect(throws: FilterRemark.self) { try SnoozeTerm.read(text, now: World.wall, zone: 0) }
    }

    @Test("a time of day is the operator's own")
    func zone() throws {
        let until = try SnoozeTerm.read("05:00", now: World.wall, zone: 3_600)
        #expect(until.map { $0.seconds - World.wall.seconds } == 2_738)
    }

    @Test("it looks like this")
    func golden() throws {
        for size in [Size(80, 24), Size(120, 30), Size(40, 10), Size(20, 5), Size(200, 60)] {
            var desk = Desk.ready(size: size)
            desk.press("3", "m")
            try Golden.check(desk.state, "snooze")
            desk.press("Enter")
            try Golden.check(desk.state, "snoozed")
        }
    }
}
