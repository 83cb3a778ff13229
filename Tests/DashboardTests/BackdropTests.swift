import Canvas
import Dashboard
@testable import DashboardSupport
import Testing

@Suite("Lines around a table")
struct BackdropTests {
    /// Every key of the standard keymap that does something by itself.
    private static let keys = Set(DefaultKeys.keymap.bindings.map(\.keys).filter { $0.count == 1 })
        .map { $0[0].description }.sorted()

    /// Draws a desk after what was drawn before, which has to be what is drawn without that.
    private func draw(_ desk: Desk, _ earlier: inout Rendering?, _ what: String) {
        let rendering = render(desk.state, after: earlier)
        #expect(rendering.frame.cells == render(desk.state).cells, "\(what)")
        earlier = rendering
    }

    @Test(
        "whatever a key changes is drawn, where the cursor alone moved before and after it", arguments: keys)
    func key(spelling: String) {
        for pane in ["1", "3"] {
            var desk = Desk.ready()
            var earlier: Rendering?
            desk.press(pane)
            for key in ["j", "j", spelling, "j", spelling, "k", "Esc", spelling] {
                desk.press(key)
                draw(desk, &earlier, "\(key) of \(spelling) in \(pane)")
            }
        }
    }

    @Test("time that goes on within a second changes no line, and the next second all that it has to")
    func seconds() {
        var desk = Desk.ready()
        var earlier: Rendering?
        desk.press("3")
        for step in 0..<40 {
            desk.tick(0.3)
            desk.press(step % 2 == 0 ? "j" : "k")
            draw(desk, &earlier, "after \(step) steps")
        }
    }
}
