import Foundation
import Simulator
import Testing

@Suite("what Krill's monitoring says of lines") struct KrillMonitoringTests {
    private func attributes(_ objects: [[String: Any]]) -> [[String: Any]] {
        objects.compactMap { $0["attrs"] as? [String: Any] }
    }

    private func severity(_ object: [String: Any]) -> Int {
        func isSet(_ name: String) -> Bool { object[name] as? Int == 1 }
        let state = object["state"] as? Int ?? 0
        if state == 99 { return 16 }
        if state == 0 { return 0 }
        let isHost = object["service_name"] as? String == ""
        let base = isHost ? 64 : state == 1 ? 32 : state == 3 ? 64 : 128
        return base + (isSet("acknowledged") ? 512 : isSet("downtimed") ? 256 : 2_048)
    }

    @Test("each severity follows from the state by Icinga's formula")
    func severities() async throws {
        let world = World(scale: 1_200)
        world.advance(by: 200)
        try await withKrill(world: world) { client async throws in
            let all = attributes(try await client.all("monitoring/search?type=Host"))
            let services = attributes(try await client.all("monitoring/search?type=Service&problem=1"))
            #expect(all.contains { $0["state"] as? Int == 1 } && all.contains { $0["state"] as? Int == 99 })
            for object in all {
                let given = try #require(object["severity"] as? Int)
                // Unreachable counts 32 where down counts 64.
                #expect(given == severity(object) || given == severity(object) - 32)
            }
            let down = Set(all.filter { $0["state"] as? Int == 1 }.compactMap { $0["host_name"] as? String })
            for object in services {
                let given = try #require(object["severity"] as? Int)
                if down.contains(object["host_name"] as? String ?? "") {
                    #expect(given > 1_024 && given < 1_024 + 256)
                    #expect(object["handled"] as? Int == 1)
                } else {
                    #expect(given == severity(object))
                }
            }
        }
    }

