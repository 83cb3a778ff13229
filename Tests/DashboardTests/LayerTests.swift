import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

/// A page that nothing in the sources knows.
private struct Tally: Layer {
    static let opener: OwnAction? = .columns
    private(set) var count = 0
    private(set) var typed = TextField()
    var isAsking = false

    func contexts(in state: State) -> [KeyContext] { isAsking ? [.text] : [.dialog, .global] }

    mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        change(&typed)
        return []
    }

    mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        switch action {
        case .down: count += 1
        case .toggle: return .done([.readAudit])
        case .accept: return .closedThen { $0.run(.pane(.devices)) }
        default: return leave(action)
        }
        return .done([])
    }

    func draw(in frame: inout Frame, _ state: State) {
        Panel(title: "Tally", lines: [[Piece("pressed \(count), typed \(typed.text)", .dialog)]], top: 0)
            .draw(in: &frame, state)
    }

    func hints(in state: State) -> [(Action, String)] { [(.own(.down), "one more")] }
}

@Suite("Layers")
struct LayerTests {
    private func desk(_ layer: some Layer = Tally()) -> Desk {
        var desk = Desk.ready()
        desk.state.layers.push(layer)
        return desk
    }

    @Test("a page from elsewhere has its keys, its picture and its words in the last line")
    func page() {
        var desk = desk()
        desk.press("j", "j")
        #expect(desk.lines.contains { $0.contains("pressed 2, typed") })
        #expect(desk.lines.last?.contains("one more") == true)
        #expect(desk.press("Space").contains(.readAudit))
        #expect((desk.state.layers.top as? Tally)?.count == 2)
    }

    @Test("what closes a page may be done after it, and what it does not know closes it or works on")
    func closing() {
        var desk = desk()
        desk.press("Enter")
        #expect(desk.state.layers.isEmpty && desk.state.place.pane == .devices)
        desk = self.desk()
        desk.press("?")
        #expect(desk.state.layers.count == 1 && desk.state.layers.top is Help)
        desk = self.desk()
        desk.press("T")
        #expect(desk.state.layers.top is ThemePicker)
        desk.press("Esc")
        #expect(desk.state.layers.top is Tally)
        desk.press("Esc")
        #expect(desk.state.layers.isEmpty)
    }

    @Test("what a page is typed into takes keys as text")
    func typing() {
        var desk = desk(Tally(isAsking: true))
        desk.type("qj?")
        #expect((desk.state.layers.top as? Tally)?.typed.text == "qj?")
    }

    @Test("a page that is removed while it works does not come back")
    func removed() {
        var desk = Desk.ready()
        desk.press("3", "a")
        #expect(desk.state.layers.top is CommandDialog)
        desk.press("Esc")
        #expect(desk.state.layers.isEmpty)
    }
}
