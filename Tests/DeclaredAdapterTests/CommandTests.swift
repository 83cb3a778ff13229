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

    private static let covering = """
        [[command]]
        kind = "acknowledge"
        targets = ["device"]
        tier = "harmless"
        effect = "It is muted."
        summary = "Mute {name}"
        shares = { at = "/labels", words = "It also covers" }
        step = [{ method = "POST", path = "/boxes/{id}/mute" }]
        verify = { at = "/muted", is = ["true"], not = ["false"], words = "it is muted" }
        """

    @Test(
        "a command says how many others it changes, and that it does not know where it does not",
        arguments: [
            // At an object others share it that have all its members, and maybe more.
            (#"{"a":"x","b":1}"#, [#"{"b":1,"a":"x","c":"z"}"#, #"{"a":"x"}"#], "1 other device"),
            (#"{"a":"x","b":1}"#, [#"{"a":"x","b":2}"#, "{}", "null"], nil),
            (#"{"a":"x"}"#, [#"{"a":"x"}"#, #""text""#], "1+? other boxes"),
            (#"{"a":"x"}"#, [#"["a"]"#], "? other boxes"), ("{}", [#"{"a":"x"}"#], "1 other device"),
            // At words one in common is enough.
            (#"["s-1"]"#, [#"["s-2","s-1"]"#, #"["s-3"]"#, "[]"], "1 other device"),
            (#""g""#, [#""g""#, #""h""#], "1 other device"), (#"[]"#, [#"["s-1"]"#], nil),
            ("null", [#"["s-1"]"#], nil),
        ] as [(String, [String], String?)])
    func shares(own: String, others: [String], told: String?) async throws {
        let rows = ([own] + others).enumerated().map {
            #"{"id":\#($0.offset),"name":"n","labels":\#($0.element)}"#
        }
        let (adapter, server) = try boxServer(commands: Self.covering)
        server["/boxes"] = #"{"boxes":[\#(rows.joined(separator: ","))]}"#
        let plan = try await adapter.prepare(Command(.acknowledge, [box("0")]))
        #expect(plan.warnings == (told.map { ["It also covers: \($0)."] } ?? []))
        #expect(plan.tier == (told == nil ? .harmless : .touchesService))
    }

    @Test(
        "others are not known to be none where a row does not say it or the list is not whole",
        arguments: [
            (#"{"boxes":[{"id":0,"labels":{"a":1}},{"id":1}],"total":2}"#, "? other boxes"),
            (#"{"boxes":[{"id":0},{"id":1,"labels":{"a":1}}],"total":2}"#, "? other boxes"),
            (#"{"boxes":[{"id":0,"labels":{"a":1}},7],"total":2}"#, "? other boxes"),
            (#"{"boxes":[{"id":0,"labels":{"a":1}},{"id":1,"labels":{"a":1}}]}"#, "1+? other boxes"),
        ])
    func open(body: String, told: String) async throws {
        let (adapter, server) = try boxServer(
            #"paging = { style = "offset", size = 9, total = "/total" }"#, commands: Self.covering)
        server["/boxes?offset=0&limit=9"] = body
        server["/boxes?offset=2&limit=9"] = #"{"boxes":[]}"#
        let plan = try await adapter.prepare(Command(.acknowledge, [box("0")]))
        #expect(plan.warnings == ["It also covers: \(told)."])
        #expect(plan.tier == .touchesService)
    }

    @Test("targets of one command are no others to each other, and one line counts what all of them share")
    func targets() async throws {
        let (adapter, server) = try boxServer(commands: Self.covering)
        let rows = (0...3).map { #"{"id":\#($0),"name":"n","labels":{"a":\#($0 / 3)}}"# }
        server["/boxes"] = #"{"boxes":[\#(rows.joined(separator: ","))]}"#
        let all = try await adapter.prepare(Command(.acknowledge, ["0", "1", "2"].map(box)))
        #expect(all.warnings.isEmpty && all.tier == .harmless)
        let some = try await adapter.prepare(Command(.acknowledge, ["0", "1", "3"].map(box)))
        #expect(some.warnings == ["It also covers: 1 other device."])
    }

    @Test("Alertmanager's acknowledge says which other alerts have the labels of its silence")
    func silence() async throws {
        let server = ScriptedServer.alertmanager()
        let rows = [("f1", #""a":"1""#), ("f2", #""a":"1","b":"2""#), ("f3", #""a":"2""#)].map { id, labels in
            #"{"fingerprint":"\#(id)","labels":{\#(labels)},"status":{"silencedBy":[],"state":"active"}}"#
        }
        server["/api/v2/alerts"] = "[\(rows.joined(separator: ","))]"
        let adapter = Declared.descriptor(try shipped("alertmanager")).make(ScriptedServer.settings, server)
        for (id, told) in [("f1", ["The silence also covers: 1 other alert."]), ("f2", []), ("f3", [])] {
            let alert = EntityRef(BackendID(3), .alert, id: id)
            let plan = try await adapter.prepare(Command(.acknowledge, [alert], ["note": .text("x")]))
            #expect(plan.warnings == told, "\(id)")
        }
    }
}
