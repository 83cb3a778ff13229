import Canvas
import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Columns")
struct ColumnTests {
    private func chooser() -> Desk {
        var desk = Desk.ready(size: Size(160, 30))
        desk.press("2", "c")
        return desk
    }

    private func titles(_ desk: Desk) -> [String] { desk.pane.pane.columns.map(\.title) }

    @Test("every field can be shown, the ones that are hidden at first too")
    func hidden() {
        var desk = chooser()
        #expect(desk.lines.contains { $0.contains("Columns of ports") })
        #expect(!titles(desk).contains("MAC"))
        desk.press("G", "Space")
        #expect(titles(desk).contains("MAC"))
        desk.press("Esc")
        #expect(desk.state.layers.isEmpty)
        #expect(desk.lines.contains { $0.contains("MAC") })
    }

    @Test("a heading loses no letter to the arrow: where its column is full, it stands in the gap")
    func arrows() {
        var desk = Desk.ready(size: Size(120, 30))
        desk.press("3")
        let headings = desk.lines[3]
        #expect(headings.contains("SEVERITY▼ "))
        for _ in 0..<12 {
            desk.press(">")
            let line = desk.lines[3]
            #expect(line.filter { $0 == "▲" || $0 == "▼" }.count == 1, "\(line)")
            let words = line.replacing("▲", with: " ").replacing("▼", with: " ").split(separator: " ")
            #expect(words == headings.replacing("▼", with: " ").split(separator: " "), "\(line)")
        }
    }

    @Test("a column is hidden, moved and made wider, and all at once are put back")
    func change() {
        var desk = chooser()
        let before = titles(desk)
        desk.press("Space")
        #expect(titles(desk) == Array(before.dropFirst()))
        desk.press("Space", "l")
        #expect(Array(titles(desk).prefix(2)) == [before[1], before[0]])
        desk.press("-", "-")
        #expect(
            desk.pane.pane.columns[1].width.upperBound + 2 == chooser().pane.pane.columns[0].width.upperBound)
        desk.press("u")
        #expect(titles(desk) == before)
    }

    @Test("one column stays, whatever is removed")
    func last() {
        var desk = chooser()
        for _ in 0..<41 { desk.press("Space", "j") }
        #expect(desk.pane.pane.columns.count == 1)
        desk.press("g")
        for _ in 0..<40 {
            if desk.pane.pane.columns.count > 1 { desk.press("Space") }
            desk.press("Space", "j")
        }
        #expect(desk.pane.pane.columns.count >= 1)
    }

    @Test("what was chosen survives a new probe, and new fields come hidden behind")
    func probe() {
        var desk = chooser()
        desk.press("Space", "Esc")
        let chosen = titles(desk)
        desk.probe(World.core)
        #expect(titles(desk) == chosen)
    }
}
