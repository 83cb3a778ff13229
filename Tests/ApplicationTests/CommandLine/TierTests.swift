import Domain
import Testing

@testable import nocturne

/// The table of the product, against what the adapters that ship declare.
@Suite("What each command asks")
struct TierTests {
    private static let harmless: Set<CommandKind> = ["acknowledge", "unmute", "recheck", "diagnostic"]

    /// What hurts customers or deletes.
    private static let hurting: Set<CommandKind> = [
        "restart-bond", "test-bond", "reboot-cpe", "reprovision-cpe", "unprovision-cpe", "factory-reset-cpe",
    ]

    @Test("is what the product says: harmless, a y, or the name; what deletes always the name")
    func table() throws {
        let commands = AdapterRegistry.commands
        #expect(commands.count > 40)
        for command in commands {
            let name = command.kind
            let hurts = Self.hurting.contains(name) || name.rawValue.hasPrefix("delete-")
            let tier: Tier = Self.harmless.contains(name) ? .harmless : hurts ? .hurts : .touchesService
            #expect(command.tier == tier, "\(name)")
        }
        let names = Set(commands.map(\.kind))
        #expect(Self.harmless.union(Self.hurting).subtracting(names).isEmpty)
    }
}
