import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Views")
struct ViewTests {
    /// A desk with alerts of one backend, sorted otherwise, kept under a name.
    private func saved() -> Desk {
        var desk = Desk.ready()
        desk.press("3", "@")
        desk.press("/")
        desk.type("sev>=warning")
        desk.press("Enter", "p", ">", "w")
        desk.type("  my   night ")
        return desk
    }

    @Test("a view is kept with filter, switches, backend and order")
    func save() throws {
        var desk = saved()
        let effects = desk.press("Enter")
        guard case .keep(.save(let view)) = effects.last else {
            Issue.record("\(effects)")
            return
        }
        #expect(view.name == "my night")
        #expect(view.pane == .alerts && view.filter == "sev>=warning")
        #expect(view.problemsOnly && !view.hidesAcknowledged)
        #expect(view.backend == "core")
        #expect(view.choice.order == desk.pane.order)
        #expect(desk.state.preferences.views == [view])
    }

    @Test("a view brings back what was in front when it was kept")
    func show() {
        var desk = saved()
        desk.press("Enter")
        let shown = desk.shown
        let order = desk.pane.order
        desk.press("Esc", "<", "<", "1")
        desk.press("f")
        #expect(desk.lines.contains { $0.contains("my night") && $0.contains("problems only") })
        desk.press("Enter")
        #expect(desk.state.place.pane == .alerts)
        #expect(desk.shown == shown)
        #expect(desk.pane.order == order)
        #expect(desk.pane.filterText == "sev>=warning")
    }

    @Test("a view without a name is not kept, and a filter is not what is typed as a name")
    func nameless() {
        var desk = Desk.ready()
        desk.press("3", "w")
        desk.type("  ")
        #expect(desk.press("Enter") == [])
        #expect(desk.message == "nothing was saved: a view needs a name")
        desk.press("w")
        desk.type("sev=critical")
        #expect(desk.pane.filterText.isEmpty)
        desk.press("Esc")
        #expect(desk.state.preferences.views.isEmpty)
    }

    @Test("a view is removed only when the key is pressed twice")
    func remove() {
        var desk = saved()
        desk.press("Enter", "f")
        #expect(desk.press("x") == [])
        #expect(desk.lines.contains { $0.contains("x once more takes my night away") })
        desk.press("j")
        #expect(desk.press("x") == [])
        #expect(desk.press("x") == [.keep(.remove("my night"))])
        #expect(desk.state.preferences.views.isEmpty)
    }

    @Test("a view of a backend that is gone shows all and says so")
    func goneBackend() {
        var preferences = Preferences()
        preferences.apply(.save(SavedView(name: "old", pane: .alerts, filter: "", backend: "gone")))
        preferences.apply(.save(SavedView(name: "bad", pane: .alerts, filter: "sev>>")))
        var desk = Desk.ready(preferences: preferences)
        desk.press("f", "j", "Enter")
        #expect(desk.message.contains("the backend gone is not configured"))
        #expect(desk.state.place.pane == .alerts && desk.pane.backend == nil)
        desk.press("f", "Enter")
        #expect(desk.message.contains("its filter sev>> can't be used"))
        #expect(desk.pane.filterRemark == nil)
    }

    @Test("an order and columns are found again the next time, and only what is not usual is kept")
    func arranged() throws {
        var desk = Desk.ready()
        desk.press("2")
        let effects = desk.press(">")
        guard case .keep(.arrange(.ports, let choice)) = effects.last else {
            Issue.record("\(effects)")
            return
        }
        #expect(choice.order == desk.pane.order && choice.columns == nil)
        desk.press("c", "Space", "Esc")
        let columns = desk.pane.pane.columns
        var next = Desk.ready(preferences: desk.state.preferences)
        next.press("2")
        #expect(next.pane.order == desk.pane.order)
        #expect(next.pane.pane.columns == columns)
        #expect(next.press("c", "Esc") == [])
    }
}
