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
}
