package import Domain
package import HTTP

extension Response {
    /// What an answer means whose status is no success; nil for a success.
    ///
    /// The same for every kind of server, so that an operator reads the same words for the same fault. What an API
    /// says by a status of its own is judged by its adapter before this.
    ///
    /// - Parameters:
    ///   - message: The server's own words, cleaned and cut, where its body has any.
    ///   - holder: What has rights there: an account, or a token.
    ///   - refused: What to do when who asks is not accepted (401).
    ///   - nowhere: What to do when there is nothing at this address (404), and the server says no more.
    package func problem(
        saying message: String?, holder: String, refused: String, nowhere: String
    ) -> BackendError? {
        if isSuccess { return nil }
        if let refusalInFront { return refusalInFront }
        switch status {
        case 401: return BackendError(.refused, refused)
        case 403: return BackendError(.forbidden, "the \(holder) has no right for this (\(message ?? "403"))")
        case 404: return BackendError(.missing, message.map { "the server says: \($0)" } ?? nowhere)
        case 405: return BackendError(.unsupported, "the server does not offer this (\(message ?? "405"))")
        case 429:
            var busy = BackendError(
                .server, "the server, or a proxy before it, asks to wait (429)", retryAfter: retryAfter)
            busy.isBusy = true
            return busy
        case 300..<400:
            let isLogin = header("location")?.lowercased().contains("login") == true
            return isLogin
                ? .loginRedirect(String(status))
                : BackendError(.invalid, "the server points elsewhere (\(status)): check url")
        case 500...:
            let words =
                message ?? page.map { "it, or something in front of it, answers a page: \($0.words)" }
            var failure = BackendError(
                .server, "the server failed (\(status))\(words.map { ": \($0)" } ?? "")",
                retryAfter: retryAfter)
            failure.isBusy = status == 503 && retryAfter != nil
            return failure
        default:
            return BackendError(.invalid, "the server answers \(status): \(message ?? "no reason given")")
        }
    }
}
