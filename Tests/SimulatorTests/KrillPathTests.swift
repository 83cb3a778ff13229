import Foundation
import Simulator
import Testing

@Suite("every path of Krill by method and by who asks") struct KrillPathTests {
    /// Something that fills each hole of a path.
    private struct Filling {
        var cpe = 0
        var host = ""
        var session = ""
        var onu = 0
        var olt = ""
        var slot = 0
        var port = 0
        var customer = 1
        var pots = 0

        init(_ client: KrillClient) async throws {
            let hosts = try await client.get("monitoring/search?type=Host&hostgroups=cpegpon&state=0&limit=1")
                .results
            host = try #require(hosts.first?["name"] as? String)
            cpe = try #require(Int(host.drop { !$0.isNumber }))
            let sessions = try await client.get("oratio/accounting/?online=true&limit=1").results
            session = try #require(sessions.first?["acctuniqueid"] as? String)
            onu = try #require(
                try await client.get("gpon/unconfigured/").list.first {
                    $0["disable_provision"] as? Bool == false
                }?["id"] as? Int)
            olt = try #require(try await client.get("gpon/olts/").list.first?["name"] as? String)
            let ports = try await client.get("gpon/olts/\(olt)/ports/").list
            slot = try #require(ports.first?["slot"] as? Int)
            port = try #require(ports.first?["port"] as? Int)
            pots = try #require(try await client.get("isp/potses/?limit=1").results.first?["id"] as? Int)
        }

