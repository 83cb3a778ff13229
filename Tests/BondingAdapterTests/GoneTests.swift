import AdapterKit
import Domain
import HTTP
import Testing

@testable import BondingAdapter

@Suite("Bonding: only the API itself says that something is gone")
struct GoneTests {
    private static let target = EntityRef(BackendID(0), .address, id: "1/5")

    private func fake() -> FakeBonding {
        let fake = FakeBonding()
        fake.setAggregators()
        let bond = FakeBonding.bond(1, legs: [(11, "up")], current: 1)
        fake["/v3/bonds/"] = "[\(bond)]"
        fake["/v3/bonds/1/"] = bond
        fake["/v3/bonds/1/legs/"] = #"[{"id":11,"type":"dhcp","state":"up"}]"#
        fake["/v3/bonds/1/connected_ips/5/"] = #"{"id":5,"ip":"192.0.2.9","enabled":true}"#
        return fake
    }

    private static let lost: Result<Response, TransportError> = .failure(.timedOut(.whole, seconds: 30))

    @Test(
        "a 404 of a proxy proves no deletion, one of the API does",
        arguments: [
            ("<html><title>404 Not Found</title></html>", Outcome.State.unknown),
            (#"{"message":"no Route matched with those values"}"#, .unknown), ("", .unknown),
            (#"{"detail":"Not found."}"#, .verified),
        ])
    func deleted(body: String, state: Outcome.State) async throws {
        let fake = fake()
        let server = fake.server()
        let plan = try await server.prepare(Command("delete-address", [Self.target]))
        fake.answer("/v3/bonds/1/connected_ips/5/", 404, body)
        let outcomes = await server.verify(plan, answers: [StepAnswer(Self.target, Self.lost)])
        #expect(outcomes.map(\.state) == [state], "\(outcomes.map(\.words))")
    }

    @Test("a bond whose legs a proxy says are not there is not gone")
    func legs() async throws {
        let fake = fake()
        let server = fake.server()
        fake.answer("/v3/bonds/1/legs/", 404, "<html>404</html>")
        await #expect(throws: BackendError.self) { _ = try await server.legs(of: "1") }
        fake.answer("/v3/bonds/1/legs/", 404, #"{"detail":"Not found."}"#)
        #expect(try await server.legs(of: "1") == nil)
    }

    @Test("a server that counted configuration updates has them still, whatever a proxy says")
    func updates() async throws {
        let fake = fake()
        fake["/v3/system/versions/"] = #"{"bondingadmin":"6.6"}"#
        let server = fake.server()
        #expect(try await server.table(.system).word("system", .status) == "up")
        fake.answer("/v3/system/status/configupdates/", 404, "<html>404</html>")
        let table = try await server.table(.system)
        #expect(table.word("system", .status) == "")
        let older = try await fake.server().table(.system)
        #expect(older.word("system", .status) == "unmonitored")
    }
}
