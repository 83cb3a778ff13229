public import Domain
public import Filter
public import Links

/// A link that the operator describes in `[[link]]`: a key in the fields of one kind that a field of another holds.
public struct DescribedLink: Sendable, Equatable {
    /// A field of the rows of one kind.
    public struct Place: Sendable, Hashable {
        /// The kind of the rows.
        public let kind: ResourceKind
        /// The field.
        public let field: FieldKey

        /// Names a field.
        public init(_ kind: ResourceKind, _ field: FieldKey) {
            self.kind = kind
            self.field = field
        }
    }

    /// What the operator calls it; it stands as the reason of its links.
    public let name: String
    /// Where the key is taken from.
    public let from: [Place]
    /// What takes it out of the text there; nil takes the whole text.
    public let pattern: KeyPattern?
    /// What holds the key and nothing else.
    public let to: Place

    /// Describes a link.
    public init(_ name: String, from: [Place], pattern: KeyPattern? = nil, to: Place) {
        self.name = name
        self.from = from
        self.pattern = pattern
        self.to = to
    }
}

/// How what several servers say is linked.
public struct LinkSettings: Sendable, Equatable {
    /// The links that the operator describes.
    public var described: [DescribedLink]
    /// Whether guesses are shown.
    public var guesses: Bool

    /// Makes settings.
    public init(_ described: [DescribedLink] = [], guesses: Bool = true) {
        self.described = described
        self.guesses = guesses
    }

    /// A network of some rows, linked this way.
    public func network(_ feeds: [Feed] = []) -> Network {
        let rules = described.flatMap { link in
            link.from.map { place in
                LinkRule(
                    link.name,
                    from: .init(place.kind, place.field) { [pattern = link.pattern] text in
                        guard let pattern else { return text }
                        return pattern.key(in: text)
                    }, to: .init(link.to.kind, link.to.field))
            }
        }
        return Network(feeds, rules: rules, options: LinkOptions(guesses: guesses))
    }
}
