import Audit
import Domain
import Testing

@Suite("What the record keeps for an undo")
struct UndoTests {
    @Test("the old values come back as they were, several lines and quotes included")
    func roundTrip() throws {
        let scratch = try Scratch()
        let log = Example.log(scratch)
        let arguments: [FieldKey: Value] = [
            "name": .text("Port down"), "rule": .text("%a = \"1\" &&\n%b"), "mute": .flag(true),
        ]
        var intent = Example.intent()
        intent.preview.undo = Command("add-rule", [.new(Example.backend, .rule)], arguments)
        let admission = try log.begin(intent)
        #expect(log.finish(admission, [Outcome(Example.alert(7), .verified, "gone")]) == nil)
        let undo = try #require(try log.entries().first?.undo)
        #expect(undo.command == "add-rule")
        #expect(undo.targets.map(\.kind) == ["rule"])
        #expect(undo.targets.map(\.id) == ["new"])
        #expect(undo.arguments == arguments)
    }

    @Test("a command that nothing undoes has none")
    func none() throws {
        let scratch = try Scratch()
        let log = Example.log(scratch)
        _ = try log.begin(Example.intent())
        let entry = try #require(try log.entries().first)
        #expect(entry.undo == nil)
    }
}
