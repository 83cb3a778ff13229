import Simulator
import Testing

@Suite("groups, bills, sessions, inventory and the event log") struct OtherResourceTests {
    @Test("2016 calls a found group an error, and an unknown one has one false device")
    func oldGroups() async throws {
        try await withServer(.release2016) { client async throws in
            let found = try await client.get("/api/v0/devicegroups/Firewalls")
            #expect(found.status == 200)
            #expect(found.json["status"] as? String == "error")
            #expect(found.rows("devices").first.map { Array($0.keys) } == ["device_id"])
            let unknown = try await client.get("/api/v0/devicegroups/nosuch")
            #expect(unknown.status == 404)
            #expect(unknown.json["count"] as? Int == 1)
            #expect(unknown.json["devices"] as? Bool == false)
            #expect(try await client.get("/api/v0/devicegroups/Empty%20group").status == 404)
        }
    }

    @Test("today a group is had by name or number, whole on request, and not when its name has a slash")
    func modernGroups() async throws {
        try await withServer(.modern) { client async throws in
            let byName = try await client.get("/api/v0/devicegroups/Core%20routers").rows("devices")
            let byID = try await client.get("/api/v0/devicegroups/1?full=1").rows("devices")
            #expect(byName.count == byID.count)
            #expect(byID.first?["status"] as? Bool == true)
            let slash = "/api/v0/devicegroups/Z%C3%BCri%2FGer%C3%A4te%20%26%20S%C3%B6hne"
            #expect(try await client.get(slash).status == 404)
            #expect(try await client.get("/api/v0/devicegroups/4").status == 200)
        }
    }

    @Test("a device without groups is a 404; an unknown one has all of them in 2016")
    func groupsOfDevice() async throws {
        try await withServer(.release2016) { client async throws in
            let groups = try await client.get("/api/v0/devicegroups").rows("groups").count
            let unknown = try await client.get("/api/v0/devices/nosuch/groups")
            #expect(unknown.status == 200)
            #expect(unknown.rows("groups").count == groups)
        }
        try await withServer(.modern) { client async throws in
            #expect(try await client.get("/api/v0/devices/nosuch/groups").message == "Device not found")
            #expect(try await client.get("/api/v0/devices/1/groups").rows("groups").first?["id"] as? Int == 1)
        }
    }

    @Test(
        "bills are found by customer and number; what is no number finds all",
        arguments: LibreNMSRelease.allCases)
    func bills(_ release: LibreNMSRelease) async throws {
        try await withServer(release) { client async throws in
            let all = try await client.get("/api/v0/bills").rows("bills")
            #expect(all.count > 10)
            let customer = try #require(all.first?["bill_custid"] as? String)
            let own = try await client.get("/api/v0/bills?custid=\(customer)").rows("bills")
            #expect(own.count == 1)
            #expect(try await client.get("/api/v0/bills?custid=nobody").rows("bills").isEmpty)
            #expect(try await client.get("/api/v0/bills/99999").rows("bills").isEmpty)
            #expect(try await client.get("/api/v0/bills/abc").rows("bills").count == all.count)
        }
    }

    @Test("units stand apart today and close in 2016, and percent is a number in both")
    func billUnits() async throws {
        let world = World(scale: 3_000)
        let modern = try await withServer(.modern, world: world) { try await $0.get("/api/v0/bills/1") }
        let old = try await withServer(.release2016, world: world) { try await $0.get("/api/v0/bills/1") }
        let (new, former) = (modern.rows("bills").first, old.rows("bills").first)
        let allowed = try #require(new?["allowed"] as? String)
        #expect(allowed.hasSuffix(" Mbps") || allowed.hasSuffix(" Gbps"))
        #expect(former?["allowed"] as? String == allowed.filter { $0 != " " })
        #expect(former?["bill_cdr"] as? String != nil)
        #expect(new?["bill_cdr"] as? Int != nil)
        #expect(former?["percent"] as? Double != nil)
        #expect(former?["percent"] as? Double == new?["percent"] as? Double)
    }

