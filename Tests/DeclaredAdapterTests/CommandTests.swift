import AdapterContract
import AdapterKit
import DeclaredAdapter
import Domain
import HTTP
import Testing

@Suite("Declared adapters: commands")
struct CommandTests {
    private func box(_ id: String) -> EntityRef { EntityRef(BackendID(3), .device, id: id) }

    private static let checking = """
        [[command]]
        kind = "recheck"
        targets = ["device"]
        tier = "harmless"
        effect = "It is checked."
        summary = "Check {name}"
        step = [{ method = "POST", path = "/boxes/{id}/check" }]
        verify = { changes = "/checked", words = "it was checked" }
        """

    @Test(
        "what is another value than before is seen done, and not where no value was known before",
        arguments: [
            (#","checked":5"#, #","checked":6"#, Outcome.State.verified),
            (#","checked":5"#, #","checked":5"#, .accepted), (#","checked":5"#, "", .accepted),
            ("", #","checked":6"#, .accepted), (#","checked":null"#, #","checked":6"#, .accepted),
            (#","checked":[5]"#, #","checked":6"#, .accepted),
        ])
    func changes(before: String, after: String, state: Outcome.State) async throws {
        let (adapter, server) = try boxServer(commands: Self.checking)
        server["/boxes"] = #"{"boxes":[{"id":1,"name":"a"\#(before)}]}"#
        let plan = try await adapter.prepare(Command("recheck", [box("1")]))
        server["/boxes"] = #"{"boxes":[{"id":1,"name":"a"\#(after)}]}"#
        let outcome = await adapter.verify(plan, answers: await plan.send(by: server)).first
        #expect(outcome?.state == state, "\(outcome as Any)")
    }

    private static let muting = """
        [[command]]
        kind = "acknowledge"
        targets = ["device"]
        tier = "harmless"
        effect = "It is muted."
        summary = "Mute {name}"
        skip = [{ at = "/muted", is = ["true"], words = "it is muted already" }]
        undo = "unmute"
        step = [{ method = "POST", path = "/boxes/{id}/mute" }]
        verify = { at = "/muted", is = ["true"], not = ["false"], words = "it is muted" }
        [[command]]
        kind = "unmute"
        targets = ["device"]
        tier = "harmless"
        effect = "It is heard again."
        summary = "Unmute {name}"
        step = [{ method = "DELETE", path = "/boxes/{id}/mute" }]
        verify = { at = "/muted", is = ["false"], not = ["true"], words = "it is heard" }
        """

    @Test("what takes a command back is only for those that something is sent for")
    func undo() async throws {
        let (adapter, server) = try boxServer(commands: Self.muting)
        server["/boxes"] =
            #"{"boxes":[{"id":1,"name":"a","muted":false},{"id":2,"name":"b","muted":true},{"id":3,"name":"c","muted":false}]}"#
        let plan = try await adapter.prepare(Command(.acknowledge, ["1", "2", "3", "9"].map(box)))
        #expect(plan.steps.map(\.entity.id) == ["1", "3"])
        #expect(plan.undo == Command(.unmute, [box("1"), box("3")]))
        let none = try await adapter.prepare(Command(.acknowledge, [box("2")]))
        #expect(none.steps.isEmpty && none.undo == nil)
    }
}
