import Simulator
import Testing

@Suite("maintenance, discovery and descriptions of ports of the newer release") struct MaintenanceTests {
    @Test("a location is silenced by its number or name, and its devices say so")
    func location() async throws {
        try await withServer(.modern) { client async throws in
            let device = try #require(
                try await client.get("/api/v0/devices").rows("devices").first { $0["location_id"] is Int })
            let id = try #require(device["device_id"] as? Int)
            let place = try #require(device["location_id"] as? Int)
            let path = "/api/v0/locations/\(place)/maintenance"
            #expect(try await client.post(path, "").status == 400)
            #expect(try await client.post(path, "{\"title\":\"x\"}").message == "Duration not provided")
            let unknown = try await client.post(
                "/api/v0/locations/4711/maintenance", "{\"duration\":\"1:00\"}")
            #expect(unknown.status == 404 && unknown.message == "Location 4711 does not exist")
            let before = try await client.get("/api/v0/devices/\(id)/maintenance")
            #expect(before.json["is_under_maintenance"] as? Bool == false)
            let answer = try await client.post(path, "{\"duration\":\"1:00\"}")
            #expect(answer.status == 201)
            #expect(answer.message?.hasSuffix("(\(place)) moved into maintenance mode for 1:00h") == true)
            let after = try await client.get("/api/v0/devices/\(id)/maintenance")
            #expect(after.json["is_under_maintenance"] as? Bool == true)
        }
    }

    @Test("a discovery is a GET; the last one is nothing until it is done")
    func discovery() async throws {
        try await withServer(.modern) { client async throws in
            let answer = try await client.get("/api/v0/devices/1/discover")
            #expect(answer.status == 200)
            let result = try #require(answer.json["result"] as? [String: Any])
            #expect(result["message"] as? String == "Device will be rediscovered")
            let row = try #require(try await client.get("/api/v0/devices/1").rows("devices").first)
            #expect(row["last_discovered"] is String == false)
            #expect(try await client.get("/api/v0/devices/99999/discover").status == 404)
        }
    }

    @Test("a port is described in place of its device, and the log of polls is in UTC")
    func descriptions() async throws {
        try await withServer(.modern) { client async throws in
            let path = "/api/v0/ports/1/description"
            let set = try await client.send("PATCH", path, body: "{\"description\":\"mine\"}")
            #expect(set.message == "Port description updated.")
            #expect(try await client.get(path).json["port_description"] as? String == "mine")
            #expect(
                try await client.get("/api/v0/ports/1").rows("port").first?["ifAlias"] as? String == "mine")
            let cleared = try await client.send("PATCH", path, body: "{\"description\":\"\"}")
            #expect(cleared.message == "Port description cleared.")
            #expect(try await client.get(path).json["port_description"] as? String == "repoll")
            #expect(try await client.get("/api/v0/ports/9999999/description").message == "Invalid port ID.")
            let log = try await client.get("/api/v0/pollers/log").rows("log")
            #expect(!log.isEmpty && log.allSatisfy { ($0["last_polled"] as? String)?.hasSuffix("Z") == true })
        }
    }
}
