import Foundation
import Simulator

/// What a server answered to a test.
struct Answer {
    let status: Int
    let type: String
    let headers: [String: String]
    let body: Data

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as an object; empty when it is none.
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
    }

    /// The rows under a key.
    func rows(_ key: String) -> [[String: Any]] { json[key] as? [[String: Any]] ?? [] }

    var message: String? { json["message"] as? String }
}

/// Asks a simulated server over real HTTP, each time on a connection of its own.
struct Client {
    let server: SimulatedServer
    var token: String?

    func get(_ target: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", target, headers: headers)
    }

    func put(_ target: String, _ body: String? = nil) async throws -> Answer {
        try await send("PUT", target, body: body)
    }

    func send(
        _ method: String, _ target: String, headers: [String: String] = [:], body: String? = nil
    ) async throws -> Answer {
        guard let port = server.port else { throw NoAnswer(words: "the server does not listen") }
        var fields = headers
        if let token { fields["X-Auth-Token"] = token }
        let content = Array((body ?? "").utf8)
        fields["Host"] = "127.0.0.1:\(port)"
        fields["Connection"] = "close"
        if body != nil { fields["Content-Length"] = "\(content.count)" }
        let head =
            "\(method) \(target) HTTP/1.1\r\n" + fields.map { "\($0.key): \($0.value)\r\n" }.joined() + "\r\n"
        let (answerHead, data) = try await Exchange(port: port, request: Array(head.utf8) + content).run()
        let lines = answerHead.components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else {
            throw NoAnswer(words: "no status: \(lines[0])")
        }
        let pairs = lines.dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return (line[..<colon].lowercased(), value)
        }
        let answered = Dictionary(pairs) { first, _ in first }
        return Answer(status: status, type: answered["content-type"] ?? "", headers: answered, body: data)
    }
}

let testTokens = Tokens(admin: "an-admin", readOnly: "a-reader")

/// Runs a body against a started server and stops it afterwards.
func withServer<Result>(
    _ release: LibreNMSRelease, world: World = World(scale: 1_200), territory: Territory = .everywhere,
    zone: Int = 0, token: String? = testTokens.admin,
    _ body: (Client) async throws -> Result
) async throws -> Result {
    let server = SimulatedServer(
        api: .libreNMS(release), world: world, tokens: testTokens, territory: territory, zone: zone)
    try await server.start()
    do {
        let result = try await body(Client(server: server, token: token))
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}
