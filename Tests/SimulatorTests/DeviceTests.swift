import Simulator
import Testing

@Suite("devices") struct DeviceTests {
    @Test("2016 knows only strings and nulls; today's lists have numbers, and single devices booleans")
    func types() async throws {
        let old = try await withServer(.release2016) { try await $0.get("/api/v0/devices") }
        for row in old.rows("devices") {
            for (key, value) in row { #expect(value is String || "\(value)" == "<null>", "\(key)") }
        }
        try await withServer(.modern) { client async throws in
            let list = try await client.get("/api/v0/devices")
            let single = try await client.get("/api/v0/devices/1")
            let listed = Outline.of(list.text, depth: 3)
            let detailed = Outline.of(single.text, depth: 3)
            #expect(listed.contains(.init(key: "\"status\"", kind: "number")))
            #expect(detailed.contains(.init(key: "\"status\"", kind: "boolean")))
            #expect(listed.contains(.init(key: "\"location\"", kind: "string")))
            #expect(detailed.contains(.init(key: "\"location\"", kind: "object")))
            #expect(!detailed.contains { $0.key == "\"dependency_parent_id\"" })
        }
    }

    @Test("types select by status, and disabled or ignored devices are neither up nor down")
    func selections() async throws {
        let world = World(scale: 6_000)
        try await withServer(.modern, world: world) { client async throws in
            func ids(_ type: String) async throws -> Set<Int> {
                let rows = try await client.get("/api/v0/devices?type=\(type)").rows("devices")
                return Set(rows.compactMap { $0["device_id"] as? Int })
            }
            let (all, up, down) = (try await ids("all"), try await ids("up"), try await ids("down"))
            let (ignored, disabled) = (try await ids("ignored"), try await ids("disabled"))
            let active = try await ids("active")
            for some in [up, down, ignored, disabled] { #expect(!some.isEmpty) }
            #expect(up.union(down) == active)
            #expect(up.isDisjoint(with: down))
            #expect(active.isDisjoint(with: ignored) && active.isDisjoint(with: disabled))
            #expect(try await ids("nonsense") == all)
        }
    }

    @Test("devices are sorted by name unless a column is asked for, and an unknown one empties the list")
    func order() async throws {
        try await withServer(.modern, world: World(scale: 600)) { client async throws in
            let rows = try await client.get("/api/v0/devices").rows("devices")
            let names = rows.compactMap { $0["hostname"] as? String }
            #expect(names == names.sorted())
            let byID = try await client.get("/api/v0/devices?order=device_id%20desc").rows("devices")
            let ids = byID.compactMap { $0["device_id"] as? Int }
            #expect(ids == ids.sorted(by: >))
            #expect(ids.count == rows.count)
            let none = try await client.get("/api/v0/devices?order=nosuch")
            #expect(none.status == 200)
            #expect(none.rows("devices").isEmpty)
        }
    }

    @Test("digits in a path are a number, so a device of an all-digit name cannot be had by name")
    func allDigits() async throws {
        try await withServer(.modern) { client async throws in
            let rows = try await client.get("/api/v0/devices").rows("devices")
            let row = try #require(rows.first { $0["hostname"] as? String == "10101" })
            #expect(try await client.get("/api/v0/devices/10101").status == 404)
            let id = try #require(row["device_id"])
            let found = try await client.get("/api/v0/devices/\(id)").rows("devices").first
            #expect(found?["hostname"] as? String == "10101")
        }
    }

    @Test("searches by address return a device and a port in one row, where the port's flags win")
    func flattened() async throws {
        for (release, keys) in [(LibreNMSRelease.modern, 125), (.release2016, 115)] {
            let rows = try await withServer(release) { client async throws in
                try await client.get("/api/v0/devices?type=ipv4&query=10.0.0.1").rows("devices")
            }
            #expect(rows.count == 1)
            #expect(rows.first?.count == keys)
            #expect(rows.first?["ifName"] != nil)
        }
    }

    @Test("a core router of 2016 has its contexts as an object, every other device an empty list")
    func contexts() async throws {
        try await withServer(.release2016) { client async throws in
            let core = try await client.get("/api/v0/devices/1").rows("devices").first
            #expect(core?["vrf_lite_cisco"] is [String: Any])
            let access = try await client.get("/api/v0/devices/3").rows("devices").first
            #expect((access?["vrf_lite_cisco"] as? [Any])?.isEmpty == true)
        }
    }

    @Test("odd devices come through with their control characters, and very long names whole")
    func oddities() async throws {
        let rows = try await withServer(.modern) { try await $0.get("/api/v0/devices").rows("devices") }
        let control = try #require(rows.first { $0["hostname"] as? String == "control-chars.example.net" })
        #expect((control["sysDescr"] as? String)?.contains("\u{1b}[31m") == true)
        #expect((control["version"] as? String) == "1.0\u{0}null")
        #expect(rows.contains { ($0["sysName"] as? String)?.count == 3_000 })
        let nulls = try #require(rows.first { $0["hostname"] as? String == "all-nulls.example.net" })
        #expect("\(nulls["os"] ?? "")" == "<null>")
    }

    @Test("rows carry the secrets that real servers print")
    func secrets() async throws {
        for release in LibreNMSRelease.allCases {
            let row = try await withServer(release) {
                try await $0.get("/api/v0/devices/1").rows("devices").first
            }
            #expect((row?["community"] as? String)?.isEmpty == false)
        }
    }
}
