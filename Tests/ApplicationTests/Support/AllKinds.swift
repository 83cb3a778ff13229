import AdapterKit
import Canvas
import Dashboard
import History
import Testing
import Wallboard

@testable import BondingAdapter
@testable import KrillAdapter
@testable import Simulator
@testable import nocturne

/// Runs a story with a bonding server and one of subscribers beside the usual two.
func withAllKinds(
    as account: BondingAccount = .administrator, isReadOnly: Bool = false, size: Size = Size(140, 40),
    wallboard: WallboardProfile? = nil,
    _ story: (Application, World, _ bonds: SimulatedServer, _ lines: SimulatedServer) async throws -> Void
) async throws {
    try await withProviderOfAllKinds(as: account, isReadOnly: isReadOnly, size: size, wallboard: wallboard) {
        try await story($0, $1.world, $2, $3)
    }
}

/// The same, with the other two servers at hand.
func withProviderOfAllKinds(
    as account: BondingAccount = .administrator, isReadOnly: Bool = false, size: Size = Size(140, 40),
    wallboard: WallboardProfile? = nil,
    reload: (@Sendable () -> Result<Reloaded, ReloadFault>)? = nil, history: (any HistoryStore)? = nil,
    _ story: (Application, Provider, _ bonds: SimulatedServer, _ lines: SimulatedServer) async throws -> Void
) async throws {
    let provider = Provider(scale: 600)
    let bonds = SimulatedServer(api: .bonding(.v3), world: provider.world, tokens: Provider.tokens)
    let lines = SimulatedServer(api: .krill(.v2), world: provider.world, tokens: Provider.tokens)
    try await bonds.start()
    try await lines.start()
    let result: Result<Void, any Error>
    do {
        try await withApplication(
            size: size, isReadOnly: isReadOnly, provider: provider, wallboard: wallboard, reload: reload,
            history: history,
            adjust: { plans in
                var plan = BackendPlan("bonds", at: bonds.url ?? "", Bonding.descriptor)
                plan.user = account.user
                plan.secret = Secret(account.password(Provider.tokens))
                plans.append(plan)
                plan = BackendPlan("access", at: lines.url ?? "", Krill.descriptor)
                plan.user = KrillAccount.administrator.user
                plans.append(plan)
            }
        ) { app, provider in
            await app.waitUntilIdle()
            try await story(app, provider, bonds, lines)
        }
        result = .success(())
    } catch { result = .failure(error) }
    await bonds.stop()
    await lines.stop()
    try result.get()
}

extension SimulatedServer {
    /// What arrived that acts: by its method, and where a server acts by GET, by its path.
    var acts: [String] {
        let acting = [
            "/reboot", "/reprovision", "/unprovision", "/factory", "/reconfig", "/cwmp_diagnostic",
            "/disconnect",
        ]
        let reading = ["/auth/login", "/auth/refresh", "/monitoring/datasets"]
        return arrivals().filter { arrival in
            guard case .krill = api else { return arrival.isCommand }
            return acting.contains { arrival.target.contains($0) }
                || arrival.isCommand && !reading.contains { arrival.target.contains($0) }
        }.map(\.line)
    }
}
