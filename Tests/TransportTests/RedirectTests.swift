import CurlTransport
import HTTP
import RawServer
import Testing

@Suite("Redirects of reads", .timeLimit(.minutes(15)))
struct RedirectTests {
    @Test("the slash that a server wants is given to it, credentials included")
    func slash() async throws {
        let server = try RawServer { request, connection in
            request.target.contains("/?")
                ? connection.answer(200, [], "ok")
                : connection.answer(301, [("Location", "/api/alerts/?limit=5")])
        }
        let line = try Line(to: server.url + "/api")
        let answer = try await line.reader.read(
            ReadRequest("/alerts", query: [("limit", "5")], headers: [Header("X-Auth-Token", "abc")]))
        #expect(answer.text == "ok" && answer.exchange.redirects == 1)
        #expect(server.requests.map(\.target) == ["/api/alerts?limit=5", "/api/alerts/?limit=5"])
        #expect(server.requests.map { $0.header("x-auth-token") } == ["abc", "abc"])
    }

    @Test("a redirect to another declared path with the same values is followed")
    func otherTemplate() async throws {
        let server = try RawServer { request, connection in
            request.target.hasPrefix("/v1")
                ? connection.answer(200, [], "ok")
                : connection.answer(302, [("Location", "http://127.0.0.1:\(request.port)/v1/alerts/a%2fb")])
        }
        let line = try Line(to: server.url)
        #expect(try await line.reader.read(ReadRequest("/alerts/{id}", ["id": "a/b"])).text == "ok")
        #expect(server.requests.map(\.target) == ["/alerts/a%2Fb", "/v1/alerts/a%2Fb"])
    }

    @Test(
        "a redirect within the origin to a path that is not declared is not followed",
        arguments: [
            "/cpes/7/reboot", "/alerts/8", "/alerts/7/../8", "/v1/alerts/7/reboot", "/login?next=/alerts/7",
            "alerts/8", "//127.0.0.1/alerts/7", "/alerts/7%2F..%2F8", "/alerts//7",
        ])
    func undeclared(_ location: String) async throws {
        let server = try RawServer { _, connection in connection.answer(302, [("Location", location)]) }
        let line = try Line(to: server.url)
        guard
            case .redirected(302, let target) = await line.failure(
                of: ReadRequest("/alerts/{id}", ["id": "7"]))
        else {
            Issue.record("followed")
            return
        }
        #expect(!target.contains("?"))
        #expect(server.requests.count == 1)
    }

    @Test("a redirect to another server is not followed, and shown without its secrets")
    func elsewhere() async throws {
        let other = try RawServer { _, connection in connection.answer() }
        let server = try RawServer { _, connection in
            connection.answer(
                302, [("Location", "http://me:s3cret@127.0.0.1:\(other.port)/alerts?token=s3cret#s")])
        }
        let line = try Line(to: server.url)
        #expect(
            await line.failure(of: ReadRequest("/alerts"))
                == .redirected(status: 302, to: "http://127.0.0.1:\(other.port)/alerts"))
        #expect(other.record.connections == 0)
        #expect(server.requests.count == 1)
    }

    @Test(
        "another scheme or another name of the same host is another origin",
        arguments: ["https://127.0.0.1:1/alerts", "http://localhost:1/alerts", "ftp://127.0.0.1/alerts"])
    func otherOrigin(_ location: String) async throws {
        let server = try RawServer { request, connection in
            connection.answer(301, [("Location", location.replacing(":1/", with: ":\(request.port)/"))])
        }
        let line = try Line(to: server.url)
        guard case .redirected(301, _) = await line.failure(of: ReadRequest("/alerts")) else {
            Issue.record("followed")
            return
        }
        #expect(server.record.connections == 1)
    }

    @Test("the fourth redirect is not followed")
    func tooMany() async throws {
        let server = try RawServer { request, connection in
            let target = request.target.hasSuffix("/") ? "/alerts" : "/alerts/"
            connection.answer(301, [("Location", target)])
        }
        let line = try Line(to: server.url)
        #expect(
            await line.failure(of: ReadRequest("/alerts"))
                == .redirected(status: 301, to: server.url + "/alerts"))
        #expect(server.requests.count == 4)
    }

    @Test("a reading POST is not turned into another request")
    func post() async throws {
        let server = try RawServer { request, connection in
            request.target == "/login"
                ? connection.answer(302, [("Location", "/login/")]) : connection.answer(200, [], "ok")
        }
        let line = try Line(to: server.url)
        #expect(
            await line.failure(of: ReadRequest("/login", method: .post, body: [65]))
                == .redirected(status: 302, to: server.url + "/login/"))
        #expect(server.requests.count == 1)
    }

    @Test("a redirect status without a target, and a target that cannot be read, are told apart")
    func odd() async throws {
        let server = try RawServer { request, connection in
            request.target.hasSuffix("1")
                ? connection.answer(302, [], "x") : connection.answer(302, [("Location", "http://[::g]/")])
        }
        let line = try Line(to: server.url)
        #expect(try await line.reader.read(ReadRequest("/alerts/{id}", ["id": "1"])).status == 302)
        #expect(
            await line.failure(of: ReadRequest("/alerts/{id}", ["id": "2"]))
                == .redirected(status: 302, to: "an address that cannot be read"))
    }
}
