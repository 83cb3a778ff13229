/// How much a command asks before it is sent.
public enum Tier: Int, Sendable, Hashable, Comparable {
    /// Enter on a one-line form.
    case harmless = 1
    /// An explicit `y`; Cancel has the focus.
    case touchesService = 2
    /// The name must be typed.
    case hurts = 3

    /// From harmless to hurting.
    public static func < (a: Tier, b: Tier) -> Bool { a.rawValue < b.rawValue }

    /// The least that a well-known command asks, whatever its adapter says; what nobody knows hurts.
    public static func floor(of kind: CommandKind) -> Tier {
        if harmlessKinds.contains(kind) { return .harmless }
        return serviceKinds.contains(kind) ? .touchesService : .hurts
    }

    private static let harmlessKinds: Set<CommandKind> = [.acknowledge, .unmute, .recheck, .diagnostic]

    private static let serviceKinds: Set<CommandKind> = [
        .maintenance, .downtime,
        .editRule, .addRule, .enableRule, .disableRule, .addDevice, .updateDevice,
        .discoverDevice, .describePort,
        .legMode, .detectMTU, .renewDHCP, .restorePrimary, .testLeg,
        "tune-bond", "tune-leg", "accept-tuning", "decline-tuning", "cancel-tuning", "create-isos",
        "enable-address", "disable-address", "add-address", "edit-address",
        "enable-nat-address", "disable-nat-address", "add-nat-address", "edit-nat-address",
        "enable-route", "disable-route", "add-route", "edit-route",
        "edit-bond", "edit-leg", "edit-space",
        .disconnectPPPoE, .reconfigureCPE, .enableONU,
        "add-cpe", "edit-cpe", "add-customer", "edit-customer", "edit-pots",
    ]
}
