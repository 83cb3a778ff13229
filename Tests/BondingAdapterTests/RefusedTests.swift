import AdapterKit
import Domain
import HTTP
import Testing

@testable import BondingAdapter

@Suite("Bonding: a refused login and a missing right")
struct RefusedTests {
    private static let logins = [
        "Authentication credentials were not provided.", "Invalid username/password.",
        "Incorrect authentication credentials.", "User inactive or deleted.", "Invalid token.",
    ]
    private static let rights = [
        "You do not have permission to perform this action.", "CSRF Failed: CSRF token missing.", "Forbidden",
        "",
    ]

    private func kind(_ body: () async throws -> Void) async -> BackendError.Kind? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? BackendError)?.kind
        }
    }

    @Test("a 403 whose words are those of a login is a refused login, wherever it comes", arguments: logins)
    func login(words: String) async throws {
        for path in ["/v3/", "/v3/bonds/"] {
            let fake = FakeBonding()
            fake.fail(path, 403, saying: words)
            let server = fake.server()
            #expect(await kind { _ = try await server.table(.bond) } == .refused, "\(path)")
        }
        let fake = FakeBonding()
        fake["/v3/bonds/1/"] = FakeBonding.bond(1, legs: [(11, "up")], current: 1)
        fake["/v3/bonds/1/legs/"] = #"[{"id":11,"state":"up"}]"#
        fake.fail("/v3/bonds/1/restart/", 403, saying: words)
        let server = fake.server()
        let command = Command(.restartBond, [EntityRef(BackendID(0), .bond, id: "1")])
        #expect(await kind { _ = try await server.prepare(command) } == .refused)
        // It is no right that is kept for the next time.
        fake.fail("/v3/bonds/1/restart/", nil)
        #expect(try await server.prepare(command).steps.count == 1)
    }

    @Test("any other 403 is a missing right, which other lists do not share", arguments: rights)
    func right(words: String) async throws {
        let fake = FakeBonding()
        fake.setAggregators()
        fake.fail("/v3/bonds/", 403, saying: words)
        let server = fake.server()
        #expect(await kind { _ = try await server.table(.bond) } == .forbidden)
        #expect(try await server.table(.aggregator).count == 2)
        let root = FakeBonding()
        root.fail("/v3/", 403, saying: words)
        #expect(try await root.server().check().product.contains("API v3"))
    }
}
