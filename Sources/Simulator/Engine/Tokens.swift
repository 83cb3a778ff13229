/// What the holder of a token may do.
public enum Role: Sendable, Equatable, CaseIterable {
    /// Everything.
    case admin
    /// Reads all, changes nothing.
    case readOnly
}

/// The credentials that a server knows.
///
/// They print as bullets, so that a log of a simulator leaks no more than that of a real server.
public struct Tokens: Sendable, Equatable, CustomStringConvertible {
    /// The token of an administrator.
    public let admin: String
    /// The token of somebody who may only look.
    public let readOnly: String

    /// Makes a pair of tokens.
    public init(admin: String, readOnly: String) {
        self.admin = admin
        self.readOnly = readOnly
    }

    /// The role that a token stands for; nil for a token that is not known.
    public func role(of token: String) -> Role? {
        token == admin ? .admin : token == readOnly ? .readOnly : nil
    }

    /// Bullets.
    public var description: String { "•••" }
}
