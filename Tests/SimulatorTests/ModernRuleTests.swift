import Foundation
import Simulator
import Testing

@Suite("rules of today") struct ModernRuleTests {
    private static let builder =
        "\"builder\":{\"condition\":\"AND\",\"rules\":[{\"id\":\"devices.os\",\"field\":\"devices.os\","
        + "\"type\":\"string\",\"input\":\"text\",\"operator\":\"equal\",\"value\":\"ios\"}],\"valid\":true}"

    private static func body(_ more: String, name: String = "API rule one") -> String {
        "{\"name\":\"\(name)\",\"severity\":\"warning\",\(builder)\(more.isEmpty ? "" : ",")\(more)}"
    }

    @Test("a partial rule is refused as it was recorded")
    func partial() async throws {
        let recording = try Recording("modern", "rule-edit-partial-disable")
        try await withServer(.modern) { client async throws in
            let answer = try await client.put("/api/v0/rules", recording.sent)
            #expect(answer.status == recording.status)
            #expect(answer.text == recording.body)
        }
    }

    @Test("a rule is added and edited, and its maps are emptied when an edit leaves them out")
    func maps() async throws {
        let recording = try Recording("modern", "rule-edit")
        try await withServer(.modern) { client async throws in
            let add = Self.body("\"devices\":[1,\"2\"],\"groups\":[3],\"locations\":[4,5]")
            #expect(try await client.post("/api/v0/rules", add).status == 200)
            let rule = try await client.rule(13)
            #expect(rule["devices"] as? [Int] == [1, 2])
            #expect(rule["groups"] as? [Int] == [3])
            #expect(rule["locations"] as? [Int] == [4, 5])
            let operations = try #require(rule["operations"] as? [Any])
            #expect(operations.isEmpty)
            let edit = Self.body("\"rule_id\":13,\"devices\":[-1],\"disabled\":1")
            let answer = try await client.put("/api/v0/rules", edit)
            #expect(answer.text == recording.body)
            let edited = try await client.rule(13)
            #expect(edited["disabled"] as? Int == 1)
            for map in ["devices", "groups", "locations"] { #expect(edited[map] as? [Int] == []) }
        }
    }

    @Test("an edit resets the settings that it does not repeat, and keeps the note")
    func reset() async throws {
        try await withServer(.modern) { client async throws in
            let before = try await client.rule(5)
            #expect((before["extra"] as? [String: Any])?["count"] as? String == "-1")
            let edit = Self.body("\"rule_id\":5", name: "Port status up/down")
            _ = try await client.put("/api/v0/rules", edit)
            let text = try await client.get("/api/v0/rules/5").text
            #expect(text.contains("\"override_query\": false"))
            let after = try await client.rule(5)
            #expect(Set((after["extra"] as? [String: Any] ?? [:]).keys) == ["options"])
            #expect(after["notes"] as? String == before["notes"] as? String)
        }
    }

    @Test(
        "what is missing is named, one thing at a time",
        arguments: [
            ("{", 500, "We couldn't parse the provided json"),
            ("7", 500, "We couldn't parse the provided json"),
            (
                "{\"device_id\":\"-1\",\"rule\":\"%a = 1\",\"name\":\"n\",\"severity\":\"ok\"}", 400,
                "Missing the devices or global device (-1)"
            ), ("{\"devices\":[-1]}", 400, "Missing the alert builder rule"),
            ("{\"devices\":[-1],\(builder)}", 400, "Missing the alert rule name"),
            ("{\"devices\":[-1],\(builder),\"name\":\"n\"}", 400, "Missing the severity"),
            (
                "{\"devices\":[-1],\"rule\":\"%a = 1\",\"name\":\"n\",\"severity\":\"ok\"}", 500,
                "We couldn't parse your rule"
            ),
            (
                body("\"devices\":[-1]", name: "Devices up/down"), 500,
                "Addition failed : Name has already been used"
            ),
            (body("\"rule_id\":2", name: "Devices up/down"), 500, "Update failed : Invalid rule id"),
            (body("\"rule_id\":999"), 500, "Failed to update existing alert rule"),
        ])
    func refusals(_ body: String, _ status: Int, _ message: String) async throws {
        try await withServer(.modern) { client async throws in
            let before = try await client.get("/api/v0/rules").text
            let answer = try await client.put("/api/v0/rules", body)
            #expect(answer.status == status)
            #expect(answer.message == message)
            #expect(try await client.get("/api/v0/rules").text == before)
        }
    }

    @Test("settings of earlier releases ask whom to tell: 400, and the rule is there all the same")
    func legacy() async throws {
        try await withServer(.modern) { client async throws in
            let answer = try await client.post(
                "/api/v0/rules", Self.body("\"devices\":[-1],\"count\":3,\"delay\":\"5 m\""))
            #expect(answer.status == 400)
            let words = "Each operation must include at least one transport or transport group."
            #expect(answer.message == words)
            #expect(try await client.rule(named: "API rule one") != nil)
        }
    }

    @Test("a mute rule tells nobody: it is accepted, and has no operation")
    func mute() async throws {
        try await withServer(.modern) { client async throws in
            let body = Self.body("\"devices\":[-1],\"count\":3,\"delay\":60,\"mute\":true")
            #expect(try await client.post("/api/v0/rules", body).status == 200)
            #expect(try await client.rule(13)["alert_operation_id"] is NSNull)
            let edit = Self.body("\"rule_id\":1,\"mute\":true", name: "Devices up/down")
            #expect(try await client.put("/api/v0/rules", edit).status == 200)
            #expect(try await client.rule(1)["alert_operation_id"] is NSNull)
        }
    }

    @Test(
        "an operation stays that of a rule when it is named or left out, as it was recorded",
        arguments: [
            ("rule-edit-keeps-operation-by-id", "rule-after-edit-by-operation-id"),
            ("rule-edit-without-operation-fields", "rule-after-edit-without-operation-fields"),
        ])
    func kept(edit: String, after: String) async throws {
        let (edit, after) = (try Recording("modern", edit), try Recording("modern", after))
        try await withServer(.modern) { client async throws in
            // The recorded rule is number 15 of its server; here number 1 has that operation.
            let answer = try await client.put("/api/v0/rules", try sent(edit, asRule: 1))
            #expect(answer.status == edit.status && answer.text == edit.body)
            let rule = try await client.rule(1)
            let recorded = try #require(rows(after).first)
            for key in ["alert_operation_id", "operations", "alert_operation", "extra"] {
                #expect(same(rule[key], recorded[key]), "\(key)")
            }
        }
    }

    @Test("any operations make one of the rule's own, and the interval under the name it is given is dropped")
    func copied() async throws {
        let (edit, after) = (
            try Recording("modern", "rule-edit-with-operations-copies"),
            try Recording("modern", "rule-after-edit-with-operations")
        )
        try await withServer(.modern) { client async throws in
            let answer = try await client.put("/api/v0/rules", try sent(edit, asRule: 2))
            #expect(answer.text == edit.body)
            let rule = try await client.rule(2)
            #expect(rule["alert_operation_id"] as? Int == 4)
            #expect(rule["default_operation_step_duration_seconds"] is NSNull)
            let recorded = try #require(rows(after).first?["operations"] as? [[String: Any]])
            let copies = try #require(rule["operations"] as? [[String: Any]])
            #expect(copies.count == recorded.count)
            for (copy, row) in zip(copies, recorded) {
                for key in row.keys where !["id", "alert_operation_id"].contains(key) {
                    #expect(same(copy[key], row[key]), "\(key)")
                }
            }
            #expect(try await client.rule(1)["alert_operation_id"] as? Int == 1)
        }
    }

    private func sent(_ edit: Recording, asRule id: Int) throws -> String {
        let body = edit.sentObject.merging(["rule_id": id]) { $1 }
        return String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
    }

    private func rows(_ recording: Recording) throws -> [[String: Any]] {
        let body = try JSONSerialization.jsonObject(with: Data(recording.body.utf8)) as? [String: Any]
        return body?["rules"] as? [[String: Any]] ?? []
    }

    /// Whether two parts of answers hold the same.
    private func same(_ a: Any?, _ b: Any?) -> Bool { (a as? NSObject)?.isEqual(b) == true }

    @Test("with somebody to tell, the settings become an operation")
    func operation() async throws {
        try await withServer(.modern, world: World(scale: 1_200, hasDefaultTransport: true)) {
            client async throws in
            let body = Self.body("\"devices\":[-1],\"count\":3,\"delay\":\"5 m\",\"interval\":\"2 m\"")
            #expect(try await client.post("/api/v0/rules", body).status == 200)
            let rule = try await client.rule(13)
            let step = try #require((rule["operations"] as? [[String: Any]])?.first)
            #expect(step["start_in_seconds"] as? Int == 300)
            #expect(step["step_duration_seconds"] as? Int == 120)
            #expect(step["escalation_step_to"] as? Int == 3)
            #expect(rule["default_operation_step_duration_seconds"] as? Int == 120)
        }
    }

    @Test("alerts of a deleted rule are hidden")
    func delete() async throws {
        let world = World()
        world.advance(by: 7_200)
        try await withServer(.modern, world: world) { client async throws in
            let list = "/api/v0/alerts?state=0,1,2,3,4,5&alert_rule=1"
            #expect(try await !client.get(list).rows("alerts").isEmpty)
            #expect(
                try await client.send("DELETE", "/api/v0/rules/1").message == "Alert rule has been removed")
            #expect(try await client.get(list).rows("alerts").isEmpty)
            #expect(try await client.send("DELETE", "/api/v0/rules/1").message == "No alert rule by that ID")
            #expect(try await client.send("DELETE", "/api/v0/rules/abc").status == 400)
        }
    }

