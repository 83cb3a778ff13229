public import Domain

/// A link that the operator describes: where what is read from a field of one kind is also read from one of another.
///
/// `[[link]]` of the configuration makes them; what reads a key from a field's text may be any function, so that this
/// module knows no regular expressions.
public struct LinkRule: Sendable {
    /// One of the two sides of a rule.
    public struct Side: Sendable {
        /// The kind of its rows.
        public let kind: ResourceKind
        /// The field that is read.
        public let field: FieldKey
        /// The key in the field's text; nil where there is none.
        public let key: @Sendable (String) -> String?

        /// Describes a side.
        public init(
            _ kind: ResourceKind, _ field: FieldKey, key: @escaping @Sendable (String) -> String? = { $0 }
        ) {
            self.kind = kind
            self.field = field
            self.key = key
        }
    }

    /// What the operator calls it; it stands as the reason of its links.
    public let name: String
    /// The one side.
    public let from: Side
    /// The other side.
    public let to: Side

    /// Describes a rule.
    ///
    /// Keys are compared without regard to case and to blanks around them.
    public init(_ name: String, from: Side, to: Side) {
        self.name = name
        self.from = from
        self.to = to
    }
}

/// How links are made.
public struct LinkOptions: Sendable, Hashable {
    /// Whether guesses are given at all.
    public var guesses: Bool
    /// How many entities of one kind and server may share a key before it links nothing.
    ///
    /// A key that two share already makes no exact link, only guesses.
    public var mostShared: Int
    /// How many a rule may link with one, or free text may mention.
    public var mostByRule: Int

    /// Makes options.
    public init(guesses: Bool = true, mostShared: Int = 4, mostByRule: Int = 64) {
        self.guesses = guesses
        self.mostShared = max(1, mostShared)
        self.mostByRule = max(1, mostByRule)
    }
}
