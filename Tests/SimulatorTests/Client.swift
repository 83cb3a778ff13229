import Foundation
import FoundationNetworking
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

/// Asks a simulated server over real HTTP, never by way of a proxy.
struct Client {
    let server: SimulatedServer
    var token: String?
    /// One that is used again sends again what got no answer, so a test may bring a new one.
    var session = Self.shared

    static let shared = newSession()

    static func newSession() -> URLSession {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.connectionProxyDictionary = [:]
        configuration.urlCache = nil
        return URLSession(configuration: configuration, delegate: Still(), delegateQueue: nil)
    }

    /// Follows no redirect, so that a test sees what was answered.
    private final class Still: NSObject, URLSessionTaskDelegate {
        func urlSession(
            _ session: URLSession, task: URLSessionTask,
            willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
            completionHandler: @escaping (URLRequest?) -> Void
        ) { completionHandler(nil) }
    }

    func get(_ target: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", target, headers: headers)
    }

    func put(_ target: String, _ body: String? = nil) async throws -> Answer {
        try await send("PUT", target, body: body)
    }

    func send(
        _ method: String, _ target: String, headers: [String: String] = [:], body: String? = nil
    ) async throws -> Answer {
        guard let base = server.url, let url = URL(string: base + target) else {
            throw URLError(.badURL)
        }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.timeoutInterval = 60
        if let token { request.setValue(token, forHTTPHeaderField: "X-Auth-Token") }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = body.map { Data($0.utf8) }
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        let pairs = response.allHeaderFields.map { ("\($0.key)".lowercased(), "\($0.value)") }
        let headers = Dictionary(pairs) { first, _ in first }
        return Answer(
            status: response.statusCode, type: headers["content-type"] ?? "", headers: headers, body: data)
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
