import Foundation
import Simulator
import Testing

@Suite("the table of the bonding API") struct BondingTableTests {
    private static let methods = ["GET", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]

    /// What fills the holes of the table: objects of a bond that is fit to be measured, and legs of each kind.
    private func objects(_ client: BondingClient) async throws -> [String: String] {
        var objects: [String: String] = [:]
        let legs = try await client.get("bonds/1/legs/").list
        let up = try #require(legs.first { $0["state"] as? String == "up" }?["id"] as? Int)
        objects["{leg}"] = String(up)
        let bonder = try await client.get("bonds/1/").json["bonder"] as? [String: Any]
        objects["{bonder}"] = String(try #require(bonder?["id"] as? Int))
        for bond in try await client.get("bonds/").ids where objects.count < 6 {
            for leg in try await client.get("bonds/\(bond)/legs/").list {
                let kind = try #require(leg["type"] as? String)
                objects["{\(kind)}"] = "bonds/\(bond)/\(kind)_legs/\(try #require(leg["id"] as? Int))"
            }
        }
        #expect(objects.count == 6)
        #expect(try await client.post("bonds/1/speedtests/").status == 201)
        #expect(try await client.post("bonds/1/tuners/").status == 201)
        #expect(try await client.post("bonds/1/legs/\(up)/tuners/").status == 201)
        return objects
    }

    private func expected(
        _ line: BondingTable.Line, _ method: String, by account: BondingAccount?
    ) -> Int {
        guard let account else { return 401 }
        let reads =
            account == .administrator || account == .viewer || ["bonds", "context"].contains(line.area)
        let changes = account == .administrator || (account == .bondAdministrator && line.area == "bonds")
        if method == "OPTIONS" { return reads ? 200 : 403 }
        if method == "GET", line.methods["GET"] != nil { return reads ? 200 : 403 }
        return changes ? line.methods[method] ?? 405 : 403
    }

    @Test(
        "each URI takes the methods of the table from those who may, and refuses all others in the right words",
        arguments: BondingTable.lines)
    func walk(_ line: BondingTable.Line) async throws {
        try await withBonds { client async throws in
            let objects = try await objects(client)
            let path = objects.reduce(line.path) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
            // Who may change something comes last, so that it is there for the others.
            for account in [nil, .viewer, .bondAdministrator, .administrator] as [BondingAccount?] {
                for method in Self.methods {
                    // One of two would find the object gone.
                    if method == "DELETE", account == .bondAdministrator, line.area == "bonds" { continue }
                    if path.hasSuffix("cancel/"), method == "POST", account == .bondAdministrator { continue }
                    let body = ["POST", "PUT", "PATCH"].contains(method) ? "{}" : nil
                    let answer = try await client.by(account).send(method, path, body)
                    let wanted = expected(line, method, by: account)
                    #expect(
                        answer.status == wanted,
                        "\(method) \(path) as \(account?.rawValue ?? "stranger"): \(answer.text.prefix(200))")
                    switch answer.status {
                    case 401: #expect(answer.headers["www-authenticate"] == "Basic realm=\"api\"")
                    case 403:
                        #expect(answer.detail == "You do not have permission to perform this action.")
                    case 405:
                        #expect(answer.detail == "Method \"\(method)\" not allowed.")
                        let allowed = answer.headers["allow"]?.components(separatedBy: ", ") ?? []
                        #expect(Set(allowed).subtracting(["HEAD", "OPTIONS"]) == Set(line.methods.keys))
                    default: break
                    }
                }
            }
        }
    }

    @Test("OPTIONS tells the fields to those who may write, and to nobody else")
    func options() async throws {
        try await withBonds { client async throws in
            let answer = try await client.send("OPTIONS", "bonds/1/dhcp_legs/")
            let post = (answer.json["actions"] as? [String: Any])?["POST"] as? [String: [String: Any]]
            let mode = try #require(post?["link_mode"])
            let choices = (mode["choices"] as? [[String: Any]])?.compactMap { $0["value"] as? String }
            #expect(choices == ["active", "idle", "offline"])
            #expect(post?["interface"]?["required"] as? Bool == true)
            #expect(post?["state"]?["read_only"] as? Bool == true)
            let viewer = try await client.by(.viewer).send("OPTIONS", "bonds/1/dhcp_legs/")
            #expect(viewer.status == 200)
            #expect(viewer.json["actions"] == nil)
        }
    }
}
