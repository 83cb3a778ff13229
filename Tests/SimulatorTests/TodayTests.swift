import Foundation
import Simulator
import Testing

@Suite("all that today's LibreNMS offers") struct TodayTests {
    @Test("the list of routes is the recorded one, each name of it")
    func whole() async throws {
        let recording = try Recording("modern", "root")
        let recorded = try #require(
            JSONSerialization.jsonObject(with: Data(recording.body.utf8)) as? [String: Any])
        let ours = try await withServer(.modern) { try await $0.get("/api/v0").json }
        #expect(Set(recorded.keys).subtracting(ours.keys) == [])
        #expect(Set(ours.keys).subtracting(recorded.keys) == [])
    }

    /// What is read, and the key of its rows.
    private static let resources: [(String, String)] = [
        ("location/1", "get_location"), ("alert_templates", "alert_templates"),
        ("alert_templates/2", "alert_templates"), ("poller_group", "get_poller_group"),
        ("poller_group/remote", "get_poller_group"), ("port_groups", "groups"),
        ("port_groups/Customers", "ports"),
        ("resources/vlans", "vlans"), ("resources/fdb", "ports_fdb"),
        ("resources/ip/addresses", "ip_addresses"), ("resources/ip/addresses/ipv4", "ip_addresses"),
        ("resources/ip/networks", "ip_networks"), ("resources/ip/networks/1/ip", "addresses"),
        ("resources/nac", "nac"), ("port_security", "port_security"), ("ospf_ports", "ospf_ports"),
        ("logs/authlog", "logs"), ("oxidized/config/search/s3cret", "nodes"),
        ("devices/2/port_stack", "mappings"), ("routing/vrf/1", "vrf"),
    ]

    @Test("each list has rows with columns", arguments: resources)
    func reading(_ path: String, _ key: String) async throws {
        try await withServer(.modern) { client async throws in
            let answer = try await client.get("/api/v0/\(path)")
            #expect(answer.status == 200, "\(answer.text.prefix(200))")
            let row = try #require(answer.rows(key).first, "\(answer.text.prefix(200))")
            #expect(!row.isEmpty)
        }
    }

    @Test("what this network has none of is said in words, and no route is missing")
    func none() async throws {
        try await withServer(.modern) { client async throws in
            for path in ["routing/mpls/services", "routing/mpls/saps", "devices/2/nac", "resources/nac/00"] {
                let answer = try await client.get("/api/v0/\(path)")
                #expect(answer.status == 404)
                #expect(answer.message?.hasSuffix("do not exist") == true, "\(path)")
            }
            for path in ["ospfv3", "ospfv3_ports", "routing/ipsec/data/2", "devices/2/wireless-sensors"] {
                #expect(try await client.get("/api/v0/\(path)").json["status"] as? String == "ok", "\(path)")
            }
        }
    }

    @Test("graphs of services, of several ports and of past bills are pictures")
    func pictures() async throws {
        try await withServer(.modern) { client async throws in
            let service = try #require(
                (try await client.get("/api/v0/services").json["services"] as? [[[String: Any]]])?.first?
                    .first)
            let device = try #require(service["device_id"] as? Int)
            let id = try #require(service["service_id"] as? Int)
            let paths = [
                "devices/\(device)/services/\(id)/graphs/time", "portgroups/multiport/bits/1,2",
                "bills/1/history/101/graphs/bits",
            ]
            for path in paths {
                let answer = try await client.get("/api/v0/\(path)?graph_type=png")
                #expect(answer.type == "image/png" && answer.body.count > 100, "\(path)")
            }
            #expect(try await client.get("/api/v0/bills/1/history/101/graphdata/bits").status == 200)
        }
    }

    // MARK: Changes

    /// Sends a change and reads a list after it.
    private func after(
        _ client: Client, _ method: String, _ path: String, _ body: String, _ list: String, _ key: String
    ) async throws -> (answer: Answer, rows: [[String: Any]]) {
        let answer = try await client.send(method, "/api/v0/\(path)", body: body)
        #expect(answer.status < 300, "\(method) \(path): \(answer.text)")
        return (answer, try await client.get("/api/v0/\(list)").rows(key))
    }

    @Test(
        "what is added is listed, what is changed reads so, and what is removed is gone",
        arguments: [
            (
                "locations", #"{"location": "Hut", "lat": 1, "lng": 2}"#, "resources/locations", "locations",
                "id",
                "location", "PATCH"
            ),
            (
                "port_groups", #"{"name": "Hut", "desc": "x"}"#, "port_groups", "groups", "id", "name", ""
            ),
            (
                "devicegroups", #"{"name": "Hut", "type": "static", "devices": [2, 3]}"#, "devicegroups",
                "groups",
                "id", "name", "PATCH"
            ),
        ])
    func listsChange(
        _ path: String, _ body: String, _ list: String, _ key: String, _ number: String, _ name: String,
        _ method: String
    ) async throws {
        try await withServer(.modern) { client async throws in
            let added = try await after(client, "POST", path, body, list, key).rows
            let id = try #require(added.first { $0[name] as? String == "Hut" }?[number] as? Int)
            guard !method.isEmpty else { return }
            let changed = try await after(client, method, "\(path)/\(id)", #"{"\#(name)": "Inn"}"#, list, key)
                .rows
            #expect(changed.first { $0[number] as? Int == id }?[name] as? String == "Inn")
            let rest = try await after(client, "DELETE", "\(path)/\(id)", "", list, key).rows
            #expect(!rest.contains { $0[number] as? Int == id })
            #expect(rest.count == added.count - 1)
        }
    }

    @Test("a group picks its devices by hand or by a rule, and a port group its ports")
    func members() async throws {
        try await withServer(.modern) { client async throws in
            let group = "devicegroups/Static%20picks"
            let before = try await client.get("/api/v0/\(group)").rows("devices").count
            let more = try await after(
                client, "POST", "\(group)/devices", #"{"devices": [1, 2]}"#, group, "devices")
            #expect(more.rows.count == before + 2)
            let less = try await after(
                client, "DELETE", "\(group)/devices", #"{"devices": [1]}"#, group, "devices")
            #expect(less.rows.count == before + 1)
            let rule =
                #"{"condition": "AND", "rules": [{"field": "devices.type", "operator": "equal", "value": "firewall"}]}"#
            let walls = try await after(
                client, "POST", "devicegroups", #"{"name": "Walls", "type": "dynamic", "rules": \#(rule)}"#,
                "devicegroups/Walls", "devices")
            #expect(
                walls.rows.count
                    == (try await client.get("/api/v0/devicegroups/Firewalls").rows("devices").count))
            let ports = try await after(
                client, "POST", "port_groups/1/remove", #"{"port_ids": [1]}"#, "port_groups/1", "ports"
            ).rows.count
            let one = try await after(
                client, "POST", "port_groups/1/assign", #"{"port_ids": [1]}"#, "port_groups/1", "ports")
            #expect(one.rows.count == ports + 1)
        }
    }

    @Test("services, bills, components, templates and parents are written and read again")
    func parts() async throws {
        try await withServer(.modern) { client async throws in
            let added = try await client.send(
                "POST", "/api/v0/services/2", body: #"{"type": "ssh", "ip": "10.0.0.2", "desc": "login"}"#)
            #expect(added.status == 201 && added.message?.hasPrefix("Service ssh has been added") == true)
            func services() async throws -> [[String: Any]] {
                (try await client.get("/api/v0/services/2").json["services"] as? [[[String: Any]]])?.first
                    ?? []
            }
            let id = try #require(
                try await services().first { $0["service_type"] as? String == "ssh" }?["service_id"])
            _ = try await client.send("PATCH", "/api/v0/services/\(id)", body: #"{"service_desc": "new"}"#)
            #expect(try await services().contains { $0["service_desc"] as? String == "new" })
            #expect(try await client.send("DELETE", "/api/v0/services/\(id)").status == 201)
            #expect(try await services().isEmpty)

            let bill = #"""
                {"bill_name": "Inn", "bill_type": "cdr", "bill_cdr": 1000, "bill_day": 2, "bill_custid": "C",
                "bill_ref": "R", "bill_notes": "", "dir_95th": "in", "ports": [1]}
                """#
            let number = try #require(
                try await client.send("POST", "/api/v0/bills", body: bill).json["bill_id"] as? Int)
            let own = try await client.get("/api/v0/bills/\(number)").rows("bills")
            #expect(own.first?["bill_name"] as? String == "Inn")
            #expect((own.first?["ports"] as? [[String: Any]])?.first?["port_id"] as? Int == 1)
            #expect(try await client.send("DELETE", "/api/v0/bills/\(number)").status == 200)
            #expect(try await client.get("/api/v0/bills/\(number)").rows("bills").isEmpty)
            #expect(
                try await client.send("POST", "/api/v0/bills", body: #"{"bill_name": "x"}"#).status == 500)

            let created = try await client.send("POST", "/api/v0/devices/1/components/test")
            let component = try #require((created.json["components"] as? [String: Any])?.keys.first)
            _ = try await client.send(
                "PUT", "/api/v0/devices/1/components", body: #"{"\#(component)": {"label": "L"}}"#)
            let components =
                try await client.get("/api/v0/devices/1/components").json["components"] as? [String: Any]
            #expect((components?[component] as? [String: Any])?["label"] as? String == "L")

            let parents = try await client.send(
                "POST", "/api/v0/devices/3/parents", body: #"{"parent_ids": "1,2"}"#)
            #expect(parents.message == "Device dependencies have been saved")
            let row = try await client.get("/api/v0/devices").rows("devices").first {
                $0["device_id"] as? Int == 3
            }
            #expect(row?["dependency_parent_id"] as? String == "1,2")
        }
    }

    @Test("a device has its new name everywhere, and log lines that were sent are in the logs")
    func names() async throws {
        try await withServer(.modern) { client async throws in
            let answer = try await client.send("PATCH", "/api/v0/devices/3/rename/inn.example.net")
            #expect(answer.message == "Device has been renamed")
            let found = try await client.get("/api/v0/devices/inn.example.net").rows("devices")
            #expect(found.first?["device_id"] as? Int == 3)
            _ = try await client.send(
                "POST", "/api/v0/devices/3/eventlog", body: #"{"text": "hello", "type": "test"}"#)
            let events = try await client.get("/api/v0/logs/eventlog/3?sortorder=DESC").rows("logs")
            #expect(events.contains { $0["message"] as? String == "hello" })
            let sink = try await client.send(
                "POST", "/api/v0/syslogsink", body: #"{"host": "inn.example.net", "msg": "boo"}"#)
            #expect(sink.message == "Syslog received: 1")
            #expect(try await client.get("/api/v0/logs/syslog/3").text.contains("boo"))
        }
    }

    @Test("a token that only reads may change none of it")
    func refused() async throws {
        try await withServer(.modern) { client async throws in
            let reader = Client(server: client.server, token: testTokens.readOnly)
            for (method, path) in [
                ("POST", "locations"), ("DELETE", "bills/1"), ("PATCH", "devicegroups/1"),
                ("POST", "port_groups"),
            ] {
                #expect(try await reader.send(method, "/api/v0/\(path)", body: "{}").status == 403, "\(path)")
            }
        }
    }
}
