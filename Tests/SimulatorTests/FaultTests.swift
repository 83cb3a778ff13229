import Foundation
import Simulator
import Testing

@Suite("faults") struct FaultTests {
    @Test(
        "words become faults",
        arguments: [
            ("latency=2s", Fault(.latency(.seconds(2)))),
            ("latency=250ms", Fault(.latency(.milliseconds(250)))),
            ("429=30", Fault(.tooMany(retryAfter: 30))), ("429", Fault(.tooMany(retryAfter: 30))),
            ("status=503", Fault(.status(503))), ("truncate", Fault(.truncated)), ("drop", Fault(.dropped)),
            ("hang", Fault(.hang)),
            ("bad-json", Fault(.badJSON)), ("html", Fault(.html)), ("refuse-token", Fault(.refusedToken)),
            ("hang@/api/v0/ports", Fault(.hang, at: "/api/v0/ports")),
        ])
    func parsing(_ text: String, _ fault: Fault) throws {
        #expect(try Fault(parsing: text) == fault)
    }

    @Test(
        "other words are refused with what to write",
        arguments: [
            ("slow", "latency=2s"), ("latency", "latency=2s"), ("latency=fast", "latency=2s"),
            ("status=42", "status=503"), ("429=soon", "429=30"), ("hang@ports", "begins with /"),
            ("html=1", "takes no value"), ("", "refuse-token"),
        ])
    func wrongWords(_ text: String, _ hint: String) {
        let error = #expect(throws: FaultError.self) { try Fault(parsing: text) }
        #expect(error?.description.contains(hint) == true)
    }

    @Test("what an operator sees of a spoiled server")
    func answers() async throws {
        try await withServer(.modern) { client async throws in
            func answer(_ fault: Fault.Kind) async throws -> Answer {
                client.server.setFaults([Fault(fault)])
                return try await client.get("/api/v0/rules")
            }
            let busy = try await answer(.tooMany(retryAfter: 7))
            #expect(busy.status == 429)
            #expect(busy.headers["retry-after"] == "7")
            let down = try await answer(.status(503))
            #expect(down.status == 503)
            #expect(down.type.hasPrefix("text/html"))
            let login = try await answer(.html)
            #expect(login.status == 200)
            #expect(login.text.contains("<form"))
            let broken = try await answer(.badJSON)
            #expect(broken.type == "application/json")
            #expect(broken.json.isEmpty)
            let refused = try await answer(.refusedToken)
            #expect(refused.status == 401)
            #expect(refused.text == "{\"message\":\"Unauthenticated.\"}")
            #expect(try await answer(.latency(.milliseconds(1))).status == 200)
            client.server.setFaults([])
            #expect(try await client.get("/api/v0/rules").status == 200)
        }
    }

    @Test("a truncated body is an error to the client, and the connection is closed")
    func truncated() async throws {
        try await withServer(.release2016) { client async throws in
            client.server.setFaults([Fault(.truncated)])
            await #expect(throws: (any Error).self) { try await client.get("/api/v0/devices") }
            client.server.setFaults([])
            #expect(try await client.get("/api/v0/devices").status == 200)
        }
    }

    @Test("a dropped answer is lost after the command was carried out")
    func dropped() async throws {
        let world = World(scale: 1_200)
        try await withServer(.modern, world: world) { client async throws in
            let id = try #require(try await client.get("/api/v0/alerts").rows("alerts").first?["id"])
            client.server.setFaults([Fault(.dropped)])
            let fresh = Client(server: client.server, token: client.token)
            await #expect(throws: (any Error).self) { try await fresh.put("/api/v0/alerts/\(id)", "{}") }
            #expect(client.server.counts()["PUT"] == 1)
            client.server.setFaults([])
            #expect(try await client.get("/api/v0/alerts/\(id)?state=2").rows("alerts").count == 1)
        }
    }

