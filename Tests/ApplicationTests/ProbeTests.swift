import AdapterKit
import Canvas
import Dashboard
import Domain
import HTTP
import Testing

@testable import BondingAdapter
@testable import KrillAdapter
@testable import Simulator
@testable import nocturne

@Suite("A server that hangs where it is asked who it is", .timeLimit(.minutes(15)))
struct ProbeTests {
    /// Where each kind of server is asked first.
    enum Hanging: String, CaseIterable {
        case system, root, cpes

        var fault: Fault {
            switch self {
            case .system: Fault(.hang, at: "/api/v0/system")
            case .root: Fault(.hang, at: "/api/v3/", isExact: true)
            case .cpes: Fault(.hang, at: "/api/v2/isp/cpes")
            }
        }

        var api: SimulatedAPI {
            switch self {
            case .system: .libreNMS(.modern)
            case .root: .bonding(.v3)
            case .cpes: .krill(.v2)
            }
        }

        func plan(_ url: String) -> BackendPlan {
            var plan: BackendPlan
            switch self {
            case .system: plan = BackendPlan("hanging", at: url)
            case .root:
                plan = BackendPlan("hanging", at: url, Bonding.descriptor)
                plan.user = BondingAccount.administrator.user
            case .cpes:
                plan = BackendPlan("hanging", at: url, Krill.descriptor)
                plan.user = KrillAccount.administrator.user
            }
            // Longer than any test waits: only what does not wait for that answer comes to an end.
            plan.endpoint.limits.firstByte = 10_000
            plan.endpoint.limits.read = 10_000
            return plan
        }
    }

    @Test("shows its alerts all the same", arguments: Hanging.allCases)
    func alerts(_ hanging: Hanging) async throws {
        let provider = Provider(scale: 600)
        let server = SimulatedServer(api: hanging.api, world: provider.world, tokens: Provider.tokens)
        try await server.start()
        server.setFaults([hanging.fault])
        try await withApplication(
            size: Size(160, 40), provider: provider,
            adjust: { $0.append(hanging.plan(server.url ?? "")) }
        ) { app, _ in
            await app.until("its alerts are on the screen") { app in
                app.state.backends[2].health[.alert]?.arrivedAt != nil
            }
            #expect(server.arrivals().contains { hanging.fault.hits(path: $0.path) })
            app.press("3")
            #expect(app.rows.contains { $0.backend.index == 2 })
        }
        await server.stop()
    }
}

extension Fault {
    fileprivate func hits(path: String) -> Bool {
        isExact ? path == pathPrefix : path.hasPrefix(pathPrefix)
    }
}
