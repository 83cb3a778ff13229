import Simulator
import Testing

@Suite("the two dialects differ before a resource is reached") struct TransportTests {
    @Test("newer servers take the token from three places, old ones only from their own header")
    func tokenPlaces() async throws {
        let places: [(String, [String: String])] = [
            ("/api/v0/rules", ["X-Auth-Token": testTokens.admin]),
            ("/api/v0/rules", ["Authorization": "Bearer \(testTokens.admin)"]),
            ("/api/v0/rules?api_token=\(testTokens.admin)", [:]),
        ]
        let modern = try await withServer(.modern, token: nil) { client async throws in
            try await statuses(places, client)
        }
        let old = try await withServer(.release2016, token: nil) { client async throws in
            try await statuses(places, client)
        }
        #expect(modern == [200, 200, 200])
        #expect(old == [200, 401, 401])
    }

    private func statuses(_ places: [(String, [String: String])], _ client: Client) async throws -> [Int] {
        var statuses: [Int] = []
        for (target, headers) in places {
            statuses.append(try await client.get(target, headers: headers).status)
        }
        return statuses
    }

    @Test("an unknown route is HTML without a token in 2016, and JSON after the token today")
    func unknownRoute() async throws {
        let old = try await withServer(.release2016, token: nil) { try await $0.get("/api/v0/nosuch") }
        #expect(old.status == 404)
        #expect(old.type.hasPrefix("text/html"))
        let refused = try await withServer(.modern, token: nil) { try await $0.get("/api/v0/nosuch") }
        #expect(refused.status == 401)
        let modern = try await withServer(.modern) { try await $0.get("/api/v0/nosuch") }
        #expect(modern.status == 404)
        #expect(modern.message == "This API route doesn't exist.")
    }

    @Test("a wrong method and OPTIONS are simply not there", arguments: ["POST", "OPTIONS", "DELETE"])
    func wrongMethod(_ method: String) async throws {
        let modern = try await withServer(.modern) { try await $0.send(method, "/api/v0/alerts") }
        #expect(modern.status == 404)
        #expect(modern.message == "This API route doesn't exist.")
        let old = try await withServer(.release2016) { try await $0.send(method, "/api/v0/alerts") }
        #expect(old.status == 404)
        #expect(old.type.hasPrefix("text/html"))
    }

    @Test("a path outside the API leads to the login page of the newer release")
    func outside() async throws {
        let answer = try await withServer(.modern) { try await $0.get("/devices") }
        #expect(answer.status == 302)
        #expect(answer.headers["location"] == "/login")
    }

    @Test("only newer servers forgive a closing slash")
    func closingSlash() async throws {
        #expect(try await withServer(.modern) { try await $0.get("/api/v0/") }.status == 200)
        #expect(try await withServer(.release2016) { try await $0.get("/api/v0/") }.status == 404)
    }

    @Test("only newer servers know their version")
    func system() async throws {
        let modern = try await withServer(.modern) { try await $0.get("/api/v0/system") }
        #expect(modern.rows("system").first?["local_ver"] as? String == "26.7.0")
        let old = try await withServer(.release2016) { try await $0.get("/api/v0/system") }
        #expect(old.status == 404)
        #expect(old.type.hasPrefix("text/html"))
    }

    @Test("the list of routes is printed with each dialect's patterns")
    func root() async throws {
        let modern = try await withServer(.modern) { try await $0.get("/api/v0") }
        let device = try #require(modern.json["get_device"] as? String)
        #expect(device.hasSuffix("/api/v0/devices/{hostname}"))
        #expect(!device.contains("//api"))
        #expect(modern.json["server_info"] != nil)
        let old = try await withServer(.release2016) { try await $0.get("/api/v0") }
        let oldDevice = try #require(old.json["get_device"] as? String)
        #expect(oldDevice.hasSuffix("//api/v0/devices/:hostname"))
        #expect(old.json["server_info"] == nil)
        #expect(old.json["get_all_ports"] == nil)
    }

    @Test("2016 prints slashes and umlauts as they are, today's release escapes both")
    func escapes() async throws {
        let target = "/api/v0/devices/utf8-names.example.net"
        let old = try await withServer(.release2016) { try await $0.get(target) }
        #expect(old.text.contains("Gerät-東京"))
        #expect(old.text.contains("<b>Keller</b>"))
        let modern = try await withServer(.modern) { try await $0.get(target) }
        #expect(modern.text.contains("Ger\\u00e4t-\\u6771\\u4eac-\\ud83d\\ude80"))
        #expect(modern.text.contains("<b>Keller<\\/b>"))
    }

    @Test("times have no zone but the server's, except in a single device of the newer release")
    func zones() async throws {
        let world = World(scale: 600)
        try await withServer(.modern, world: world, zone: -5 * 3_600) { client async throws in
            let listed = try #require(try await client.get("/api/v0/devices").rows("devices").first)
            let id = try #require(listed["device_id"])
            let single = try #require(try await client.get("/api/v0/devices/\(id)").rows("devices").first)
            let local = try #require(listed["last_discovered"] as? String)
            let utc = try #require(single["last_discovered"] as? String)
            #expect(utc.hasSuffix(".000000Z"))
            let hours = try #require(Int(utc.dropFirst(11).prefix(2)))
            let localHours = try #require(Int(local.dropFirst(11).prefix(2)))
            #expect((localHours + 5) % 24 == hours)
            #expect(local.dropFirst(13) == utc.dropFirst(13).prefix(6))
        }
    }

    @Test("every answer carries the world's date")
    func date() async throws {
        let world = World(scale: 600, startingAt: 1_795_224_650)
        let answer = try await withServer(.release2016, world: world) { try await $0.get("/api/v0/rules") }
        #expect(answer.headers["date"] == "Sat, 21 Nov 2026 01:30:50 GMT")
    }
}
