import Canvas
import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Screens")
struct ScreenTests {
    private func poster(_ desk: Desk) -> Poster? { desk.state.screen as? Poster }

    @Test("a screen from elsewhere has the keys and the picture, follows what happens, and closes")
    func screen() {
        var desk = Desk.ready()
        desk.press("3", "j")
        let (shown, cursor) = (desk.shown, desk.pane.cursor)
        #expect(desk.press("W", "y").first == .seal)
        #expect(desk.state.isReadOnly && poster(desk) == Poster())
        #expect(desk.press("j", "ctrl-l") == [.redraw])
        desk.paste("q")
        desk.send(.read([.mouse(.click, x: 1, y: 1)]))
        desk.tick(1)
        #expect(desk.lines.first == "2 keys, 1 ticks")
        desk.press("q")
        #expect(desk.state.screen == nil && desk.message == "the poster was taken down")
        #expect(desk.shown == shown && desk.pane.cursor == cursor)
    }

    @Test("the key asks before it makes the process read-only, and only y is a yes")
    func asks() {
        var desk = Desk.ready()
        for key in ["Esc", "Enter", "q"] {
            #expect(desk.press("W").isEmpty)
            #expect(desk.text.contains("read-only from then on, until you restart it"))
            #expect(desk.press(key).isEmpty)
            #expect(desk.state.layers.isEmpty && desk.state.screen == nil && !desk.state.isReadOnly)
        }
        #expect(desk.press("W", "W", "j").isEmpty && desk.state.screen == nil)
        #expect(desk.press("y").first == .seal)
        #expect(poster(desk) == Poster())
    }

    @Test("where nothing can be changed the key does not ask")
    func readOnly() {
        var desk = Desk(World.state(isReadOnly: true))
        desk.press("W")
        #expect(poster(desk) == Poster())
    }

    @Test("a locked one takes no key, and what it begins with stays")
    func locked() {
        var desk = Desk(World.state(screen: Poster(isLocked: true)))
        #expect(desk.press("q", "W", "j").isEmpty)
        #expect(poster(desk)?.keys == 0)
    }

    @Test("panes below a screen rest, and are in step when it closes")
    func below() {
        var desk = Desk.ready()
        desk.press("3", "W", "y")
        let count = desk.shown.count
        let row = (99, "warning", "open", 0, "mad1-core-rtr01", "Fan failed", "") as World.AlertRow
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts + [row]))
        #expect(desk.shown.count == count)
        desk.press("q")
        #expect(desk.shown.count == count + 1)
    }

    @Test("without one the key says that there is none")
    func none() {
        var state = World.state()
        state = State(
            size: state.size, now: state.now, wall: state.wall, zone: 0, backends: Array(state.backends),
            keymap: state.keymap, themes: [])
        var desk = Desk(state)
        #expect(desk.press("W").isEmpty)
        #expect(desk.message == "there is no wallboard to show" && !desk.state.isReadOnly)
    }
}