    @Test("soon after the beginning a PON goes dark with all its ONTs, and comes back")
    func darkPON() async throws {
        let world = World(scale: 1_200)
        try await withKrill(world: world) { client async throws in
            func dark() async throws -> [String: Int] {
                let rows = attributes(
                    try await client.get("monitoring/search?type=Host&regstate=alarm&limit=1000").results)
                let tags = rows.compactMap { row -> String? in
                    let tag = (row["vars"] as? [String: Any])?["cpe_registration_tags"]
                    return tag as? String ?? (tag as? [String])?.first
                }
                return Dictionary(grouping: tags) { $0 }.mapValues(\.count)
            }
            let before = try await dark()
            world.advance(by: 60)
            let during = try await dark()
            let pon = try #require(during.first { $0.value >= 8 && before[$0.key, default: 0] < 8 })
            let whole = try await client.get(
                "monitoring/search?type=Host&limit=100&regtag=\(pon.key.replacingOccurrences(of: "/", with: "%2F"))"
            ).results
            let states = attributes(whole).compactMap { $0["state"] as? Int }
            #expect(states.count >= pon.value)
            #expect(states.allSatisfy { $0 == 1 || $0 == 99 })
            #expect(
                attributes(whole).contains {
                    ($0["output"] as? String)?.hasPrefix("alarm/losi/offline") == true
                })
            world.advance(by: 1_000)
            #expect(try await dark()[pon.key, default: 0] < 8)
        }
    }

    @Test("a host can embed its services, and its attributes can be chosen")
    func joins() async throws {
        try await withKrill { client async throws in
            let hosts = try await client.get(
                "monitoring/search?type=Host&hostgroups=cpegpon&limit=20&joins=services&attrs=state,severity"
            ).results
            #expect(hosts.count == 20)
            for host in hosts {
                #expect((host["attrs"] as? [String: Any])?.keys.sorted() == ["severity", "state"])
                let services = try #require(
                    (host["joins"] as? [String: Any])?["services"] as? [[String: Any]])
                #expect(services.contains { ($0["name"] as? String)?.hasSuffix("!txrx") == true })
            }
            let bare = try #require(try await client.get("monitoring/search?type=Host&limit=1").results.first)
            #expect((bare["joins"] as? [String: Any])?.isEmpty == true)
        }
    }

    @Test("low light is seen in the live levels and their four limits, not in the search")
    func light() async throws {
        try await withKrill { client async throws in
            let hosts = try await client.get("monitoring/search?type=Host&perfdata.dnrx__lt=-27&limit=100")
                .results
            #expect(!hosts.isEmpty)
            let found = try #require(
                try await client.get(
                    "monitoring/search?type=Host&perfdata.dnrx__lt=-27&perfdata.dnrx__gt=-29&limit=1"
                )
                .results.first?["name"] as? String)
            let service = try #require(
                attributes(
                    try await client.get(
                        "monitoring/search?type=Service&service_name=txrx&host_name=\(found)"
                    ).results
                ).first)
            #expect([0, 99].contains(service["state"] as? Int ?? -1))
            let info = try await client.get("monitoring/cpes/\(found.drop { !$0.isNumber })/info").json
            let txrx = try #require((info["services"] as? [String: Any])?["txrx"] as? [String: Any])
            let levels = try #require(txrx["perfdatas"] as? [[String: Any]])
            let received = try #require(levels.first { $0["metric"] as? String == "dnrx" })
            #expect(received["thresholds"] as? [Int] == [-29, -27, -11, -8])
            #expect(try #require(received["value"] as? Double) < -27)
        }
    }

    @Test("an offline ONT has no readings, and its light is said to be well all the same")
    func offline() async throws {
        try await withKrill { client async throws in
            let host = try #require(
                try await client.get(
                    "monitoring/search?type=Host&regstate=dyinggasp&hostgroups=cpegpon&limit=1"
                ).results.first)
            let name = try #require(host["name"] as? String)
            let info = try await client.get("monitoring/cpes/\(name)/info").json
            #expect(info["state"] as? String == "down")
            #expect(info["state_id"] as? Int == 1)
            #expect(info["ips"] as? [String] == ["0.0.0.0"])
            #expect(info["distance"] as? Int == -1)
            let txrx = try #require((info["services"] as? [String: Any])?["txrx"] as? [String: Any])
            #expect(txrx["state_id"] as? Int == 0)
            let values = try #require(txrx["perfdatas"] as? [[String: Any]]).map { $0["value"] }
            #expect(values.prefix(3).allSatisfy { $0 is NSNull })
            #expect(values.last as? Double == -1)
        }
    }

    @Test(
        "registration states come as words, lists, empty lists and placeholders; some hosts were never checked"
    )
    func oddStates() async throws {
        try await withKrill { client async throws in
            let rows = attributes(try await client.all("monitoring/search?type=Host&hostgroups=cpe"))
            let states = rows.compactMap { ($0["vars"] as? [String: Any])?["cpe_registration_state"] }
            #expect(states.contains { $0 as? String == "online" })
            #expect(states.contains { $0 as? [String] == ["online"] })
            #expect(states.contains { ($0 as? [String])?.isEmpty == true })
            #expect(states.contains { $0 as? String == "__regstate__" })
            let pending = try #require(rows.first { $0["state"] as? Int == 99 })
            #expect(pending["has_been_checked"] as? Int == 0)
            #expect(pending["last_check"] is NSNull && pending["output"] is NSNull)
        }
    }

    @Test("acknowledgements, downtimes and rechecks are offered, and are read back")
    func handling() async throws {
        let world = World(scale: 1_200)
        try await withKrill(world: world) { client async throws in
            let host = try #require(
                try await client.get(
                    "monitoring/search?type=Host&state=1&handled=0&hostgroups=cpegpon&regstate=dyinggasp&limit=1"
                ).results.first)
            let name = try #require(host["name"] as? String)
            func read() async throws -> [String: Any] {
                try #require(
                    try await client.get("monitoring/hosts/\(name)/").json["attrs"] as? [String: Any])
            }
            let actions =
                ((try await read()["vars"] as? [String: Any])?["administrative_info"] as? [String: Any])?[
                    "actions"]
            #expect((actions as? [String])?.contains("acknowledge") == true)
            let path = "monitoring/hosts/\(name)"
            let options = try await client.send("OPTIONS", "\(path)/acknowledge/")
            #expect((options.json["actions"] as? [String: Any])?["POST"] != nil)
            #expect(try await client.send("POST", "\(path)/acknowledge/", "{}").json["comment"] != nil)
            let words = "{\"comment\":\"power cut, Dorfstraße\"}"
            #expect(try await client.with(.viewer).send("POST", "\(path)/acknowledge/", words).status == 403)
            #expect(try await client.send("POST", "\(path)/acknowledge/", words).status == 200)
            #expect(try await read()["severity"] as? Int == 576)
            #expect(try await read()["handled"] as? Int == 1)
            #expect(try await client.send("POST", "\(path)/acknowledge/", words).status == 409)
            #expect(try await client.send("POST", "\(path)/remove-acknowledgement/", "{}").status == 200)
            #expect(try await read()["severity"] as? Int == 2_112)
            let hour =
                "{\"comment\":\"works\",\"start_time\":\(world.now),\"end_time\":\(world.now + 600),\"all_services\":true}"
            #expect(try await client.send("POST", "\(path)/downtime/", hour).status == 200)
            #expect(try await read()["severity"] as? Int == 320)
            world.advance(by: 5)
            let checked = try await read()["last_check"] as? String
            #expect(try await client.send("POST", "\(path)/reschedule/", "{}").status == 200)
            #expect(try await read()["last_check"] as? String != checked)
        }
    }

    @Test("a server without monitoring actions neither has nor names them")
    func withoutActions() async throws {
        try await withKrill(KrillRelease(offersMonitoringActions: false)) { client async throws in
            let host = try #require(
                try await client.get("monitoring/search?type=Host&hostgroups=cpegpon&limit=1").results.first)
            let name = try #require(host["name"] as? String)
            #expect(
                try await client.send("POST", "monitoring/hosts/\(name)/acknowledge/", "{}").status == 404)
            let vars = (host["attrs"] as? [String: Any])?["vars"] as? [String: Any]
            let actions = (vars?["administrative_info"] as? [String: Any])?["actions"] as? [String]
            #expect(actions?.contains("reboot") == true && actions?.contains("acknowledge") == false)
        }
    }
}
