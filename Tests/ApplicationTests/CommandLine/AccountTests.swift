import AdapterKit
import Domain
import JSON
import Runtime
import Testing

@testable import BondingAdapter
@testable import KrillAdapter
@testable import Simulator
@testable import nocturne

@Suite("check with accounts that may only read", .timeLimit(.minutes(15)))
struct AccountTests {
    /// What check finds about commands with an account of each kind of server.
    private func findings(isReader: Bool) async throws -> [(BackendCheck, BackendPlan)] {
        let world = World(scale: 600, withOddities: false)
        let tokens = Provider.tokens
        let core = SimulatedServer(
            api: .libreNMS(.modern), world: world, tokens: tokens, territory: .everywhere)
        let lines = SimulatedServer(api: .krill(.v2), world: world, tokens: tokens)
        let bonds = SimulatedServer(api: .bonding(.v3), world: world, tokens: tokens)
        for server in [core, lines, bonds] { try await server.start() }
        var plans = [
            BackendPlan("core", at: core.url ?? ""),
            BackendPlan("access", at: lines.url ?? "", Krill.descriptor),
            BackendPlan("bonds", at: bonds.url ?? "", Bonding.descriptor),
        ]
        let lineman = isReader ? KrillAccount.viewer : .administrator
        let bonder = isReader ? BondingAccount.viewer : .administrator
        plans[0].secret = Secret(isReader ? tokens.readOnly : tokens.admin)
        plans[1].user = lineman.user
        plans[1].secret = Secret(lineman.password(tokens))
        plans[2].user = bonder.user
        plans[2].secret = Secret(bonder.password(tokens))
        var checks: [(BackendCheck, BackendPlan)] = []
        try await withLine(plans, isReadOnly: true) { line in
            for (connection, plan) in zip(line.network.connections, plans) {
                let info = try await connection.adapter.check()
                var check = BackendCheck(plan)
                check.take(
                    .success(info), Seen(), of: connection, plan.mode,
                    authority: await connection.adapter.authority(), isReadOnly: false, now: Timestamp(0))
                checks.append((check, plan))
            }
        }
        for server in [core, lines, bonds] { await server.stop() }
        return checks
    }

    @Test(
        "says of each mode that the server is expected to refuse, and offers no command as if it would be taken"
    )
    func reader() async throws {
        for (check, plan) in try await findings(isReader: true) {
            func finding(_ subject: String) -> BackendCheck.Finding? {
                check.findings.first { $0.subject == subject }
            }
            #expect(finding("changes")?.words.hasPrefix("read-only account: ") == true, "\(plan.name)")
            let commands = try #require(finding("commands"))
            #expect(commands.verdict == .warning, "\(plan.name)")
            #expect(
                commands.words.hasPrefix(
                    "normal; the server is expected to refuse this account all of these; with --yes: "))
            let modes = try #require(finding("modes")?.words.split(separator: "; "))
            #expect(modes.count == 3)
            for mode in modes.prefix(2) {
                #expect(
                    mode.hasSuffix(", which the server is expected to refuse this account"), "\(plan.name)")
            }
            #expect(modes.last == "read-only none")
            #expect(check.tree.text.contains("\"account_may_change\":false"))
        }
    }

    @Test("says nothing of a refusal to accounts that may change things")
    func administrator() async throws {
        for (check, _) in try await findings(isReader: false) {
            #expect(check.findings.first { $0.subject == "commands" }?.verdict == .fine)
            #expect(!check.findings.contains { $0.words.contains("expected to refuse") })
        }
    }
}
