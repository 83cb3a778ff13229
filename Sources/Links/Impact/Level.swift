import Domain

extension ResourceKind {
    static let pon: ResourceKind = "pon"
    static let onu: ResourceKind = "onu"
    static let session: ResourceKind = "session"
    static let pots: ResourceKind = "pots"

    /// How far a kind is from the core: of two linked entities the one further out hangs on the other.
    ///
    /// Nil for kinds that nothing hangs on by a link.
    var level: Int? {
        switch self {
        case .device, .aggregator: 0
        case .port: 1
        case .pon, "fiber-node", "mac-domain": 2
        case .onu: 3
        case .cpe, .bonder: 4
        case .leg: 5
        case .bond: 6
        case .session, .pots: 7
        case .customer: 8
        case .bill: 9
        default: nil
        }
    }

    /// Whether a link makes the other kind hang on this one.
    ///
    /// A bond hangs on its legs, which know what is left of it, not on whatever shares its circuit.
    func carries(_ other: ResourceKind, _ evidence: Evidence) -> Bool {
        guard evidence.isCertain, let mine = level, let theirs = other.level, mine < theirs else {
            return false
        }
        if other == .bond, evidence == .exact { return false }
        // Only customers are billed: what else shares a number with a bill says nothing.
        return other != .bill || self == .customer || evidence != .exact
    }
}
