import Foundation
import Simulator
import Testing

@Suite("manners of a bonding server") struct BondingMannersTests {
    @Test("a path without its slash is sent on to the one with it, whatever the method, and nothing is done")
    func slash() async throws {
        try await withBonds { client async throws in
            let answer = try await client.get("bonds?page_size=2")
            #expect(answer.status == 301)
            #expect(answer.headers["location"] == "/api/v3/bonds/?page_size=2")
            let restart = try await client.post("bonds/1/restart")
            #expect(restart.status == 301)
            #expect(restart.headers["location"] == "/api/v3/bonds/1/restart/")
            client.server.world.advance(by: 1)
            #expect(try await client.get("bonds/1/legs/").list.contains { $0["state"] as? String == "up" })
            #expect(try await client.get("nonsense").status == 404)
        }
    }

    @Test("credentials that are none are told apart from wrong ones")
    func credentials() async throws {
        try await withBonds { client async throws in
            let none = try await client.by(nil).get("bonds/")
            #expect(none.detail == "Authentication credentials were not provided.")
            let wrong = try await client.send("GET", "bonds/", headers: ["Authorization": "Basic bm9jOng="])
            #expect(wrong.status == 401)
            #expect(wrong.detail == "Invalid username/password.")
        }
    }

    @Test("pages are cut when they are asked for, and lead to a host that is not the one asked")
    func pages() async throws {
        try await withBonds { client async throws in
            let first = try await client.get("bonds/?page=1&page_size=4")
            #expect(first.json["count"] as? Int == 10)
            #expect(first.rows("results").count == 4)
            #expect(first.json["previous"] is NSNull)
            let next = try #require(first.json["next"] as? String)
            #expect(next == "https://ba.internal.example.net/api/v3/bonds/?page=2&page_size=4")
            let last = try await client.get("bonds/?page=3&page_size=4")
            #expect(last.rows("results").count == 2)
            #expect(last.json["next"] is NSNull)
            #expect(try await client.get("bonds/?page=4&page_size=4").status == 404)
        }
    }

    @Test("a server may envelop every list, and may write the host that was asked")
    func envelopes() async throws {
        let release = BondingRelease(.v3, envelopesLists: true, origin: nil)
        try await withBonds(release) { client async throws in
            let answer = try await client.get("bonds/")
            #expect(answer.rows("results").count == 10)
            let url = try #require(answer.rows("results").first?["url"] as? String)
            #expect(url == "\(try #require(client.server.url))/api/v3/bonds/1/")
        }
    }

    @Test("what is in another space is not there for a customer")
    func spaces() async throws {
        try await withBonds { client async throws in
            let customer = client.by(.customer)
            let own = try await customer.get("bonds/").ids
            let all = try await client.get("bonds/").ids
            #expect(!own.isEmpty && own.count < all.count)
            let foreign = try #require(all.first { !own.contains($0) })
            for path in ["bonds/\(foreign)/", "bonds/\(foreign)/legs/", "spaces/1/"] {
                let answer = try await customer.get(path)
                #expect(answer.status == 404)
                #expect(answer.detail == "Not found.")
            }
            #expect(try await customer.post("bonds/\(foreign)/restart/").status == 404)
            #expect(try await customer.get("bonds/\(own[0])/").status == 200)
            let bonders = try await customer.get("bonders/").list
            #expect(bonders.count == own.count)
            #expect(try await customer.get("aggregators/").status == 403)
        }
    }

    @Test("a browser is shown a page, a client is not")
    func browsers() async throws {
        try await withBonds { client async throws in
            let page = try await client.send(
                "GET", "bonds/", headers: ["Accept": "text/html,application/json;q=0.9"])
            #expect(page.type.hasPrefix("text/html"))
            let plain = try await client.send("GET", "bonds/", headers: ["Accept": "application/json"])
            #expect(plain.type == "application/json")
        }
    }