    @Test("a server that hangs still notes what arrived, answers other paths, and can be stopped")
    func hang() async throws {
        try await withServer(.modern) { client async throws in
            client.server.setFaults([Fault(.hang, at: "/api/v0/devices")])
            let hanging = Task { try await client.get("/api/v0/devices") }
            while client.server.arrivals().isEmpty { await Task.yield() }
            #expect(try await client.get("/api/v0/rules").status == 200)
            await client.server.stop()
            await #expect(throws: (any Error).self) { try await hanging.value }
        }
    }

    @Test("arrivals keep method, raw target, lower-case headers and body, in order")
    func arrivals() async throws {
        try await withServer(.modern) { client async throws in
            _ = try await client.get("/api/v0/devices/1/ports/Te0%2F0%2F0?columns=ifName,ifAlias")
            _ = try await client.put("/api/v0/alerts/1", "{\"note\":\"x\"}")
            let arrivals = client.server.arrivals()
            #expect(arrivals.map(\.method) == ["GET", "PUT"])
            #expect(arrivals[0].target == "/api/v0/devices/1/ports/Te0%2F0%2F0?columns=ifName,ifAlias")
            #expect(arrivals[0].path == "/api/v0/devices/1/ports/Te0%2F0%2F0")
            #expect(arrivals[0].headers["x-auth-token"] == testTokens.admin)
            #expect(arrivals[1].text == "{\"note\":\"x\"}")
            #expect(client.server.counts() == ["GET": 1, "PUT": 1])
            client.server.forgetArrivals()
            #expect(client.server.arrivals().isEmpty)
            #expect(client.server.counts().isEmpty)
        }
    }
}

@Suite("the fleet") struct FleetTests {
    @Test(
        "the demonstration has two LibreNMS that share one world between them, and a server each of lines and of bonds"
    )
    func demo() async throws {
        let fleet = SimulatedFleet.demo(seed: 3, clock: .standing)
        try await fleet.start()
        #expect(fleet.members.map(\.name) == ["core", "edge", "access", "bonds"])
        #expect(fleet.members.map(\.kind) == ["librenms", "librenms", "krill", "bonding"])
        #expect(fleet.members.allSatisfy { $0.url?.hasPrefix("http://127.0.0.1:") == true })
        var names: [Set<String>] = []
        for member in fleet.members where member.kind == "librenms" {
            let client = Client(server: member.server, token: member.token)
            let rows = try await client.get("/api/v0/devices").rows("devices")
            names.append(Set(rows.compactMap { $0["hostname"] as? String }))
        }
        await fleet.stop()
        #expect(names.allSatisfy { $0.count > 100 })
        #expect(names[0].isDisjoint(with: names[1]))
        #expect(names[0].union(names[1]).count == 330)
        #expect(fleet.members.allSatisfy { $0.url == nil })
    }

    @Test("a port that is taken is said in words, and nothing keeps running")
    func takenPort() async throws {
        let first = SimulatedServer(api: .libreNMS(.modern), world: World(scale: 100), tokens: testTokens)
        let port = try await first.start()
        let second = SimulatedServer(
            api: .libreNMS(.modern), world: World(scale: 100), tokens: testTokens, port: port)
        let error = await #expect(throws: SimulatorError.self) { try await second.start() }
        #expect(error?.description.contains("127.0.0.1:\(port)") == true)
        #expect(second.url == nil)
        await first.stop()
    }

    @Test("the world moves on when somebody asks, and by the clock it is given")
    func lazyClock() async throws {
        let world = World(scale: 100)
        let server = SimulatedServer(
            api: .libreNMS(.modern), world: world, tokens: testTokens,
            clock: WorldClock { world.origin + 500 })
        try await server.start()
        #expect(world.now == world.origin)
        _ = try await Client(server: server, token: testTokens.admin).get("/api/v0/system")
        #expect(world.now == world.origin + 500)
        await server.stop()
    }

    @Test("tokens never print themselves")
    func secrets() {
        #expect("\(testTokens)" == "•••")
    }
}
