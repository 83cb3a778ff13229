import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Synchronization
import Testing

@testable import KrillAdapter

@Suite("Krill: logging in")
struct SessionTests {
    private let clock = TestClock()

    /// Answers logins with tokens of a life, and everything else with a user.
    private func healthy(life: Int64 = 3_600) -> ScriptedKrill.Script {
        let number = Atomic<Int64>(0)
        let start = clock.now.seconds
        return { asked in
            switch asked.description {
            case "POST /v2/auth/login/", "POST /v2/auth/refresh/":
                let serial = number.add(1, ordering: .relaxed).newValue
                let access = token([
                    "iat": .integer(start), "exp": .integer(start + life), "jti": .integer(serial),
                ])
                return .json(["access": .string(access), "refresh": "refresh-me"])
            default: return .json(["pk": 5])
            }
        }
    }

    @Test("Base64 is written with padding and read without")
    func base64() {
        #expect(Base64.text(Array("noc:s3cret".utf8)) == "bm9jOnMzY3JldA==")
        #expect(Base64.text(Array("abc".utf8)) == "YWJj")
        #expect(Base64.bytes(urlSafe: "bm9jOnMzY3JldA") == Array("noc:s3cret".utf8))
        #expect(Base64.bytes(urlSafe: "-_-_") == [0xFB, 0xFF, 0xBF])
        #expect(Base64.bytes(urlSafe: "a b") == nil)
    }

    @Test("a token is good for what lies between its own two times, and for little when it says nothing")
    func life() {
        let now = clock.now
        // The server's clock is a day ahead.
        let skewed = token(["iat": .integer(now.seconds + 86_400), "exp": .integer(now.seconds + 90_000)])
        #expect(JSONWebToken.life(of: skewed, now: now) == 3_600)
        #expect(JSONWebToken.life(of: token(["exp": .integer(now.seconds + 50)]), now: now) == 50)
        #expect(JSONWebToken.life(of: token(["user_id": 5]), now: now) == 240)
        #expect(JSONWebToken.life(of: "opaque", now: now) == 240)
    }

    @Test("the login is a form, its token goes with every read, and the password with none")
    func login() async throws {
        let krill = ScriptedKrill(healthy())
        let server = KrillServer(krillSettings(clock), krill)
        for _ in 0..<3 { _ = try await server.read(Path.user) }
        #expect(krill.count("POST /v2/auth/login/") == 1)
        #expect(krill.asked[0].body == "username=noc&password=pa55word-of-the-test")
        #expect(krill.asked[0].authorization == "")
        #expect(krill.asked.dropFirst().allSatisfy { $0.authorization.hasPrefix("Bearer ey") })
    }

    @Test("a token is refreshed before it ends, without another login")
    func proactive() async throws {
        let krill = ScriptedKrill(healthy())
        let server = KrillServer(krillSettings(clock), krill)
        _ = try await server.read(Path.user)
        clock.move(3_550)
        _ = try await server.read(Path.user)
        #expect(krill.count("POST /v2/auth/login/") == 1)
        #expect(krill.count("POST /v2/auth/refresh/") == 1)
        #expect(krill.count("GET /v2/auth/user/") == 2)
    }

    @Test("while a refresh fails for other reasons, the token is used to its end")
    func troubled() async throws {
        let krill = ScriptedKrill(healthy())
        let server = KrillServer(krillSettings(clock), krill)
        _ = try await server.read(Path.user)
        clock.move(3_550)
        krill.follow { $0.path.contains("auth/refresh") ? .status(503) : .json(["pk": 5]) }
        _ = try await server.read(Path.user)
        #expect(krill.count("GET /v2/auth/user/") == 2)
        #expect(krill.count("POST /v2/auth/login/") == 1)
    }

