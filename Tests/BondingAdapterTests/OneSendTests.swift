import AdapterContract
import AdapterKit
import CurlTransport
import Domain
import HTTP
import RawServer
import Testing

@testable import BondingAdapter

@Suite("Bonding: a command is sent once")
struct OneSendTests {
    @Test(
        "a restart arrives once where a kept-alive connection dies before the answer, and a redirect is not followed"
    )
    func once() async throws {
        let bond = FakeBonding.bond(2, legs: [(21, "up")], current: 1)
        let raw = try RawServer(answering: { request, connection in
            let type = [("Content-Type", "application/json"), ("Connection", "keep-alive")]
            switch (request.method, request.target) {
            case ("POST", "/api/v3/bonds/2/restart/"): connection.close()
            case ("GET", "/api/v3/"): connection.answer(200, type, #"{"bonds":"x"}"#)
            case ("GET", "/api/v3/bonds/2/"): connection.answer(200, type, bond)
            case ("GET", "/api/v3/bonds/2/legs/"): connection.answer(200, type, #"[{"id":21,"state":"up"}]"#)
            default: connection.answer(404, type, #"{"detail":"Not found."}"#)
            }
        })
        let network = try CurlNetwork(version: "test")
        let endpoint = Endpoint(
            origin: Origin(scheme: "http", host: "127.0.0.1", port: raw.port), basePath: "/api", proxy: "")
        let backend = network.backend("bonds", at: endpoint)
        let clock = HandClock()
        let settings = BackendSettings(
            id: BackendID(0), name: "bonds", endpoint: endpoint, user: "noc@example.net",
            secret: Secret(FakeBonding.secret), now: { clock.now },
            pause: { seconds in clock.advance(by: Int64(seconds)) })
        let server = BondingServer(settings, backend.reader(declaring: Bonding.descriptor.reads))
        let target = EntityRef(BackendID(0), .bond, id: "2")
        let plan = try await server.prepare(Command(.restartBond, [target]))
        let commander = backend.commander { () async throws(TransportError) in
            (try? await server.credentials()) ?? []
        }
        let answers = await plan.send(by: commander)
        let outcomes = await server.verify(plan, answers: answers)
        #expect(outcomes.map(\.state) == [.unknown])
        #expect(outcomes[0].words.contains("restart not observed"))
        #expect(raw.requests.count { $0.method == "POST" } == 1)
        let basic = "Basic " + Base64.text(Array("noc@example.net:\(FakeBonding.secret)".utf8))
        #expect(raw.requests.allSatisfy { $0.header("authorization") == basic })
        await network.stop()
        raw.stop()
    }
}