    @Test("a rule that is switched off makes no alerts any more, and those it made stay as they are")
    func silence() async throws {
        let world = World()
        world.advance(by: 3_600)
        try await withServer(.modern, world: world) { client async throws in
            let list = "/api/v0/alerts?state=0,1,2,3,4,5&alert_rule=1&order=id%20asc"
            let off = Self.body("\"rule_id\":1,\"disabled\":1", name: "Devices up/down")
            _ = try await client.put("/api/v0/rules", off)
            let before = try await client.get(list).rows("alerts").compactMap { $0["id"] as? Int }
            world.advance(by: 40_000)
            let after = try await client.get(list).rows("alerts").compactMap { $0["id"] as? Int }
            #expect(!before.isEmpty && before == after)
            let on = Self.body("\"rule_id\":1,\"disabled\":0", name: "Devices up/down")
            _ = try await client.put("/api/v0/rules", on)
            #expect(try await client.get(list).rows("alerts").compactMap { $0["id"] as? Int } != before)
        }
    }

    @Test("who may only look changes no rule")
    func rights() async throws {
        try await withServer(.modern, token: testTokens.readOnly) { client async throws in
            #expect(try await client.post("/api/v0/rules", Self.body("\"devices\":[-1]")).status == 403)
            #expect(try await client.put("/api/v0/rules", Self.body("\"rule_id\":1")).status == 403)
            #expect(try await client.send("DELETE", "/api/v0/rules/1").status == 403)
            #expect(try await client.get("/api/v0/rules/1").rows("rules").count == 1)
        }
    }
}
