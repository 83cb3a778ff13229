import AdapterKit
import Domain
import HTTP
import Simulator
import Testing

@testable import BondingAdapter

@Suite("Bonding: a server that has v4 alone")
struct V4Tests {
    @Test("it is logged in to for a token, says what is missing, and offers no commands")
    func lists() async throws {
        try await withLiveServer(.v4Only) { live in
            let info = try await live.server.check()
            #expect(info.product.hasSuffix("API v4"))
            #expect(info.remarks.contains { $0.contains("no API v3") })
            let bonds = try await live.server.table(.bond)
            #expect(bonds.count > 0)
            #expect(bonds.refs.indices.allSatisfy { (bonds.integer($0, .legsTotal) ?? 0) > 0 })
            let legs = try await live.server.table(.leg)
            #expect(legs.count >= bonds.count)
            #expect(live.server.commands.isEmpty)
            _ = try await live.server.detail(of: bonds.refs[0])
            _ = try await live.server.detail(of: legs.refs[0])
            let arrivals = live.simulator.arrivals()
            #expect(arrivals.filter { $0.method == "POST" }.map(\.path) == ["/api/v4/login/"])
            let lists = arrivals.filter { $0.path == "/api/v4/bonds/" }
            #expect(!lists.isEmpty)
            #expect(lists.allSatisfy { $0.headers["authorization"]?.hasPrefix("Token ") == true })
        }
    }

    @Test("a refused login of v4 is a refused login")
    func refused() async throws {
        try await withLiveServer(.v4Only) { live in
            let settings = BackendSettings(
                id: BackendID(0), name: "bonds", endpoint: live.settings.endpoint, user: "nobody@example.net",
                secret: Secret("wr0ng"), now: live.settings.now)
            let server = BondingServer(settings, live.transport)
            do throws(BackendError) {
                _ = try await server.check()
                Issue.record("nobody is let in")
            } catch {
                #expect(error.kind == .refused)
            }
        }
    }
}
