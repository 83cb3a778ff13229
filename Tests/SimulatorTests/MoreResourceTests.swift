import Foundation
import Simulator
import Testing

@Suite("what only today's release has") struct MoreResourceTests {
    @Test("links look as they were recorded, go both ways, and none is a 404")
    func links() async throws {
        let recording = try Recording("modern", "links")
        try await withServer(.modern) { client async throws in
            let answer = try await client.get("/api/v0/resources/links")
            Outline.expectSame(answer.text, recording.body, depth: 1)
            Outline.expectSame(answer.text, recording.body, depth: 3)
            let far = answer.rows("links").map { ($0["id"] as? Int, $0["remote_port_id"] as? Int) }
            let own = try await client.get("/api/v0/devices/2/links").rows("links")
            #expect(own.contains { $0["remote_device_id"] as? Int == 1 })
            let id = try #require(own.first?["id"] as? Int)
            let remote = try #require(own.first?["remote_port_id"] as? Int)
            #expect(far.contains { $0 == (remote, id) })
            #expect(try await client.get("/api/v0/resources/links/\(id)").rows("link").count == 1)
            #expect(try await client.get("/api/v0/devices/no-ports.example.net/links").status == 404)
        }
    }

    @Test("sensors have no count, and a hot one is where the alert is")
    func sensors() async throws {
        let world = World()
        world.advance(by: 7_200)
        try await withServer(.modern, world: world) { client async throws in
            let answer = try await client.get("/api/v0/resources/sensors")
            #expect(answer.json["count"] == nil)
            func isHot(_ row: [String: Any]) -> Bool {
                guard let value = row["sensor_current"] as? Double, let limit = row["sensor_limit"] as? Double
                else { return false }
                return value > limit
            }
            let hot = Set(answer.rows("sensors").filter(isHot).compactMap { $0["device_id"] as? Int })
            let alerts = try await client.get("/api/v0/alerts?state=1,2,3,4,5&alert_rule=6").rows("alerts")
            let alerted = Set(alerts.compactMap { $0["device_id"] as? Int })
            #expect(!hot.isEmpty && !hot.isDisjoint(with: alerted))
        }
    }

    @Test("health goes from kinds to sensors to one, and its graphs are drawn")
    func health() async throws {
        try await withServer(.modern) { client async throws in
            let kinds = try await client.get("/api/v0/devices/1/health").rows("graphs")
            #expect(kinds.contains { $0["name"] as? String == "device_temperature" })
            let sensors = try await client.get("/api/v0/devices/1/health/device_temperature").rows("graphs")
            let id = try #require(sensors.first?["sensor_id"] as? Int)
            let one = try await client.get("/api/v0/devices/1/health/device_temperature/\(id)").rows("graphs")
            #expect(one.first?["sensor_class"] as? String == "temperature")
            let graph = try await client.get(
                "/api/v0/devices/1/graphs/health/device_temperature/\(id)?graph_type=png")
            #expect(graph.type == "image/png")
        }
    }

