import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@testable import KrillAdapter

@Suite("Krill: only the API itself says that something is gone")
struct GoneTests {
    private static let target = EntityRef(BackendID(0), .cpe, id: "7")

    private static func page(_ status: Int, _ body: String, _ type: String) -> Response {
        Response(status: status, headers: [Header("Content-Type", type)], body: Body(Array(body.utf8)))
    }

    @Test(
        "a 404 of a proxy proves no deletion, one of the API does",
        arguments: [
            ("<html><title>404 Not Found</title></html>", "text/html", Outcome.State.unknown),
            (#"{"message":"no Route matched with those values"}"#, "application/json", .unknown),
            ("", "text/plain", .unknown), (#"{"detail":"Not found."}"#, "application/json", .verified),
        ])
    func deleted(body: String, type: String, state: Outcome.State) async throws {
        let krill = ScriptedKrill { asked in
            switch asked.path {
            case "/v2/auth/login/": return .json(["access": "opaque"])
            case "/v2/isp/cpes/7/": return .json(["id": 7, "cpename": "met7"])
            default: return .status(404)
            }
        }
        let server = KrillServer(krillSettings(), krill)
        let plan = try await server.prepare(Command("delete-cpe", [Self.target]))
        krill.follow { asked in
            asked.path == "/v2/auth/login/" ? .json(["access": "opaque"]) : Self.page(404, body, type)
        }
        let lost = [StepAnswer(Self.target, .failure(.timedOut(.whole, seconds: 30)))]
        let outcomes = await server.verify(plan, answers: lost)
        #expect(outcomes.map(\.state) == [state], "\(outcomes.map(\.words))")
    }
}