    @Test("a login that is refused is tried once, however many tasks wait for it")
    func refused() async throws {
        let krill = ScriptedKrill { _ in
            .json(["non_field_errors": ["Unable to log in with provided credentials."]], status: 400)
        }
        let server = KrillServer(krillSettings(clock), krill)
        let kinds = await withTaskGroup(of: BackendError.Kind?.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do throws(BackendError) {
                        _ = try await server.read(Path.user)
                        return nil
                    } catch { return error.kind }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(kinds == Array(repeating: .refused, count: 8))
        #expect(krill.asked.count == 1)
        // Later somebody decided to try again.
        clock.move(600)
        _ = try? await server.read(Path.user)
        #expect(krill.asked.count == 2)
    }

    @Test("a refresh that is refused costs one login; a login that is refused then ends it")
    func refreshRefused() async throws {
        let krill = ScriptedKrill(healthy())
        let server = KrillServer(krillSettings(clock), krill)
        _ = try await server.read(Path.user)
        let start = clock.now.seconds
        krill.follow { asked in
            switch asked.path {
            case "/v2/auth/refresh/": return .status(401)
            case "/v2/auth/login/":
                return .json([
                    "access": .string(token(["iat": .integer(start), "exp": .integer(start + 9_999)]))
                ])
            default: return asked.authorization.isEmpty ? .status(401) : .json(["pk": 5])
            }
        }
        clock.move(3_590)
        _ = try await server.read(Path.user)
        #expect(krill.count("POST /v2/auth/refresh/") == 1)
        #expect(krill.count("POST /v2/auth/login/") == 2)
        krill.follow { _ in .status(401, "Given token not valid for any token type") }
        await #expect(throws: BackendError.self) { _ = try await server.read(Path.user) }
        #expect(krill.count("POST /v2/auth/login/") == 3)
        await #expect(throws: BackendError.self) { _ = try await server.read(Path.user) }
        #expect(krill.count("POST /v2/auth/login/") == 3)
    }

    @Test("a banned address is left alone for a while")
    func banned() async throws {
        let krill = ScriptedKrill { _ in .status(403, "Your address is banned after too many failed logins.")
        }
        let server = KrillServer(krillSettings(clock), krill)
        for _ in 0..<5 { _ = try? await server.read(Path.user) }
        #expect(krill.asked.count == 1)
        do throws(BackendError) {
            _ = try await server.read(Path.user)
            Issue.record("it read something")
        } catch {
            #expect(error.kind == .forbidden)
            #expect(error.words.contains("banned"))
        }
    }

    @Test(
        "a server without a login is asked with user and password, and is refused once",
        arguments: [404, 405])
    func basic(status: Int) async throws {
        let krill = ScriptedKrill { $0.path == "/v2/auth/login/" ? .status(status) : .json(["pk": 5]) }
        let server = KrillServer(krillSettings(clock), krill)
        for _ in 0..<2 { _ = try await server.read(Path.user) }
        #expect(krill.count("POST /v2/auth/login/") == 1)
        #expect(
            krill.asked.last?.authorization == "Basic \(Base64.text(Array("noc:pa55word-of-the-test".utf8)))")
        #expect(try await server.renewCredentials() == false)
        krill.follow { _ in .status(401, "Invalid username/password.") }
        for _ in 0..<4 { _ = try? await server.read(Path.user) }
        // Each of the first two tries asks; then the refusal stands.
        #expect(krill.count("GET /v2/auth/user/") <= 6)
        #expect(krill.count("POST /v2/auth/login/") == 1)
    }

    @Test("403 with the words of a missing login is one, and no missing right")
    func sessionFirst() async throws {
        let krill = ScriptedKrill(healthy())
        let server = KrillServer(krillSettings(clock), krill)
        _ = try await server.read(Path.user)
        let isNew = Atomic(false)
        let renewed = healthy()
        krill.follow { asked in
            if asked.path.contains("auth/refresh") {
                isNew.store(true, ordering: .relaxed)
                return renewed(asked)
            }
            return isNew.load(ordering: .relaxed)
                ? .json(["pk": 5]) : .status(403, "Authentication credentials were not provided.")
        }
        _ = try await server.read(Path.user)
        #expect(krill.count("POST /v2/auth/refresh/") == 1)
    }

    @Test("new credentials for a command that was refused are made once")
    func renewing() async throws {
        let krill = ScriptedKrill(healthy())
        let server = KrillServer(krillSettings(clock), krill)
        let before = try await server.credentials().map(\.value)
        #expect(try await server.renewCredentials())
        #expect(try await server.credentials().map(\.value) != before)
        #expect(krill.count("POST /v2/auth/refresh/") == 1)
    }

