/// A request that changes nothing at the server.
public struct ReadRequest: Sendable {
    /// GET, HEAD or OPTIONS, or POST where the adapter named the template as a reading POST.
    public var method: Method
    /// The declared template that the path is made from.
    public var template: PathTemplate
    /// Values of the template's parameters, not encoded.
    public var parameters: [String: String]
    /// Query names and values in order, not encoded.
    public var query: [(String, String)]
    /// Headers beyond those the transport sets; credentials travel here.
    public var headers: [Header]
    /// The body of a reading POST.
    public var body: [UInt8]?
    /// Lower goes first when requests of one backend wait for a free connection; 0 is what is on screen.
    public var priority: Int

    /// Makes a read of a declared path.
    public init(
        _ template: PathTemplate, _ parameters: [String: String] = [:], query: [(String, String)] = [],
        method: Method = .get, headers: [Header] = [], body: [UInt8]? = nil, priority: Int = 1
    ) {
        self.method = method
        self.template = template
        self.parameters = parameters
        self.query = query
        self.headers = headers
        self.body = body
        self.priority = priority
    }
}

/// What an adapter declares that it may read: a method on a path template.
public struct ReadDeclaration: Sendable, Hashable {
    /// The method.
    public let method: Method
    /// The template, below the backend's base path.
    public let template: PathTemplate

    /// Declares a read; a method that is not safe names a reading POST such as a login.
    public init(_ template: PathTemplate, method: Method = .get) {
        self.method = method
        self.template = template
    }
}
