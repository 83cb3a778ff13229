import Foundation
import Simulator
import Testing

@Suite("Krill before a resource is reached") struct KrillMannersTests {
    @Test("a login by form or JSON, with a closing slash or without, gives two tokens and the user")
    func login() async throws {
        try await withKrill { client async throws in
            let form = try await client.login("noc", testTokens.admin)
            #expect(form.status == 200)
            #expect((form.json["user"] as? [String: Any])?["username"] as? String == "noc")
            let access = try #require(form.json["access"] as? String)
            #expect(access.split(separator: ".").count == 3)
            let words = "{\"username\":\"noc\",\"password\":\"\(testTokens.admin)\"}"
            let json = try await KrillClient(server: client.server).send("POST", "auth/login", words)
            #expect(json.status == 200)
            #expect(json.json["access"] as? String != access)
            let bearer = KrillClient(server: client.server, authorization: "Bearer \(access)")
            #expect(try await bearer.get("auth/user/").json["pk"] as? Int == 5)
        }
    }

    /// The claims of a token.
    private func claims(_ token: String) throws -> [String: Any] {
        var text = String(token.split(separator: ".")[1])
            .replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        while text.count % 4 != 0 { text += "=" }
        let data = try #require(Data(base64Encoded: text))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test("an access token says when it ends, ends then, and is refreshed")
    func expiry() async throws {
        let world = World(scale: 600)
        try await withKrill(KrillRelease(accessLife: 300), world: world) { client async throws in
            let answer = try await client.login("noc", testTokens.admin)
            let access = try #require(answer.json["access"] as? String)
            let refresh = try #require(answer.json["refresh"] as? String)
            let found = try claims(access)
            #expect(found["token_type"] as? String == "access")
            #expect(found["user_id"] as? Int == 5)
            #expect(found["iat"] as? Int == world.now)
            #expect(found["exp"] as? Int == world.now + 300)
            #expect(try claims(refresh)["token_type"] as? String == "refresh")
            let bearer = KrillClient(server: client.server, authorization: "Bearer \(access)")
            #expect(try await bearer.get("isp/cpes/?limit=1").status == 200)
            world.advance(by: 300)
            let late = try await bearer.get("isp/cpes/?limit=1")
            #expect(late.status == 401)
            #expect(late.json["code"] as? String == "token_not_valid")
            let renewed = try await bearer.send("POST", "auth/refresh/", "{\"refresh\":\"\(refresh)\"}")
            let next = try #require(renewed.json["access"] as? String)
            let fresh = KrillClient(server: client.server, authorization: "Bearer \(next)")
            #expect(try await fresh.get("isp/cpes/?limit=1").status == 200)
            // A refresh token opens nothing, and an access token refreshes nothing.
            let wrong = KrillClient(server: client.server, authorization: "Bearer \(refresh)")
            #expect(try await wrong.get("isp/cpes/?limit=1").status == 401)
            #expect(try await bearer.send("POST", "auth/refresh/", "{\"refresh\":\"\(next)\"}").status == 401)
        }
    }

    @Test("a token may be good for so many requests, so that it ends in the middle of a list")
    func uses() async throws {
        try await withKrill(KrillRelease(accessUses: 2)) { client async throws in
            let token = try #require(
                try await client.login("noc", testTokens.admin).json["access"] as? String)
            let bearer = KrillClient(server: client.server, authorization: "Bearer \(token)")
            var statuses: [Int] = []
            for page in 0..<3 {
                statuses.append(try await bearer.get("isp/cpes/?limit=2&offset=\(page * 2)").status)
            }
            #expect(statuses == [200, 200, 401])
        }
    }

