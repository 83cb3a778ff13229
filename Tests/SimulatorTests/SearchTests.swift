import Foundation
import Simulator
import Testing

@Suite("components, services and the search for ports") struct SearchTests {
    @Test("components are an object by number; none is null in 2016 and nothing today")
    func components() async throws {
        try await withServer(.release2016) { client async throws in
            let some = try await client.get("/api/v0/devices/1/components")
            #expect((some.json["components"] as? [String: Any])?.count == 2)
            let none = try await client.get("/api/v0/devices/3/components")
            #expect(none.json["components"] is NSNull)
        }
        try await withServer(.modern) { client async throws in
            let some = try await client.get("/api/v0/devices/1/components")
            #expect((some.json["components"] as? [String: Any])?.count == 2)
            let none = try await client.get("/api/v0/devices/3/components")
            #expect(Array(none.json.keys) == ["status"])
        }
    }

    @Test("services are a list in a list")
    func services() async throws {
        try await withServer(.modern, world: World()) { client async throws in
            let answer = try await client.get("/api/v0/services")
            let lists = try #require(answer.json["services"] as? [[[String: Any]]])
            #expect(lists.count == 1 && lists[0].count > 3)
            #expect(answer.json["count"] as? Int == 1)
            #expect(try await client.get("/api/v0/services?state=x").status == 400)
            #expect(try await client.get("/api/v0/services/nosuch").status == 500)
        }
    }

    @Test("ports are found by address and by text; a slash makes fields of what stands before it")
    func ports() async throws {
        try await withServer(.modern) { client async throws in
            // A device's ports are learnt at the port that leads to it, as the far ends of links are.
            let links = try await client.get("/api/v0/resources/links").rows("links")
            var pair: (own: [String: Any], near: Int)?
            for link in links.suffix(12) where pair == nil {
                guard let near = link["remote_port_id"] as? Int, let own = link["local_port_id"] as? Int,
                    let port = try await client.get("/api/v0/ports/\(own)").rows("port").first,
                    let mac = port["ifPhysAddress"] as? String
                else { continue }
                let found = try await client.get("/api/v0/ports/mac/\(mac)").rows("ports")
                if found.first?["port_id"] as? Int == near { pair = (port, near) }
            }
            let (port, near) = try #require(pair)
            let mac = try #require(port["ifPhysAddress"] as? String)
            let colons = stride(from: 0, to: 12, by: 2).map { mac.dropFirst($0).prefix(2) }.joined(
                separator: ":")
            for text in [mac, colons] {
                let found = try await client.get("/api/v0/ports/mac/\(text)").rows("ports")
                #expect(found.first?["port_id"] as? Int == near)
            }
            #expect(try await client.get("/api/v0/resources/fdb/\(mac)").rows("ports_fdb").count > 0)
            #expect(try await client.get("/api/v0/resources/fdb/\(colons)").status == 404)
            #expect(try await client.get("/api/v0/ports/mac/x").status == 422)
            #expect(try await client.get("/api/v0/ports/mac/000000000001").status == 404)
            #expect(try await client.get("/api/v0/ports/search/nothing-has-this").status == 404)
            let label = try await client.get("/api/v0/ports/search/CCT-3001").rows("ports")
            #expect(label.count == 1)
            let fields = try await client.get("/api/v0/ports/search/ifAlias,ifName/CCT-3001").rows("ports")
            #expect(fields.count == 1)
            #expect(try await client.get("/api/v0/ports/search/Gi1%2F0").status == 400)
        }
    }

    @Test(
        "the graph of a kind of ports is drawn; of no ports there is none",
        arguments: LibreNMSRelease.allCases)
    func portGroup(_ release: LibreNMSRelease) async throws {
        try await withServer(release) { client async throws in
            let some = try await client.get("/api/v0/portgroups/cust?width=100&height=30&graph_type=png")
            #expect(some.type.hasPrefix("image/png") && !some.body.isEmpty)
            let none = try await client.get("/api/v0/portgroups/nosuch")
            #expect(none.status == (release == .modern ? 500 : 200))
        }
    }

    @Test("maintenance of a group is that of its devices")
    func groupMaintenance() async throws {
        try await withServer(.modern) { client async throws in
            let answer = try await client.post(
                "/api/v0/devicegroups/Core%20routers/maintenance", "{\"duration\":\"1:00\"}")
            #expect(answer.status == 201)
            #expect(answer.message == "Device group Core routers (1) moved into maintenance mode for 1:00h")
            let one = try await client.get("/api/v0/devices/1/maintenance")
            #expect(one.json["is_under_maintenance"] as? Bool == true)
            let other = try await client.get("/api/v0/devices/3/maintenance")
            #expect(other.json["is_under_maintenance"] as? Bool == false)
        }
    }

    @Test("a fault of one method leaves the others alone, and the rule is written all the same")
    func faultOfMethod() async throws {
        try await withServer(.release2016) { client async throws in
            client.server.setFaults([Fault(.dropped, at: "/api/v0/rules", method: "PUT")])
            let body = "{\"rule_id\":1,\"rule\":\"%a = 1\",\"severity\":\"ok\",\"name\":\"renamed\"}"
            await #expect(throws: NoAnswer.self) { try await client.put("/api/v0/rules", body) }
            #expect(try await client.rule(1)["name"] as? String == "renamed")
        }
    }
}
