import Simulator
import Testing

@Suite("what happens to bonds") struct BondLifeTests {
    private func states(_ client: BondingClient, _ bond: Int) async throws -> [String] {
        try await client.get("bonds/\(bond)/legs/").list.compactMap { $0["state"] as? String }
    }

    /// A bond of which all legs work.
    private func healthy(_ client: BondingClient) async throws -> Int {
        let bonds = try await client.get("bonds/").list
        let fit = bonds.first { bond in
            let legs = bond["leg_list"] as? [[String: Any]] ?? []
            return legs.count > 1
                && legs.allSatisfy { ["up", "failover"].contains($0["state"] as? String ?? "") }
        }
        return try #require(fit?["id"] as? Int)
    }

    @Test("a restart takes its bond down for some seconds, and its legs remember it")
    func restart() async throws {
        let world = World(scale: 1_200, withOddities: false)
        try await withBonds(world: world) { client async throws in
            let bond = try await healthy(client)
            let leg = try #require(try await client.get("bonds/\(bond)/legs/").ids.first)
            let path = "bonds/\(bond)/legs/\(leg)/state_history/"
            let before = try await client.get(path).list.count
            #expect(try await client.post("bonds/\(bond)/restart/").status == 200)
            world.advance(by: 2)
            #expect(try await states(client, bond).allSatisfy { $0 == "down" })
            world.advance(by: 5)
            #expect(try await states(client, bond).allSatisfy { $0 == "connecting" })
            world.advance(by: 5)
            #expect(try await states(client, bond).contains("up"))
            let history = try await client.get(path).list
            #expect(history.count == before + 3)
            #expect(history.suffix(3).compactMap { $0["state"] as? String } == ["down", "connecting", "up"])
            #expect(history.dropLast().allSatisfy { $0["end"] is String })
            // Each state begins where the one before ended.
            for (earlier, later) in zip(history, history.dropFirst()) {
                #expect(earlier["end"] as? String == later["start"] as? String)
                #expect(earlier["state"] as? String != later["state"] as? String)
            }
        }
    }

    @Test("an aggregator that fails is given up at the third check; bonds with a second one move there")
    func failover() async throws {
        let world = World(scale: 1_200, withOddities: false)
        try await withBonds(world: world) { client async throws in
            world.advance(by: 200)
            #expect(try await client.get("aggregators/1/").json["status"] as? String == "up")
            let own = try await client.get("aggregators/1/bonds/").list
            #expect(own.contains { $0["secondary_aggregator"] is String })
            world.advance(by: 100)
            #expect(try await client.get("aggregators/1/").json["status"] as? String == "down")
            let current = try await client.get("aggregators/1/bonds_current/").ids
            for bond in own {
                let id = try #require(bond["id"] as? Int)
                let now = try await client.get("bonds/\(id)/").json["current_aggregator"] as? String
                let secondary = bond["secondary_aggregator"] as? String
                #expect(now == secondary ?? bond["aggregator"] as? String)
                #expect(current.contains(id) == (secondary == nil))
                // Without a second one a bond has nowhere to go.
                let isUp = try await states(client, id).contains { ["up", "failover"].contains($0) }
                if secondary == nil { #expect(!isUp) }
            }
        }
    }

    @Test("a bond is not restored while its primary aggregator is failed, and is once that works again")
    func restore() async throws {
        let world = World(scale: 1_200, withOddities: false)
        try await withBonds(world: world) { client async throws in
            world.advance(by: 400)
            let own = try await client.get("aggregators/1/bonds/").list
            let bond = try #require(own.first { $0["secondary_aggregator"] is String })
            let id = try #require(bond["id"] as? Int)
            let refused = try await client.post("bonds/\(id)/restore_to_primary_agg/")
            #expect(refused.status == 400)
            #expect(refused.detail?.contains("still failed") == true)
            world.advance(by: 600)
            let there = try await client.get("bonds/\(id)/").json
            #expect(there["current_aggregator"] as? String == bond["secondary_aggregator"] as? String)
            #expect(try await client.post("bonds/\(id)/restore_to_primary_agg/").status == 202)
            world.advance(by: 10)
            let back = try await client.get("bonds/\(id)/").json
            #expect(back["current_aggregator"] as? String == back["aggregator"] as? String)
        }
    }

    @Test("the mode of a leg is changed on the address of its own kind, and its state follows")
    func linkMode() async throws {
        let world = World(scale: 1_200, withOddities: false)
        try await withBonds(world: world) { client async throws in
            let bond = try await healthy(client)
            let leg = try #require(try await client.get("bonds/\(bond)/legs/").list.first)
            let id = try #require(leg["id"] as? Int)
            let general = try await client.patch("bonds/\(bond)/legs/\(id)/", "{\"link_mode\":\"idle\"}")
            #expect(general.status == 405)
            #expect(general.headers["allow"] == "GET, HEAD, OPTIONS")
            let kind = try #require(leg["type"] as? String)
            let own = "bonds/\(bond)/\(kind)_legs/\(id)/"
            #expect((leg["url"] as? String)?.hasSuffix("/api/v3/" + own) == true)
            let idle = try await client.patch(own, "{\"link_mode\":\"idle\"}")
            #expect(idle.json["state"] as? String == "idle")
            #expect(
                try await client.patch(own, "{\"link_mode\":\"offline\"}").json["state"] as? String
                    == "offline")
            world.advance(by: 1)
            #expect(try await client.get(own).json["state"] as? String == "offline")
        }
    }

