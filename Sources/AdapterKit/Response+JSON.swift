public import Domain
public import HTTP
public import JSON

extension Body: JSONSource {}

extension Response {
    /// The body as JSON, whatever status and media type came with it, or what is wrong with it in words.
    ///
    /// Servers of these kinds answer pages in HTML with 200, JSON as `text/html`, and nothing at all where a
    /// row could not be encoded; so only the bytes are judged.
    public func json() throws(BackendError) -> JSONValue {
        do throws(JSONError) { return try JSONDocument.read(body).root } catch { throw problem(with: error) }
    }

    private func problem(with error: JSONError) -> BackendError {
        switch error {
        case .notJSON(let excerpt):
            guard excerpt.hasPrefix("<") else { return BackendError(.invalid, "\(error): check url") }
            let page = body.text(limit: 4096).lowercased()
            let asksForLogin = page.contains("login") || page.contains("type=\"password\"")
            let words = "answered in place of the API (\(self.page?.words ?? "without a title"))"
            // Nothing is known of what the API thinks of the credentials: it was not asked.
            guard asksForLogin || exchange.redirects > 0 else {
                return BackendError(.invalid, "a page \(words): check url")
            }
            let what = asksForLogin ? "a login page \(words)" : "a page \(words), after a redirect"
            return BackendError(
                .refused, "\(what): check url, and what stands before the API (headers, basic)",
                isPage: true)
        case .empty:
            return BackendError(.invalid, "the server answers nothing (status \(status), no content)")
        // Without the white space between its values a body is shorter than what the server sent.
        case .malformed(let offset, let reason) where body.arrived > body.count:
            return BackendError(
                .invalid,
                "the answer is broken JSON at byte \(offset), white space between values not counted: \(reason)"
            )
        case .truncated where body.arrived > body.count:
            return BackendError(.invalid, JSONError.truncated(count: body.arrived).description)
        default:
            return BackendError(.invalid, error.description)
        }
    }

    /// The most seconds that `Retry-After` is taken for.
    package static let longestRetry = 86_400.0

    /// The seconds to wait by `Retry-After`, a day at most: a number, or a date, which is one by the server's own clock
    /// and so counts from the answer's `Date`; nil without it, and for anything else.
    public var retryAfter: Double? {
        guard let text = header("retry-after") else { return nil }
        let seconds: Double?
        if let moment = HTTPDate.read(text) {
            let now = header("date").flatMap(HTTPDate.read)
            // What is over has not to be waited for any more.
            seconds = now.map { max(0, Double(moment.seconds) - Double($0.seconds)) }
        } else {
            seconds = Double(text).flatMap { $0 >= 0 && $0.isFinite ? $0 : nil }
        }
        return seconds.map { min($0, Self.longestRetry) }
    }
}
