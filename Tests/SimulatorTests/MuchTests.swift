import Simulator
import Testing

@Suite("devices with much in them") struct MuchTests {
    /// Asks level by level, as a client of 2016 must, of each level so many parts, and counts what it finds.
    private func walk(_ client: Client, _ device: Int, upTo most: Int) async throws -> (
        count: Int, depth: Int
    ) {
        var level = [0]
        var count = 0
        var depth = 0
        while !level.isEmpty {
            var next: [Int] = []
            for index in level.prefix(most) {
                let rows = try await client.get(
                    "/api/v0/inventory/\(device)?entPhysicalContainedIn=\(index)"
                ).rows("inventory")
                count += rows.count
                next += rows.compactMap { $0["entPhysicalIndex"] as? Int }
            }
            if !next.isEmpty { depth += 1 }
            level = next
        }
        return (count, depth)
    }

    @Test("the largest router has 2,000 parts, each inside another that is there, six deep")
    func inventory() async throws {
        try await withServer(.modern, world: World()) { client async throws in
            let all = try await client.get("/api/v0/inventory/1/all").rows("inventory")
            #expect(all.count == 2_000)
            let indices = Set(all.compactMap { $0["entPhysicalIndex"] as? Int })
            #expect(indices.count == 2_000)
            #expect(Set(all.compactMap { $0["entPhysical_id"] as? Int }).count == 2_000)
            let parents = Set(all.compactMap { $0["entPhysicalContainedIn"] as? Int })
            #expect(parents.subtracting(indices) == [0])
            let kinds = Set(all.compactMap { $0["entPhysicalClass"] as? String })
            #expect(kinds.isSuperset(of: ["chassis", "container", "module", "port", "sensor", "fan"]))
            #expect(try await walk(client, 1, upTo: 25).depth == 6)
            let chassis = try await client.get("/api/v0/inventory/1").rows("inventory")
            #expect(chassis.count == 1)
        }
    }

    @Test("a level below has the same parts as the whole tree has there")
    func levels() async throws {
        try await withServer(.modern, world: World(extent: Extent(parts: 210))) { client async throws in
            let all = try await client.get("/api/v0/inventory/1/all").rows("inventory")
            #expect(all.count == 210)
            #expect(try await walk(client, 1, upTo: .max).count == 210)
            let fans = try await client.get(
                "/api/v0/inventory/1?entPhysicalContainedIn=1&entPhysicalClass=fan"
            ).rows("inventory")
            #expect(fans.count == 1)
        }
    }

    @Test("either side of a split world has its largest devices", arguments: [Territory.core, .edge])
    func sides(_ territory: Territory) async throws {
        let world = World(scale: 3_300, extent: .large)
        try await withServer(.modern, world: world, territory: territory) { client async throws in
            let devices = try await client.get("/api/v0/devices?type=all").rows("devices")
            func first(_ prefix: String) throws -> Int {
                let ids = devices.filter { ($0["hostname"] as? String)?.hasPrefix(prefix) == true }
                    .compactMap { $0["device_id"] as? Int }
                return try #require(ids.min())
            }
            let router = try first("core-rtr")
            let sessions = try await client.get("/api/v0/bgp?hostname=\(router)").rows("bgp_sessions")
            #expect(sessions.count == 1_000)
            let addresses = Set(sessions.dropFirst(9).compactMap { $0["bgpPeerIdentifier"] as? String })
            #expect(addresses.count == 991)
            #expect(try await client.get("/api/v0/inventory/\(router)/all").rows("inventory").count == 2_000)
            let vlans = try await client.get("/api/v0/devices/\(try first("agg-sw"))/vlans").rows("vlans")
            #expect(vlans.count == 500)
            #expect(Set(vlans.compactMap { $0["vlan_vlan"] as? Int }).count == 500)
        }
    }

    @Test("sessions are filtered today, and one of them is a list of one")
    func sessions() async throws {
        try await withServer(.modern, world: World()) { client async throws in
            let all = try await client.get("/api/v0/bgp").rows("bgp_sessions")
            let carrier = try #require(all.first?["bgpPeerRemoteAs"] as? Int)
            let some = try await client.get("/api/v0/bgp?remote_asn=\(carrier)").rows("bgp_sessions")
            #expect(!some.isEmpty && some.count < all.count)
            let six = try await client.get("/api/v0/bgp?bgp_family=6").rows("bgp_sessions")
            #expect(six.allSatisfy { ($0["bgpPeerIdentifier"] as? String)?.contains(":") == true })
            #expect(try await client.get("/api/v0/bgp/1").rows("bgp_session").count == 1)
            #expect(try await client.get("/api/v0/bgp/99999").status == 404)
            #expect(try await client.get("/api/v0/bgp/x").status == 400)
        }
    }
}
