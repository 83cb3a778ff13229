import Simulator
import Testing

@Suite("devices are added, changed and removed") struct DeviceChangeTests {
    @Test("2016 adds a device, and every failure but a missing version is a 500", arguments: [false, true])
    func addOld(_ isForced: Bool) async throws {
        try await withServer(.release2016) { client async throws in
            let none = try await client.post("/api/v0/devices", "{\"hostname\":\"new.example.net\"}")
            #expect(none.status == 400)
            #expect(none.message == "You haven't specified an SNMP version to use")
            #expect(try await client.post("/api/v0/devices", "").status == 400)
            let nameless = try await client.post("/api/v0/devices", "{\"version\":\"v1\"}")
            #expect(nameless.status == 500)
            #expect(nameless.message == "Missing the device hostname")
            let host = isForced ? "new.down.example.net" : "new.example.net"
            let force = isForced ? ",\"force_add\":true" : ""
            let body = "{\"hostname\":\"\(host)\",\"version\":\"v2c\",\"community\":\"c0mm\"\(force)}"
            let added = try await client.post("/api/v0/devices", body)
            #expect(added.status == 201)
            #expect(added.message == "Device \(host) has been added successfully")
            let again = try await client.post("/api/v0/devices", body)
            #expect(again.status == 500)
            #expect(again.message == "Failed adding \(host)")
            let row = try #require(try await client.get("/api/v0/devices/\(host)").rows("devices").first)
            #expect(row["community"] as? String == "c0mm")
            #expect(row["status"] as? String == (isForced ? "0" : "1"))
            let list = try await client.get("/api/v0/devices").rows("devices")
            #expect(list.contains { $0["hostname"] as? String == host })
        }
    }

