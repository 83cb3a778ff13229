import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("The prompt of a filter")
struct FilterPromptTests {
    private func ports() -> Desk {
        var desk = Desk.ready()
        desk.press("2", "/")
        return desk
    }

    /// The line above the prompt.
    private func hint(_ desk: Desk) -> String { desk.lines[27] }

    private func typed(_ desk: Desk) -> String { (desk.state.layers.top as? FilterPrompt)?.input.text ?? "" }

    @Test("a line lists the fields, those on the screen first, and how many rows match")
    func fields() {
        var desk = ports()
        #expect(hint(desk).hasPrefix(" Tab status  device  name"))
        #expect(hint(desk).contains("40 of 40 match"))
        desk.type("in%")
        #expect(hint(desk).contains("in_percent"))
        desk.press("Esc")
        #expect(!hint(desk).contains("match"))
    }

    @Test("Tab completes a field by its title with the sign that usually follows, then a value that occurs")
    func completes() {
        var desk = ports()
        desk.type("stat")
        desk.press("Tab")
        #expect(typed(desk) == "status=")
        #expect(hint(desk).contains("down  shut  up"))
        desk.type("sh")
        desk.press("Tab")
        #expect(typed(desk) == "status=shut ")
        #expect(desk.shown.count == 3)
        desk.type("in%")
        desk.press("Tab")
        #expect(typed(desk) == "status=shut in_percent>")
        #expect(hint(desk).contains("per cent"))
        desk.type("50")
        #expect(desk.shown.count == 2)
    }

    @Test("where several fit, Tab goes on as far as they are alike, then from one to the next and back")
    func cycles() {
        var desk = ports()
        desk.type("device:m")
        let before = typed(desk)
        desk.press("Tab")
        #expect(typed(desk).hasPrefix(before) && typed(desk) != before)
        desk.press("ctrl-u")
        desk.type("status=")
        desk.press("Tab")
        #expect(typed(desk) == "status=down")
        #expect(desk.shown.count == 1, "each shows at once what it finds")
        desk.press("Tab")
        #expect(typed(desk) == "status=shut")
        desk.press("shift-Tab", "shift-Tab")
        #expect(typed(desk) == "status=up")
    }

    @Test("a value with blanks is put in quotes, and what stands behind the cursor stays")
    func quotes() {
        var desk = ports()
        desk.type("x")
        desk.press("Home")
        desk.type("alias:fib")
        desk.type(" ")
        desk.press("Left", "Tab")
        #expect(typed(desk) == "alias:\"fibre Coslada\"  x")
    }

    @Test("a name of a field that is half typed hides nothing: the filter before holds until it can be read")
    func halfTyped() {
        var desk = ports()
        desk.type("status=up")
        desk.press("Enter")
        let shown = desk.shown
        desk.press("/")
        desk.type(" in%>")
        #expect(desk.shown == shown)
        desk.press("ctrl-u")
        desk.type("nosuch>8")
        #expect(desk.shown == shown)
        desk.press("Enter")
        #expect(desk.shown == shown)
        #expect(desk.pane.filterText == "status=up")
        #expect(desk.message.hasPrefix("unknown field \"nosuch\""))
        #expect(desk.message.hasSuffix("; filter unchanged"))
    }

    @Test("Up brings back the filters of this pane, the latest first, and Down what was typed")
    func recalls() {
        var desk = ports()
        for text in ["status=down", "status=shut", "Coslada"] {
            desk.press("ctrl-u")
            desk.type(text)
            desk.press("Enter", "/")
        }
        desk.press("ctrl-u")
        desk.type("mad1")
        desk.press("Up")
        #expect(typed(desk) == "status=shut", "the one in force is not brought back")
        #expect(desk.shown.count == 3)
        desk.press("Up", "Up")
        #expect(typed(desk) == "status=down")
        desk.press("Down", "Down")
        #expect(typed(desk) == "mad1")
        desk.press("Esc")
        #expect(desk.pane.filterText == "Coslada")
        desk.press("1", "/", "Up")
        #expect(typed(desk).isEmpty, "another pane has its own")
    }

    @Test("where a row matches only in a field that is not on the screen, the title says which")
    func elsewhere() {
        var desk = ports()
        desk.type("00:1b:21:3c:4d:17")
        #expect(desk.shown.count == 1)
        #expect(desk.lines[2].contains("this row matches in mac"))
        desk.press("ctrl-u")
        desk.type("Coslada")
        #expect(!desk.lines[2].contains("matches in"))
    }

    @Test("the cursor is above the line of hints")
    func cursor() {
        var desk = Desk.ready()
        desk.press("2", "G")
        let last = desk.pane.cursor
        desk.press("/")
        #expect(desk.pane.cursor == last)
        #expect(desk.pane.cursorRow - desk.pane.top < desk.state.layout.rows)
    }
}
