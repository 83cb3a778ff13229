import CurlTransport
import HTTP
import RawServer
import Testing

@Suite("Commands", .timeLimit(.minutes(15)))
struct CommandTests {
    let ack = CommandStep(.put, "/alerts/{id}", ["id": "7"], body: Array(#"{"note":"x"}"#.utf8))

    private func expectUnknown(
        _ error: TransportError?, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard case .outcomeUnknown = error else {
            Issue.record("not unknown: \(String(describing: error))", sourceLocation: sourceLocation)
            return
        }
    }

    @Test("a command arrives with its body and its credentials, on a connection of its own")
    func arrives() async throws {
        let server = try RawServer { _, connection in connection.answer(200, [], "done") }
        let line = try Line(to: server.url + "/api/v0")
        _ = try await line.reader.read(ReadRequest("/alerts"))
        let commander = line.backend.commander { [Header("X-Auth-Token", "abc")] }
        #expect(try await commander.send(ack, .next()).text == "done")
        _ = try await line.reader.read(ReadRequest("/alerts"))
        let seen = server.requests
        #expect(seen.map(\.method) == ["GET", "PUT", "GET"])
        #expect(seen.map(\.connection) == [1, 2, 1])
        #expect(seen[1].target == "/api/v0/alerts/7")
        #expect(seen[1].text == #"{"note":"x"}"#)
        #expect(seen[1].header("x-auth-token") == "abc")
    }

    @Test("a command on a kept-alive connection whose answer never comes arrives exactly once")
    func exactlyOnce() async throws {
        let server = try RawServer { request, connection in
            request.method == "GET" ? connection.answer(200, [], "ok") : connection.close()
        }
        let line = try Line(to: server.url)
        _ = try await line.reader.read(ReadRequest("/alerts"))
        expectUnknown(await line.failure(of: CommandStep(.post, "/rules", body: Array("{}".utf8))))
        #expect(server.requests.filter { $0.method == "POST" }.count == 1)
    }

    @Test(
        "a connection that dies after sending leaves the outcome unknown",
        arguments: ["close", "reset", "half-close", "truncate", "garbage"])
    func diesAfterSending(_ how: String) async throws {
        let server = try RawServer { _, connection in
            switch how {
            case "reset": connection.reset()
            case "half-close": connection.halfClose()
            case "truncate":
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
                connection.close()
            case "garbage":
                connection.send("SSH-2.0-OpenSSH_9.2\r\n")
                connection.close()
            default: connection.close()
            }
        }
        let line = try Line(to: server.url)
        expectUnknown(await line.failure(of: ack))
        #expect(server.requests.count == 1)
    }

    @Test("a command without an answer in time is unknown, not failed")
    func timeLimit() async throws {
        let server = try RawServer { _, connection in connection.hang() }
        let line = try Line(to: server.url) { $0.limits.command = 0.2 }
        #expect(
            await line.failure(of: ack) == .outcomeUnknown(reason: "no complete answer within 0.2 s"))
        #expect(server.requests.count == 1)
    }

    @Test("a connection that could not be made says so, for nothing was sent")
    func neverLeft() async throws {
        let server = try MutePort()
        guard case .unreachable(_, let reason) = try await Line(to: server.url).failure(of: ack) else {
            Issue.record("not unreachable")
            return
        }
        #expect(reason.contains("connection refused"))
    }

    @Test("a redirect to the same path plus a slash is sent once more in that form", arguments: [301, 308])
    func slash(_ status: Int) async throws {
        let server = try RawServer { request, connection in
            let path = request.target.prefix { $0 != "?" }
            path.hasSuffix("/")
                ? connection.answer(200, [], "done")
                : connection.answer(status, [("Location", path + "/?q=a%20b")])
        }
        let line = try Line(to: server.url + "/api")
        let step = CommandStep(.post, "/bonds/{id}", ["id": "Gi0/1"], query: [("q", "a b")], body: [65])
        #expect(try await line.commander.send(step, .next()).text == "done")
        #expect(
            server.requests.map(\.target) == ["/api/bonds/Gi0%2F1?q=a%20b", "/api/bonds/Gi0%2F1/?q=a%20b"])
        #expect(server.requests.map(\.method) == ["POST", "POST"])
        #expect(server.requests.map(\.text) == ["A", "A"])
    }

    @Test(
        "no other redirect of a command is followed",
        arguments: [
            (302, "/alerts/7/"), (303, "/alerts"), (307, "/alerts/7/"), (301, "/alerts/8/"), (301, "/login"),
        ])
    func otherRedirects(_ status: Int, _ location: String) async throws {
        let server = try RawServer { _, connection in connection.answer(status, [("Location", location)]) }
        let line = try Line(to: server.url)
        #expect(await line.failure(of: ack) == .redirected(status: status, to: server.url + location))
        #expect(server.requests.count == 1)
    }

    @Test("a server that keeps asking for the slash gets two requests, no more")
    func slashForEver() async throws {
        let server = try RawServer { request, connection in
            connection.answer(301, [("Location", request.target + "/")])
        }
        let line = try Line(to: server.url)
        #expect(await line.failure(of: ack) == .redirected(status: 301, to: server.url + "/alerts/7//"))
        #expect(server.requests.count == 2)
    }

    @Test("a command that is cancelled after it left is unknown")
    func cancelledAfterLeaving() async throws {
        let server = try RawServer { _, connection in connection.hang() }
        let line = try Line(to: server.url)
        let task = Task { await line.failure(of: ack) }
        await server.until { $0.requests.count == 1 }
        task.cancel()
        #expect(await task.value == .outcomeUnknown(reason: "it was cancelled after it had left"))
        await server.until { $0.departures == 1 }
    }

    @Test("a command that is cancelled before it left is not sent")
    func cancelledBeforeLeaving() async throws {
        let server = try RawServer { _, connection in connection.answer() }
        let line = try Line(to: server.url)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await line.failure(of: ack)
        }
        #expect(await task.value == .cancelled)
        #expect(server.requests.isEmpty)
    }

    @Test("sealing holds back a command that waits for its turn")
    func sealedWhileWaiting() async throws {
        let server = try RawServer { request, connection in
            request.method == "GET" ? connection.hang() : connection.answer()
        }
        let line = try Line(to: server.url) { $0.limits.connectionsPerHost = 1 }
        let read = Task { await line.failure(of: ReadRequest("/alerts")) }
        await server.until { $0.requests.count == 1 }
        let command = Task { await line.failure(of: ack) }
        line.backend.gate.seal(because: "core is read-only")
        read.cancel()
        #expect(await command.value == .refused("core is read-only"))
        #expect(server.requests.count == 1)
    }
}
