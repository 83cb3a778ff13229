internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Judges answers by what a file says of them.
struct DeclaredVerdict {
    let description: Description
    /// Whether the answer is to the login itself.
    var isLogin = false

    /// What to do when who asks is not accepted.
    var refused: String {
        switch description.login {
        case .none: "the server wants a login, and \(description.name) has none: add [login] to the file"
        case .token: "\(description.title) does not accept the token: check token"
        case .post where !isLogin:
            "\(description.title) accepted user and password, and then not the token that it gave: check token, header and "
                + "prefix of [login]"
        case .basic, .post: "\(description.title) does not accept user and password: check user and password"
        }
    }

    /// What a status that is no success means; nil for one that is.
    func problem(with response: Response) -> BackendError? {
        if response.isSuccess { return nil }
        let message = (try? response.json()).flatMap { words(in: $0) }
        return response.problem(
            saying: message, holder: "account",
            refused: refused + (message.map { " (the server says: \($0))" } ?? ""),
            nowhere: "there is nothing at this address (404): check url")
    }

    /// The server's own words, cleaned and cut; nil where it says none.
    func words(in root: JSONValue) -> String? {
        for pointer in description.answers.errors {
            guard let text = pointer.value(in: root)?.string else { continue }
            let clean = Cleaning.clean(text)
            if clean.allSatisfy(\.isWhitespace) { continue }
            return clean.count > 200 ? "\(clean.prefix(200))…" : clean
        }
        return nil
    }

    /// How the server answers a command.
    func manners(isBodyDue: Bool) -> AnswerManners {
        let success = description.answers.success
        return AnswerManners(
            isBodyDue: isBodyDue,
            words: { [self] in problem(with: $0)?.words ?? "status \($0.status)" },
            objection: { [self] body in
                guard body.root.kind == .object || body.root.kind == .array else { return .isForeign }
                guard let success else { return nil }
                switch success.judge(body.root) {
                case true: return nil
                case false: return .refuses(words(in: body.root) ?? "the server did not do it")
                case nil: return .isForeign
                }
            },
            refusal: { [self] body in
                guard let words = words(in: body.root) else { return nil }
                if body.response.status == 400 { return "the server refuses (400): \(words)" }
                return problem(with: body.response)?.words
            })
    }
}
