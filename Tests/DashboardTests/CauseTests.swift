import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("One cause")
struct CauseTests {
    @Test("what follows from an open alert is folded under it, with a count, and unfolded with a key")
    func folding() throws {
        var desk = Dark.desk()
        #expect(desk.shown == [Dark.problem(1), Dark.problem(90)])
        #expect(desk.lines[2].contains("61 folded · 2 of 63"))
        #expect(desk.lines[4].contains("PON 0/5/3 dark ▸61"))
        desk.press("-")
        #expect(desk.shown.count == 63)
        #expect(desk.pane.cursor == Dark.problem(1))
        #expect(desk.lines[4].contains("PON 0/5/3 dark ▾61"))
        #expect(desk.lines[5].contains("└ ONT 0/5/3:1 offline"))
        #expect(desk.lines[2].contains(" 63 "))
        desk.press("j", "j", "-")
        #expect(desk.pane.cursor == Dark.problem(1), "folded from below")
        #expect(desk.shown.count == 2)
        desk.press("j", "-")
        #expect(desk.message == "nothing is folded under this row")
    }

    @Test("the order leaves what is unfolded under its cause, and cursor and marks stay on theirs")
    func order() {
        var desk = Dark.desk()
        desk.press("-", "j", "Space")
        let marked = Dark.problem(2)
        #expect(desk.pane.marks == [marked])
        #expect(desk.pane.cursor == Dark.problem(3))
        for _ in 0..<5 {
            desk.press(">")
            #expect(desk.pane.cursor == Dark.problem(3))
            let place = desk.shown.firstIndex(of: Dark.problem(1)) ?? -1
            #expect(Set(desk.shown[(place + 1)...(place + 61)]) == Set((2...62).map { Dark.problem($0) }))
        }
        desk.refreshed(World.access, "problem", Dark.table(onts: 60))
        #expect(desk.pane.cursor == Dark.problem(3))
        desk.press("-")
        #expect(desk.pane.marks == [marked], "folded, not gone")
    }

    @Test("a filter that only what is folded passes shows it")
    func filter() {
        var desk = Dark.desk()
        desk.press("/")
        desk.type("ONT 0/5/3:7")
        #expect(desk.shown == [Dark.problem(8)])
        desk.press("Esc", "/")
        desk.type("OLT02")
        #expect(desk.shown == [Dark.problem(1), Dark.problem(90)])
    }

    @Test("all that are marked are all that are seen, and that is said")
    func markAll() {
        var desk = Dark.desk()
        desk.press("*")
        #expect(desk.pane.marks == [Dark.problem(1), Dark.problem(90)])
        #expect(desk.message == "2 marked; 61 folded rows are not")
        desk.press("U", "-", "*")
        #expect(desk.pane.marks.count == 63)
        #expect(desk.message == "63 marked")
    }

    @Test("the header counts an alert and what follows from it once, folded or not, unless that is worse")
    func counts() {
        var desk = Dark.desk()
        #expect(desk.state.counts.warning == 2)
        let header = desk.header
        desk.press("-")
        #expect(desk.header == header)
        desk.refreshed(World.access, "problem", Dark.table(severity: "critical"))
        #expect(desk.state.counts.critical == 61)
        #expect(desk.state.counts.warning == 2)
        desk.press("-")
        #expect(desk.lines[4].contains("▸61 ▲"))
        desk.refreshed(World.access, "problem", Dark.table(pon: "cleared"))
        #expect(desk.state.counts.warning == 62)
        #expect(desk.shown.count == 63)
    }

    @Test("what follows from an acknowledged alert is hidden with it")
    func acknowledged() {
        var desk = Dark.desk(Dark.table(pon: "acknowledged"))
        #expect(desk.state.counts.warningUnhandled == 1)
        desk.press("A")
        #expect(desk.shown == [Dark.problem(90)])
        #expect(desk.lines[2].contains("62 hidden"))
    }

    @Test("folded and unfolded, on wide and narrow screens")
    func looks() throws {
        for size in [Size(120, 30), Size(80, 24), Size(40, 10), Size(20, 5)] {
            var desk = Dark.desk(size: size, Dark.table(severity: "critical"))
            try Golden.check(desk.state, "folded")
            desk.press("-", "j")
            try Golden.check(desk.state, "unfolded")
        }
    }
}
