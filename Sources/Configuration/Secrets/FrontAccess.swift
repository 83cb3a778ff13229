internal import AdapterKit
public import HTTP

/// What every request to a backend carries for something that stands before its API: a proxy that asks for HTTP Basic,
/// a firewall that lets requests through by a header.
///
/// All of it is secret, fetched only when the backend is connected.
public struct FrontAccess: Sendable, Equatable {
    /// User and password of HTTP Basic.
    public struct Basic: Sendable, Equatable {
        /// The user.
        public var user: SecretSource
        /// The password.
        public var password: SecretSource

        /// Names an account.
        public init(user: SecretSource, password: SecretSource) {
            self.user = user
            self.password = password
        }
    }

    /// Header fields by name, as it was written.
    public var headers: [String: SecretSource]
    /// The account of HTTP Basic.
    public var basic: Basic?

    /// Nothing stands before the API, unless told otherwise.
    public init(headers: [String: SecretSource] = [:], basic: Basic? = nil) {
        self.headers = headers
        self.basic = basic
    }

    /// Where its secrets come from.
    var sources: [SecretSource] {
        headers.values + (basic.map { [$0.user, $0.password] } ?? [])
    }

    /// Fetches the secrets and makes the header fields, in the order of their names.
    public func fields(_ resolver: SecretResolver) throws(SecretError) -> [Header] {
        var fields: [Header] = []
        for (name, source) in headers.sorted(by: { $0.key < $1.key }) {
            fields.append(Header(name, try resolver.resolve(source, as: .token).exposed))
        }
        if let basic {
            let user = try resolver.resolve(basic.user, as: .token).exposed
            guard !user.contains(":") else {
                throw SecretError("\(basic.user.words) has a colon, which no user of HTTP Basic may have")
            }
            let password = try resolver.resolve(basic.password, as: .password).exposed
            let pair = Base64.text(Array("\(user):\(password)".utf8))
            fields.append(Header("Authorization", "Basic \(pair)"))
        }
        return fields
    }
}
