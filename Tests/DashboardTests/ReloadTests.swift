import Canvas
import Domain
import Filter
import Testing

@testable import Dashboard
@testable import DashboardSupport

@Suite("Reading the configuration again")
struct ReloadTests {
    private static func reading(
        _ modes: [String: BackendMode] = [:], intervals: [String: Double] = [:],
        keymap: Keymap = DefaultKeys.keymap,
        themes: [Theme] = World.state().themes, theme: String? = nil, restarts: [String] = [],
        notices: [String] = []
    ) -> Reloaded {
        Reloaded(
            themes: themes, theme: theme, keymap: keymap,
            backends: World.state().backends.map {
                Reloaded.Backend(name: $0.name, mode: modes[$0.name] ?? .normal, intervals: intervals)
            }, restarts: restarts, notices: notices)
    }

    private static func mode(_ desk: Desk, _ name: String) -> BackendMode? {
        desk.state.backends.first { $0.name == name }?.mode
    }

    @Test("a tighter mode holds at once, and what commands left by is dropped when there are none any more")
    func tighter() {
        var desk = Desk.ready()
        #expect(desk.send(.reloaded(.success(Self.reading(["core": .guarded])))).isEmpty)
        #expect(Self.mode(desk, "core") == .guarded)
        #expect(desk.state.message?.words.contains("core is guarded now") == true)
        let effects = desk.send(.reloaded(.success(Self.reading(["core": .readOnly]))))
        #expect(effects == [.tighten(World.core)])
        #expect(Self.mode(desk, "core") == .readOnly)
    }

    @Test(
        "a looser mode is refused, and the words say that it needs a restart",
        arguments: [(BackendMode.readOnly, BackendMode.normal), (.readOnly, .guarded), (.guarded, .normal)])
    func looser(before: BackendMode, after: BackendMode) {
        var desk = Desk.ready(modes: [World.core: before])
        #expect(desk.send(.reloaded(.success(Self.reading(["core": after])))).isEmpty)
        #expect(Self.mode(desk, "core") == before)
        let words = desk.state.message?.words ?? ""
        #expect(words.contains("needs a restart: core stays \(before.rawValue)"))
    }

    @Test("nothing that the operator did is lost: place, cursor, marks, filter, theme")
    func keeps() {
        var desk = Desk.ready()
        desk.press("3", "j", "Space")
        desk.press("/")
        desk.type("core")
        desk.press("Enter", "T", "T", "Enter")
        let before = desk.state
        desk.send(.reloaded(.success(Self.reading(themes: before.themes.reversed()))))
        #expect(desk.state.place == before.place)
        #expect(desk.state.pane.cursor == before.pane.cursor && before.pane.cursor != nil)
        #expect(desk.state.pane.marks == before.pane.marks && before.pane.marks.count == 1)
        #expect(desk.state.pane.filterText == "core")
        #expect(desk.state.pane.arrangement.count == before.pane.arrangement.count)
        #expect(desk.state.theme.name == before.theme.name)
    }

    @Test("the theme that the file names again is put on, and other keys are heard")
    func looks() throws {
        var desk = Desk.ready()
        let themes = desk.state.themes + [Theme(name: "new", roles: [:])]
        let key = try #require(Key("ctrl-y"))
        let keymap = Keymap([Binding(.global, [key], .pane(.devices))])
        desk.send(.reloaded(.success(Self.reading(keymap: keymap, themes: themes, theme: "new"))))
        #expect(desk.state.theme.name == "new")
        // What was chosen with T before that is not brought back by the next start.
        #expect(desk.state.preferences.theme == nil)
        desk.press("ctrl-y")
        #expect(desk.state.place.pane == .devices)
        desk.press("3")
        #expect(desk.state.place.pane == .devices)
    }

    @Test("what is to be asked more often is not left waiting for the old time")
    func intervals() {
        var desk = Desk.ready()
        desk.tick(12)
        let effects = desk.send(.reloaded(.success(Self.reading(intervals: ["alert": 10]))))
        #expect(effects.contains { if case .refresh(World.core, .alert, _) = $0 { true } else { false } })
        var other = Desk.ready()
        other.tick(12)
        #expect(other.send(.reloaded(.success(Self.reading(intervals: ["alert": 600])))).isEmpty)
    }

    @Test("an error in the file changes nothing and is told with its place")
    func broken() {
        var desk = Desk.ready()
        let before = desk.state
        #expect(desk.send(.reloaded(.failure(ReloadFault("/etc/n.toml:3:8: error: no")))).isEmpty)
        #expect(desk.state.message?.words == "the old configuration stays: /etc/n.toml:3:8: error: no")
        #expect(desk.state.backends.map(\.mode) == before.backends.map(\.mode))
        #expect(desk.state.theme.name == before.theme.name)
    }

    @Test("what only a restart brings is said, and so is what was passed over")
    func remarks() {
        var desk = Desk.ready()
        desk.send(
            .reloaded(.success(Self.reading(restarts: ["lab is new"], notices: ["a:1:1: warning: hm"]))))
        #expect(
            desk.state.message?.words
                == "a:1:1: warning: hm; configuration read again; needs a restart: lab is new")
        #expect(desk.state.message?.until == nil)
    }
}
