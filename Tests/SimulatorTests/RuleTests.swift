import Simulator
import Testing

/// What a client says to a rule, and what the rule is afterwards.
extension Client {
    func rule(_ id: Int) async throws -> [String: Any] {
        try #require(try await get("/api/v0/rules/\(id)").rows("rules").first)
    }

    func rule(named name: String) async throws -> [String: Any]? {
        try await get("/api/v0/rules").rows("rules").first { $0["name"] as? String == name }
    }

    func post(_ target: String, _ body: String) async throws -> Answer {
        try await send("POST", target, body: body)
    }
}

@Suite("rules of 2016") struct OldRuleTests {
    private static func whole(_ extra: String = "", name: String = "API rule one") -> String {
        "{\(extra)\"rule\":\"%devices.os != \\\"Cisco\\\"\",\"severity\":\"critical\",\"disabled\":0,"
            + "\"name\":\"\(name)\",\"count\":15,\"delay\":\"5 m\",\"mute\":false}"
    }

    @Test("a rule is added as it was recorded, and nobody says which number it got")
    func add() async throws {
        let recording = try Recording("release2016", "rule-add")
        try await withServer(.release2016) { client async throws in
            let answer = try await client.post("/api/v0/rules", recording.sent)
            #expect(answer.status == recording.status)
            #expect(answer.text == recording.body)
            let rule = try #require(try await client.rule(named: "API rule one"))
            #expect(rule["id"] as? String == "13")
            #expect(rule["device_id"] as? String == "-1")
            #expect(rule["rule"] as? String == "%devices.os != \"Cisco\"")
            #expect(rule["extra"] as? String == "{\"mute\":false,\"count\":\"15\",\"delay\":300}")
        }
    }

    @Test("a plain delay stays a word, a missing one is five minutes, and yes to mute is true")
    func settings() async throws {
        try await withServer(.release2016) { client async throws in
            for (sent, stored) in [
                ("\"delay\":\"60\"", "\"60\""), ("\"delay\":60", "\"60\""), ("\"delay\":\"2 h\"", "7200"),
                ("\"delay\":\"1d\"", "86400"), ("\"mute\":0", "300"),
            ] {
                let body = "{\"rule_id\":1,\"rule\":\"%a = 1\",\"severity\":\"ok\",\"name\":\"x\",\(sent)}"
                #expect(try await client.put("/api/v0/rules", body).status == 200)
                let extra = try await client.rule(1)["extra"] as? String
                #expect(extra == "{\"mute\":false,\"count\":\"\",\"delay\":\(stored)}")
            }
            let mute = "{\"rule_id\":1,\"rule\":\"%a = 1\",\"severity\":\"ok\",\"name\":\"x\",\"mute\":true}"
            _ = try await client.put("/api/v0/rules", mute)
            #expect(try await (client.rule(1)["extra"] as? String)?.contains("\"mute\":true") == true)
        }
    }

    @Test("an edit without a number makes a new rule, and one of an unknown number is fine and does nothing")
    func numbers() async throws {
        try await withServer(.release2016) { client async throws in
            let before = try await client.get("/api/v0/rules").rows("rules").count
            #expect(try await client.put("/api/v0/rules", Self.whole()).status == 200)
            #expect(try await client.get("/api/v0/rules").rows("rules").count == before + 1)
            let unknown = try await client.put("/api/v0/rules", Self.whole("\"rule_id\":999,", name: "two"))
            #expect(unknown.status == 200)
            #expect(unknown.text == "{\n    \"status\": \"ok\",\n    \"err-msg\": \"\"\n}")
            #expect(try await client.get("/api/v0/rules").rows("rules").count == before + 1)
        }
    }