    @Test("outages are as long as the share of the day that is missing")
    func availability() async throws {
        let world = World()
        world.advance(by: 7_200)
        try await withServer(.modern, world: world) { client async throws in
            let down = try await client.get("/api/v0/devices?type=down").rows("devices")
            let id = try #require(
                down.first { ($0["hostname"] as? String)?.hasPrefix("acc-sw") == true }?["device_id"] as? Int)
            let outages = try await client.get("/api/v0/devices/\(id)/outages").rows("outages")
            #expect(outages.first?["up_again"] is NSNull)
            let starts = outages.compactMap { $0["going_down"] as? Int }
            #expect(starts == starts.sorted(by: >))
            let shares = try await client.get("/api/v0/devices/\(id)/availability").rows("availability")
            #expect(shares.compactMap { $0["duration"] as? Int } == [86_400, 604_800, 2_592_000, 31_536_000])
            let day = try #require((shares.first?["availability_perc"] as? String).flatMap { Double($0) })
            let missing = outages.reduce(0) { sum, outage in
                let end = outage["up_again"] as? Int ?? world.now
                return sum + max(end - max(outage["going_down"] as? Int ?? 0, world.now - 86_400), 0)
            }
            #expect(abs(day - 100 * (1 - Double(missing) / 86_400)) < 0.01)
            #expect(try await client.get("/api/v0/devices/nosuch/outages").status == 404)
        }
    }

    @Test("logs are of all devices or of one, and bounded by number or time")
    func logs() async throws {
        let world = World(scale: 2_000)
        world.advance(by: 4_000)
        try await withServer(.modern, world: world) { client async throws in
            for log in ["eventlog", "alertlog"] {
                let (number, time) = log == "eventlog" ? ("event_id", "datetime") : ("id", "time_logged")
                let all = try await client.get("/api/v0/logs/\(log)?limit=1000").rows("logs")
                try #require(all.count > 20)
                #expect(Set(all.compactMap { $0[number] as? Int }).count == all.count)
                let middle = all[all.count / 2]
                let id = try #require(middle[number] as? Int)
                let from = try await client.get("/api/v0/logs/\(log)?limit=1000&from=\(id)").rows("logs")
                let to = try await client.get("/api/v0/logs/\(log)?limit=1000&to=\(id)").rows("logs")
                #expect(from.count + to.count == all.count + 1)
                let moment = try #require(middle[time] as? String)
                let text = moment.replacing(" ", with: "%20")
                let after = try await client.get("/api/v0/logs/\(log)?limit=1000&from=\(text)").rows("logs")
                #expect(after.allSatisfy { ($0[time] as? String ?? "") >= moment })
                let own = try await client.get("/api/v0/logs/\(log)/2?limit=1000").rows("logs")
                #expect(own.allSatisfy { $0["device_id"] as? Int == 2 })
            }
            #expect(try await client.get("/api/v0/logs/alertlog/nosuch").status == 404)
        }
    }

    @Test("a line of a log keeps its number as time goes by")
    func lineNumbers() async throws {
        let world = World(scale: 2_000)
        world.advance(by: 4_000)
        try await withServer(.modern, world: world) { client async throws in
            let before = try await client.get("/api/v0/logs/eventlog?sortorder=DESC&limit=5").rows("logs")
            world.advance(by: 300)
            let after = try await client.get("/api/v0/logs/eventlog?limit=1000").rows("logs")
            for line in before {
                let same = after.first { $0["event_id"] as? Int == line["event_id"] as? Int }
                #expect(same?["message"] as? String == line["message"] as? String)
            }
        }
    }

    @Test("a bill has a past and data for its graphs; previous bills are those of the last period")
    func bills() async throws {
        try await withServer(.modern, world: World()) { client async throws in
            let history = try await client.get("/api/v0/bills/1/history").rows("bill_history")
            #expect(history.count == 24)
            let ends = history.compactMap { $0["bill_dateto"] as? String }
            #expect(ends == ends.sorted(by: >))
            #expect(history.first?["bill_percent"] is String)
            let data = try await client.get("/api/v0/bills/1/graphdata/bits")
            #expect(data.json["count"] as? Int == 11)
            let graph = try #require(data.json["graph_data"] as? [String: Any])
            let counts = ["in_data", "out_data", "tot_data", "ticks"].map { (graph[$0] as? [Any])?.count }
            #expect(Set(counts).count == 1 && (counts.first ?? 0) ?? 0 > 100)
            #expect(try await client.get("/api/v0/bills/1/graphdata/monthly").status == 200)
            #expect(try await client.get("/api/v0/bills/1/graphdata/bogus").status == 400)
            let previous = try await client.get("/api/v0/bills?period=previous").rows("bills")
            let past = previous.first { $0["bill_id"] as? Int == 1 }
            #expect(past?["bill_hist_id"] as? Int == history.first?["bill_hist_id"] as? Int)
        }
        try await withServer(.modern, token: testTokens.readOnly) { client async throws in
            #expect(try await client.get("/api/v0/bills/1/history").status == 403)
        }
    }

    @Test("a backup list of one device has that one")
    func oxidized() async throws {
        try await withServer(.modern) { client async throws in
            let one = try await client.get("/api/v0/oxidized/core-rtr001.mad1.example.net")
            #expect(one.text.contains("core-rtr001") && !one.text.contains("acc-sw"))
        }
    }
}

@Suite("the list of what a server can do") struct RootTests {
    @Test(
        "every name and path of it stands in the list that was recorded",
        arguments: [(LibreNMSRelease.modern, "modern"), (.release2016, "release2016")])
    func names(_ release: LibreNMSRelease, _ folder: String) async throws {
        let recording = try Recording(folder, "root")
        let ours = try await withServer(release) { try await $0.get("/api/v0").json }
        let lines = Set(recording.body.split(separator: "\n").map(Self.withoutHost))
        #expect(ours.count >= (release == .modern ? 45 : 28))
        for (name, path) in ours {
            let line = Self.withoutHost("    \"\(name)\": \"\(path)\",")
            #expect(lines.contains(line), "\(name)")
        }
    }

    /// A line with the path alone, whatever the server is called and how it writes slashes.
    private static func withoutHost(_ line: some StringProtocol & Sendable) -> String {
        let plain = String(line).filter { $0 != "\\" && $0 != "," }
        guard let scheme = plain.firstRange(of: "http://"), let path = plain.firstRange(of: "/api/v0") else {
            return plain
        }
        return String(plain[..<scheme.lowerBound]) + plain[path.lowerBound...]
    }

    @Test("whatever the list names is there", arguments: LibreNMSRelease.allCases)
    func reachable(_ release: LibreNMSRelease) async throws {
        try await withServer(release) { client async throws in
            for (name, path) in try await client.get("/api/v0").json {
                guard let text = path as? String, let start = text.firstRange(of: "/api/v0") else { continue }
                guard
                    !["add", "edi", "del", "upd", "ack", "unm", "mai", "pos", "ass", "rem", "ren"].contains(
                        name.prefix(3))
                else {
                    continue
                }
                let holes = text[start.lowerBound...].split(separator: "/").map { segment in
                    segment.hasPrefix("{") || segment.hasPrefix(":") ? "1" : String(segment)
                }
                let answer = try await client.get("/" + holes.joined(separator: "/"))
                #expect(answer.message != "This API route doesn't exist.", "\(name)")
                #expect(!answer.text.contains("could not be found"), "\(name)")
            }
        }
    }
}
