import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

/// Releases of 2026 keep beside the rules what is done about their alerts; many rules share one operation.
@Suite("LibreNMS: alert operations that rules share")
struct RuleOperationTests {
    private func ref(_ id: String) -> EntityRef { EntityRef(BackendID(0), .rule, id: id) }

    private func server(_ release: String = "26.7") throws -> (LibreNMSServer, ScriptedTransport) {
        let recorded = try RecordedLibreNMS(release)
        let rules = try Recording("26.7", "rules-with-operations").rows("rules")
        let transport = ScriptedTransport { asked in
            guard asked.path.hasPrefix("/rules") else { return recorded.answer(asked) }
            let id = asked.path.split(separator: "/").dropFirst().first.map(String.init)
            return .list("rules", rules.filter { id == nil || $0["id"]?.word == id })
        }
        return (.unhurried(transport), transport)
    }

    private func body(_ plan: Plan) throws -> JSONValue {
        try JSONDocument(try #require(plan.steps.first?.request.body)).root
    }

    /// What of a body is about delay, count, interval, mute or an operation.
    private func operationMembers(_ body: JSONValue) -> [String] {
        (body.object.map { $0.map(\.key) } ?? []).filter {
            $0.contains("operation") || ["delay", "count", "interval", "mute"].contains($0)
        }
    }

    /// Every edit that touches none of the fields of an operation.
    private static let edits: [[FieldKey: Value]] = [
        [.name: .text("Another name")], [.severity: .text("ok")], [.severity: .text("critical")],
        [.expression: .text("%devices.status = \"0\"")], [.enabled: .text("no")], [.enabled: .text("yes")],
        ["invert": .text("yes")], ["devices": .text("1, 2")], ["groups": .text("2")],
        ["locations": .text("3")], ["notes": .text("see the runbook")],
    ]

    @Test("whatever else of a rule is edited, its operation is named by its number and never sent")
    func named() async throws {
        let (server, _) = try server()
        for id in ["1", "15", "31", "35", "42"] {
            let rule = try #require(try await server.wireRule(id))
            var plans: [Plan] = []
            for edit in Self.edits {
                plans.append(try await server.prepare(Command(.editRule, [ref(id)], edit)))
            }
            let kind: CommandKind = rule.isDisabled == true ? .enableRule : .disableRule
            plans.append(try await server.prepare(Command(kind, [ref(id)])))
            #expect(plans.count { !$0.steps.isEmpty } >= Self.edits.count - 2)
            for plan in plans where !plan.steps.isEmpty {
                let body = try body(plan)
                #expect(body["alert_operation_id"]?.text == rule.row["alert_operation_id"]?.text)
                let sent = operationMembers(body)
                #expect(sent == (rule.operation == nil ? [] : ["alert_operation_id"]), "\(id)")
                #expect(plan.warnings.allSatisfy { !$0.contains("operation") })
            }
        }
    }

    @Test("a form that was opened and sent back changes nothing of what it does not show")
    func form() async throws {
        let (server, _) = try server()
        for id in ["15", "35"] {
            var answers = try await server.opening(Command(.editRule, [ref(id)]))
            #expect(answers["mute"] == nil, "whether it is suppressed is not known")
            #expect(try await server.prepare(Command(.editRule, [ref(id)], answers)).steps.isEmpty)
            answers["notes"] = .text("seen")
            let plan = try await server.prepare(Command(.editRule, [ref(id)], answers))
            #expect(plan.changes.map(\.title) == ["notes"])
            #expect(operationMembers(try body(plan)) == ["alert_operation_id"])
        }
    }

    @Test(
        "delay, count and mute of an operation are not replaced: who shares it is named, and where to do it",
        arguments: [
            ["delay": .text("5 m"), "count": .text("9")], ["count": .text("2")], ["mute": .text("yes")],
            ["mute": .text("no")], ["delay": .text("0")],
        ] as [[FieldKey: Value]])
    func refused(arguments: [FieldKey: Value]) async throws {
        let (server, _) = try server()
        func words(_ id: String) async -> String {
            do throws(BackendError) {
                _ = try await server.prepare(Command(.editRule, [ref(id)], arguments))
                return "sent"
            } catch {
                #expect(error.kind == .unsupported)
                return error.words
            }
        }
        let shared = await words("15")
        #expect(shared.contains("Escalate (number 1, 3 segments)"))
        #expect(shared.contains("that Rule 16 port down, Rule 17 port down, Rule 18 port down and"))
        #expect(shared.contains("Alert Operations"))
        let own = await words("35")
        #expect(own.contains("Night (number 2, 1 segment), that no other rule uses"))
    }

    @Test("a rule without an operation tells nobody, and says so before it gets one")
    func without() async throws {
        let (server, _) = try server()
        let rule = try #require(try await server.wireRule("1"))
        #expect(rule.isMute == true && rule.delay == nil && rule.count == nil)
        await #expect {
            _ = try await server.prepare(Command(.editRule, [ref("1")], ["delay": .text("5 m")]))
        } throws: { ($0 as? BackendError)?.words.contains("nobody is notified of its alerts") == true }
        let plan = try await server.prepare(
            Command(.editRule, [ref("1")], ["delay": .text("5 m"), "mute": .text("no")]))
        #expect(operationMembers(try body(plan)) == ["delay", "mute"])
        #expect(
            plan.warnings.contains { $0.hasPrefix("Nobody is notified of alerts of Rule 01 port down now") })
    }

    @Test("whether a rule is muted is not called no where the server does not say")
    func mute() async throws {
        let (server, _) = try server()
        let sink = MergingSink()
        _ = try await server.refresh(Query(.rule), into: sink)
        func row(_ id: String) throws -> Int { try #require(sink.table.row(of: ref(id))) }
        #expect(sink.table.value(try row("1"), "mute") == .flag(true))
        #expect(sink.table.value(try row("35"), "mute") == .none)
        #expect(sink.table.value(try row("35"), "delay") == .integer(600))
        #expect(sink.table.value(try row("35"), "count") == .integer(-1))
        // Three segments tell one after another: none of their counts is that of the rule.
        #expect(sink.table.value(try row("15"), "count") == .none)
        let detail = try await server.detail(of: ref("15"))
        let operation = try #require(detail.sections.first { $0.title == "Alert operation" })
        #expect(
            operation.lines.map(\.value).contains(
                .text("problem, messages 1 to 3, after 5m: Mail: noc mail")))
    }

    @Test(
        "a release that says whether notifications are suppressed is believed",
        arguments: [
            (#""alert_operation":{"id":1,"notifications_suppressed":true},"operations":[]"#, true),
            (#""alert_operation":{"id":1},"operations":[{"id":1,"notifications_suppressed":0}]"#, false),
            (#""operations":[{"notifications_suppressed":0},{"notifications_suppressed":1}]"#, nil),
            (#""operations":[{"id":1}]"#, nil),
        ] as [(String, Bool?)])
    func suppressed(members: String, expected: Bool?) throws {
        let row = try JSONDocument(#"{"id":1,"alert_operation_id":1,\#(members)}"#).root
        #expect(try #require(WireRule(row)).isMute == expected)
    }

    @Test("an operation without a number can't be kept, so the rule is not written")
    func unnumbered() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let rules = try Recording("26.7", "rules-with-operations").rows("rules")
        let row = try #require(rules.first { $0["id"]?.word == "15" }).with("alert_operation_id", .null)
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { asked in
                asked.path.hasPrefix("/rules") ? .list("rules", [row]) : recorded.answer(asked)
            })
        for command in [
            Command(.disableRule, [ref("15")]), Command(.editRule, [ref("15")], [.name: .text("x")]),
        ] {
            await #expect {
                _ = try await server.prepare(command)
            } throws: { ($0 as? BackendError)?.words.contains("which alert operation it has") == true }
        }
    }
}

@Suite("LibreNMS over HTTP: alert operations")
struct LiveRuleOperationTests {
    private func ref(_ id: Int) -> EntityRef { EntityRef(BackendID(0), .rule, id: String(id)) }

    /// What is done about the alerts of every rule, member by member.
    private func operations(_ live: LiveLibreNMS) async throws -> [String: [String: String]] {
        var found: [String: [String: String]] = [:]
        for rule in try await live.server.wireRules() {
            for key in [
                "alert_operation_id", "alert_operation", "default_operation_step_duration_seconds",
                "operations",
            ] { found[rule.id, default: [:]][key] = rule.row[key].map { JSONTree($0).text } }
        }
        return found
    }

    @Test("every other field of a rule is edited, there and back, and all operations are as they were")
    func kept() async throws {
        try await withLiveServer(.modern) { live in
            let before = try await operations(live)
            #expect(before["1"]?["alert_operation_id"] == before["2"]?["alert_operation_id"])
            #expect(before.values.count { $0["alert_operation_id"] != "null" } >= 7)
            for id in [1, 4, 5, 8] {
                let edits: [[FieldKey: Value]] = [
                    [.name: .text("Rule \(id) again")], [.severity: .text("ok"), "notes": .text("x")],
                    [.expression: .text("%devices.status = \"0\"")], [.enabled: .text("no")],
                    [.enabled: .text("yes")], ["invert": .text("yes")],
                    ["devices": .text("1"), "groups": .text("2"), "locations": .text("3")],
                ]
                for edit in edits {
                    let plan = try await live.server.prepare(Command(.editRule, [ref(id)], edit))
                    guard !plan.steps.isEmpty else { continue }
                    #expect(await live.perform(plan).map(\.state) == [.verified])
                    #expect(try await operations(live) == before, "\(id): \(edit)")
                    let undo = try #require(plan.undo)
                    let back = try await live.server.prepare(
                        Command(.editRule, [ref(id)], undo.arguments))
                    #expect(await live.perform(back).map(\.state) == [.verified])
                    #expect(try await operations(live) == before, "\(id): back from \(edit)")
                }
                for kind in [CommandKind.disableRule, .enableRule] {
                    let plan = try await live.server.prepare(Command(kind, [ref(id)]))
                    guard !plan.steps.isEmpty else { continue }
                    #expect(await live.perform(plan).map(\.state) == [.verified])
                    #expect(try await operations(live) == before, "\(id): \(kind)")
                }
            }
        }
    }

    @Test("a rule whose operation is another one afterwards is not called verified")
    func lost() async throws {
        try await withLiveServer(.modern) { live in
            let plan = try await live.server.prepare(Command(.disableRule, [ref(1)]))
            var copied = plan
            let sent = try #require(plan.steps.first?.request.body)
            var members: [JSONTree.Member] = []
            for (key, value) in try #require(try JSONDocument(sent).root.object) {
                members.append(.init(key, JSONTree(value)))
            }
            let rule = try #require(try await live.server.wireRule("1"))
            members.removeAll { $0.key == "alert_operation_id" }
            members.append(.init("operations", try #require(rule.row["operations"].map { JSONTree($0) })))
            copied.steps[0].request = live.server.step(.put, Path.rules, body: members)
            let outcome = try #require(await live.perform(copied).first)
            #expect(outcome.state != .verified)
            #expect(outcome.words.contains("its alert operation is Devices up/down"))
            #expect(outcome.words.contains("interval of its alert operation is none, not 300 s"))
            // After a crash nothing is known but the record.
            let record = Plan(plan.command, steps: [], summary: [], tier: .hurts)
            #expect(await live.server.verify(record, answers: []).map(\.state) != [.verified])
        }
    }

    @Test("a deleted rule comes back with the operation that it had")
    func undeleted() async throws {
        try await withLiveServer(.modern) { live in
            for id in [1, 4, 5] {
                let before = try #require(try await live.server.wireRule(String(id)))
                let delete = try await live.server.prepare(Command(.deleteRule, [ref(id)]))
                #expect(await live.perform(delete).map(\.state) == [.verified])
                var undo = try #require(delete.undo)
                // The form of a new rule says mute either way.
                if undo.arguments["mute"] == nil { undo.arguments["mute"] = .flag(false) }
                let outcome = try #require(await live.perform(try await live.server.prepare(undo)).first)
                #expect(outcome.state == .verified, "\(outcome.words)")
                let made = try #require(try await live.server.wireRules().first { $0.name == before.name })
                #expect(made.operation?.id == before.operation?.id)
                #expect(made.operation?.segments == before.operation?.segments)
            }
        }
    }
}
