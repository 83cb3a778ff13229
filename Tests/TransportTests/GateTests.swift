import CurlTransport
import HTTP
import RawServer
import Testing

@Suite("Gate", .timeLimit(.minutes(15)))
struct GateTests {
    let server: RawServer
    let line: Line

    init() throws {
        server = try RawServer { _, connection in connection.answer(200, [], "ok") }
        line = try Line(to: server.url + "/api/v0")
    }

    /// What a refused request must leave behind: nothing.
    private func expectRefusal(
        _ error: TransportError?, _ part: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard case .refused(let words) = error else {
            Issue.record("not refused: \(String(describing: error))", sourceLocation: sourceLocation)
            return
        }
        #expect(words.contains(part), sourceLocation: sourceLocation)
        #expect(server.record.connections == 0, sourceLocation: sourceLocation)
    }

    @Test("a declared read arrives")
    func declared() async throws {
        let answer = try await line.reader.read(ReadRequest("/alerts/{id}", ["id": "7"]))
        #expect(answer.status == 200)
        #expect(server.requests.map(\.target) == ["/api/v0/alerts/7"])
    }

    @Test("a GET that was not declared is refused and never arrives")
    func undeclaredGet() async {
        expectRefusal(
            await line.failure(of: ReadRequest("/cpes/{id}/reboot", ["id": "1"])), "not declared as a read")
    }

    @Test("a declared path read by another method is refused", arguments: [Method.post, .head, .options])
    func otherMethod(_ method: Method) async {
        expectRefusal(
            await line.failure(of: ReadRequest("/alerts/{id}", ["id": "1"], method: method)), "not declared")
    }

    @Test(
        "a query that would change the method behind the gate's back is refused",
        arguments: ["_method", "_METHOD", ".method", "X-HTTP-Method-Override"])
    func methodInQuery(_ name: String) async {
        expectRefusal(
            await line.failure(of: ReadRequest("/alerts/{id}", ["id": "1"], query: [(name, "DELETE")])),
            "behind the gate's back")
    }

    @Test("a changing method is refused even when it was declared", arguments: [Method.put, .patch, .delete])
    func changingMethod(_ method: Method) async throws {
        let reader = line.backend.reader(declaring: [ReadDeclaration("/alerts", method: method)])
        await #expect(
            throws: TransportError.refused("\(method.rawValue) /alerts changes the server; a read may not")
        ) {
            try await reader.read(ReadRequest("/alerts", method: method))
        }
        #expect(server.record.connections == 0)
    }

    @Test("a named reading POST arrives with its body")
    func readingPost() async throws {
        let request = ReadRequest(
            "/login", method: .post, headers: [Header("Content-Type", "application/json")],
            body: Array("{}".utf8))
        _ = try await line.reader.read(request)
        let seen = try #require(server.requests.first)
        #expect(seen.method == "POST" && seen.text == "{}")
        #expect(seen.header("content-type") == "application/json")
        #expect(seen.header("expect") == nil)
    }

    @Test("a GET with a body is refused")
    func bodyOnGet() async {
        expectRefusal(await line.failure(of: ReadRequest("/alerts", body: [1])), "may not have a body")
    }

    @Test(
        "a value that would climb out of its segment is refused",
        arguments: [".", "..", "../system", "a/../b", "..\\x", "%2e%2e", "x%2F..", "%2e%2e%2fsystem"])
    func climbing(_ value: String) async {
        expectRefusal(await line.failure(of: ReadRequest("/alerts/{id}", ["id": value])), "`.` or `..` step")
    }

    @Test("a value with a slash, a question mark or a percent sign stays one segment")
    func oneSegment() async throws {
        _ = try await line.reader.read(ReadRequest("/alerts/{id}", ["id": "Gi0/1?x#y%2F z"]))
        #expect(server.requests.map(\.target) == ["/api/v0/alerts/Gi0%2F1%3Fx%23y%252F%20z"])
    }

    @Test("a missing value is refused")
    func missingValue() async {
        expectRefusal(await line.failure(of: ReadRequest("/alerts/{id}")), "is missing")
    }

    @Test(
        "a header that could split the request is refused",
        arguments: [
            Header("X-Auth-Token", "a\r\nX-Evil: 1"), Header("X-Auth-Token", "a\nb"),
            Header("X\r\nEvil", "1"),
            Header("Bad Name", "1"), Header("", "1"), Header("Host", "elsewhere.example.net"),
            Header("Content-Length", "0"), Header("X-HTTP-Method-Override", "DELETE"),
        ])
    func badHeader(_ header: Header) async {
        expectRefusal(await line.failure(of: ReadRequest("/alerts", headers: [header])), "")
    }

    @Test("the words of a refusal do not hold the header's value")
    func noSecretInWords() async {
        let error = await line.failure(
            of: ReadRequest("/alerts", headers: [Header("X-Auth-Token", "s3cret\n")]))
        #expect(error != nil && !"\(String(describing: error))".contains("s3cret"))
    }

    @Test("a sealed process sends no command, and stays sealed with its first reason")
    func sealedProcess() async {
        line.network.gate.seal(because: "the wallboard is read-only until a restart")
        line.network.gate.seal(because: "another reason")
        expectRefusal(await line.failure(of: CommandStep(.put, "/alerts/1")), "the wallboard is read-only")
    }

    @Test("a sealed backend sends no command but still reads")
    func sealedBackend() async throws {
        line.backend.gate.seal(because: "core is read-only")
        expectRefusal(await line.failure(of: CommandStep(.put, "/alerts/1")), "core is read-only")
        #expect(try await line.reader.read(ReadRequest("/alerts")).isSuccess)
    }

    @Test("a receipt is good for one sending")
    func receiptOnce() async throws {
        let receipt = AuditReceipt.next()
        _ = try await line.commander.send(CommandStep(.put, "/alerts/1"), receipt)
        let error = await line.failure(of: CommandStep(.put, "/alerts/1"), receipt)
        #expect(error == .refused("the audit record \(receipt.record) was used for an earlier sending"))
        #expect(server.requests.count == 1)
    }
}
