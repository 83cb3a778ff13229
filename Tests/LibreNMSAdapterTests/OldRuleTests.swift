import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@testable import LibreNMSAdapter

/// The API of 2016 writes mute, count and delay of a rule, and removes what else is set.
@Suite("LibreNMS: what an old server's API removes from a rule")
struct OldRuleTests {
    private func ref(_ id: String) -> EntityRef { EntityRef(BackendID(0), .rule, id: id) }

    private func row(_ extra: String, device: String = "-1", disabled: String = "0") -> JSONTree {
        [
            "id": "7", "name": "r7", "severity": "critical", "disabled": .string(disabled),
            "rule": "%devices.status = \"0\"", "device_id": .string(device), "extra": .string(extra),
        ]
    }

    private func server(_ rows: JSONTree...) throws -> LibreNMSServer {
        let recorded = try RecordedLibreNMS("2016")
        return .unhurried(
            ScriptedTransport { asked in
                asked.path.hasPrefix("/rules") ? .list("rules", rows) : recorded.answer(asked)
            })
    }

    private static let inverted = #"{"mute":false,"count":"5","delay":300,"invert":true}"#

    @Test("an inverted rule is neither switched nor edited, for it would not be inverted any more")
    func inverted() async throws {
        let server = try server(row(Self.inverted))
        for command in [
            Command(.disableRule, [ref("7")]), Command(.editRule, [ref("7")], [.name: .text("other")]),
            Command(.editRule, [ref("7")], ["invert": .text("no")]),
        ] {
            await #expect {
                _ = try await server.prepare(command)
            } throws: { error in
                let error = error as? BackendError
                return error?.kind == .unsupported && error?.words.contains("it is inverted") == true
            }
        }
        await #expect(throws: BackendError.self) {
            try await server.opening(Command(.editRule, [ref("7")]))
        }
    }

    @Test("of several rules those that can be switched are, and the inverted one says why it is not")
    func several() async throws {
        let plain = row(#"{"mute":false,"count":"5","delay":300}"#).with("id", "8").with("name", "r8")
        let server = try server(row(Self.inverted), plain)
        let plan = try await server.prepare(Command(.disableRule, [ref("7"), ref("8")]))
        #expect(plan.steps.map(\.entity) == [ref("8")])
        #expect(plan.excluded.map(\.entity) == [ref("7")])
        #expect(plan.excluded.first?.words.contains("it is inverted") == true)
    }

    @Test("a rule can't be inverted, and a deleted one that was is not made without it")
    func inverting() async throws {
        let server = try server(row(#"{"mute":false,"count":"5","delay":300}"#))
        await #expect {
            _ = try await server.prepare(Command(.editRule, [ref("7")], ["invert": .text("yes")]))
        } throws: { ($0 as? BackendError)?.words.contains("can't invert a rule") == true }
        let old = try self.server(row(Self.inverted))
        let undo = try #require(try await old.prepare(Command(.deleteRule, [ref("7")])).undo)
        let empty = try self.server()
        await #expect(throws: BackendError.self) { try await empty.prepare(undo) }
        let bare = Command(.addRule, undo.targets, undo.arguments.filter { $0.key != "invert" })
        await #expect(throws: BackendError.self) { try await empty.prepare(bare) }
    }

    @Test("what else is set and would be dropped is named, and the name has to be typed")
    func dropped() async throws {
        let server = try server(
            row(#"{"mute":false,"count":"5","delay":300,"invert":false,"interval":600,"recovery":true}"#))
        let plan = try await server.prepare(Command(.disableRule, [ref("7")]))
        #expect(plan.tier == .hurts)
        #expect(plan.warnings.contains { $0.contains("r7: interval (600), recovery (true)") })
    }

    @Test("settings that can't be read can't be kept, so the rule is not written")
    func unreadable() async throws {
        let server = try server(row(#"{"mute":false,"invert":tr"#))
        await #expect {
            _ = try await server.prepare(Command(.disableRule, [ref("7")]))
        } throws: { ($0 as? BackendError)?.words.contains("can't be read") == true }
        #expect(try await self.server(row("")).prepare(Command(.disableRule, [ref("7")])).steps.count == 1)
    }

    @Test("a rule with maps is not called one for all devices, and keeps its mark in an edit")
    func mapped() async throws {
        let server = try server(row(#"{"mute":false,"count":"5","delay":300}"#, device: ":-1"))
        let sink = MergingSink()
        _ = try await server.refresh(Query(.rule), into: sink)
        #expect(sink.table.text(0, "scope") == "mapped")
        let plan = try await server.prepare(Command(.editRule, [ref("7")], [.severity: .text("ok")]))
        #expect(plan.summary.contains { $0.contains("the devices and groups that it is mapped to") })
        let body = try JSONDocument(try #require(plan.steps.first?.request.body)).root
        #expect(body["device_id"]?.text == ":-1")
        let after = row(#"{"mute":false,"count":"5","delay":300}"#, device: ":-1").with("severity", "ok")
        let answers = [StepAnswer(ref("7"), .success(.json(["status": "ok", "err-msg": ""])))]
        let outcomes = await (try self.server(after)).verify(plan, answers: answers)
        #expect(outcomes.map(\.state) == [.verified])
    }

    @Test("a rule that is not said to be on or off is not switched on by an edit")
    func unknownSwitch() async throws {
        let server = try server(row("", disabled: "2"))
        let sink = MergingSink()
        _ = try await server.refresh(Query(.rule), into: sink)
        #expect(sink.table.value(0, .enabled) == .none)
        await #expect(throws: BackendError.self) {
            try await server.prepare(Command(.editRule, [ref("7")], [.name: .text("x")]))
        }
        let said = try await server.prepare(
            Command(.editRule, [ref("7")], [.name: .text("x"), .enabled: .text("no")]))
        #expect(said.steps.count == 1)
    }
}
