/// The rules of safety for every command, whoever sends it and whichever adapter offers it.
///
/// Dashboard, command line and executor ask here; none of them has a rule of its own.
public enum CommandPolicy {
    /// The most targets that a harmless command may have before it asks for a `y`.
    public static let bulkLimit = 10
    /// The most targets that one hurting command may have.
    public static let hurtLimit = 20

    /// The commands that may ever be harmless; every other name changes something, whatever its adapter says.
    private static let harmless: Set<CommandKind> = [.acknowledge, .unmute, .recheck, .diagnostic]

    /// What a command asks by the word of its adapter, which is not believed where it says too little.
    public static func tier(of kind: CommandKind, declared: Tier) -> Tier {
        let floor = floor(of: kind)
        return declared >= floor ? declared : .hurts
    }

    /// The least that a command of a name asks.
    public static func floor(of kind: CommandKind) -> Tier {
        if harmless.contains(kind) { return .harmless }
        return kind.rawValue.hasPrefix("delete-") ? .hurts : .touchesService
    }

    /// What a command asks of the operator.
    ///
    /// - Parameters:
    ///   - declared: what its descriptors and plans say; a plan may have found that more is at stake.
    ///   - targets: how many entities it was asked for.
    ///   - modes: those of the backends that it goes to.
    public static func tier(
        _ declared: some Sequence<Tier>, targets: Int, modes: some Sequence<BackendMode>
    ) -> Tier {
        var tier = declared.reduce(.harmless, max)
        if targets > bulkLimit { tier = max(tier, .touchesService) }
        return modes.contains(.guarded) ? .hurts : tier
    }

    /// Why a command can't have that many targets; nil when it can.
    public static func objection(to kind: CommandKind, _ tier: Tier, targets: Int) -> String? {
        guard tier == .hurts, targets > hurtLimit else { return nil }
        return "\(kind) takes at most \(hurtLimit) at once, not \(targets)"
    }

    /// Whether its steps end at the first that did not clearly succeed.
    public static func stopsAtFailure(_ tier: Tier) -> Bool { tier == .hurts }
}

/// What may be done to a backend; it only ever gets tighter while the process lives.
public enum BackendMode: String, Sendable, Hashable, CaseIterable {
    /// Every command by its own tier.
    case normal
    /// Every command asks for the name.
    case guarded
    /// No command at all.
    case readOnly = "read-only"
}