    @Test("a line that renews its address is down for a moment")
    func renew() async throws {
        let world = World(scale: 1_200, withOddities: false)
        try await withBonds(world: world) { client async throws in
            for bond in try await client.get("bonds/").ids {
                let legs = try await client.get("bonds/\(bond)/legs/").list
                guard
                    let leg = legs.first(where: {
                        $0["type"] as? String == "dhcp" && $0["state"] as? String == "up"
                    }),
                    let id = leg["id"] as? Int
                else { continue }
                #expect(try await client.post("bonds/\(bond)/dhcp_legs/\(id)/renew/").status == 202)
                #expect(try await client.get("bonds/\(bond)/legs/\(id)/").json["state"] as? String == "down")
                world.advance(by: 5)
                #expect(try await client.get("bonds/\(bond)/legs/\(id)/").json["state"] as? String == "up")
                #expect(try await client.post("bonds/\(bond)/static_legs/\(id)/renew/").status == 404)
                return
            }
            Issue.record("no DHCP leg that works")
        }
    }

    @Test("legs come and go by themselves, and not all of them are up or down")
    func flapping() async throws {
        let world = World(scale: 3_300, withOddities: false)
        try await withBonds(world: world) { client async throws in
            var seen: Set<String> = []
            var changes = 0
            var last: [String] = []
            for _ in 0..<24 {
                let legs = try await client.get("bonds/").list.flatMap {
                    $0["leg_list"] as? [[String: Any]] ?? []
                }
                let now = legs.compactMap { $0["state"] as? String }
                seen.formUnion(now)
                if !last.isEmpty { changes += zip(last, now).count { $0 != $1 } }
                last = now
                world.advance(by: 900)
            }
            #expect(seen.isSuperset(of: ["up", "down", "idle", "failover"]))
            #expect(changes > 5)
        }
    }

    @Test(
        "a change is queued and arrives; of one bonder an update never arrives, and fails more and more often"
    )
    func updates() async throws {
        let world = World(scale: 1_200, withOddities: false)
        try await withBonds(world: world) { client async throws in
            func failures() async throws -> Int {
                try #require(try await client.get("system/status/configupdates/").json["failures"] as? Int)
            }
            #expect(try await failures() == 0)
            world.advance(by: 600)
            let early = try await failures()
            #expect(early > 0)
            world.advance(by: 600)
            #expect(try await failures() > early)
            let answer = try await client.get("system/status/configupdates/").json
            let status = try #require(answer["status"] as? [String: Int])
            #expect(answer["count"] as? Int == status.values.reduce(0, +))
            #expect(status["failed"].map { $0 >= 1 } == true)
        }
    }

    @Test("two worlds of one seed have the same bonds in the same states")
    func alike() async throws {
        func picture() async throws -> String {
            let world = World(scale: 1_200, withOddities: false)
            world.advance(by: 5_000)
            return try await withBonds(world: world) { try await $0.get("bonds/").text }
        }
        #expect(try await picture() == picture())
    }

    @Test("2,000 bonds have 6,000 legs, and the list has all of them")
    func many() async throws {
        let world = World(scale: 1_200, withOddities: false, extent: Extent(bonds: 2_000))
        try await withBonds(world: world) { client async throws in
            let bonds = try await client.get("bonds/").list
            #expect(bonds.count == 2_000)
            #expect(bonds.reduce(0) { $0 + (($1["leg_list"] as? [Any])?.count ?? 0) } == 6_000)
            let names = bonds.compactMap { ($0["bonder"] as? [String: Any])?["name"] as? String }
            #expect(Set(names).count == 2_000)
        }
    }
}
