import Foundation
import Simulator
import Testing

@Suite("Krill's subscribers and what is done to them") struct KrillLineTests {
    /// The first CPE on fibre that is well and may be provisioned.
    private func soundCPE(_ client: KrillClient) async throws -> (id: Int, name: String) {
        let hosts = try await client.get("monitoring/search?type=Host&hostgroups=cpegpon&state=0&limit=200")
            .results
        for host in hosts {
            let name = try #require(host["name"] as? String)
            let id = try #require(Int(name.drop { !$0.isNumber }))
            let cpe = try await client.get("isp/cpes/\(id)/").json
            if cpe["disable_provision"] as? Bool == false, cpe["access"] as? Bool == true,
                (cpe["_services"] as? [String])?.contains("pppoe") == true
            {
                return (id, name)
            }
        }
        throw NoAnswer(words: "no sound CPE")
    }

    private func state(_ client: KrillClient, _ name: String) async throws -> Int? {
        (try await client.get("monitoring/hosts/\(name)/").json["attrs"] as? [String: Any])?["state"] as? Int
    }

    @Test("the line of a circuit is the one whose label LibreNMS shows, with its customer, MAC and address")
    func sameWorld() async throws {
        let world = World(scale: 1_200)
        let ports = try await withServer(.modern, world: world) { client async throws in
            try await client.get("/api/v0/ports?columns=ifAlias").rows("ports").compactMap {
                $0["ifAlias"] as? String
            }
        }
        let alias = try #require(ports.first { $0.contains("{CCT-") })
        let label = try #require(alias.split(separator: "{").last?.dropLast())
        try await withKrill(world: world) { client async throws in
            let found = try await client.get("isp/cpes/?external_id=\(label)&joins=customer,potses").results
            let cpe = try #require(found.first)
            #expect(found.count == 1)
            let customer = try #require(cpe["customer"] as? [String: Any])
            #expect(alias.hasPrefix("Cust: \(try #require(customer["name"] as? String)) ["))
            #expect((customer["external_id"] as? String)?.hasPrefix("CUST-") == true)
            #expect((cpe["wanmac"] as? String)?.hasPrefix("00:16:3e:") == true)
            #expect((cpe["fixed_address"] as? String)?.hasPrefix("100.64.") == true)
            #expect(cpe["potses"] is [Any])
        }
    }

    @Test("a GET reboots: the line is down for a minute and a half, comes back, and has started again")
    func reboot() async throws {
        let world = World(scale: 1_200)
        try await withKrill(world: world) { client async throws in
            let cpe = try await soundCPE(client)
            let answer = try await client.get("isp/cpes/\(cpe.id)/reboot/")
            #expect(answer.status == 200)
            #expect(answer.json["result"] as? String == "reboot ordered")
            #expect(try await state(client, cpe.name) == 1)
            world.advance(by: 89)
            #expect(try await state(client, cpe.name) == 1)
            world.advance(by: 11)
            #expect(try await state(client, cpe.name) == 0)
            let info = try await client.get("monitoring/cpes/\(cpe.id)/info").json
            #expect(info["uptime"] as? Int == 10)
            #expect(client.server.arrivals().count { $0.path.hasSuffix("/reboot/") } == 1)
        }
    }

    @Test("a viewer reads a CPE without its actions, and no GET of his acts")
    func viewer() async throws {
        try await withKrill { client async throws in
            let cpe = try await soundCPE(client)
            let viewer = client.with(.viewer)
            for action in ["reboot", "reprovision", "unprovision", "factory", "reconfig", "cwmp_diagnostic"] {
                let answer = try await viewer.get("isp/cpes/\(cpe.id)/\(action)/")
                #expect(answer.status == 403)
                #expect(answer.detail == "You do not have permission to perform this action.")
            }
            #expect(try await state(client, cpe.name) == 0)
            let links = try await viewer.get("isp/cpes/\(cpe.id)/").json["_links"] as? [String: Any]
            #expect((links?["actions"] as? [String: Any])?.isEmpty == true)
            let mine = try await client.get("isp/cpes/\(cpe.id)/").json["_links"] as? [String: Any]
            let actions = mine?["actions"] as? [String: String]
            #expect(actions?["reboot"] == "/api/v2/cpes/\(cpe.id)/reboot")
            #expect(actions?["diagnostic"] == "/api/v2/cpes/\(cpe.id)/cwmp_diagnostic")
        }
    }

    @Test("without provision there is no service until it is provisioned again")
    func provision() async throws {
        try await withKrill { client async throws in
            let cpe = try await soundCPE(client)
            func service(_ name: String) async throws -> Int? {
                let host = try await client.get(
                    "monitoring/search?type=Service&host_name=\(cpe.name)&service_name=\(name)"
                ).results.first
                return (host?["attrs"] as? [String: Any])?["state"] as? Int
            }
            #expect(try await client.get("isp/cpes/\(cpe.id)/unprovision/").status == 200)
            #expect(try await service("provision") == 2)
            #expect(try await service("pppoe") == 2)
            let online = "oratio/accounting/?online=true&krillcpename=\(cpe.name)"
            #expect(try await client.get(online).results.isEmpty)
            #expect(try await client.get("isp/cpes/\(cpe.id)/reprovision/").status == 200)
            #expect(try await service("provision") == 0)
        }
    }

