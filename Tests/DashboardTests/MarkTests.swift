import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Marks")
struct MarkTests {
    private func alerts() -> Desk {
        var desk = Desk.ready()
        desk.press("3")
        return desk
    }

    @Test("a range reaches from where the key was pressed to where it is pressed again, either way")
    func range() {
        var down = alerts()
        let rows = down.shown
        down.press("j", "v", "j", "j")
        #expect(down.pane.marks.isEmpty)
        down.press("v")
        #expect(down.pane.marks == Set(rows[1...3]))
        #expect(down.message == "3 marked")
        var up = alerts()
        up.press("j", "j", "j", "v", "k", "k", "v")
        #expect(up.pane.marks == Set(rows[1...3]))
    }

    @Test("a range whose beginning is gone begins again")
    func goneStart() {
        var desk = alerts()
        desk.press("v")
        let start = desk.pane.cursor
        for id in World.all { desk.refreshed(id, .alert, .empty(Offer.alert, id)) }
        desk.refreshed(
            World.core, .alert, World.alerts(World.core, [(99, "critical", "open", 1, "x", "y", "")]))
        desk.press("v")
        #expect(desk.pane.marks.isEmpty)
        #expect(desk.pane.rangeStart != nil && desk.pane.rangeStart != start)
        desk.press("v")
        #expect(desk.pane.marks.count == 1)
    }

    @Test("a pattern marks the shown rows that pass it, and leaves the filter alone")
    func pattern() {
        var desk = alerts()
        desk.press("/")
        desk.type("@core")
        desk.press("Enter")
        let shown = desk.shown
        desk.press("+")
        #expect(desk.lines.contains { $0.contains(" mark:") })
        desk.type("sev=critical")
        #expect(desk.shown == shown)
        desk.press("Enter")
        let wanted = shown.filter { entity in
            desk.state.find(entity).map { $0.table.text($0.row, .severity) == "critical" } ?? false
        }
        #expect(!wanted.isEmpty && wanted.count < shown.count)
        #expect(desk.pane.marks == Set(wanted))
        #expect(desk.shown == shown)
        #expect(desk.pane.filterText == "@core")
    }

    @Test("a pattern that says nothing marks nothing and says why; Esc leaves everything")
    func badPattern() {
        var desk = alerts()
        desk.press("+")
        desk.type("sev>\"")
        desk.press("Enter")
        #expect(desk.pane.marks.isEmpty)
        #expect(desk.message.hasPrefix("nothing was marked: "))
        #expect(desk.pane.filterRemark == nil)
        desk.press("+")
        desk.type("core")
        desk.press("Esc")
        #expect(desk.pane.marks.isEmpty && desk.state.layers.isEmpty)
    }

    @Test("what failed is tried again alone, with the same answers; what is unknown is not")
    func retry() throws {
        var desk = alerts()
        desk.mark([World.first, World.second])
        desk.press("a")
        desk.type("on it")
        desk.press("Enter")
        desk.prepared([World.first, World.second])
        desk.send(
            .performed(
                session: 1, World.core,
                [Outcome(World.first, .failed, "no right"), Outcome(World.second, .unknown, "no answer")]))
        #expect(desk.session?.stage == .done)
        desk.tick(1)
        #expect(desk.lines.contains { $0.contains("check") })
        desk.press("t")
        let session = try #require(desk.session)
        #expect(session.id == 2)
        #expect(session.parts.flatMap(\.command.targets) == [World.first])
        #expect(session.form.arguments[.note] == .text("on it"))
    }
}