    @Test("bodies that are no object, no JSON or no known type are refused in the framework's words")
    func bodies() async throws {
        try await withBonds { client async throws in
            let list = try await client.post("bonds/", "[]")
            #expect(list.status == 400)
            #expect(
                list.complaint("non_field_errors") == "Invalid data. Expected a dictionary, but got list.")
            let broken = try await client.post("bonds/", "{")
            #expect(broken.status == 400)
            #expect(broken.detail?.hasPrefix("JSON parse error") == true)
            let text = try await client.send(
                "POST", "bonds/", "x", headers: ["Content-Type": "text/plain"])
            #expect(text.status == 415)
            #expect(text.detail == "Unsupported media type \"text/plain\" in request.")
        }
    }

    @Test("fields are checked one by one, and what is not known is ignored")
    func fields() async throws {
        try await withBonds { client async throws in
            let missing = try await client.post("bonds/1/static_legs/", "{\"ip\":\"1.2.3\",\"surprise\":1}")
            #expect(missing.status == 400)
            #expect(missing.complaint("interface") == "This field is required.")
            #expect(missing.complaint("ip") == "Enter a valid IPv4 or IPv6 address.")
            #expect(missing.json["surprise"] == nil)
            let mode = try await client.patch(
                "bonds/2/\(try await legPath(client))/", "{\"link_mode\":\"off\"}")
            #expect(mode.complaint("link_mode") == "\"off\" is not a valid choice.")
            let bond = try await client.post("bonds/", "{\"aggregator\":\"/api/v3/aggregators/999/\"}")
            #expect(bond.complaint("aggregator") == "Invalid hyperlink - Object does not exist.")
            let key = try await client.post("spaces/", "{\"name\":\"x\",\"key\":\"root\",\"parent\":null}")
            #expect(key.complaint("key") == "Key must be unique.")
        }
    }

    private func legPath(_ client: BondingClient) async throws -> String {
        let leg = try #require(try await client.get("bonds/2/legs/").list.first)
        return "\(try #require(leg["type"] as? String))_legs/\(try #require(leg["id"] as? Int))"
    }

    @Test("objects are made with an address to find them at, changed through it, and deleted")
    func lifeOfObjects() async throws {
        try await withBonds { client async throws in
            let body = "{\"aggregator\":\"https://elsewhere/api/v3/aggregators/2/\",\"note\":\"new – ü\"}"
            let made = try await client.post("bonds/", body)
            #expect(made.status == 201)
            let url = try #require(made.headers["location"])
            #expect(url == made.json["url"] as? String)
            let bonder = try #require((made.json["bonder"] as? [String: Any])?["name"] as? String)
            #expect(bonder.hasPrefix("default-") && bonder.utf8.count == 16)
            let id = try #require(made.json["id"] as? Int)
            let leg = try await client.post(
                "bonds/\(id)/dhcp_legs/", "{\"interface\":\"eth1\",\"up_speed\":0,\"down_speed\":5000000}")
            #expect(leg.status == 201)
            #expect((leg.json["url"] as? String)?.contains("/bonds/\(id)/dhcp_legs/") == true)
            let changed = try await client.patch("bonds/\(id)/", "{\"note\":\"\"}")
            #expect(changed.json["note"] as? String == "")
            #expect(try await client.send("DELETE", "bonds/\(id)/").status == 204)
            #expect(try await client.get("bonds/\(id)/").status == 404)
            let orphan = try #require(leg.json["id"] as? Int)
            #expect(try await client.get("bonds/\(id)/dhcp_legs/\(orphan)/").status == 404)
        }
    }

    @Test("addresses and routes are switched off and on, and stay as they were otherwise")
    func switches() async throws {
        try await withBonds { client async throws in
            for path in ["bonds/1/connected_ips/1/", "bonds/1/routes/1/", "bonds/1/cpe_nat_ips/1/"] {
                let before = try await client.get(path).json
                let off = try await client.patch(path, "{\"enabled\":false}")
                #expect(off.status == 200)
                #expect(off.json["enabled"] as? Bool == false)
                #expect(off.json.count == before.count)
                #expect(try await client.patch(path, "{\"enabled\":true}").json["enabled"] as? Bool == true)
            }
        }
    }
}
