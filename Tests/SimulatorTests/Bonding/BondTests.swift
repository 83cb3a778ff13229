import Simulator
import Testing

@Suite("bonds") struct BondTests {
    @Test("a list is bare, and of a bond it has what is public of it: the bonder's name, the legs' states")
    func list() async throws {
        try await withBonds { client async throws in
            let answer = try await client.get("bonds/")
            #expect(answer.status == 200)
            #expect(answer.list.count == 10)
            for bond in answer.list {
                #expect(((bond["bonder"] as? [String: Any])?["name"] as? String)?.isEmpty == false)
                let legs = bond["leg_list"] as? [[String: Any]] ?? []
                #expect((1...4).contains(legs.count))
                #expect(legs.allSatisfy { $0["id"] is Int && $0["state"] is String })
            }
        }
    }

    @Test("a leg runs over a circuit that a monitoring server knows by the same label")
    func circuits() async throws {
        let world = World(scale: 1_200, withOddities: false)
        let aliases = try await withServer(.modern, world: world) { client async throws in
            try await client.get("/api/v0/ports?columns=ifAlias").rows("ports").compactMap {
                $0["ifAlias"] as? String
            }
        }
        try await withBonds(world: world) { client async throws in
            let bond = try #require(try await client.get("bonds/").list.first)
            let label = try #require(bond["circuit_id"] as? String)
            let space = try #require((bond["space"] as? [String: Any])?["name"] as? String)
            let alias = try #require(aliases.first { $0.contains("{\(label)}") })
            #expect(alias.contains("Cust: \(space) "))
            let legs = try await client.get("bonds/1/legs/").list
            #expect(legs.contains { $0["circuit_id"] as? String == label })
        }
    }
}
