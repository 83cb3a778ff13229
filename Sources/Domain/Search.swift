/// Something that a server itself can search for.
public struct SearchDescriptor: Sendable, Hashable {
    /// What is found.
    public var kind: ResourceKind
    /// What may be given, in words: `a MAC, IPv4 or IPv6 address`.
    public var words: String
    /// Whether only addresses may be given.
    public var takesAddresses: Bool

    /// Describes a search.
    public init(_ kind: ResourceKind, _ words: String, takesAddresses: Bool = false) {
        self.kind = kind
        self.words = words
        self.takesAddresses = takesAddresses
    }
}

/// One search of one server.
public struct Search: Sendable, Hashable {
    /// The server.
    public var backend: BackendID
    /// What is to be found.
    public var kind: ResourceKind
    /// What was typed.
    public var text: String

    /// Asks for a search.
    public init(_ backend: BackendID, _ kind: ResourceKind, _ text: String) {
        self.backend = backend
        self.kind = kind
        self.text = text
    }

    /// Whether a text may be a MAC, IPv4 or IPv6 address, whole: what is offered to a server, which judges itself.
    public static func isLikeAddress(_ text: String) -> Bool {
        NetworkAddress(text) != nil
    }
}
