import Simulator
import Testing

@Suite("version 4 of the bonding API") struct BondingV4Tests {
    @Test("where version 3 is gone its paths are not found, and a login gives a token that opens the rest")
    func login() async throws {
        try await withBonds(.v4Only) { client async throws in
            #expect(try await client.get("bonds/").status == 404)
            let stranger = client.by(nil)
            let account = BondingAccount.viewer
            let wrong = try await stranger.post("/api/v4/login/", "{\"email\":\"x@y.z\",\"password\":\"\"}")
            #expect(wrong.status == 400)
            let body =
                "{\"email\":\"\(account.user)\",\"password\":\"\(account.password(client.server.tokens))\"}"
            let answer = try await stranger.post("/api/v4/login/", body)
            #expect(answer.status == 200)
            let token = try #require(answer.json["auth_token"] as? String)
            let bonds = try await stranger.send(
                "GET", "/api/v4/bonds/", headers: ["Authorization": "Token \(token)"])
            #expect(bonds.status == 200)
            #expect(bonds.list.count == 10)
            let guess = try await stranger.send(
                "GET", "/api/v4/bonds/", headers: ["Authorization": "Token x"])
            #expect(guess.status == 401)
        }
    }

    @Test("all legs of all bonds are in one list, bonds can be searched, spaces go by their key")
    func lists() async throws {
        try await withBonds { client async throws in
            let bonds = try await client.get("/api/v4/bonds/?ordering=-id").list
            #expect(bonds.compactMap { $0["id"] as? Int } == Array((1...10).reversed()))
            let legs = try await client.get("/api/v4/legs/").list
            #expect(legs.allSatisfy { $0["overall_state"] is String && $0["bond_id"] is Int })
            let space = try #require(bonds.first?["space"] as? [String: Any])
            let key = try #require(space["key"] as? String)
            #expect((space["url"] as? String)?.hasSuffix("/api/v4/spaces/\(key)/") == true)
            let found = try await client.get("/api/v4/bonds/?search=\(key)").list
            #expect(found.compactMap { ($0["space"] as? [String: Any])?["key"] as? String } == [key])
            let counts = try await client.get("/api/v4/spaces/\(key)/object_counts/")
            #expect(counts.json["bonds"] as? Int == 1)
        }
    }
}