    @Test("an unknown device has all BGP sessions", arguments: LibreNMSRelease.allCases)
    func sessions(_ release: LibreNMSRelease) async throws {
        try await withServer(release, world: World(scale: 3_000)) { client async throws in
            let all = try await client.get("/api/v0/bgp").rows("bgp_sessions").count
            let own = try await client.get("/api/v0/bgp?hostname=1").rows("bgp_sessions").count
            #expect(own > 0 && own < all)
            #expect(try await client.get("/api/v0/bgp?hostname=nosuch").rows("bgp_sessions").count == all)
        }
    }

    @Test("2016 forgets to ask for the device of an inventory")
    func inventory() async throws {
        let old = try await withServer(.release2016) { client async throws in
            try await client.get("/api/v0/inventory/3").rows("inventory")
        }
        #expect(Set(old.compactMap { $0["device_id"] as? String }).count > 1)
        try await withServer(.modern) { client async throws in
            let own = try await client.get("/api/v0/inventory/3").rows("inventory")
            #expect(own.compactMap { $0["device_id"] as? Int } == [3])
            let below = try await client.get("/api/v0/inventory/3?entPhysicalContainedIn=1").rows("inventory")
            #expect(below.count == 4)
            #expect(try await client.get("/api/v0/inventory/nosuch").status == 400)
            #expect(try await client.get("/api/v0/inventory/99999").rows("inventory").isEmpty)
        }
    }

    @Test("graphs of an unknown device are the two that are built in", arguments: LibreNMSRelease.allCases)
    func graphs(_ release: LibreNMSRelease) async throws {
        let answer = try await withServer(release) { try await $0.get("/api/v0/devices/nosuch/graphs") }
        #expect(answer.status == 200)
        #expect(answer.rows("graphs").count == 2)
    }

    @Test("VLANs of an unknown device are an error under the key 0 in 2016")
    func vlans() async throws {
        let old = try await withServer(.release2016) { try await $0.get("/api/v0/devices/nosuch/vlans") }
        #expect(old.json["0"] as? String == "Device nosuch not found")
    }

    @Test("the event log comes in pages, oldest first unless asked in capitals")
    func eventLog() async throws {
        let world = World(scale: 2_000)
        world.advance(by: 4_000)
        try await withServer(.modern, world: world) { client async throws in
            let all = try await client.get("/api/v0/logs/eventlog/2")
            let total = try #require(all.json["total"] as? Int)
            try #require(total >= 4)
            let times = all.rows("logs").compactMap { $0["datetime"] as? String }
            #expect(times == times.sorted())
            let page = try await client.get("/api/v0/logs/eventlog/2?start=1&limit=2")
            #expect(page.json["count"] as? Int == 2)
            #expect(page.json["total"] as? Int == total)
            #expect(page.rows("logs").first?["event_id"] as? Int == all.rows("logs")[1]["event_id"] as? Int)
            let latest = try await client.get("/api/v0/logs/eventlog/2?sortorder=DESC&limit=1").rows("logs")
            #expect(latest.first?["event_id"] as? Int == all.rows("logs").last?["event_id"] as? Int)
            let small = try await client.get("/api/v0/logs/eventlog/2?sortorder=desc").rows("logs")
            #expect(small.first?["event_id"] as? Int == all.rows("logs").first?["event_id"] as? Int)
        }
    }

    @Test("rules: an expression and a string of settings in 2016, a builder and an object today")
    func rules() async throws {
        let old = try await withServer(.release2016) {
            try await $0.get("/api/v0/rules/1").rows("rules").first
        }
        #expect(old?["rule"] as? String == "%macros.device_down = \"1\"")
        #expect(old?["extra"] as? String == "{\"mute\": false, \"count\": \"-1\", \"delay\": 300}")
        try await withServer(.modern) { client async throws in
            let rule = try await client.get("/api/v0/rules/1").rows("rules").first
            #expect(rule?["builder"] is [String: Any])
            #expect((rule?["extra"] as? [String: Any])?["invert"] as? Bool == false)
            #expect(try await client.get("/api/v0/rules/abc").rows("rules").isEmpty)
            #expect(try await client.get("/api/v0/rules/999").status == 200)
        }
    }
}