    /// Refuses a token in one of the ways that Django REST framework has, until it was renewed.
    private static let strangers: [(Int, JSONTree)] = [
        (401, ["detail": "Given token not valid for any token type", "code": "token_not_valid"]),
        (401, [:]),
        (403, ["detail": "anything", "code": "token_not_valid"]),
        (403, ["detail": "Token is invalid or expired"]),
        (403, ["detail": "Authentication credentials were not provided."]),
        (403, ["detail": "User not found", "code": "user_not_found"]),
    ]

    @Test(
        "a token that is not accepted any more is renewed once and the read is sent again, by 401 and by the 403 of servers that ask for sessions first",
        arguments: strangers.indices)
    func stranger(place: Int) async throws {
        let (status, body) = Self.strangers[place]
        let start = clock.now.seconds
        let krill = ScriptedKrill { asked in
            func pair(_ serial: Int64) -> Response {
                let access = token([
                    "iat": .integer(start), "exp": .integer(start + 3_600), "jti": .integer(serial),
                ])
                return .json(["access": .string(access), "refresh": "refresh-me"])
            }
            switch asked.path {
            case "/v2/auth/login/": return pair(1)
            case "/v2/auth/refresh/": return pair(2)
            default:
                let isFirst = asked.authorization.contains(
                    token(["iat": .integer(start), "exp": .integer(start + 3_600), "jti": 1]))
                return isFirst ? .json(body, status: status) : .json(["pk": 5])
            }
        }
        let server = KrillServer(krillSettings(clock), krill)
        #expect(try await server.read(Path.user).status == 200)
        #expect(krill.count("POST /v2/auth/refresh/") == 1)
        #expect(krill.count("GET /v2/auth/user/") == 2)
        #expect(server.refusesCredentials(.json(body, status: status)))
    }

    @Test("a right that an account lacks is no reason to log in again")
    func lackingRight() async throws {
        let krill = ScriptedKrill { asked in
            asked.path == "/v2/auth/login/"
                ? .json(["access": "opaque", "refresh": "refresh-me"])
                : .status(403, "You do not have permission to perform this action.")
        }
        let server = KrillServer(krillSettings(clock), krill)
        #expect(try await server.read(Path.user).status == 403)
        #expect(krill.count("POST /v2/auth/login/") == 1 && krill.count("POST /v2/auth/refresh/") == 0)
        #expect(
            !server.refusesCredentials(.status(403, "You do not have permission to perform this action.")))
    }

    @Test(
        "HTTP Basic that is not accepted is refused credentials, whichever status says it",
        arguments: [401, 403])
    func basicRefused(status: Int) async throws {
        let krill = ScriptedKrill { asked in
            asked.path == "/v2/auth/login/" ? .status(404) : .status(status, "Invalid username/password.")
        }
        let server = KrillServer(krillSettings(clock), krill)
        do throws(BackendError) {
            _ = try await server.read(Path.user)
            Issue.record("it read something")
        } catch {
            #expect(error.kind == .refused)
        }
        #expect(krill.count("GET /v2/auth/user/") == 1)
    }

    @Test(
        "a refresh that is not answered with a token costs one login, whatever refuses it",
        arguments: [400, 401, 403, 404, 405])
    func refreshStatuses(status: Int) async throws {
        let krill = ScriptedKrill(healthy())
        let server = KrillServer(krillSettings(clock), krill)
        _ = try await server.read(Path.user)
        let healthy = healthy()
        krill.follow { $0.path == "/v2/auth/refresh/" ? .status(status) : healthy($0) }
        clock.move(3_550)
        _ = try await server.read(Path.user)
        #expect(krill.count("POST /v2/auth/login/") == 2)
    }

    @Test(
        "a server that asks for sessions first is read like any other, over HTTP, past the end of its tokens")
    func sessionsFirst() async throws {
        try await withLiveKrill(KrillRelease(accessUses: 3, putsSessionsFirst: true)) { live in
            let customers = try await live.table(.customer)
            let sessions = try await live.table(.session)
            #expect(customers.count > 0 && sessions.count > 0)
            #expect(live.count("/v2/auth/login/") == 1)
            #expect(live.count("/v2/auth/refresh/") > 0)
        }
    }
}
