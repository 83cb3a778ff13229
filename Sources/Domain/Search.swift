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
        let scalars = text.unicodeScalars
        guard scalars.allSatisfy({ $0.properties.isASCIIHexDigit || ":.-".unicodeScalars.contains($0) })
        else {
            return false
        }
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
        if numbers.count == 4, numbers.allSatisfy({ UInt8($0) != nil }) { return true }
        let digits = scalars.count { $0.properties.isASCIIHexDigit }
        let colons = scalars.count { $0 == ":" }
        if digits == 12 { return true }
        return !text.contains(".") && !text.contains("-")
            && (colons == 7 || colons >= 2 && text.contains("::")) && digits <= 32
    }
}
