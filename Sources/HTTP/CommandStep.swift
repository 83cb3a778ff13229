/// One request that changes something at a server; sent once, with a receipt of the audit log.
public struct CommandStep: Sendable {
    /// The method; GET is possible, since some servers act on it.
    public var method: Method
    /// The template that the path is made from.
    public var template: PathTemplate
    /// Values of the template's parameters, not encoded.
    public var parameters: [String: String]
    /// Query names and values in order, not encoded.
    public var query: [(String, String)]
    /// Headers that are not secret; credentials are added when it is sent.
    public var headers: [Header]
    /// The body as sent; it may hold secrets.
    public var body: [UInt8]?
    /// The body as dialogs and the audit log show it: the same with secrets removed.
    public var shownBody: String?

    /// Makes a step.
    public init(
        _ method: Method, _ template: PathTemplate, _ parameters: [String: String] = [:],
        query: [(String, String)] = [], headers: [Header] = [], body: [UInt8]? = nil, shownBody: String? = nil
    ) {
        self.method = method
        self.template = template
        self.parameters = parameters
        self.query = query
        self.headers = headers
        self.body = body
        self.shownBody = shownBody ?? body.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The encoded path with its query, below the backend's base path; nil when a parameter is missing.
    public var target: String? {
        guard let path = template.path(parameters) else { return nil }
        let query = PercentEncoding.query(query)
        return query.isEmpty ? path : "\(path)?\(query)"
    }
}
