package import Domain
package import HTTP

/// An answer made for people where the API's own was due: of a proxy, a firewall, or a web server in trouble.
package struct ForeignPage: Sendable, Equatable {
    /// What it calls itself; empty where it has no title.
    package let title: String
    /// The software that says it sent it; empty where none does.
    package let sender: String

    /// The page in words: `"Just a moment...", by cloudflare`.
    package var words: String {
        let parts = [
            title.isEmpty ? nil : "\"\(title)\"", sender.isEmpty ? nil : "by server \(sender)",
        ].compactMap { $0 }
        return parts.isEmpty ? "without a title" : parts.joined(separator: ", ")
    }
}

extension BackendError {
    /// That the way to the API leads to a login; the API itself said nothing of the credentials.
    static func loginRedirect(_ way: String) -> BackendError {
        BackendError(
            .refused,
            "a redirect to a login page answered in place of the API (\(way)): check url, and what stands before"
                + " the API (headers, basic)",
            isPage: true)
    }
}

extension Response {
    /// The page that came instead of an answer of the API; nil where the body is empty, or may be the API's.
    ///
    /// APIs of these kinds answer in JSON, whatever media type they give it, so that only the first bytes are judged.
    package var page: ForeignPage? {
        let text = body.text(limit: 8192).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        guard text.first == "<" else { return nil }
        return ForeignPage(
            title: Self.title(in: text), sender: Self.shown(header("server") ?? "", limit: 40))
    }

    private static func title(in text: Substring) -> String {
        let lower = text.lowercased()
        guard let start = lower.firstRange(of: "<title"),
            let open = lower[start.upperBound...].firstIndex(of: ">"),
            let end = lower[open...].firstRange(of: "</title")
        else { return "" }
        // Lower case may be longer or shorter: the place is counted, and taken from the text as it is.
        let from = lower.distance(from: lower.startIndex, to: lower.index(after: open))
        let to = lower.distance(from: lower.startIndex, to: end.lowerBound)
        return shown(text.dropFirst(from).prefix(to - from), limit: 80)
    }

    private static func shown(_ text: some StringProtocol, limit: Int) -> String {
        let clean = Cleaning.clean(String(text)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return clean.count > limit ? "\(clean.prefix(limit))…" : clean
    }

    /// The name of what a 401 asks a user and password for, by HTTP Basic; nil where it does not.
    private var basicRealm: String? {
        guard let challenge = header("www-authenticate"), challenge.lowercased().hasPrefix("basic") else {
            return nil
        }
        guard let start = challenge.firstRange(of: "realm=\"") else { return "" }
        return Self.shown(challenge[start.upperBound...].prefix { $0 != "\"" }, limit: 40)
    }

    /// What a page means that refuses; nil where the answer is no page, or its status is another.
    ///
    /// The API never saw the request, so that nothing is known of what it thinks of token or account.
    package var refusalInFront: BackendError? {
        guard status == 401 || status == 403, let page else { return nil }
        let front = "something in front of the API refused it (\(status)) with a page: \(page.words)"
        if status == 401 {
            if let realm = basicRealm {
                let words = realm.isEmpty ? "" : " for \"\(realm)\""
                return BackendError(
                    .refused,
                    "\(front); it asks for HTTP Basic\(words): set or check the user and password for it (basic)"
                )
            }
            return BackendError(.refused, "\(front); set or check what it asks for (headers, basic)")
        }
        return BackendError(
            .invalid, "\(front); have it let this machine through, or set headers that it accepts",
            retryAfter: retryAfter)
    }
}
