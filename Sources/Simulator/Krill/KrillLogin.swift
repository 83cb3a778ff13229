/// The application `auth`: tokens, and who one is.
extension KrillPaths {
    /// The login and the refresh are good with a closing slash and without.
    static let login: [KrillPath] = [
        .post(
            "auth/login", "Login", forgivesSlash: true, isOpen: true, acts: false,
            fields: [
                FieldWords("username", .string, isRequired: true),
                FieldWords("password", .string, isRequired: true),
            ]
        ) { $0.login() },
        .post(
            "auth/refresh", "Token Refresh", forgivesSlash: true, isOpen: true, acts: false,
            fields: [FieldWords("refresh", .string, isRequired: true)]
        ) { $0.refresh() },
        .get("auth/user", "User Details", forgivesSlash: true) { call in
            call.account.map { call.json($0.value) } ?? call.notFound()
        },
    ]
}

extension KrillCall {
    /// `POST auth/login/`: an access token and one to refresh it with.
    func login() -> Reply {
        if let seconds = krill.office.throttle(at: now) {
            var reply = detail(
                429, "Request was throttled. Expected available in \(seconds) seconds.")
            reply.headers.append(("Retry-After", String(seconds)))
            return reply
        }
        let body: Input
        switch reading() {
        case .body(let read): body = read
        case .refused(let reply): return reply
        }
        let missing = ["username", "password"].filter { body[$0].plain.isEmpty }
        guard missing.isEmpty else { return complaints(missing.map { ($0, "This field is required.") }) }
        let user = body["username"].plain
        guard let account = krill.office.account(user: user, password: body["password"].plain, at: now) else {
            return complaints([("non_field_errors", "Unable to log in with provided credentials.")])
        }
        return json(
            [
                "access": .text(krill.office.issue(.access, to: account, at: now)),
                "refresh": .text(krill.office.issue(.refresh, to: account, at: now)), "user": account.value,
            ])
    }

    /// `POST auth/refresh/`: another access token; the refresh token stays as it is.
    func refresh() -> Reply {
        let body: Input
        switch reading() {
        case .body(let read): body = read
        case .refused(let reply): return reply
        }
        let token = body["refresh"].plain
        guard !token.isEmpty else { return complaints([("refresh", "This field is required.")]) }
        guard !release.refusesRefresh,
            let account = krill.office.holder(of: token, .refresh, at: now, isUsed: false)
        else {
            return json(
                ["detail": "Token is invalid or expired", "code": "token_not_valid"], status: 401)
        }
        return json(["access": .text(krill.office.issue(.access, to: account, at: now))])
    }
}
