import Foundation
import Simulator

/// Asks a simulated Krill over real HTTP, with whatever credentials it is given.
struct KrillClient {
    let server: SimulatedServer
    /// What stands in `Authorization`; nil sends none.
    var authorization: String?

    private var plain: Client { Client(server: server, token: nil) }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, headers: headers)
    }

    /// Sends JSON, unless the headers say otherwise; `path` is below `/api/v2/`, or whole when it begins with a slash.
    func send(
        _ method: String, _ path: String, _ body: String? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        var fields = ["Accept": "application/json"]
        if body != nil { fields["Content-Type"] = "application/json" }
        if let authorization { fields["Authorization"] = authorization }
        fields.merge(headers) { $1 }
        let target = path.hasPrefix("/") ? path : "/api/v2/\(path)"
        return try await plain.send(method, target, headers: fields, body: body)
    }

    /// Logs in with a form, as a real client does.
    func login(_ user: String, _ password: String) async throws -> Answer {
        try await send(
            "POST", "auth/login/", "username=\(user)&password=\(password)",
            headers: ["Content-Type": "application/x-www-form-urlencoded"])
    }

    /// Every row of a list, page by page; the path has a query already.
    func all(_ path: String) async throws -> [[String: Any]] {
        var rows: [[String: Any]] = []
        while true {
            let page = try await get("\(path)&limit=1000&offset=\(rows.count)")
            rows += page.results
            guard !page.results.isEmpty, rows.count < page.json["count"] as? Int ?? 0 else { return rows }
        }
    }

    static func basic(_ account: KrillAccount) -> String {
        let password = account.role == .admin ? testTokens.admin : testTokens.readOnly
        return "Basic " + Data("\(account.user):\(password)".utf8).base64EncodedString()
    }

    func with(_ account: KrillAccount) -> KrillClient {
        KrillClient(server: server, authorization: Self.basic(account))
    }
}

extension Answer {
    /// The rows of a page.
    var results: [[String: Any]] { rows("results") }
}

/// Runs a body against a started Krill, as its administrator by HTTP Basic, and stops it afterwards.
func withKrill<Result>(
    _ release: KrillRelease = .v2, world: World = World(scale: 1_200), zone: Int = 3_600,
    territory: Territory = .everywhere, _ body: (KrillClient) async throws -> Result
) async throws -> Result {
    let server = SimulatedServer(
        api: .krill(release), world: world, tokens: testTokens, territory: territory, zone: zone)
    try await server.start()
    do {
        let client = KrillClient(server: server, authorization: KrillClient.basic(.administrator))
        let result = try await body(client)
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}
