internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Judges answers of a Django REST framework: what is wrong stands in the body, in English.
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
            throw BackendError(.invalid, "the answer is no object: check that url leads to Krill")
        }
        return root
    }

    /// Whether the API itself says that there is no such thing: `{"detail": "Not found."}`.
    static func saysMissing(_ response: Response) -> Bool {
        response.status == 404 && (try? response.json())?["detail"]?.string != nil
    }

    /// Whether the server does not accept who asks: 401, or the 403 that it says where sessions come first among its
    /// ways to log in.
    static func isUnauthenticated(_ response: Response) -> Bool {
        // A page is of something in front of Krill: another login changes nothing about it.
        if response.page != nil { return false }
        if response.status == 401 { return true }
        guard response.status == 403, let root = try? response.json() else { return false }
        if let code = root["code"]?.text, strangerCodes.contains(code) { return true }
        let words = root["detail"]?.text?.lowercased() ?? ""
        return strangerWords.contains { words.contains($0) }
    }

    /// What Django REST framework and its tokens call credentials that they don't accept.
    private static let strangerCodes: Set<String> = [
        "token_not_valid", "not_authenticated", "authentication_failed", "user_not_found", "user_inactive",
        "bad_authorization_header",
    ]
    private static let strangerWords = [
        "credentials were not provided", "incorrect authentication credentials", "invalid username/password",
        "token not valid", "token is invalid or expired",
    ]

    /// What a status that is no success means.
    static func problem(with response: Response) -> BackendError? {
        if response.isSuccess { return nil }
        let message = (try? response.json()).flatMap { Self.message(in: $0) }
        if isUnauthenticated(response) { return refused(message) }
        return response.problem(
            saying: message, holder: "account", refused: Self.refused(nil).words,
            nowhere: "no such path at this Krill (404): check url and version")
    }

    /// The error of credentials that are not accepted.
    static func refused(_ message: String?) -> BackendError {
        let words = "Krill does not accept user and password: check them in the configuration"
        return BackendError(.refused, message.map { "\(words) (it says: \($0))" } ?? words)
    }

    /// The server's own words, cleaned and cut: `detail`, `result`, or what is wrong field by field.
    static func message(in root: JSONValue) -> String? {
        if let text = root["detail"]?.text ?? root["result"]?.text { return shown(text) }
        guard let members = root.object else { return nil }
        let parts = members.prefix(4).compactMap { key, value -> String? in
            let texts = value.array?.compactMap { $0.text } ?? [value.text].compactMap { $0 }
            guard !texts.isEmpty else { return nil }
            let words = texts.joined(separator: " ")
            return key == "non_field_errors" ? words : "\(key): \(words)"
        }
        return parts.isEmpty ? nil : shown(parts.joined(separator: "; "))
    }

    private static func shown(_ text: String) -> String? {
        let clean = Cleaning.clean(text)
        if clean.allSatisfy(\.isWhitespace) { return nil }
        return clean.count > 160 ? "\(clean.prefix(160))…" : clean
    }
}
