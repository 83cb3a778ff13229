import Simulator
import Testing

@Suite("speed tests and tunings of bonds") struct BondMeasureTests {
    /// A leg that is up and in use, with its bond.
    private func leg(_ client: BondingClient) async throws -> (bond: Int, leg: Int, url: String) {
        for bond in try await client.get("bonds/").ids {
            let legs = try await client.get("bonds/\(bond)/legs/").list
            if let leg = legs.first(where: { $0["state"] as? String == "up" }),
                let id = leg["id"] as? Int, let url = leg["url"] as? String
            {
                return (bond, id, url)
            }
        }
        throw NoAnswer(words: "no leg is up")
    }

    @Test("a test of a leg is queued, runs, and ends with what it measured, or says why not")
    func speedTest() async throws {
        let world = World(scale: 1_200, withOddities: false)
        try await withBonds(world: world) { client async throws in
            let (bond, leg, url) = try await leg(client)
            let made = try await client.post(
                "bonds/\(bond)/speedtests/", "{\"leg\":\"\(url)\",\"length\":20}")
            #expect(made.status == 201)
            #expect(made.json["status"] as? String == "queued")
            #expect(made.json["target"] as? String == "leg")
            let id = try #require(made.json["id"] as? Int)
            world.advance(by: 10)
            let running = try await client.get("bonds/\(bond)/speedtests/\(id)/").json
            #expect(running["status"] as? String == "running")
            #expect(try await client.get("bonds/\(bond)/legs/\(leg)/").json["state"] as? String == "testing")
            world.advance(by: 60)
            let over = try await client.get("bonds/\(bond)/speedtests/\(id)/").json
            #expect(over["finished"] is String)
            if over["status"] as? String == "finished" {
                let result = try #require(over["result"] as? [String: Any])
                let down = try #require((result["download"] as? [String: Any])?["throughput_mbps"] as? Double)
                #expect(down > 0)
            } else {
                #expect(over["status"] as? String == "failed")
                #expect((over["error"] as? String)?.isEmpty == false)
            }
        }
    }

    @Test("tests of one bond wait for each other; only legs that are up and in use are tested")
    func queue() async throws {
        let world = World(scale: 1_200, withOddities: false)
        try await withBonds(world: world) { client async throws in
            let (bond, leg, url) = try await leg(client)
            for _ in 0..<2 {
                #expect(
                    try await client.post("bonds/\(bond)/speedtests/", "{\"leg\":\"\(url)\"}").status == 201)
            }
            world.advance(by: 5)
            let states = try await client.get("bonds/\(bond)/speedtests/").list.compactMap {
                $0["status"] as? String
            }
            #expect(states == ["running", "queued"])
            world.advance(by: 100)
            let path = String(try #require(url.split(separator: "/api/v3/").last))
            #expect(try await client.patch(path, "{\"link_mode\":\"idle\"}").status == 200)
            let idle = try await client.post("bonds/\(bond)/speedtests/", "{\"leg\":\"\(url)\"}")
            #expect(idle.status == 400)
            #expect(idle.complaint("leg") == "Only active legs can be tested.")
            #expect(leg > 0)
        }
    }

    @Test("nothing of a bond is changed while it is tuned; what is cancelled is over at once")
    func lock() async throws {
        let world = World(scale: 1_200, withOddities: false)
        try await withBonds(world: world) { client async throws in
            let (bond, _, url) = try await leg(client)
            let made = try await client.post("bonds/\(bond)/tuners/")
            let id = try #require(made.json["id"] as? Int)
            world.advance(by: 10)
            let path = String(try #require(url.split(separator: "/api/v3/").last))
            for target in ["bonds/\(bond)/", path] {
                let refused = try await client.patch(target, "{\"note\":\"x\"}")
                #expect(refused.status == 400)
                #expect(refused.complaint("non_field_errors")?.contains("tuning") == true)
            }
            let cancelled = try await client.post("bonds/\(bond)/tuners/\(id)/cancel/")
            #expect(cancelled.json["status"] as? String == "cancelled")
            #expect(try await client.post("bonds/\(bond)/tuners/\(id)/cancel/").status == 400)
            #expect(try await client.patch("bonds/\(bond)/", "{\"note\":\"x\"}").status == 200)
        }
    }

    @Test("recommendations are accepted or declined once, and those accepted are in force")
    func decisions() async throws {
        let world = World(scale: 1_200, withOddities: false)
        try await withBonds(world: world) { client async throws in
            var decided: Set<String> = []
            // Some tunings fail and some find nothing: those are refused, and the next one is tried.
            for attempt in 0..<12 where decided.count < 2 {
                let (bond, leg, url) = try await leg(client)
                let list = "bonds/\(bond)/legs/\(leg)/tuners/"
                let id = try #require(try await client.post(list).json["id"] as? Int)
                #expect(try await client.post("\(list)\(id)/accept/").status == 400)
                world.advance(by: 120)
                let over = try await client.get("\(list)\(id)/").json
                let advice = over["recommendations"] as? [[String: Any]] ?? []
                guard over["status"] as? String == "finished", !advice.isEmpty else {
                    #expect(try await client.post("\(list)\(id)/decline/").status == 400)
                    continue
                }
                let (word, past) = attempt % 2 == 0 ? ("accept", "accepted") : ("decline", "declined")
                let answer = try await client.post("\(list)\(id)/\(word)/")
                #expect(answer.json["decision"] as? String == past)
                #expect(try await client.post("\(list)\(id)/accept/").status == 400)
                let path = String(try #require(url.split(separator: "/api/v3/").last))
                let now = try await client.get(path).json
                for item in advice {
                    let field = try #require(item["field"] as? String)
                    let wanted = item[word == "accept" ? "recommended" : "current"] as? Int
                    #expect(now[field] as? Int == wanted)
                }
                decided.insert(past)
            }
            #expect(!decided.isEmpty)
        }
    }
}
