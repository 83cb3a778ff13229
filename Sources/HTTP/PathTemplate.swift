/// A path with named parameters, such as `/alerts/{id}`.
///
/// Requests are made only from templates: what an adapter may read is a list of them, and a filled-in
/// parameter can never become a second path segment.
public struct PathTemplate: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The template as declared.
    public let description: String

    /// Makes a template; parameters are written in braces.
    public init(_ text: String) { description = text }
    /// Makes a template from a literal.
    public init(stringLiteral value: String) { self.init(value) }

    /// The path with every parameter percent-encoded in its place, or nil when one is missing.
    ///
    /// `/`, `%`, `?`, `#` and everything outside the unreserved characters are encoded, and so are the
    /// segments `.` and `..`, so that a value stays one segment at the server.
    public func path(_ parameters: [String: String]) -> String? {
        var path = ""
        var rest = description[...]
        while let open = rest.firstIndex(of: "{") {
            path += rest[..<open]
            guard let close = rest[open...].firstIndex(of: "}"),
                let value = parameters[String(rest[rest.index(after: open)..<close])], !value.isEmpty
            else { return nil }
            path += PercentEncoding.segment(value)
            rest = rest[rest.index(after: close)...]
        }
        return path + rest
    }
}
