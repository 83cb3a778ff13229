import CurlTransport
import HTTP
import RawServer
import Testing

@Suite("Reads", .timeLimit(.minutes(15)))
struct ReadTests {
    @Test("a read sends who it is, what it can decode, and no cookie")
    func requestHeaders() async throws {
        let server = try RawServer { _, connection in connection.answer(200, [("Set-Cookie", "a=b")], "ok") }
        let line = try Line(to: server.url)
        for _ in 0..<2 {
            _ = try await line.reader.read(
                ReadRequest("/alerts", query: [("state", "1 2")], headers: [Header("X-Auth-Token", "abc")]))
        }
        let seen = try #require(server.requests.last)
        #expect(seen.method == "GET" && seen.target == "/alerts?state=1%202")
        #expect(seen.header("user-agent") == "nocturne/1.2.3")
        #expect(seen.header("x-auth-token") == "abc")
        #expect(seen.header("accept-encoding")?.contains("gzip") == true)
        #expect(seen.header("cookie") == nil)
        #expect(seen.header("authorization") == nil)
    }

    @Test("reads of one backend share a kept-alive connection")
    func keepAlive() async throws {
        let server = try RawServer { _, connection in connection.answer(200, [], "ok") }
        let line = try Line(to: server.url)
        for _ in 0..<3 { _ = try await line.reader.read(ReadRequest("/alerts")) }
        #expect(server.record.connections == 1 && server.requests.count == 3)
    }

    @Test("a read on a kept-alive connection that died is repeated on a new one")
    func repeated() async throws {
        let server = try RawServer { request, connection in
            if request.connection == 1, request.target.hasSuffix("2") { return connection.close() }
            connection.answer(200, [], "ok")
        }
        let line = try Line(to: server.url)
        _ = try await line.reader.read(ReadRequest("/alerts/{id}", ["id": "1"]))
        #expect(try await line.reader.read(ReadRequest("/alerts/{id}", ["id": "2"])).text == "ok")
        #expect(server.requests.map(\.connection) == [1, 1, 2])
    }

    @Test("an answer has its status, headers, body and what it cost")
    func answer() async throws {
        let server = try RawServer { _, connection in
            connection.answer(404, [("Content-Type", "application/json; charset=utf-8"), ("X-A", "1")], "{}")
        }
        let answer = try await Line(to: server.url).reader.read(ReadRequest("/alerts"))
        #expect(answer.status == 404 && answer.text == "{}")
        #expect(answer.mediaType == "application/json" && answer.header("x-a") == "1")
        #expect(answer.exchange.received == 2 && answer.exchange.version == "1.1")
        #expect(answer.exchange.redirects == 0 && answer.exchange.seconds > 0)
    }

    @Test("the bytes behind a body are readable zeros, for the parser")
    func padding() async throws {
        let server = try RawServer { _, connection in connection.answer(200, [], "[1]") }
        let answer = try await Line(to: server.url).reader.read(ReadRequest("/alerts"))
        answer.body.withUnsafeBytes { bytes in
            let behind = UnsafeRawBufferPointer(
                start: bytes.baseAddress.map { $0 + bytes.count }, count: Body.padding)
            #expect(behind.allSatisfy { $0 == 0 })
        }
    }

    @Test("HEAD and OPTIONS are sent as such and have no body", arguments: [Method.head, .options])
    func otherMethods(_ method: Method) async throws {
        let server = try RawServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nAllow: GET\r\nContent-Length: 0\r\n\r\n")
        }
        let answer = try await Line(to: server.url).reader.read(ReadRequest("/alerts", method: method))
        #expect(answer.header("allow") == "GET" && answer.body.count == 0)
        #expect(server.requests.map(\.method) == [method.rawValue])
    }

    @Test("a chunked body is put together, and 100 Continue is not the answer")
    func chunked() async throws {
        let server = try RawServer { _, connection in
            connection.send("HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\n")
            connection.send(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        }
        let answer = try await Line(to: server.url).reader.read(ReadRequest("/alerts"))
        #expect(answer.status == 200 && answer.text == "abcde" && answer.header("x-early") == nil)
    }

    /// `hello hello hello` by gzip.
    private static let gzip: [UInt8] = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x57, 0xc8,
        0x40, 0x90, 0x00, 0x80, 0x88, 0xf9, 0xe5, 0x11, 0x00, 0x00, 0x00,
    ]

    @Test("a compressed body is decoded, a damaged one is an error")
    func compressed() async throws {
        let server = try RawServer { request, connection in
            let body = request.target.hasSuffix("1") ? Self.gzip : Array("<html>".utf8)
            connection.answer(200, [("Content-Encoding", "gzip")], body: body)
        }
        let line = try Line(to: server.url)
        #expect(
            try await line.reader.read(ReadRequest("/alerts/{id}", ["id": "1"])).text == "hello hello hello")
        #expect(
            await line.failure(of: ReadRequest("/alerts/{id}", ["id": "2"]))
                == .closed(reason: "the compressed answer is damaged"))
    }

    @Test("a body larger than the cap is an error, announced or not", arguments: [true, false])
    func tooLarge(_ isAnnounced: Bool) async throws {
        let server = try RawServer { _, connection in
            let head = isAnnounced ? "Content-Length: 1001\r\n" : "Connection: close\r\n"
            connection.send("HTTP/1.1 200 OK\r\n\(head)\r\n" + String(repeating: "x", count: 1001))
            connection.close()
        }
        let line = try Line(to: server.url) { $0.limits.body = 1000 }
        #expect(await line.failure(of: ReadRequest("/alerts")) == .tooLarge(limit: 1000))
    }

    @Test("a body of 50 MB arrives whole")
    func large() async throws {
        let block = [UInt8](repeating: 0x61, count: 1 << 20)
        let server = try RawServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(50 << 20)\r\n\r\n")
            for _ in 0..<50 { connection.send(block) }
        }
        let answer = try await Line(to: server.url).reader.read(ReadRequest("/alerts"))
        #expect(answer.body.count == 50 << 20)
        #expect(answer.body.withUnsafeBytes { $0.first == 0x61 && $0.last == 0x61 })
    }

    @Test("endless headers are an error")
    func endlessHeaders() async throws {
        let server = try RawServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\n")
            for number in 0..<400 {
                connection.send("X-\(number): \(String(repeating: "y", count: 1000))\r\n")
            }
            connection.hang()
        }
        let line = try Line(to: server.url)
        #expect(
            await line.failure(of: ReadRequest("/alerts"))
                == .closed(reason: "the header of the answer is larger than 256 KB"))
    }

    @Test(
        "a connection that ends early is an error",
        arguments: [
            ("", "without an answer"), ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "cut off"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf", "cut off"),
            ("SSH-2.0-OpenSSH_9.2p1 Debian\r\n", "does not speak HTTP"),
        ])
    func endsEarly(_ sent: String, _ part: String) async throws {
        let server = try RawServer { _, connection in
            connection.send(sent)
            connection.halfClose()
        }
        guard case .closed(let reason) = try await Line(to: server.url).failure(of: ReadRequest("/alerts"))
        else {
            Issue.record("not closed")
            return
        }
        #expect(reason.contains(part))
    }

    @Test("a name that cannot be resolved says so")
    func unresolved() async throws {
        // Longer than a label may be, so that no name server is asked.
        let host = String(repeating: "n", count: 70)
        let line = try Line(to: "http://\(host)")
        #expect(await line.failure(of: ReadRequest("/alerts")) == .unresolved(host: host))
    }
}
