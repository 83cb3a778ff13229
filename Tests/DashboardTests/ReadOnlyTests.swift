import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Read-only")
struct ReadOnlyTests {
    /// Ways to every kind of screen.
    private static let places: [[String]] = [
        [], ["1"], ["3"], ["5"], ["7"], ["1", "Enter"], ["3", "Enter"], ["3", "*"], [":"], ["?"], ["L"],
        ["!"],
        ["3", "/"],
    ]

    @Test("no key of any context prepares or sends anything")
    func everyKey() {
        var pressed = 0
        for place in Self.places {
            for binding in DefaultKeys.keymap.bindings {
                var desk = Desk.ready(isReadOnly: true)
                for key in place { desk.press(key) }
                desk.send(.auditRead(.success(World.auditRows)))
                desk.tick(1)
                var effects: [Effect] = []
                for key in binding.keys { effects += desk.press(key.description) }
                desk.tick(1)
                effects += desk.press("Enter", "y")
                #expect(!effects.contains { $0.isCommand }, "\(place) \(binding.spelling)")
                #expect(desk.state.sessions.isEmpty)
                pressed += 1
            }
        }
        #expect(pressed > 500)
    }

    @Test("a key of a command says that nothing can be changed", arguments: ["a", "u", "X"])
    func why(key: String) {
        var desk = Desk.ready(isReadOnly: true)
        desk.press("3", key)
        #expect(desk.message == "read-only: nothing can be changed from here")
        #expect(desk.header.contains("READ-ONLY"))
    }

    @Test("the palette runs no command either, and says why")
    func palette() {
        var desk = Desk.ready(isReadOnly: true)
        for command in ["Acknowledge", "Unmute", "Restart bond", "Label"] {
            desk.press("3", ":")
            desk.type(command)
            #expect(desk.lines.contains { $0.contains("read-only") })
            #expect(desk.press("Enter") == [])
            #expect(desk.message.hasPrefix("read-only"))
        }
    }

    @Test("one backend that is read-only keeps its rows from commands, and no others")
    func oneBackend() {
        var desk = Desk.ready(modes: [World.core: .readOnly])
        desk.press("3")
        desk.go(to: World.alert(World.core, 11))
        desk.press("a")
        #expect(desk.message == "core is read-only")
        desk.go(to: World.alert(World.edge, 21))
        desk.press("a")
        #expect(desk.session?.stage == .form)
    }
}