    @Test("a refresh may be refused while a login is not")
    func refusedRefresh() async throws {
        try await withKrill(KrillRelease(refusesRefresh: true)) { client async throws in
            let answer = try await client.login("noc", testTokens.admin)
            let refresh = try #require(answer.json["refresh"] as? String)
            #expect(
                try await client.send("POST", "auth/refresh/", "{\"refresh\":\"\(refresh)\"}").status == 401)
            #expect(try await client.login("noc", testTokens.admin).status == 200)
        }
    }

    @Test("five wrong passwords ban the address for ten minutes, a wrong token does not")
    func ban() async throws {
        let world = World(scale: 600)
        try await withKrill(world: world) { client async throws in
            let stranger = KrillClient(server: client.server, authorization: "Bearer nonsense")
            for _ in 0..<9 { #expect(try await stranger.get("isp/cpes/").status == 401) }
            for _ in 0..<5 {
                let answer = try await client.login("noc", "wrong")
                #expect(answer.status == 400)
                #expect(answer.text.contains("Unable to log in with provided credentials."))
            }
            #expect(try await client.get("isp/cpes/").status == 403)
            #expect(try await client.login("noc", testTokens.admin).status == 403)
            world.advance(by: 599)
            #expect(try await client.get("isp/cpes/").status == 403)
            world.advance(by: 1)
            #expect(try await client.get("isp/cpes/").status == 200)
        }
    }

    @Test("more than twenty logins a minute are told how long to wait")
    func throttle() async throws {
        let world = World(scale: 600)
        try await withKrill(world: world) { client async throws in
            for _ in 0..<20 { #expect(try await client.login("noc", testTokens.admin).status == 200) }
            let answer = try await client.login("noc", testTokens.admin)
            #expect(answer.status == 429)
            #expect(answer.headers["retry-after"] == "60")
            #expect(answer.detail == "Request was throttled. Expected available in 60 seconds.")
            world.advance(by: 60)
            #expect(try await client.login("noc", testTokens.admin).status == 200)
        }
    }

    @Test("who brings nothing is told so, and a path is looked up before that")
    func refusals() async throws {
        try await withKrill { client async throws in
            let stranger = KrillClient(server: client.server)
            let refused = try await stranger.get("isp/cpes/")
            #expect(refused.status == 401)
            #expect(refused.detail == "Authentication credentials were not provided.")
            let unknown = try await stranger.get("isp/nosuch/")
            #expect(unknown.status == 404)
            #expect(unknown.type.hasPrefix("text/html"))
            let wrong = try await client.send("DELETE", "isp/cpes/")
            #expect(wrong.status == 405)
            #expect(wrong.detail == "Method \"DELETE\" not allowed.")
            #expect(wrong.headers["allow"] == "GET, POST, HEAD, OPTIONS")
            #expect(try await client.get("isp/cpes/999999999/").detail == "Not found.")
        }
    }

    @Test("a path without its closing slash is redirected, whatever the method, and nothing is done")
    func slash() async throws {
        try await withKrill { client async throws in
            let list = try await client.get("isp/cpes?limit=2")
            #expect(list.status == 301)
            #expect(list.headers["location"] == "/api/v2/isp/cpes/?limit=2")
            let reboot = try await client.get("isp/cpes/1/reboot")
            #expect(reboot.status == 301)
            #expect(reboot.headers["location"] == "/api/v2/isp/cpes/1/reboot/")
            #expect(try await client.get("isp/cpes/1/events/").text.contains("reboot") == false)
            #expect(try await client.get("monitoring/search?type=Host&limit=1").status == 200)
        }
    }

    @Test("who does not ask for JSON gets a page for people")
    func html() async throws {
        try await withKrill { client async throws in
            let page = try await client.get("isp/cpes/?limit=1", headers: ["Accept": "text/html"])
            #expect(page.status == 200)
            #expect(page.type.hasPrefix("text/html"))
            #expect(page.json.isEmpty)
        }
    }

    @Test("OPTIONS tell an administrator the fields of a body, and a viewer nothing")
    func options() async throws {
        try await withKrill { client async throws in
            let all = try await client.send("OPTIONS", "isp/cpes/")
            #expect(all.headers["allow"] == "GET, POST, HEAD, OPTIONS")
            let actions = try #require(all.json["actions"] as? [String: [String: [String: Any]]])
            let fields = try #require(actions["POST"])
            #expect(fields["customer"]?["required"] as? Bool == true)
            #expect(fields["id"]?["read_only"] as? Bool == true)
            #expect(
                (fields["tech"]?["choices"] as? [[String: Any]])?.contains {
                    $0["value"] as? String == "gpon"
                } == true)
            let detail = try await client.send("OPTIONS", "isp/cpes/1/")
            #expect(detail.headers["allow"] == "GET, PUT, PATCH, DELETE, HEAD, OPTIONS")
            let viewer = try await client.with(.viewer).send("OPTIONS", "isp/cpes/")
            #expect(viewer.status == 200)
            #expect(viewer.json["actions"] == nil)
        }
    }

    @Test("next leads to the server's internal host, its parameters in alphabetical order")
    func next() async throws {
        try await withKrill { client async throws in
            let first = try await client.get("isp/cpes/?limit=3&attrs=id")
            #expect(
                first.json["next"] as? String == "http://pre1:4280/api/v2/isp/cpes/?attrs=id&limit=3&offset=3"
            )
            #expect(first.json["previous"] is NSNull)
            #expect(first.results.map { $0.keys.sorted() } == [["id"], ["id"], ["id"]])
            let count = try #require(first.json["count"] as? Int)
            let last = try await client.get("isp/cpes/?limit=3&offset=\(count - 1)")
            #expect(last.results.count == 1)
            #expect(last.json["next"] is NSNull)
            #expect(try await client.get("isp/cpes/").results.count == 10)
            #expect(try await client.get("isp/cpes/?limit=5000").results.count == min(count, 1_000))
        }
    }
}