    @Test(
        "whatever leaves out the name is told that the name is taken",
        arguments: ["{\"rule_id\":1,\"disabled\":1}", "{", "", "[]", "7"])
    func wrongWords(_ body: String) async throws {
        try await withServer(.release2016) { client async throws in
            let answer = try await client.put("/api/v0/rules", body)
            #expect(answer.status == 500)
            #expect(answer.json["err-msg"] as? String == "Edition failed : Name has already been used")
            #expect(answer.json["status"] as? String == "error")
            #expect(try await client.rule(1)["disabled"] as? String == "0")
        }
    }

    @Test("a name that is taken is refused in the same words; a missing severity or rule has its own")
    func refusals() async throws {
        try await withServer(.release2016) { client async throws in
            let taken = try await client.post("/api/v0/rules", Self.whole(name: "Devices up/down"))
            #expect(taken.json["err-msg"] as? String == "Edition failed : Name has already been used")
            let severity = try await client.post(
                "/api/v0/rules", "{\"rule\":\"%a = 1\",\"name\":\"n\",\"severity\":\"Critical\"}")
            #expect(severity.json["err-msg"] as? String == "Missing the severity")
            let rule = try await client.post("/api/v0/rules", "{\"name\":\"n\",\"severity\":\"ok\"}")
            #expect(rule.json["err-msg"] as? String == "Missing the alert rule")
            #expect(try await client.rule(named: "n") == nil)
        }
    }

    @Test("quotes in a name are escaped once too often, each time again")
    func escaping() async throws {
        try await withServer(.release2016) { client async throws in
            _ = try await client.post("/api/v0/rules", Self.whole(name: "it's"))
            #expect(try await client.rule(13)["name"] as? String == "it\\'s")
            _ = try await client.put("/api/v0/rules", Self.whole("\"rule_id\":13,", name: "it\\\\'s"))
            #expect(try await client.rule(13)["name"] as? String == "it\\\\\\'s")
        }
    }

    @Test("the device is written with a new rule only, and what is no device is all of them")
    func device() async throws {
        try await withServer(.release2016) { client async throws in
            _ = try await client.post("/api/v0/rules", Self.whole("\"device_id\":\"3\","))
            #expect(try await client.rule(13)["device_id"] as? String == "3")
            _ = try await client.put("/api/v0/rules", Self.whole("\"rule_id\":13,\"device_id\":\"5\","))
            #expect(try await client.rule(13)["device_id"] as? String == "3")
            _ = try await client.post("/api/v0/rules", Self.whole("\"device_id\":\"x\",", name: "other"))
            #expect(try await client.rule(14)["device_id"] as? String == "-1")
        }
    }

    @Test("a deleted rule leaves its alerts behind, without its name")
    func delete() async throws {
        let world = World()
        world.advance(by: 7_200)
        try await withServer(.release2016, world: world) { client async throws in
            let before = try await client.get("/api/v0/alerts").rows("alerts")
            #expect(before.contains { $0["rule_id"] as? String == "1" })
            let gone = try await client.send("DELETE", "/api/v0/rules/1")
            #expect(gone.status == 200)
            #expect(gone.message == "Alert rule has been removed")
            let again = try await client.send("DELETE", "/api/v0/rules/1")
            #expect(again.status == 200)
            #expect(again.message == "No alert rule by that ID")
            #expect(try await client.send("DELETE", "/api/v0/rules/abc").status == 500)
            #expect(try await client.get("/api/v0/alerts").rows("alerts").count == before.count)
            #expect(try await client.get("/api/v0/rules/1").rows("rules").isEmpty)
        }
    }

    @Test("each side of a split world has its own rules")
    func territories() async throws {
        let world = World()
        _ = try await withServer(.release2016, world: world, territory: .edge) {
            try await $0.send("DELETE", "/api/v0/rules/1")
        }
        let core = try await withServer(.modern, world: world, territory: .core) {
            try await $0.get("/api/v0/rules/1").rows("rules")
        }
        #expect(core.count == 1)
        let edge = try await withServer(.release2016, world: world, territory: .edge) {
            try await $0.get("/api/v0/rules/1").rows("rules")
        }
        #expect(edge.isEmpty)
    }
}
