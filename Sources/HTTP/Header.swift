/// One header field of a request or a response.
public struct Header: Sendable, Hashable {
    /// The field's name as it is sent; compared without regard to case.
    public let name: String
    /// The field's value; may be a secret, so it is never part of a description.
    public let value: String

    /// Makes a header field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension Header: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The name alone: a value may carry a token.
    public var description: String { "\(name): •••" }
    /// The name alone: a value may carry a token.
    public var debugDescription: String { description }
    /// The name alone: a value may carry a token.
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
