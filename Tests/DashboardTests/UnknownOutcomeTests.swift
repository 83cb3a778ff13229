import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Commands of which nobody knows what became of them")
struct UnknownOutcomeTests {
    @Test("are told once at the start, stay in the header, and come first in the audit log")
    func start() {
        var desk = Desk.ready()
        desk.send(.unknownCounted(2))
        #expect(desk.message.hasPrefix("2 commands of yours have no known outcome: "))
        #expect(desk.header.contains("? 2 outcomes"))
        desk.press("j")
        #expect(desk.message == "" && desk.header.contains("? 2 outcomes"))
        desk.send(.unknownCounted(2))
        #expect(desk.message == "")
        let key = desk.state.keymap.spelling(of: .own(.audit), in: [.table, .global]) ?? ""
        #expect(desk.press(key) == [.readAudit])
        desk.send(.auditRead(.success(World.auditRows)))
        #expect(desk.lines.contains { $0.contains("Audit log · outcome not known") })
        #expect(
            desk.lines.contains { $0.contains("restart-bond") }
                && !desk.lines.contains { $0.contains("unmute on") })
        desk.press("Space")
        #expect(desk.lines.contains { $0.contains("unmute on") })
        desk.press("Space")
        #expect(!desk.lines.contains { $0.contains("unmute on") })
    }

    @Test("none are said where there are none, and a check that finds one out counts again")
    func checked() {
        var desk = Desk.ready()
        desk.send(.unknownCounted(0))
        #expect(desk.message == "" && !desk.header.contains("outcome"))
        desk.send(.unknownCounted(1))
        #expect(desk.header.contains("? 1 outcome "))
        let found = Outcome(World.alert(World.core, 11), .verified, "found acknowledged")
        #expect(desk.send(.recordChecked(id: "a", [found])) == [.countUnknown])
        desk.send(.unknownCounted(0))
        #expect(!desk.header.contains("outcome"))
    }

    @Test("a wall says nothing of them")
    func wall() {
        var desk = Desk.ready()
        desk.press("W", "y")
        desk.send(.unknownCounted(3))
        #expect(desk.message.isEmpty && !desk.text.contains("outcome"))
    }
}
