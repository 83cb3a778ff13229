internal import HTTP

/// Where a team's store is; its password is not fetched yet.
public struct TeamConfiguration: Sendable, Equatable {
    /// The address, without a password.
    public var url: String
    /// Where the password comes from; nil leaves it to libpq's own means.
    public var password: SecretSource?
    /// Whether the history is the team's.
    public var sharesHistory: Bool

    /// Names a store.
    public init(url: String, password: SecretSource? = nil, sharesHistory: Bool = true) {
        self.url = url
        self.password = password
        self.sharesHistory = sharesHistory
    }

    /// Reads `[team]`; nil when it can't be used, and then there is a complaint.
    init?(_ values: SettingValues, reader: inout SchemaReader) {
        let url = values.text("url") ?? ""
        if let words = Self.objection(to: url) {
            reader.complain(.error, at: values.position(of: "url"), words)
            return nil
        }
        self.init(
            url: url, password: values.source("password"), sharesHistory: values.flag("history") != false)
    }

    /// What is wrong with an address, in words that do not repeat it: it could hold a secret.
    ///
    /// - Returns: nil where it can be used.
    public static func objection(to url: String) -> String? {
        guard let scheme = ["postgresql://", "postgres://"].first(where: url.hasPrefix),
            url.utf8.allSatisfy({ $0 > 32 && $0 != 127 })
        else { return "url is postgresql://user@host[:port]/database" }
        let rest = url.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        if let end = authority.lastIndex(of: "@"), authority[..<end].contains(":") {
            return
                "url holds a password: use password = { env = \"…\" }, { file = \"…\" } or { command = […] }"
        }
        let query = rest.drop { $0 != "?" }.dropFirst().split(separator: "&")
        // Names may be written with escapes.
        let names = query.map { PercentEncoding.decode($0.prefix { $0 != "=" }).lowercased() }
        if names.contains("password") || names.contains("sslpassword") {
            return
                "url holds a password: use password = { env = \"…\" }, { file = \"…\" } or { command = […] }"
        }
        return nil
    }
}