    @Test("a device of v3 keeps every word of its login")
    func addV3() async throws {
        try await withServer(.modern) { client async throws in
            let answer = try await client.post(
                "/api/v0/devices",
                "{\"hostname\":\"v3.example.net\",\"version\":\"v3\",\"authlevel\":\"authPriv\","
                    + "\"authname\":\"u\",\"authpass\":\"a-secret\",\"authalgo\":\"SHA\","
                    + "\"cryptopass\":\"c-secret\",\"cryptoalgo\":\"AES\",\"port\":1161}")
            #expect(answer.status == 200)
            let row = try #require(answer.rows("devices").first)
            let id = try #require(row["device_id"] as? Int)
            #expect(answer.message == "Device v3.example.net (\(id)) has been added successfully")
            for (key, value) in [
                ("snmpver", "v3"), ("authlevel", "authPriv"), ("authname", "u"), ("authpass", "a-secret"),
                ("authalgo", "SHA"), ("cryptopass", "c-secret"), ("cryptoalgo", "AES"),
            ] { #expect(row[key] as? String == value) }
            #expect(row["port"] as? Int == 1_161)
            #expect(try await client.get("/api/v0/devices/\(id)/ports").status == 404)
        }
    }

    @Test(
        "today's release says why a device is not added",
        arguments: [
            ("", 400, "No information has been provided to add this new device"),
            ("{\"version\":\"v1\"}", 400, "Missing the device hostname"),
            ("{\"hostname\":\"core-rtr001.mad1.example.net\"}", 500, "already exists"),
            ("{\"hostname\":\"x.invalid\"}", 500, "Hostname did not resolve to IP"),
            ("{\"hostname\":\"x.down.example.net\"}", 500, "Could not ping x.down.example.net"),
            (
                "{\"hostname\":\"x.example.net\",\"community\":\"wrong\"}", 500,
                "please check the snmp details"
            ),
            ("{\"hostname\":\"x.example.net\",\"force_add\":true}", 400, "SNMP information is required"),
        ])
    func refusals(_ body: String, _ status: Int, _ words: String) async throws {
        try await withServer(.modern) { client async throws in
            let answer = try await client.post("/api/v0/devices", body)
            #expect(answer.status == status)
            #expect(answer.message?.contains(words) == true)
            #expect(answer.text.contains("wrong") == false)
        }
    }

    @Test("a new device is polled within the minute")
    func polled() async throws {
        let world = World(scale: 1_200)
        try await withServer(.modern, world: world) { client async throws in
            _ = try await client.post(
                "/api/v0/devices", "{\"hostname\":\"new.example.net\",\"community\":\"c\"}")
            func lastPolled() async throws -> String? {
                try await client.get("/api/v0/devices/new.example.net").rows("devices").first?["last_polled"]
                    as? String
            }
            #expect(try await lastPolled() == nil)
            world.advance(by: 120)
            #expect(try await lastPolled() != nil)
        }
    }

    @Test("a removed device is answered once more and then unknown", arguments: LibreNMSRelease.allCases)
    func delete(_ release: LibreNMSRelease) async throws {
        let world = World()
        world.advance(by: 7_200)
        try await withServer(release, world: world) { client async throws in
            let alert = try #require(try await client.get("/api/v0/alerts").rows("alerts").first)
            let id = try #require(alert["device_id"])
            let name = try #require(alert["hostname"] as? String)
            let before = try await client.get("/api/v0/devices").rows("devices").count
            let answer = try await client.send("DELETE", "/api/v0/devices/\(name)")
            #expect(answer.status == 200)
            #expect(answer.message == "Removed device \(name)")
            #expect(answer.rows("devices").first?["hostname"] as? String == name)
            #expect(try await client.get("/api/v0/devices").rows("devices").count == before - 1)
            let alerts = try await client.get("/api/v0/alerts").rows("alerts")
            #expect(!alerts.contains { $0["hostname"] as? String == name })
            let again = try await client.send("DELETE", "/api/v0/devices/\(id)")
            #expect(again.status == 404)
            #expect(again.message == "Device \(id) not found")
        }
    }

    @Test("a field is updated, and a field that is none is said to be", arguments: LibreNMSRelease.allCases)
    func patch(_ release: LibreNMSRelease) async throws {
        try await withServer(release) { client async throws in
            func patch(_ body: String, _ device: String = "1") async throws -> Answer {
                try await client.send("PATCH", "/api/v0/devices/\(device)", body: body)
            }
            let notes = try await patch("{\"field\":\"notes\",\"data\":\"kept\"}")
            #expect(notes.status == 200)
            #expect(notes.message == "Device notes field has been updated")
            #expect(try await patch("{\"field\":\"bogus\",\"data\":1}").status == 200)
            #expect(try await patch("{\"field\":\"hostname\",\"data\":\"x\"}").status == 500)
            #expect(try await patch("{\"data\":1}").status == (release == .modern ? 400 : 500))
            #expect(try await patch("{\"field\":\"ignore\",\"data\":1}").status == 200)
            let unknown = try await patch("{\"field\":\"notes\",\"data\":1}", "nosuch")
            #expect(unknown.status == (release == .modern ? 404 : 200))
            let row = try #require(try await client.get("/api/v0/devices/1").rows("devices").first)
            #expect(row["notes"] as? String == "kept")
            #expect(row["hostname"] as? String != "x")
            let ignored = try await client.get("/api/v0/devices?type=ignored").rows("devices")
            #expect(ignored.contains { "\($0["device_id"] ?? "")" == "1" })
        }
    }

    @Test("maintenance begins now or later, and ends")
    func maintenance() async throws {
        let world = World(scale: 1_200)
        try await withServer(.modern, world: world) { client async throws in
            let path = "/api/v0/devices/2/maintenance"
            func isOn() async throws -> Bool? {
                try await client.get(path).json["is_under_maintenance"] as? Bool
            }
            #expect(try await isOn() == false)
            #expect(try await client.post(path, "{\"title\":\"t\"}").message == "Duration not provided")
            #expect(try await client.post(path, "").status == 400)
            let begun = try await client.post(path, "{\"duration\":\"1:30\",\"notes\":\"fibre\"}")
            #expect(begun.status == 201)
            #expect(begun.message?.hasSuffix("(2) moved into maintenance mode for 1:30h") == true)
            #expect(try await isOn() == true)
            world.advance(by: 5_400)
            #expect(try await isOn() == false)
            let later = try await client.post(
                path, "{\"start\":\"2026-11-21 04:00:00\",\"duration\":\"0:10\"}")
            #expect(later.message?.contains("will begin maintenance mode at 2026-11-21 04:00:00") == true)
            #expect(try await isOn() == false)
            world.advance(to: 1_795_233_600)
            #expect(try await isOn() == true)
            #expect(try await client.post("/api/v0/devices/nosuch/maintenance", "{\"a\":1}").status == 404)
        }
        let old = try await withServer(.release2016) {
            try await $0.post("/api/v0/devices/2/maintenance", "{}")
        }
        #expect(old.status == 404)
    }

    @Test("who may only look changes no device")
    func rights() async throws {
        try await withServer(.modern, token: testTokens.readOnly) { client async throws in
            #expect(try await client.post("/api/v0/devices", "{\"hostname\":\"x\"}").status == 403)
            #expect(try await client.send("DELETE", "/api/v0/devices/1").status == 403)
            #expect(try await client.send("PATCH", "/api/v0/devices/1", body: "{}").status == 403)
            #expect(try await client.post("/api/v0/devices/1/maintenance", "{}").status == 403)
        }
    }

    @Test("a device is found by its IPv6 address in either form", arguments: LibreNMSRelease.allCases)
    func search(_ release: LibreNMSRelease) async throws {
        try await withServer(release) { client async throws in
            for address in ["2001:db8::1f", "2001:0db8:0000:0000:0000:0000:0000:001f"] {
                let rows = try await client.get("/api/v0/devices?type=ipv6&query=\(address)").rows("devices")
                #expect(rows.map { "\($0["device_id"] ?? "")" } == ["31"])
            }
        }
    }
}
