public import AdapterKit
internal import Glibc

/// Where a team's store is.
public struct TeamSettings: Sendable, Equatable {
    /// The address, as libpq takes it: `postgresql://user@host/database`, without a password.
    public var url: String
    /// The password; nil leaves it to libpq's own means, such as a password file.
    public var password: Secret?

    /// Names a store.
    public init(url: String, password: Secret? = nil) {
        self.url = url
        self.password = password
    }

    /// What the library is told; what stands behind the address overrides it, what stands before it does not.
    ///
    /// - Parameters:
    ///   - name: what the server shows of who is connected.
    ///   - patience: seconds that connecting may take.
    package func parameters(name: String, patience: Int) -> [(String, String)] {
        var before: [(String, String)] = [
            ("connect_timeout", "\(patience)"), ("keepalives", "1"), ("keepalives_idle", "10"),
            ("keepalives_interval", "3"), ("keepalives_count", "3"), ("tcp_user_timeout", "10000"),
        ]
        if !isNear {
            before.append(("sslmode", "verify-full"))
            if let file = Self.authorities { before.append(("sslrootcert", file)) }
        }
        var behind = [("application_name", name), ("client_encoding", "UTF8")]
        if let password { behind.append(("password", password.exposed)) }
        return before + [("dbname", url)] + behind
    }

    /// Whether every host of the address is this machine, by a socket or by loopback: what goes there is on no wire.
    var isNear: Bool {
        guard let mark = url.firstRange(of: "://") else { return false }
        let rest = url[mark.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let hosts = authority[
            (authority.lastIndex(of: "@").map(authority.index(after:)) ?? authority.startIndex)...]
        var names = hosts.split(separator: ",").map(Self.host)
        if let query = url.firstIndex(of: "?") {
            for pair in url[url.index(after: query)...].split(separator: "&") {
                let name = pair.prefix { $0 != "=" }
                guard ["host", "hostaddr", "service"].contains(name) else { continue }
                names += pair.dropFirst(name.count + 1).split(separator: ",").map { String($0) }
                if name == "service" { names.append("service") }
            }
        }
        return names.allSatisfy { name in
            ["localhost", "127.0.0.1", "[::1]", "::1"].contains(name) || name.hasPrefix("/")
                || name.lowercased().hasPrefix("%2f")
        }
    }

    /// What tells stores apart, for names of files: the digest of where it is, without who asks and how.
    var digest: String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let place = rest.prefix { $0 != "?" }
        let authority = place.prefix { $0 != "/" }
        let hosts = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        var parts = [String(hosts), String(place.dropFirst(authority.count))]
        if place.dropFirst(authority.count).dropFirst().isEmpty {
            // The database is then that of the user's name.
            parts.append(String(authority.dropLast(hosts.count).prefix { $0 != ":" && $0 != "@" }))
        }
        let telling = ["host", "hostaddr", "port", "dbname", "service"]
        parts += rest.dropFirst(place.count + 1).split(separator: "&").map { String($0) }.filter { pair in
            telling.contains(String(pair.prefix { $0 != "=" }))
        }
        return Self.digest(of: parts)
    }

    /// The digest of some texts, as a part of a file's name.
    static func digest(of texts: [String]) -> String {
        Array(SHA256.digest(Array(texts.joined(separator: "\n").utf8)).prefix(8)).hex
    }

    /// A host without its port.
    private static func host(_ text: Substring) -> String {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") { return String(text[...end]) }
        return String(text.prefix { $0 != ":" })
    }

    /// The system's certificate authorities, where the operator has none for PostgreSQL: libpq itself would look for
    /// no others.
    private static var authorities: String? {
        if let home = getenv("HOME").map({ String(cString: $0) }),
            access(home + "/.postgresql/root.crt", R_OK) == 0
        {
            return nil
        }
        return ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"].first {
            access($0, R_OK) == 0
        }
    }
}
