import Foundation
import CurlTransport
import HTTP
import RawServer
import Testing

@Suite(
    "TLS", .timeLimit(.minutes(15)),
    .enabled(if: TLSFront.isPossible, "socat and openssl are needed: run make setup"))
struct TLSTests {
    let server: RawServer

    init() throws { server = try RawServer { _, connection in connection.answer(200, [], "ok") } }

    private func expectUntrusted(
        _ error: TransportError?, _ part: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard case .untrusted(_, let reason) = error else {
            Issue.record("not untrusted: \(String(describing: error))", sourceLocation: sourceLocation)
            return
        }
        #expect(reason.contains(part), sourceLocation: sourceLocation)
        #expect(server.requests.isEmpty, sourceLocation: sourceLocation)
    }

    private func line(_ front: TLSFront, _ adjust: (inout Trust) -> Void = { _ in }) throws -> Line {
        try Line(to: front.url) { adjust(&$0.trust) }
    }

    @Test("an unknown certificate is not trusted, and neither reads nor commands are sent to it")
    func selfSigned() async throws {
        let front = try TLSFront(try Certificate(for: "IP:127.0.0.1"), before: server)
        let line = try line(front)
        expectUntrusted(
            await line.failure(of: ReadRequest("/alerts")), "self-signed; set its file as CA file")
        expectUntrusted(await line.failure(of: CommandStep(.put, "/alerts/1")), "self-signed")
    }

    @Test("a certificate in the CA file is trusted, for reads and commands")
    func authorityFile() async throws {
        let certificate = try Certificate(for: "IP:127.0.0.1")
        let front = try TLSFront(certificate, before: server)
        let line = try line(front) { $0.authorityFile = certificate.file }
        #expect(try await line.reader.read(ReadRequest("/alerts")).text == "ok")
        #expect(try await line.commander.send(CommandStep(.put, "/alerts/1"), .next()).text == "ok")
        #expect(server.requests.map(\.method) == ["GET", "PUT"])
    }

    /// Makes one connection on a thread that has nothing else to do.
    private func connectOnce(_ line: Line) async -> Result<ConnectionFacts, TransportError> {
        let backend = line.backend
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: backend.connectOnce()) }
        }
    }

    @Test("a mere connection tells when the certificate ends, or why it is not trusted, and sends no request")
    func connection() async throws {
        let certificate = try Certificate(for: "IP:127.0.0.1")
        let front = try TLSFront(certificate, before: server)
        let facts = try await connectOnce(line(front) { $0.authorityFile = certificate.file }).get()
        #expect(facts.address == "127.0.0.1" && (facts.handshake ?? 0) > 0)
        #expect(facts.certificateEnd?.hasSuffix("GMT") == true)
        let failure = await connectOnce(try line(front))
        #expect(throws: TransportError.self) { try failure.get() }
        #expect(server.requests.isEmpty)
    }

    @Test("insecure accepts any certificate")
    func insecure() async throws {
        let front = try TLSFront(
            try Certificate(for: "DNS:other.example.net", isExpired: true), before: server)
        #expect(try await line(front) { $0.insecure = true }.reader.read(ReadRequest("/alerts")).text == "ok")
    }

    @Test("the right pin is accepted, a wrong one is not, insecure or not")
    func pin() async throws {
        let certificate = try Certificate(for: "IP:127.0.0.1")
        let front = try TLSFront(certificate, before: server)
        let other = try Certificate(for: "IP:127.0.0.1").pin()
        for insecure in [false, true] {
            let wrong = try line(front) {
                $0.authorityFile = certificate.file
                $0.pin = other
                $0.insecure = insecure
            }
            expectUntrusted(await wrong.failure(of: ReadRequest("/alerts")), "not the pinned one")
        }
        let pin = try certificate.pin()
        let right = try line(front) {
            $0.pin = pin
            $0.insecure = true
        }
        #expect(try await right.reader.read(ReadRequest("/alerts")).text == "ok")
    }

    @Test("an expired certificate says that it is to be renewed")
    func expired() async throws {
        let certificate = try Certificate(for: "IP:127.0.0.1", isExpired: true)
        let front = try TLSFront(certificate, before: server)
        let line = try line(front) { $0.authorityFile = certificate.file }
        expectUntrusted(await line.failure(of: ReadRequest("/alerts")), "has expired")
    }

    @Test("a certificate for another name says so")
    func otherName() async throws {
        let certificate = try Certificate(for: "DNS:other.example.net")
        let front = try TLSFront(certificate, before: server)
        let line = try line(front) { $0.authorityFile = certificate.file }
        expectUntrusted(await line.failure(of: ReadRequest("/alerts")), "is for another name")
    }

    @Test("a CA file that is not there is named")
    func missingFile() async throws {
        let front = try TLSFront(try Certificate(for: "IP:127.0.0.1"), before: server)
        let line = try line(front) { $0.authorityFile = "/nonexistent/ca.pem" }
        expectUntrusted(await line.failure(of: ReadRequest("/alerts")), "/nonexistent/ca.pem cannot be read")
    }

    @Test("a client certificate that does not exist is named")
    func missingClientCertificate() async throws {
        let front = try TLSFront(try Certificate(for: "IP:127.0.0.1"), before: server)
        let line = try line(front) {
            $0.insecure = true
            $0.certificateFile = "/nonexistent/client.pem"
        }
        expectUntrusted(await line.failure(of: ReadRequest("/alerts")), "/nonexistent/client.pem")
    }

    @Test("a server that wants a client certificate gets it")
    func clientCertificate() async throws {
        let (certificate, client) = (try Certificate(for: "IP:127.0.0.1"), try Certificate(for: "DNS:noc"))
        let front = try TLSFront(certificate, before: server, clients: client)
        let without = try line(front) { $0.authorityFile = certificate.file }
        #expect(await without.failure(of: ReadRequest("/alerts")) != nil)
        #expect(server.requests.isEmpty)
        let with = try line(front) {
            $0.authorityFile = certificate.file
            $0.certificateFile = client.file
            $0.keyFile = client.key
        }
        #expect(try await with.reader.read(ReadRequest("/alerts")).text == "ok")
    }
}

@Suite("TLS without TLS", .timeLimit(.minutes(15)))
struct PlainPortTests {
    @Test("https to a port that speaks plain HTTP says so")
    func plain() async throws {
        let server = try RawServer(connected: { connection in
            connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            connection.halfClose()
        })
        let error = try await Line(to: "https://127.0.0.1:\(server.port)").failure(of: ReadRequest("/alerts"))
        guard case .untrusted(_, let reason) = error else {
            Issue.record("not untrusted: \(String(describing: error))")
            return
        }
        #expect(reason.contains("does not speak TLS"))
    }
}
