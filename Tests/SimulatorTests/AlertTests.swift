import Simulator
import Testing

@Suite("alerts") struct AlertTests {
    /// A world in which all states occur.
    private static func world() -> World {
        let world = World(scale: 3_300)
        world.advance(by: 7_200)
        return world
    }

    private func states(_ client: Client, _ query: String) async throws -> Set<Int> {
        let rows = try await client.get("/api/v0/alerts\(query)").rows("alerts")
        return Set(rows.compactMap { ($0["state"] as? Int) ?? ($0["state"] as? String).flatMap { Int($0) } })
    }

    @Test("without a state only the first is listed; today's release takes a list, 2016 its first number")
    func stateFilter() async throws {
        let world = Self.world()
        try await withServer(.modern, world: world) { client async throws in
            #expect(try await states(client, "") == [1])
            #expect(try await states(client, "?state=1,2,3,4,5") == [1, 2, 3, 4, 5])
            #expect(try await states(client, "?state=") == [0])
        }
        try await withServer(.release2016, world: world) { client async throws in
            #expect(try await states(client, "") == [1])
            #expect(try await states(client, "?state=2,3") == [2])
            #expect(try await states(client, "?state=") == [0])
            #expect(try await states(client, "?state=3") == [3])
        }
    }

    @Test("an alert by its number is hidden in any state but the one asked for")
    func single() async throws {
        try await withServer(.modern, world: Self.world()) { client async throws in
            let acked = try #require(
                try await client.get("/api/v0/alerts?state=2").rows("alerts").first?["id"])
            let plain = try await client.get("/api/v0/alerts/\(acked)")
            #expect(plain.status == 200)
            #expect(plain.rows("alerts").isEmpty)
            #expect(try await client.get("/api/v0/alerts/\(acked)?state=2").rows("alerts").count == 1)
            #expect(try await client.get("/api/v0/alerts/999999999").status == 200)
        }
    }

    @Test("alerts of a rule that is gone are listed in 2016 and hidden today")
    func goneRule() async throws {
        let world = Self.world()
        let old = try await withServer(.release2016, world: world) { client async throws in
            try await client.get("/api/v0/alerts").rows("alerts").filter { $0["rule_id"] as? String == "12" }
        }
        #expect(old.count == 1)
        let modern = try await withServer(.modern, world: world) { client async throws in
            try await client.get("/api/v0/alerts").rows("alerts").filter { $0["rule_id"] as? Int == 12 }
        }
        #expect(modern.isEmpty)
    }

    @Test("today's release filters by severity and rule, and sorts by what is in lower case")
    func filters() async throws {
        try await withServer(.modern, world: Self.world()) { client async throws in
            let critical = try await client.get("/api/v0/alerts?severity=critical").rows("alerts")
            #expect(Set(critical.compactMap { $0["severity"] as? String }) == ["critical"])
            let all = try await client.get("/api/v0/alerts").rows("alerts").count
            #expect(try await client.get("/api/v0/alerts?severity=bad").rows("alerts").count == all)
            let ports = try await client.get("/api/v0/alerts?alert_rule=5").rows("alerts")
            #expect(Set(ports.compactMap { $0["rule_id"] as? Int }) == [5])
            let usual = try await client.get("/api/v0/alerts").rows("alerts")
            let times = usual.compactMap { $0["timestamp"] as? String }
            #expect(times == times.sorted(by: >))
            let rising = try await client.get("/api/v0/alerts?order=timestamp%20asc").rows("alerts")
            #expect(rising.compactMap { $0["timestamp"] as? String } == times.sorted())
            let shouted = try await client.get("/api/v0/alerts?order=timestamp%20ASC").rows("alerts")
            #expect(shouted.compactMap { $0["timestamp"] as? String } == times)
            #expect(try await client.get("/api/v0/alerts?order=nosuch%20asc").status == 400)
        }
    }

    @Test("today an acknowledgement keeps the time, adds to the note, and says until when")
    func acknowledge() async throws {
        let world = Self.world()
        try await withServer(.modern, world: world, zone: 3_600) { client async throws in
            let before = try #require(try await client.get("/api/v0/alerts").rows("alerts").first)
            let id = try #require(before["id"] as? Int)
            _ = try await client.put("/api/v0/alerts/\(id)", "{\"note\":\"looking\",\"until_clear\":true}")
            let once = try #require(try await client.get("/api/v0/alerts/\(id)?state=2").rows("alerts").first)
            #expect(once["timestamp"] as? String == before["timestamp"] as? String)
            #expect(once["open"] as? Int == 0)
            #expect(once["info"] as? String == "{\"until_clear\":true}")
            #expect((once["note"] as? String)?.hasSuffix(" +0100 - Ack (admin) looking") == true)
            #expect(try await client.put("/api/v0/alerts/\(id)", "not json").status == 200)
            let twice = try #require(
                try await client.get("/api/v0/alerts/\(id)?state=2").rows("alerts").first)
            #expect(twice["info"] as? String == "{\"until_clear\":null}")
            #expect((twice["note"] as? String)?.split(separator: "\n").count == 2)
        }
    }

    @Test("in 2016 an acknowledgement moves the time, and a second one finds nothing to change")
    func acknowledgeOld() async throws {
        let world = Self.world()
        try await withServer(.release2016, world: world) { client async throws in
            let before = try #require(try await client.get("/api/v0/alerts").rows("alerts").first)
            let id = try #require(before["id"] as? String)
            #expect(
                try await client.put("/api/v0/alerts/\(id)", "{}").message == "Alert has been acknowledged")
            let after = try #require(
                try await client.get("/api/v0/alerts/\(id)?state=2").rows("alerts").first)
            #expect(after["timestamp"] as? String != before["timestamp"] as? String)
            #expect(try await client.put("/api/v0/alerts/\(id)").message == "No alert by that ID")
        }
    }

    @Test("unmute undoes an acknowledgement", arguments: LibreNMSRelease.allCases)
    func unmute(_ release: LibreNMSRelease) async throws {
        try await withServer(release, world: Self.world()) { client async throws in
            let id = try #require(try await client.get("/api/v0/alerts").rows("alerts").first?["id"])
            _ = try await client.put("/api/v0/alerts/\(id)", "{}")
            #expect(try await client.get("/api/v0/alerts/\(id)").rows("alerts").isEmpty)
            let answer = try await client.put("/api/v0/alerts/unmute/\(id)", "{\"note\":\"back\"}")
            #expect(answer.message == "Alert has been unmuted")
            let row = try #require(try await client.get("/api/v0/alerts/\(id)").rows("alerts").first)
            if release == .modern {
                #expect((row["note"] as? String)?.hasSuffix("- Ack (admin) back") == true)
            }
        }
    }

    @Test("servers check no state: what has cleared is acknowledged all the same")
    func cleared() async throws {
        try await withServer(.modern, world: Self.world()) { client async throws in
            let id = try #require(try await client.get("/api/v0/alerts?state=0").rows("alerts").first?["id"])
            _ = try await client.put("/api/v0/alerts/\(id)", "{}")
            let row = try #require(try await client.get("/api/v0/alerts/\(id)?state=2").rows("alerts").first)
            #expect(row["open"] as? Int == 0)
        }
    }

    @Test("what is no number is refused, an unknown number is not")
    func unknown() async throws {
        for (release, status) in [(LibreNMSRelease.modern, 400), (.release2016, 500)] {
            try await withServer(release) { client async throws in
                #expect(try await client.put("/api/v0/alerts/abc").status == status)
                let unknown = try await client.put("/api/v0/alerts/unmute/999999999")
                #expect(unknown.status == 200)
                #expect(unknown.message == "No alert by that ID")
            }
        }
    }

    @Test("today a reader gets 500 for a command and 403 for bills; in 2016 every token may all")
    func roles() async throws {
        let reader = testTokens.readOnly
        try await withServer(.modern, token: reader) { client async throws in
            #expect(try await client.get("/api/v0/alerts").status == 200)
            let answer = try await client.put("/api/v0/alerts/1", "{}")
            #expect(answer.status == 500)
            #expect(answer.text == "{\"message\":\"Server Error\"}")
            #expect(try await client.get("/api/v0/bills").status == 403)
            #expect(try await client.get("/api/v0/oxidized").status == 403)
        }
        try await withServer(.release2016, token: reader) { client async throws in
            let id = try #require(try await client.get("/api/v0/alerts").rows("alerts").first?["id"])
            #expect(try await client.put("/api/v0/alerts/\(id)").message == "Alert has been acknowledged")
            #expect(try await client.get("/api/v0/bills").status == 200)
        }
    }
}
