/// A server's answer.
public struct Response: Sendable {
    /// The status code.
    public let status: Int
    /// The header fields of the last answer, in order.
    public let headers: [Header]
    /// The decoded body.
    public let body: Body
    /// What it cost to get.
    public let exchange: Exchange

    /// Makes an answer.
    public init(status: Int, headers: [Header], body: Body, exchange: Exchange = Exchange()) {
        self.status = status
        self.headers = headers
        self.body = body
        self.exchange = exchange
    }

    /// The first value of a header, compared without regard to case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }

    /// Whether the status is 2xx.
    public var isSuccess: Bool { (200..<300).contains(status) }

    /// The media type without its parameters, in lower case; empty when the server gave none.
    public var mediaType: String {
        let type = header("content-type") ?? ""
        return String(type.prefix { $0 != ";" }.filter { $0 != " " }).lowercased()
    }
}

/// What one exchange with a server took.
public struct Exchange: Sendable, Equatable {
    /// From the start of the request to the last byte, in seconds.
    public var seconds: Double
    /// Bytes of the answer on the wire, as curl counts the body.
    public var received: Int
    /// The HTTP version spoken, such as `2` or `1.1`.
    public var version: String
    /// Redirects that were followed.
    public var redirects: Int

    /// Makes a record of an exchange.
    public init(seconds: Double = 0, received: Int = 0, version: String = "1.1", redirects: Int = 0) {
        self.seconds = seconds
        self.received = received
        self.version = version
        self.redirects = redirects
    }
}
