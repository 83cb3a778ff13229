import CurlTransport
import HTTP
import RawServer
import Testing

@Suite("Headers of a backend", .timeLimit(.minutes(15)))
struct HeaderTests {
    private let headers = [
        Header("CF-Access-Client-Id", "1d"), Header("CF-Access-Client-Secret", "hunter2"),
    ]

    private func secrets(_ server: RawServer) -> [String?] {
        server.requests.map { $0.header("cf-access-client-secret") }
    }

    @Test("they go with every read and every command, beside the request's own, and into no log")
    func everywhere() async throws {
        let server = try RawServer { _, connection in connection.answer(200, [], "ok") }
        let line = try Line(to: server.url, headers: headers)
        _ = try await line.reader.read(ReadRequest("/alerts", headers: [Header("X-Auth-Token", "abc")]))
        _ = try await line.commander.send(
            CommandStep(.put, "/alerts/1", headers: [Header("X-Auth-Token", "abc")], body: [1]), .next())
        #expect(secrets(server) == ["hunter2", "hunter2"])
        #expect(server.requests.map { $0.header("x-auth-token") } == ["abc", "abc"])
        #expect(!"\(line.log.all)\(line.backend)".contains("hunter2"))
    }

    @Test("they follow a redirect within the origin, and none to another server")
    func redirects() async throws {
        let other = try RawServer { _, connection in connection.answer() }
        let server = try RawServer { request, connection in
            switch request.target {
            case "/alerts": connection.answer(301, [("Location", "/alerts/")])
            case "/alerts/": connection.answer(200, [], "ok")
            default: connection.answer(302, [("Location", "http://127.0.0.1:\(other.port)/alerts/7")])
            }
        }
        let line = try Line(to: server.url, headers: headers)
        #expect(try await line.reader.read(ReadRequest("/alerts")).text == "ok")
        _ = await line.failure(of: ReadRequest("/alerts/{id}", ["id": "7"]))
        _ = await line.failure(of: CommandStep(.post, "/alerts/{id}", ["id": "7"]))
        #expect(secrets(server) == ["hunter2", "hunter2", "hunter2", "hunter2"])
        #expect(other.requests.isEmpty)
    }

    @Test("a proxy that is asked for a tunnel does not get them")
    func tunnel() async throws {
        let proxy = try RawServer { _, connection in connection.answer(403, [], "no") }
        let line = try Line(to: "https://nms.example.net", headers: headers) { $0.proxy = proxy.url }
        _ = await line.failure(of: ReadRequest("/alerts"))
        #expect(proxy.requests.map(\.method) == ["CONNECT"])
        #expect(secrets(proxy) == [nil])
    }

    @Test(
        "one that frames the message, or turns it into another request, is refused for reads and commands",
        arguments: ["Host", "content-length", "X-HTTP-Method-Override", "X-Original-URL", "_method", "a b"])
    func refused(name: String) async throws {
        let server = try RawServer { _, connection in connection.answer() }
        let line = try Line(to: server.url, headers: [Header(name, "PUT")])
        for failure in [
            await line.failure(of: ReadRequest("/alerts")),
            await line.failure(of: CommandStep(.put, "/alerts/1")),
        ] {
            guard case .refused = failure else {
                Issue.record("\(String(describing: failure))")
                continue
            }
        }
        #expect(server.requests.isEmpty)
    }

    @Test("no description of a header has its value")
    func hidden() {
        var text = "\(headers)"
        dump(headers, to: &text)
        #expect(!text.contains("hunter2"))
    }
}
