import Foundation
import Simulator

/// Asks a simulated bonding server as one of its accounts; nil is a stranger.
struct BondingClient {
    let server: SimulatedServer
    var account: BondingAccount?

    func by(_ account: BondingAccount?) -> BondingClient { BondingClient(server: server, account: account) }

    func send(
        _ method: String, _ path: String, _ body: String? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        var headers = headers
        if let account, headers["Authorization"] == nil {
            let words = "\(account.user):\(account.password(server.tokens))"
            headers["Authorization"] = "Basic " + Data(words.utf8).base64EncodedString()
        }
        if body != nil, headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
        let target = path.hasPrefix("/") ? path : "/api/v3/" + path
        return try await Client(server: server, token: nil).send(
            method, target, headers: headers, body: body)
    }

    func get(_ path: String) async throws -> Answer { try await send("GET", path) }
    func post(_ path: String, _ body: String? = nil) async throws -> Answer {
        try await send("POST", path, body)
    }
    func patch(_ path: String, _ body: String) async throws -> Answer { try await send("PATCH", path, body) }
}

extension Answer {
    /// The body as a list of objects; empty when it is none.
    var list: [[String: Any]] {
        (try? JSONSerialization.jsonObject(with: body)) as? [[String: Any]] ?? []
    }

    var ids: [Int] { list.compactMap { $0["id"] as? Int } }

    var detail: String? { json["detail"] as? String }

    /// The first complaint about a field.
    func complaint(_ field: String) -> String? { (json[field] as? [String])?.first }
}

/// Runs a body against a started bonding server, as its administrator, and stops it afterwards.
func withBonds<Result>(
    _ release: BondingRelease = .v3, world: World = World(scale: 1_200, withOddities: false),
    _ body: (BondingClient) async throws -> Result
) async throws -> Result {
    let server = SimulatedServer(api: .bonding(release), world: world, tokens: testTokens)
    try await server.start()
    do {
        let result = try await body(BondingClient(server: server, account: .administrator))
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}
