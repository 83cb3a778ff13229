internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Judges answers: the statuses of this API mean what they say, its bodies come in several shapes.
enum Verdict {
    /// The JSON of a successful answer.
    static func root(of response: Response) throws(BackendError) -> JSONValue {
        if let problem = problem(with: response) { throw problem }
        return try response.json()
    }

    /// One object; anything else is no answer of this API.
    static func object(in response: Response) throws(BackendError) -> JSONValue {
        let root = try root(of: response)
        guard root.kind == .object else {
            throw BackendError(.invalid, "the answer is no object: check that url leads to a bonding server")
        }
        return root
    }

    /// One object that says which it is.
    static func entity(in response: Response) throws(BackendError) -> JSONValue {
        let root = try object(in: response)
        guard root["id"] != nil || root["url"] != nil else {
            throw BackendError(.invalid, "the answer does not say what it is about: check url")
        }
        return root
    }

    /// What a status that is no success means; nil for one that is.
    static func problem(with response: Response) -> BackendError? {
        if response.isSuccess { return nil }
        let message = words(in: response)
        switch response.status {
        case 401:
            return BackendError(
                .refused, "the bonding server does not accept e-mail and password: check user and password")
        case 403:
            // Sessions listed before Basic make a refused login a 403.
            let told = message?.lowercased() ?? ""
            if told.contains("credentials were not provided") || told.contains("invalid username") {
                return BackendError(
                    .refused,
                    "the bonding server does not accept e-mail and password: check user and password")
            }
            return BackendError(.forbidden, "the account has no right for this (\(message ?? "403"))")
        case 404:
            return BackendError(
                .missing,
                message.map { "the server says: \($0)" }
                    ?? "there is nothing at this address (404): check url")
        case 405:
            return BackendError(.unsupported, "the server does not offer this (\(message ?? "405"))")
        case 429:
            return BackendError(
                .server, "the server, or a proxy before it, asks to wait (429)",
                retryAfter: response.retryAfter)
        case 300..<400:
            let login = response.header("location")?.lowercased().contains("login") == true
            return login
                ? BackendError(
                    .refused,
                    "the server answers with its login page (\(response.status)): check url and credentials")
                : BackendError(.invalid, "the server points elsewhere (\(response.status)): check url")
        case 500...:
            let words = message.map { "the server failed (\(response.status)): \($0)" }
            return BackendError(
                .server, words ?? "the server failed (\(response.status))", retryAfter: response.retryAfter)
        default:
            return BackendError(
                .invalid, "the server answers \(response.status): \(message ?? "no reason given")")
        }
    }

    /// The server's own words, cleaned and cut: `detail`, or what it finds wrong with each field.
    static func words(in response: Response) -> String? {
        guard let root = try? response.json() else { return nil }
        let text = words(in: root)
        guard !text.isEmpty else { return nil }
        return text.count > 200 ? "\(text.prefix(200))…" : text
    }

    private static func words(in root: JSONValue) -> String {
        if let text = root.string { return Cleaning.clean(text) }
        if let array = root.array { return array.prefix(8).map(words).joined(separator: " ") }
        if let detail = root["detail"]?.string ?? root["error"]?.string { return Cleaning.clean(detail) }
        guard let members = root.object else { return "" }
        return members.prefix(8).compactMap { key, value -> String? in
            let told = words(in: value)
            if told.isEmpty { return nil }
            if key == "non_field_errors" { return told }
            return "\(Cleaning.clean(key)): \(SecretKeys.holds(key) ? "not accepted" : told)"
        }.joined(separator: "; ")
    }
}

/// Names under which this API hands out secrets: SSH users and passwords of bonders, those of providers' networks.
enum SecretKeys {
    private static let exact: Set<String> = [
        "username", "user_name", "login", "psk", "pin", "sim_pin", "apn_user", "apn_username", "tunnel_key",
        "encryption_key", "salt",
    ]
    private static let parts = [
        "password", "passwd", "passphrase", "secret", "token", "private_key", "privatekey", "ssh",
        "api_key", "credential", "auth_key",
    ]

    /// Whether what stands under a key is never kept, shown or exported.
    static func holds(_ key: String) -> Bool {
        let key = key.lowercased()
        return exact.contains(key) || parts.contains { key.contains($0) }
    }
}
