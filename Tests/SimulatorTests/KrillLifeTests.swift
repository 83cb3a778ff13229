import Foundation
import Simulator
import Testing

@Suite("what lives at Krill's subscribers") struct KrillLifeTests {
    @Test("an OLT tells of the ONUs on a port what monitoring tells of their hosts")
    func status() async throws {
        let world = World(scale: 1_200)
        world.advance(by: 60)
        try await withKrill(world: world) { client async throws in
            let olts = try await client.get("gpon/olts/").list
            let olt = try #require(olts.first { $0["state"] as? String == "up" }?["name"] as? String)
            let port = try #require(try await client.get("gpon/olts/\(olt)/ports/").list.first)
            let place = "frames/0/slots/\(port["slot"] ?? 0)/ports/\(port["port"] ?? 0)"
            let onus = try await client.get("gpon/olts/\(olt)/\(place)/onus/status/").list
            #expect(onus.count == port["onus"] as? Int)
            #expect(onus.count { $0["status"] as? String == "online" } == port["online"] as? Int)
            let tag = try #require(port["tag"] as? String).replacingOccurrences(of: "/", with: "%2F")
            let hosts = try await client.get("monitoring/search?type=Host&regtag=\(tag)&state=0&limit=100")
                .results
            #expect(
                Set(hosts.compactMap { $0["name"] as? String })
                    == Set(
                        onus.filter { $0["status"] as? String == "online" }.compactMap {
                            $0["desc"] as? String
                        }))
        }
    }

    @Test("an ONU that is enabled is unconfigured no more, and one that must not be is refused")
    func enable() async throws {
        try await withKrill { client async throws in
            let onus = try await client.get("gpon/unconfigured/").list
            let onu = try #require(onus.first { $0["disable_provision"] as? Bool == false })
            let id = try #require(onu["id"] as? Int)
            #expect(try await client.get("gpon/unconfigured/\(id)/enable/").status == 405)
            #expect(
                try await client.with(.viewer).send("POST", "gpon/unconfigured/\(id)/enable/", "{}").status
                    == 403)
            #expect(try await client.send("POST", "gpon/unconfigured/\(id)/enable/", "{}").status == 200)
            let left = try await client.get("gpon/unconfigured/").list
            #expect(left.count == onus.count - 1)
            #expect(!left.contains { $0["id"] as? Int == id })
            #expect(try await client.send("POST", "gpon/unconfigured/\(id)/enable/", "{}").status == 404)
        }
    }

    @Test("what was asked of a line stands in its events, and a task of its ACS runs and ends")
    func events() async throws {
        let world = World(scale: 1_200)
        try await withKrill(world: world) { client async throws in
            let host = try #require(
                try await client.get("monitoring/search?type=Host&hostgroups=cpegpon&state=0&limit=1").results
                    .first)
            let id = (try #require(host["name"] as? String)).drop { !$0.isNumber }
            #expect(try await client.get("isp/cpes/\(id)/cwmp_diagnostic/").status == 200)
            func task() async throws -> String? {
                try await client.get("acs/devices/\(id)/tasks/").list.first?["state"] as? String
            }
            #expect(try await task() == "pending")
            world.advance(by: 10)
            #expect(try await task() == "running")
            world.advance(by: 10)
            #expect(try await task() == "completed")
            let events = try await client.get("isp/cpes/\(id)/events/?sort=-start_time&limit=50").results
            #expect(events.first?["type"] as? String == "diagnostic")
            let times = events.compactMap { $0["start_time"] as? String }
            #expect(times == times.sorted(by: >))
        }
    }

    @Test("sessions come and go while nobody does anything")
    func sessions() async throws {
        let world = World(scale: 1_200)
        try await withKrill(world: world) { client async throws in
            func online() async throws -> Set<String> {
                Set(
                    try await client.all("oratio/accounting/?online=true").compactMap {
                        $0["acctuniqueid"] as? String
                    })
            }
            let before = try await online()
            world.advance(by: 3_600)
            let after = try await online()
            #expect(!after.subtracting(before).isEmpty && !before.subtracting(after).isEmpty)
            #expect(before.intersection(after).count > before.count / 2)
            let pool = try await client.get("oratio/pools/business/stats/").json
            let total = try #require(pool["total"] as? Int)
            #expect(pool["used"] as? Int == total - (try #require(pool["free"] as? Int)))
        }
    }

    @Test("the numbers for a graph are evenly spaced, in UTC, and end now")
    func datasets() async throws {
        let world = World(scale: 1_200)
        try await withKrill(world: world) { client async throws in
            let host = try #require(
                try await client.get("monitoring/search?type=Host&hostgroups=cpegpon&state=0&limit=1").results
                    .first)
            let name = try #require(host["name"] as? String)
            let graphs = try await client.get("monitoring/graphs/?host_name=\(name)").rows("graphs")
            let metrics = graphs.flatMap { $0["datasets"] as? [[String: Any]] ?? [] }.compactMap {
                $0["metric"] as? String
            }
            #expect(metrics.contains("dnrx"))
            let body =
                "{\"host_name\":\"\(name)\",\"service_name\":\"txrx\",\"start\":\"24h\",\"end\":\"0m\",\"metrics\":"
                + "[{\"host_name\":\"\(name)\",\"service_name\":\"txrx\",\"measurement\":\"check_txrx\",\"metric\":\"dnrx\"}]}"
            let answer = try await client.with(.viewer).send("POST", "monitoring/datasets/", body)
            #expect(answer.status == 200)
            let points = answer.rows("check_txrx__\(name)__txrx__dnrx")
            #expect(points.count == 288)
            #expect(points.allSatisfy { ($0["time"] as? String)?.hasSuffix("Z") == true })
            #expect(points.contains { ($0["value"] as? Double ?? 0) < -10 })
            #expect(
                try await client.send(
                    "POST", "monitoring/datasets/", body.replacingOccurrences(of: "24h", with: "soon")
                ).status == 400)
        }
    }

    @Test("when an OLT is out of reach for LibreNMS, its lines are unreachable for Krill")
    func sharedOutage() async throws {
        let world = World(scale: 3_300)
        world.advance(by: 120)
        let down = try await withServer(.modern, world: world) { client async throws in
            try await client.get("/api/v0/devices?type=down").rows("devices").compactMap {
                $0["hostname"] as? String
            }
        }
        try await withKrill(world: world) { client async throws in
            let olts = try await client.get("gpon/olts/").list
            let dead = olts.filter { $0["state"] as? String == "down" }.compactMap { $0["name"] as? String }
            #expect(!dead.isEmpty)
            for olt in dead {
                #expect(down.contains("\(olt).example.net"))
                let hosts = try await client.get("monitoring/search?type=Host&reghost=\(olt)&limit=100")
                    .results
                let severities = hosts.compactMap { ($0["attrs"] as? [String: Any])?["severity"] as? Int }
                #expect(
                    !severities.isEmpty && severities.allSatisfy { $0 & 32 != 0 || $0 == 16 || $0 & 64 != 0 })
                #expect(severities.contains { $0 & 32 != 0 })
            }
        }
    }

    @Test("a world may have 20,000 lines with 60,000 services, of which every page is whole")
    func much() async throws {
        try await withKrill(world: World(scale: 1_200, extent: .manySubscribers)) { client async throws in
            let first = try await client.get("isp/cpes/?limit=1000&attrs=id")
            #expect(first.json["count"] as? Int == 20_000)
            #expect(first.results.count == 1_000)
            let last = try await client.get(
                "monitoring/search?type=Host&joins=services&limit=1000&offset=19500")
            let services = last.results.flatMap {
                ($0["joins"] as? [String: Any])?["services"] as? [[String: Any]] ?? []
            }
            #expect(services.count > 1_500)
            let all = try await client.get("monitoring/search?type=Service&limit=1&attrs=state")
            #expect(try #require(all.json["count"] as? Int) >= 60_000)
        }
    }

    @Test("a fleet may have a Krill, which says who logs in")
    func fleet() async throws {
        let world = World(scale: 600)
        let fleet = SimulatedFleet(world: world, hasSubscribers: true, clock: .standing)
        try await fleet.start()
        let member = try #require(fleet.members.first { $0.kind == "krill" })
        #expect(member.name == "access" && member.user == "noc")
        let answer = try await KrillClient(server: member.server).login(
            try #require(member.user), member.token)
        #expect(answer.status == 200)
        #expect(fleet.members.filter { $0.kind == "librenms" }.allSatisfy { $0.user == nil })
        await fleet.stop()
    }
}
