@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("The line of the cursor")
struct LineTests {
    /// The alerts of core, some of them acknowledged meanwhile.
    private func alerts(acknowledged: Set<Int64>) -> Table {
        World.alerts(
            World.core,
            World.coreAlerts.map { row in
                var row = row
                if acknowledged.contains(row.0) { row.2 = "acknowledged" }
                return row
            })
    }

    /// A desk whose operator has acknowledged the first alert, which was open, up to its outcome.
    private func acknowledged() throws -> (desk: Desk, next: EntityRef) {
        var desk = Desk.onAlert()
        let row = desk.pane.cursorRow
        let next = try #require(desk.pane.entity(at: row + 1))
        desk.press("a", "Enter")
        desk.prepared([World.first])
        desk.send(.performed(session: 1, World.core, [Outcome(World.first, .verified, "acknowledged")]))
        #expect(desk.pane.cursor == World.first)
        return (desk, next)
    }

    @Test("an alert that sinks because it was acknowledged leaves the cursor on its line, on the next one")
    func keepsLine() throws {
        var (desk, next) = try acknowledged()
        let row = desk.pane.cursorRow
        desk.refreshed(World.core, .alert, alerts(acknowledged: [11]))
        #expect(desk.pane.cursor == next && desk.pane.cursorRow == row)
        let sunk = try #require(desk.pane.arrangement.position(of: World.first))
        #expect(sunk > row)
    }

    @Test("one that goes because of it leaves the cursor there too")
    func gone() throws {
        var (desk, next) = try acknowledged()
        desk.press("A")
        desk.refreshed(World.core, .alert, alerts(acknowledged: [11]))
        #expect(desk.pane.cursor == next)
        #expect(desk.pane.arrangement.position(of: World.first) == nil)
    }

    @Test("a row that sinks by itself takes the cursor along, also after an acknowledgement that was seen")
    func byItself() throws {
        var desk = Desk.onAlert()
        desk.refreshed(World.core, .alert, alerts(acknowledged: [11]))
        #expect(desk.pane.cursor == World.first)
        (desk, _) = try acknowledged()
        // What the command did is read, and moved nothing.
        desk.refreshed(World.core, .alert, alerts(acknowledged: []))
        desk.refreshed(World.core, .alert, alerts(acknowledged: [11]))
        #expect(desk.pane.cursor == World.first)
    }

    @Test("a cursor that was moved meanwhile stays on its entity")
    func moved() throws {
        var (desk, next) = try acknowledged()
        desk.press("j", "k")
        desk.refreshed(World.core, .alert, alerts(acknowledged: [11]))
        #expect(desk.pane.cursor == World.first && desk.pane.cursor != next)
    }

    @Test("an order that changes takes the cursor along")
    func sorted() throws {
        var (desk, _) = try acknowledged()
        desk.press("S")
        #expect(desk.pane.cursor == World.first)
    }

    @Test("a command too soon on the row that came under the cursor is refused")
    func tooSoon() throws {
        var (desk, next) = try acknowledged()
        desk.refreshed(World.core, .alert, alerts(acknowledged: [11]))
        #expect(desk.press("a").isEmpty && desk.session == nil)
        #expect(desk.message == "another row has just come under the cursor: look, then press again")
        desk.tick(1.1)
        desk.press("a")
        #expect(desk.session?.parts.first?.command.targets == [next])
    }
}
