/// Why a backend gave no data, sorted by what the operator can do.
public struct BackendError: Error, Sendable, Hashable {
    /// What kind of trouble it is.
    public var kind: Kind
    /// What happened and what to do, in words; cleaned, without secrets.
    public var words: String
    /// Seconds that the server asked to wait.
    public var retryAfter: Double?
    /// Whether it asked to be left alone for a while, and would answer after it.
    public var isBusy = false

    /// Whether it was not the API that said so but a page before it: a login page, or a way that leads to one.
    public var isPage: Bool

    /// Makes an error.
    public init(_ kind: Kind, _ words: String, retryAfter: Double? = nil, isPage: Bool = false) {
        self.kind = kind
        self.words = words
        self.retryAfter = retryAfter
        self.isPage = isPage
    }

    /// Whether the server itself did not accept the credentials, so that insisting may get this address banned.
    public var mayBan: Bool { kind == .refused && !isPage }

    /// The kinds of trouble.
    public enum Kind: String, Sendable, Hashable {
        /// No connection: name, network, TLS, proxy.
        case unreachable
        /// Too slow.
        case timedOut
        /// The server does not accept the credentials.
        case refused
        /// The account lacks the right for this resource.
        case forbidden
        /// Not there.
        case missing
        /// The server itself is in trouble, or asks to wait.
        case server
        /// The answer is not what the API promises: HTML, broken or other JSON.
        case invalid
        /// The server's version does not offer it.
        case unsupported
        /// The read-only gate refused it; nothing was sent.
        case gated
        /// What a command is about is not any more what it was when its form was opened; nothing was sent.
        case conflict
        /// A command left and its outcome is not known.
        case outcomeUnknown
        /// Nobody wants it any more.
        case cancelled
    }
}

/// What a backend said about itself when it was probed.
public struct ServerInfo: Sendable, Hashable {
    /// Product and version as shown: `LibreNMS 26.7.0`.
    public var product: String
    /// The server's clock, for times without a zone.
    public var clock: ServerClock
    /// What the server lets this account not do, in words.
    public var remarks: [String]

    /// Makes a description.
    public init(product: String, clock: ServerClock, remarks: [String] = []) {
        self.product = product
        self.clock = clock
        self.remarks = remarks
    }
}
