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

    /// Whether the API itself says that there is no such thing: `{"detail": "Not found."}`.
    ///
    /// A page about 404, or another's JSON, is of something before the API and says nothing of it.
    static func saysMissing(_ response: Response) -> Bool {
        response.status == 404 && (try? response.json())?["detail"]?.string != nil
    }

    /// What a status that is no success means; nil for one that is.
    static func problem(with response: Response) -> BackendError? {
        if response.isSuccess { return nil }
        let message = words(in: response)
        if isRefusedLogin(response, message) { return BackendError(.refused, refused) }
        return response.problem(
            saying: message, holder: "account", refused: refused,
            nowhere: "there is nothing at this address (404): check url")
    }

    /// Whether who asks is not accepted: sessions listed before Basic make that a 403, told apart from a missing right
    /// by its words alone.
    static func isRefusedLogin(_ response: Response) -> Bool {
        isRefusedLogin(response, response.status == 403 ? words(in: response) : nil)
    }

    private static func isRefusedLogin(_ response: Response, _ message: String?) -> Bool {
        // A page of something before the API says nothing of its credentials.
        if response.refusalInFront != nil { return false }
        if response.status == 401 { return true }
        guard response.status == 403, let told = message?.lowercased() else { return false }
        return refusals.contains { told.contains($0) }
    }

    /// The words of Django REST framework for credentials that are missing or wrong.
    private static let refusals = [
        "credentials were not provided", "incorrect authentication credentials", "invalid username",
        "user inactive", "invalid token", "token has expired", "invalid basic header",
    ]

    private static let refused =
        "the bonding server does not accept e-mail and password: check user and password"

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
            return "\(Cleaning.clean(key)): \(SecretKeys.bonding.holds(key) ? "not accepted" : told)"
        }.joined(separator: "; ")
    }
}

extension SecretKeys {
    /// SSH users and passwords of bonders, and those of providers' networks.
    static let bonding = SecretKeys(
        parts: ["ssh"],
        whole: [
            "username", "user_name", "login", "pin", "sim_pin", "apn_user", "apn_username", "tunnel_key",
            "encryption_key", "salt",
        ])
}