        /// A path that leads to something that is there.
        func fill(_ path: String) -> String {
            let id: String =
                switch true {
                case path.hasPrefix("oratio/accounting/"): session
                case path.hasPrefix("gpon/unconfigured/"): String(onu)
                case path.hasPrefix("isp/customers/"): String(customer)
                case path.hasPrefix("isp/potses/"): String(pots)
                case path.contains("cpes/"), path.hasPrefix("acs/"): String(cpe)
                default: "2"
                }
            let name = path.hasPrefix("oratio/pools/") ? "business" : host
            let words = [
                "{id}": id, "{name}": name, "{olt}": olt, "{frame}": "0", "{slot}": "0\(slot)",
                "{port}": "\(port)",
                "{pbx}": "1",
            ]
            let filled = words.reduce(path) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
            return filled + "/" + (path == "monitoring/graphs" ? "?host_name=\(host)" : "")
        }
    }

    @Test("the applications of the document are all there")
    func applications() {
        let roots = Set(KrillRelease.v2.offers.map { String($0.path.prefix { $0 != "/" }) })
        #expect(
            roots.isSuperset(of: [
                "isp", "pbx", "monitoring", "auth", "me", "installer", "oratio", "gpon", "docsis", "rubik",
                "acs",
                "tagger", "wimax", "kermit", "logger", "plankton",
            ]))
        let paths = KrillRelease.v2.offers.map(\.path)
        #expect(Set(paths).count == paths.count)
        #expect(KrillRelease.v1Only.offers.map(\.path) == ["cpes", "customers", "potses"])
    }

    @Test("what a path does not take is refused with what it takes, and strangers before that")
    func methods() async throws {
        try await withKrill(world: World(scale: 600)) { client async throws in
            let filling = try await Filling(client)
            let stranger = KrillClient(server: client.server)
            for offer in KrillRelease.v2.offers {
                let path = filling.fill(offer.path)
                let unknown = ["PUT", "DELETE", "POST"].first { !offer.methods.contains($0) }
                if let unknown {
                    let answer = try await client.send(unknown, path, "{}")
                    #expect(answer.status == 405, "\(unknown) \(offer.path)")
                    let allowed = Set((answer.headers["allow"] ?? "").components(separatedBy: ", "))
                    #expect(allowed.subtracting(["HEAD", "OPTIONS"]) == Set(offer.methods), "\(offer.path)")
                }
                if !offer.isOpen {
                    let answer = try await stranger.send(offer.methods[0], path, "{}")
                    #expect(answer.status == 401, "\(offer.methods[0]) \(offer.path)")
                }
                let options = try await client.send("OPTIONS", path)
                #expect(options.status == 200, "OPTIONS \(offer.path)")
                // What is asked by POST is described as well.
                let told = Set((options.json["actions"] as? [String: Any] ?? [:]).keys)
                #expect(
                    told.isSuperset(of: offer.acting.filter { ["POST", "PUT"].contains($0) }), "\(offer.path)"
                )
                #expect(told.isSubset(of: offer.methods), "\(offer.path)")
            }
        }
    }

    @Test("a viewer reads everything and does nothing")
    func viewer() async throws {
        try await withKrill(world: World(scale: 600)) { client async throws in
            let filling = try await Filling(client)
            let viewer = client.with(.viewer)
            for offer in KrillRelease.v2.offers where !offer.isOpen {
                let path = filling.fill(offer.path)
                for method in offer.methods {
                    let answer = try await viewer.send(method, path, method == "GET" ? nil : "{}")
                    if offer.acting.contains(method) {
                        #expect(answer.status == 403, "\(method) \(offer.path)")
                    } else if method == "GET" {
                        #expect(answer.status == 200, "\(method) \(offer.path)")
                        #expect(answer.type == "application/json", "\(method) \(offer.path)")
                    }
                }
                let options = try await viewer.send("OPTIONS", path)
                #expect(options.json["actions"] == nil, "OPTIONS \(offer.path)")
            }
        }
    }

    @Test("an administrator's GETs that act all do; a body that lacks something is told what")
    func administrator() async throws {
        try await withKrill(world: World(scale: 600)) { client async throws in
            let filling = try await Filling(client)
            _ = try await client.send(
                "PATCH", "isp/cpes/\(filling.cpe)/",
                "{\"disable_provision\":false,\"disable_reconfig\":false}")
            for offer in KrillRelease.v2.offers {
                for method in offer.methods where method != "DELETE" {
                    let answer = try await client.send(
                        method, filling.fill(offer.path), method == "GET" ? nil : "{}")
                    if method == "GET" {
                        // A reboot cuts the session that is cut next, so that one has already ended.
                        #expect([200, 409].contains(answer.status), "\(method) \(offer.path)")
                    } else {
                        // 409 is what acknowledging a host that is well gives.
                        #expect([200, 201, 400, 409].contains(answer.status), "\(method) \(offer.path)")
                    }
                }
            }
        }
    }

    @Test("what is nothing but data is written down, changed, found and removed too")
    func shelves() async throws {
        try await withKrill(world: World(scale: 600)) { client async throws in
            let missing = try await client.send("POST", "pbx/pbxs/1/queues/", "{\"strategy\":\"rrmemory\"}")
            #expect(missing.json["name"] as? [String] == ["This field is required."])
            let wrong = try await client.send(
                "POST", "pbx/pbxs/1/queues/", "{\"name\":\"x\",\"strategy\":\"none\"}")
            #expect(wrong.json["strategy"] as? [String] == ["\"none\" is not a valid choice."])
            let made = try await client.send(
                "POST", "pbx/pbxs/1/queues/", "{\"name\":\"night\",\"strategy\":\"ringall\"}")
            #expect(made.status == 201)
            let id = try #require(made.json["id"] as? Int)
            let path = "pbx/pbxs/1/queues/\(id)/"
            #expect(
                try await client.send("PATCH", path, "{\"max_length\":9}").json["max_length"] as? Int == 9)
            let listed = try await client.get("pbx/pbxs/1/queues/?name=night").results
            #expect(listed.first?["max_length"] as? Int == 9)
            #expect(try await client.send("DELETE", path).status == 204)
            #expect(try await client.get(path).status == 404)
        }
    }

    @Test("the pages of rubik name the next one by its path alone, and are found, filtered and sorted")
    func rubik() async throws {
        try await withKrill(world: World(scale: 600)) { client async throws in
            let page = try await client.get("rubik/services/?limit=5&offset=5")
            #expect(page.json["next"] as? String == "/api/v2/rubik/services/?limit=5&offset=10")
            #expect(page.json["previous"] as? String == "/api/v2/rubik/services/?limit=5")
            let held = try await client.all("rubik/services/?state=Held&sort=-id")
            let ids = held.compactMap { $0["id"] as? Int }
            #expect(ids.count > 1 && ids == ids.sorted(by: >))
            #expect(held.allSatisfy { $0["state"] as? String == "Held" })
            #expect(try await client.all("rubik/services/?search=r-17").count == 1)
        }
    }

    @Test("bare lists are bare")
    func bare() async throws {
        try await withKrill(world: World(scale: 600)) { client async throws in
            for path in [
                "isp/cpe-profiles", "monitoring/hostgroups/", "gpon/unconfigured/", "me/apps/",
                "docsis/mac-domains/",
            ] {
                #expect(!(try await client.get(path).list.isEmpty), "\(path)")
            }
        }
    }
}
