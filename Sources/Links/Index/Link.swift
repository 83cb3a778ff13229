public import Domain

/// How certain a link is.
public enum Evidence: Sendable, Hashable {
    /// Both say the same value that only they have, and nothing speaks against it.
    case exact
    /// A rule of the operator's says so; with its name.
    case rule(String)
    /// It may be: for people to look at, never for counts or folding.
    case guess

    /// Whether counts and folding may rely on it.
    public var isCertain: Bool { self != .guess }

    /// The word for it: `exact`, `by rule NAME`, `guess`.
    public var words: String {
        switch self {
        case .exact: "exact"
        case .rule(let name): "by rule \(name)"
        case .guess: "guess"
        }
    }
}

/// That an entity belongs to another one, and why.
public struct Link: Sendable, Hashable {
    /// A value that both sides say.
    public struct Reason: Sendable, Hashable {
        /// What the value is: `MAC address`, `serial number`, `customer number`…; the name of a rule.
        public let key: String
        /// The value in its usual spelling.
        public let value: String
        /// The field of this side.
        public let field: FieldKey
        /// The field of the other side.
        public let otherField: FieldKey

        /// As in `serial number FDO2233X0AB`.
        public var words: String { "\(key) \(value)" }
    }

    /// The entity at the other end.
    public let other: EntityRef
    /// How certain it is.
    public let evidence: Evidence
    /// Whether both are the same thing, seen by two servers.
    public let isSameThing: Bool
    /// What both say; never empty.
    public let reasons: [Reason]
}

/// A key that two servers share and that links nothing, for `check links`.
public struct LinkRefusal: Sendable, Hashable {
    /// What the value is, as in `MAC address` or `serial number`.
    public let key: String
    /// The value in its usual spelling.
    public let value: String
    /// Why it links nothing, in words: `shared by 12 ports of one server`, `a default of the factory`.
    public let reason: String
    /// Some of the entities that have it, in order, at most eight.
    public let entities: [EntityRef]
    /// How many have it.
    public let count: Int
}
