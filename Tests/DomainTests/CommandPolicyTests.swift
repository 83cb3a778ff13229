import Domain
import Testing

@Suite("What commands ask")
struct CommandPolicyTests {
    private static let none: [BackendMode] = []

    @Test(
        "an adapter that says of a change that it is harmless is not believed: the command hurts",
        arguments: [
            ("acknowledge", 1), ("unmute", 1), ("recheck", 1), ("diagnostic", 1), ("maintenance", 3),
            ("edit-rule", 3), ("anything", 3), ("delete-rule", 3),
        ])
    func floors(name: String, tier: Int) {
        #expect(Self.tier(name, .harmless).rawValue == tier)
    }

    @Test("what deletes hurts, whatever its adapter says; other changes are taken at its word")
    func changes() {
        #expect(Self.tier("delete-anything", .touchesService) == .hurts)
        #expect(Self.tier("edit-anything", .touchesService) == .touchesService)
        #expect(Self.tier("acknowledge", .hurts) == .hurts)
    }

    private static func tier(_ name: String, _ declared: Tier) -> Tier {
        CommandDescriptor(CommandKind(rawValue: name), title: "", targets: [], tier: declared, effect: "")
            .tier
    }

    @Test("a command that does not say what it asks hurts")
    func silent() {
        #expect(CommandDescriptor("anything", title: "", targets: [], effect: "").tier == .hurts)
    }

    @Test("more than ten targets ask for a y, and take nothing away from what asks for more")
    func bulk() {
        #expect(CommandPolicy.tier([.harmless], targets: 10, modes: Self.none) == .harmless)
        #expect(CommandPolicy.tier([.harmless], targets: 11, modes: Self.none) == .touchesService)
        #expect(CommandPolicy.tier([.hurts], targets: 11, modes: Self.none) == .hurts)
    }

    @Test("the strictest of what was declared and read counts")
    func strictest() {
        #expect(
            CommandPolicy.tier([.touchesService, .hurts, .harmless], targets: 1, modes: Self.none) == .hurts)
    }

    @Test("one guarded backend makes a command hurt, whatever it is")
    func guarded() {
        #expect(CommandPolicy.tier([.harmless], targets: 1, modes: [.normal, .guarded]) == .hurts)
        #expect(CommandPolicy.tier([.harmless], targets: 1, modes: [.normal]) == .harmless)
    }

    @Test("at most twenty are hurt at once; what does not hurt has no limit")
    func limit() {
        #expect(CommandPolicy.objection(to: "restart-bond", .hurts, targets: 20) == nil)
        #expect(
            CommandPolicy.objection(to: "restart-bond", .hurts, targets: 21)
                == "restart-bond takes at most 20 at once, not 21")
        #expect(CommandPolicy.objection(to: "acknowledge", .touchesService, targets: 500) == nil)
    }

    @Test("only what hurts stops at the first failure")
    func stops() {
        #expect(CommandPolicy.stopsAtFailure(.hurts))
        #expect(!CommandPolicy.stopsAtFailure(.touchesService))
    }
}
