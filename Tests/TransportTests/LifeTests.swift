import CurlTransport
import HTTP
import RawServer
import Testing

@Suite("Queue, cancellation, stop", .timeLimit(.minutes(15)))
struct LifeTests {
    @Test("at most four requests run at once, one of them kept for what is on screen")
    func atOnce() async throws {
        let server = try RawServer { _, connection in connection.hang() }
        let line = try Line(to: server.url)
        let sweep = (0..<6).map { number in
            Task { await line.failure(of: ReadRequest("/alerts/{id}", ["id": "\(number)"], priority: 1)) }
        }
        await server.until { $0.requests.count == 3 }
        let screen = (0..<2).map { _ in Task { await line.failure(of: ReadRequest("/alerts", priority: 0)) } }
        await server.until { $0.requests.count == 4 }
        #expect(server.requests.last?.target == "/alerts")
        await line.network.stop()
        for task in sweep + screen { #expect(await task.value == .stopped) }
        #expect(server.record.connections == 4)
    }

    @Test("a backend that hangs does not hold up another")
    func independence() async throws {
        let hanging = try RawServer { _, connection in connection.hang() }
        let healthy = try RawServer { _, connection in connection.answer(200, [], "ok") }
        let line = try Line(to: hanging.url)
        let stuck = (0..<9).map { _ in Task { await line.failure(of: ReadRequest("/alerts")) } }
        await hanging.until { $0.requests.count == 3 }
        let (origin, _) = try #require(Origin.parse(healthy.url))
        let other = line.network.backend("other", at: Endpoint(origin: origin, basePath: "", proxy: ""))
        let reader = other.reader(declaring: Line.reads)
        #expect(try await reader.read(ReadRequest("/alerts")).text == "ok")
        stuck.forEach { $0.cancel() }
        for task in stuck { #expect(await task.value == .cancelled) }
    }

    @Test("cancelling a read that runs closes its connection")
    func cancelRunning() async throws {
        let server = try RawServer { _, connection in connection.hang() }
        let line = try Line(to: server.url)
        let task = Task { await line.failure(of: ReadRequest("/alerts")) }
        await server.until { $0.requests.count == 1 }
        task.cancel()
        #expect(await task.value == .cancelled)
        await server.until { $0.departures == 1 }
    }

    @Test("a read whose task was cancelled before it started is not sent")
    func cancelBefore() async throws {
        let server = try RawServer { _, connection in connection.answer() }
        let line = try Line(to: server.url)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await line.failure(of: ReadRequest("/alerts"))
        }
        #expect(await task.value == .cancelled)
        #expect(server.requests.isEmpty)
    }

    @Test("a read that waits for its turn is cancelled at once")
    func cancelWaiting() async throws {
        let server = try RawServer { _, connection in connection.hang() }
        let line = try Line(to: server.url) { $0.limits.connectionsPerHost = 1 }
        let running = Task { await line.failure(of: ReadRequest("/alerts")) }
        await server.until { $0.requests.count == 1 }
        let waiting = Task { await line.failure(of: ReadRequest("/alerts")) }
        waiting.cancel()
        #expect(await waiting.value == .cancelled)
        running.cancel()
        #expect(await running.value == .cancelled)
        #expect(server.requests.count == 1)
    }

    @Test("many reads cancelled at any moment are each answered once")
    func cancelStorm() async throws {
        let server = try RawServer { _, connection in connection.answer(200, [], "ok") }
        let line = try Line(to: server.url)
        let tasks = (0..<300).map { _ in Task { await line.failure(of: ReadRequest("/alerts")) } }
        for (number, task) in tasks.enumerated() where number % 2 == 0 { task.cancel() }
        for (number, task) in tasks.enumerated() {
            let error = await task.value
            #expect(error == nil || (error == .cancelled && number % 2 == 0))
        }
    }

    @Test("stopping answers all that is under way, and all that comes later")
    func stop() async throws {
        let server = try RawServer { _, connection in connection.hang() }
        let line = try Line(to: server.url)
        let read = Task { await line.failure(of: ReadRequest("/alerts")) }
        let command = Task { await line.failure(of: CommandStep(.put, "/alerts/1")) }
        await server.until { $0.requests.count == 2 }
        await line.network.stop()
        #expect(await read.value == .stopped)
        #expect(await command.value == .outcomeUnknown(reason: "nocturne was stopped after it had left"))
        #expect(await line.failure(of: ReadRequest("/alerts")) == .stopped)
        #expect(await line.failure(of: CommandStep(.put, "/alerts/1")) == .stopped)
        await line.network.stop()
        #expect(server.requests.count == 2)
    }

    @Test("a network that nobody holds stops by itself")
    func letGo() async throws {
        let server = try RawServer { _, connection in connection.answer(200, [], "ok") }
        weak var network: CurlNetwork?
        do {
            let line = try Line(to: server.url)
            network = line.network
            _ = try await line.reader.read(ReadRequest("/alerts"))
        }
        #expect(network == nil)
        await server.until { $0.departures == 1 }
    }
}

@Suite("Log", .timeLimit(.minutes(15)))
struct LogTests {
    @Test("each exchange is one line with method, path, status and cost, and without secrets")
    func lines() async throws {
        let server = try RawServer { request, connection in
            request.method == "PUT" ? connection.close() : connection.answer(200, [], "hello")
        }
        let line = try Line(to: server.url + "/api")
        let query = [
            ("state", "1"), ("api_token", "s3cret"), ("User_Password", "s3cret"), ("apiKey", "s3cret"),
        ]
        _ = try await line.reader.read(
            ReadRequest("/alerts", query: query, headers: [Header("X-Auth-Token", "s3cret")]))
        _ = await line.failure(of: CommandStep(.put, "/alerts/1", body: Array("s3cret".utf8)))
        let lines = line.log.all
        try #require(lines.count == 2)
        #expect(
            lines[0].hasPrefix("core GET /api/alerts?state=1&api_token=•••&User_Password=•••&apiKey=••• 200 ")
        )
        #expect(lines[0].hasSuffix(" ms 5 B HTTP/1.1"))
        #expect(lines[1].hasPrefix("core PUT /api/alerts/1 outcome unknown ("))
        #expect(!lines.joined().contains("s3cret"))
    }

    @Test("what the gate refuses is not logged as an exchange")
    func refused() async throws {
        let line = try Line(to: "http://127.0.0.1:9")
        _ = await line.failure(of: ReadRequest("/undeclared"))
        #expect(line.log.all.isEmpty)
    }
}
