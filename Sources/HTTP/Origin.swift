/// Scheme, host and port: what credentials are bound to.
public struct Origin: Sendable, Hashable, CustomStringConvertible {
    /// `http` or `https`.
    public let scheme: String
    /// The host in lower case; an IPv6 address in brackets.
    public let host: String
    /// The port, the scheme's own when none was written.
    public let port: Int

    /// Makes an origin.
    public init(scheme: String, host: String, port: Int) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// Reads an address; the path behind the origin is given back without a slash at its end.
    ///
    /// - Returns: nil for anything but `http(s)://host[:port][/path]`; user names, queries and fragments are
    ///   refused, since a secret could hide there.
    public static func parse(_ url: String) -> (origin: Origin, path: String)? {
        guard let mark = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = url[mark.upperBound...]
        guard !rest.contains(where: { $0 == "@" || $0 == "?" || $0 == "#" || $0 == "\\" || $0.isWhitespace })
        else { return nil }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = rest[..<slash]
        var path = rest[slash...]
        while path.hasSuffix("/") { path.removeLast() }
        var host = authority
        var port = scheme == "https" ? 443 : 80
        let afterBracket = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[afterBracket...].lastIndex(of: ":") {
            guard let number = Int(authority[authority.index(after: colon)...]), (1...65535).contains(number)
            else { return nil }
            port = number
            host = authority[..<colon]
        }
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return nil }
        return (Origin(scheme: scheme, host: host.lowercased(), port: port), String(path))
    }

    /// The origin as it stands in an address; the scheme's own port is left out.
    public var description: String {
        let usual = scheme == "https" ? 443 : 80
        return port == usual ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }
}
