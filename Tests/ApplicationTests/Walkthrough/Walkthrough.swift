import Canvas
import Dashboard
import Domain
import Testing

@testable import BondingAdapter
@testable import Simulator
@testable import nocturne

/// What an engineer on call goes through, each story from the first key to what the servers were sent.
@Suite("A night on call", .timeLimit(.minutes(30)))
struct Walkthrough {
    /// Tells a story on two LibreNMS servers with the alerts in front.
    static func story(
        size: Size = Size(140, 34), scale: Int = 900, isReadOnly: Bool = false,
        preferences: PreferencesFile? = nil,
        adjust: (inout [BackendPlan]) -> Void = { _ in },
        _ story: (Application, Provider) async throws -> Void
    ) async throws {
        try await withApplication(
            size: size, isReadOnly: isReadOnly, provider: Provider(scale: scale), preferences: preferences,
            adjust: adjust
        ) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            try await story(app, provider)
        }
    }

    /// Tells a story on a server of bonds beside the others.
    static func bondStory(
        _ story: (Application, SimulatedServer) async throws -> Void
    ) async throws {
        let provider = Provider(scale: 600)
        let bonds = SimulatedServer(api: .bonding(.v3), world: provider.world, tokens: Provider.tokens)
        try await bonds.start()
        let result: Result<Void, any Error>
        do {
            try await withApplication(
                size: Size(140, 40), provider: provider,
                adjust: { plans in
                    var plan = BackendPlan("bonds", at: bonds.url ?? "", Bonding.descriptor)
                    plan.user = BondingAccount.administrator.user
                    plans.append(plan)
                }
            ) { app, _ in
                await app.waitUntilIdle()
                app.press("5")
                try await story(app, bonds)
            }
            result = .success(())
        } catch { result = .failure(error) }
        await bonds.stop()
        try result.get()
    }

    /// Presses every key of a dialog that could send something but the one that does, with time between.
    static func fumble(_ app: Application, _ keys: [String] = ["Enter", "Tab", "Space", "j", "k"]) {
        for key in keys {
            app.clock.advance(by: 1)
            app.press(key)
        }
    }

    /// Types a filter and keeps it.
    static func filter(_ app: Application, _ text: String) {
        app.press("/")
        app.type(text)
        app.press("Enter")
    }

    /// The alerts that a server holds acknowledged, of some.
    static func acknowledged(_ alerts: [EntityRef], _ provider: Provider) -> [EntityRef] {
        alerts.filter { alert in
            let server = alert.backend == BackendID(0) ? provider.core : provider.edge
            return provider.alert(alert, on: server)?.state == .acknowledged
        }
    }
}