    @Test("what must not be provisioned refuses it in words")
    func frozen() async throws {
        try await withKrill { client async throws in
            let cpe = try await soundCPE(client)
            let patched = try await client.send(
                "PATCH", "isp/cpes/\(cpe.id)/", "{\"disable_provision\":true}")
            #expect(patched.json["disable_provision"] as? Bool == true)
            for action in ["reprovision", "unprovision"] {
                let answer = try await client.get("isp/cpes/\(cpe.id)/\(action)/")
                #expect(answer.status == 409)
                #expect(answer.detail?.contains("disable_provision") == true)
            }
            #expect(try await state(client, cpe.name) == 0)
        }
    }

    @Test("a session that is cut ends by an administrator and begins again within a quarter of a minute")
    func disconnect() async throws {
        let world = World(scale: 1_200)
        try await withKrill(world: world) { client async throws in
            let cpe = try await soundCPE(client)
            let online = "oratio/accounting/?online=true&krillcpename=\(cpe.name)"
            let first = try #require(try await client.get(online).results.first?["acctuniqueid"] as? String)
            #expect(
                try await client.with(.viewer).get("oratio/accounting/\(first)/disconnect/").status == 403)
            #expect(try await client.get(online).results.count == 1)
            #expect(try await client.get("oratio/accounting/\(first)/disconnect/").status == 200)
            #expect(try await client.get(online).results.isEmpty)
            let ended = try await client.get("oratio/accounting/?online=false&krillcpename=\(cpe.name)")
                .results
            #expect(ended.first?["acctterminatecause"] as? String == "Admin-Reset")
            world.advance(by: 15)
            let second = try #require(try await client.get(online).results.first)
            #expect(second["acctuniqueid"] as? String != first)
            #expect(second["sessiontime"] as? Int == 3)
        }
    }

    @Test("CPEs are written down, changed and removed; what is missing or wrong is said by field")
    func writing() async throws {
        try await withKrill { client async throws in
            let bad = try await client.send("POST", "isp/cpes/", "{\"customer\":99999999,\"profile\":\"x\"}")
            #expect(bad.status == 400)
            #expect(bad.json["realm"] as? [String] == ["This field is required."])
            #expect(bad.json["profile"] as? [String] == ["A valid integer is required."])
            let made = try await client.send(
                "POST", "isp/cpes/",
                "{\"customer\":1,\"profile\":2,\"realm\":\"met\",\"sn\":\"48575443FFFFFFFF\"}")
            #expect(made.status == 201)
            let id = try #require(made.json["id"] as? Int)
            #expect(try await client.get("isp/cpes/?sn=48575443FFFFFFFF").results.first?["id"] as? Int == id)
            let patched = try await client.send(
                "PATCH", "isp/cpes/\(id)/", "{\"notes\":\"for the shop\",\"id\":7}")
            #expect(patched.json["notes"] as? String == "for the shop")
            #expect(patched.json["id"] as? Int == id)
            #expect(try await client.send("PUT", "isp/cpes/\(id)/", "{\"notes\":\"\"}").status == 400)
            #expect(try await client.with(.viewer).send("DELETE", "isp/cpes/\(id)/").status == 403)
            #expect(try await client.send("DELETE", "isp/cpes/\(id)/").status == 204)
            #expect(try await client.get("isp/cpes/\(id)/").status == 404)
            #expect(
                try await client.send("POST", "isp/cpes/", "{oops").detail?.hasPrefix("JSON parse error")
                    == true)
            #expect(try await client.send("POST", "isp/potses/", "{}").status == 405)
        }
    }

    @Test("an account of one realm sees no other")
    func realm() async throws {
        try await withKrill { client async throws in
            let regional = client.with(.regional)
            let rows = try await regional.get("isp/cpes/?limit=1000&attrs=id,realm").results
            #expect(Set(rows.compactMap { $0["realm"] as? String }) == ["rur"])
            let other = try #require(
                try await client.get("isp/cpes/?realm=met&limit=1").results.first?["id"] as? Int)
            #expect(try await regional.get("isp/cpes/\(other)/").status == 404)
            #expect(try await regional.get("isp/cpes/\(other)/reboot/").status == 404)
            let hosts = try await regional.get("monitoring/search?type=Host&hostgroups=cpe&limit=1000")
                .results
            #expect(hosts.allSatisfy { ($0["name"] as? String)?.hasPrefix("rur") == true })
        }
    }

    @Test("an old server has three bare lists and nothing of v2")
    func old() async throws {
        try await withKrill(.v1Only) { client async throws in
            let cpes = try await client.get("/api/cpes/?realm=rur").list
            #expect(!cpes.isEmpty)
            #expect(cpes.allSatisfy { $0["_links"] == nil && $0["realm"] as? String == "rur" })
            #expect(!(try await client.get("/api/customers/").list.isEmpty))
            #expect(!(try await client.get("/api/potses/").list.isEmpty))
            #expect(try await client.get("isp/cpes/").status == 404)
            #expect(try await client.login("noc", testTokens.admin).status == 404)
        }
    }
}
