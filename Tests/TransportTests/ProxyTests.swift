import CurlTransport
import HTTP
import RawServer
import Testing

@Suite("Proxies", .timeLimit(.minutes(15)))
struct ProxyTests {
    private func expectProxyFault(
        _ error: TransportError?, _ part: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard case .proxy(let reason) = error else {
            Issue.record("not the proxy: \(String(describing: error))", sourceLocation: sourceLocation)
            return
        }
        #expect(reason.contains(part), sourceLocation: sourceLocation)
    }

    @Test("an HTTP proxy is asked for the whole address, loopback or not")
    func http() async throws {
        let proxy = try RawServer { _, connection in connection.answer(200, [], "ok") }
        for host in ["nms.example.net", "127.0.0.1:9", "localhost:9"] {
            let line = try Line(to: "http://\(host)/api") { $0.proxy = proxy.url }
            #expect(try await line.reader.read(ReadRequest("/alerts")).text == "ok")
        }
        #expect(
            proxy.requests.map(\.target) == [
                "http://nms.example.net/api/alerts", "http://127.0.0.1:9/api/alerts",
                "http://localhost:9/api/alerts",
            ])
    }

    @Test("a proxy that makes no tunnel is named as the culprit, also for a command: nothing was sent")
    func tunnelRefused() async throws {
        let proxy = try RawServer { _, connection in connection.answer(403, [], "no") }
        let line = try Line(to: "https://nms.example.net") { $0.proxy = proxy.url }
        expectProxyFault(await line.failure(of: ReadRequest("/alerts")), "answered 403")
        expectProxyFault(await line.failure(of: CommandStep(.put, "/alerts/1")), "answered 403")
        #expect(proxy.requests.map(\.method) == ["CONNECT", "CONNECT"])
    }

    @Test("a proxy that takes the connection and makes none is named as the culprit")
    func tunnelStalls() async throws {
        let proxy = try RawServer { _, connection in connection.hang() }
        let line = try Line(to: "https://nms.example.net") {
            $0.proxy = proxy.url
            $0.limits.connect = 0.3
        }
        expectProxyFault(
            await line.failure(of: ReadRequest("/alerts")), "made no connection to nms.example.net")
    }

    @Test("a proxy that is not there is named as the culprit")
    func absent() async throws {
        let proxy = try MutePort()
        let line = try Line(to: "http://nms.example.net") { $0.proxy = proxy.url }
        expectProxyFault(await line.failure(of: ReadRequest("/alerts")), "could not be reached")
    }

    @Test("a SOCKS5 proxy is given the name to resolve, and carries the request")
    func socks() async throws {
        let proxy = try RawServer(connected: { connection in
            guard let greeting = connection.receive(exactly: 2), greeting[0] == 5,
                connection.receive(exactly: Int(greeting[1])) != nil
            else { return }
            connection.send([5, 0])
            guard let wanted = connection.receive(exactly: 5), wanted[3] == 3,
                let name = connection.receive(exactly: Int(wanted[4]) + 2),
                String(decoding: name.dropLast(2), as: UTF8.self) == "nms.example.net"
            else { return connection.close() }
            connection.send([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
            if connection.readRequest() != nil { connection.answer(200, [], "ok") }
        })
        let line = try Line(to: "http://nms.example.net") { $0.proxy = "socks5h://127.0.0.1:\(proxy.port)" }
        #expect(try await line.reader.read(ReadRequest("/alerts")).text == "ok")
        #expect(proxy.requests.map(\.target) == ["/alerts"])
    }

    @Test("a SOCKS5 proxy that refuses is named as the culprit")
    func socksRefused() async throws {
        let proxy = try RawServer(connected: { connection in
            guard let greeting = connection.receive(exactly: 2),
                connection.receive(exactly: Int(greeting[1])) != nil
            else { return }
            connection.send([5, 0xff])
            connection.hang()
        })
        let line = try Line(to: "http://nms.example.net") { $0.proxy = "socks5h://127.0.0.1:\(proxy.port)" }
        expectProxyFault(await line.failure(of: ReadRequest("/alerts")), "did not make the connection")
    }
}
