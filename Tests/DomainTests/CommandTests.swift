import Domain
import Testing

@Suite("What commands ask")
struct CommandTests {
    @Test(
        "the least that a command asks follows the table of the product; what nobody knows hurts",
        arguments: [
            ("acknowledge", 1), ("unmute", 1), ("recheck", 1), ("diagnostic", 1), ("maintenance", 2),
            ("downtime", 2), ("edit-rule", 2), ("add-rule", 2), ("enable-rule", 2), ("disable-rule", 2),
            ("disable-address", 2), ("leg-mode", 2), ("restore-primary", 2), ("enable-onu", 2),
            ("update-device", 2), ("discover-device", 2), ("describe-port", 2), ("add-device", 2),
            ("restart-bond", 3), ("test-bond", 3), ("reboot-cpe", 3),
            ("delete-rule", 3), ("delete-device", 3), ("anything-else", 3),
        ])
    func floors(name: String, tier: Int) {
        #expect(Tier.floor(of: CommandKind(rawValue: name)).rawValue == tier)
        let eager = CommandDescriptor(
            CommandKind(rawValue: name), title: "", targets: [], tier: .harmless, effect: "")
        #expect(eager.tier.rawValue == tier)
    }
}
