/// Something wrong with a server, to be switched on and off.
public struct Fault: Sendable, Equatable {
    /// What is wrong.
    public enum Kind: Sendable, Equatable {
        /// Every answer comes so much later.
        case latency(Duration)
        /// Too many requests: 429 with `Retry-After` in seconds.
        case tooMany(retryAfter: Int)
        /// An error of whatever stands before the server: the status with a page of HTML.
        case status(Int)
        /// The connection breaks in the middle of the body.
        case truncated
        /// What is asked is done, but the connection ends without an answer.
        case dropped
        /// No answer, ever; the connection stays open.
        case hang
        /// A body of the right type that is no JSON.
        case badJSON
        /// 200 with a login page.
        case html
        /// The credentials are not known any more.
        case refusedToken
    }

    /// What is wrong.
    public let kind: Kind
    /// Only paths that begin so are hit; empty is all.
    public let pathPrefix: String
    /// Only requests of this method are hit; nil is all.
    public let method: String?
    /// Whether only that very path is hit, and none below it.
    public let isExact: Bool

    /// Makes a fault, for every path and method unless one is given.
    public init(_ kind: Kind, at pathPrefix: String = "", method: String? = nil, isExact: Bool = false) {
        self.kind = kind
        self.pathPrefix = pathPrefix
        self.method = method
        self.isExact = isExact
    }

    func hits(_ request: Request) -> Bool {
        (isExact ? request.path == pathPrefix : request.path.hasPrefix(pathPrefix))
            && (method ?? request.method) == request.method
    }
}
