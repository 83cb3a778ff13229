/// Where one backend is and how it is reached; what a transport is made from.
public struct Endpoint: Sendable, Equatable {
    /// Scheme, host, port: `https://nms.example.net:8443`.
    public var origin: Origin
    /// The path that every template is appended to, without a slash at its end: `/api/v0`.
    public var basePath: String
    /// How the server's certificate is judged.
    public var trust: Trust
    /// The proxy; nil honours the environment's variables, an empty text forbids any.
    public var proxy: String?
    /// Time and size limits.
    public var limits: Limits

    /// Makes an endpoint.
    public init(
        origin: Origin, basePath: String, trust: Trust = Trust(), proxy: String? = nil,
        limits: Limits = Limits()
    ) {
        self.origin = origin
        self.basePath = basePath
        self.trust = trust
        self.proxy = proxy
        self.limits = limits
    }

    /// The full address of an encoded path with query below the base path.
    public func url(_ target: String) -> String { "\(origin)\(basePath)\(target)" }
}

/// How a server's certificate is judged.
public struct Trust: Sendable, Equatable {
    /// A file of certificate authorities that replaces the system's.
    public var authorityFile: String?
    /// A client certificate in PEM.
    public var certificateFile: String?
    /// The client certificate's key in PEM.
    public var keyFile: String?
    /// The server's public key pin, `sha256//…`.
    public var pin: String?
    /// Accepts any certificate; shown in red wherever the backend is.
    public var insecure = false

    /// The system's judgement.
    public init() {}
}
