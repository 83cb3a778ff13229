/// The API of a bonding management server over a world, with the manners of Django REST framework.
///
/// What is public of this API is its table of URIs (see `BondingRoutes`) and few of its fields; the others are named
/// as version 4 or the product's own forms call them. Of the server's words these are made up: the states of
/// legs beyond `up` and `down`, those of tests and updates, the bodies below `system/`, and all complaints but
/// that a field is required and that a key must be unique.
struct Bonding: API {
    let release: BondingRelease
    let world: World
    let tokens: Tokens
    private let endpoints: [BondingEndpoint]
    let routes: [Route<BondingCall>]

    init(_ release: BondingRelease, world: World, tokens: Tokens) {
        self.release = release
        self.world = world
        self.tokens = tokens
        endpoints = (release.version == .v3 ? BondingRoutes.v3 : []) + BondingRoutes.v4
        routes = endpoints.flatMap(\.routes)
    }

    func call(_ request: Request, parameters: [String: String], by role: Role) -> BondingCall {
        let account = account(of: request) ?? .viewer
        let view = BondView(world)
        let origin = release.origin ?? "http://" + (request.headers["host"] ?? "127.0.0.1")
        return BondingCall(
            request: request, parameters: parameters, account: account, release: release, tokens: tokens,
            view: view,
            links: BondingLinks(origin: origin, isV4: request.path.hasPrefix("/api/v4/")),
            spaces: spaces(of: account, view.book))
    }

    private func spaces(of account: BondingAccount, _ book: BondBook) -> Set<Int>? {
        guard account.isOfCustomer else { return nil }
        let user = book[.user].all.first { $0.text("email") == account.user }
        return user?.number("space").map { book.spaces(below: $0) } ?? []
    }

    /// Every path ends with a slash.
    func segments(of request: Request) -> [Substring]? {
        let segments = request.segments
        return segments.last == "" ? segments.dropLast() : nil
    }

    // MARK: Who may

    private func account(of request: Request) -> BondingAccount? {
        BondingAccount(request, tokens: tokens, takesTokens: true)
    }

    /// What each account may is for the endpoint to say; here only strangers are turned away.
    func admit(_ request: Request, isRouted: Bool) -> Admission {
        guard isRouted, !BondingRoutes.isLogin(request) else { return .allowed(.readOnly) }
        return refusal(of: request).map(Admission.refused) ?? .allowed(.readOnly)
    }

    private func refusal(of request: Request) -> Reply? {
        guard account(of: request) == nil else { return nil }
        let words =
            request.headers["authorization"] == nil
            ? "Authentication credentials were not provided." : "Invalid username/password."
        var reply = BondingCall.detail(401, words)
        reply.headers.append(("WWW-Authenticate", "Basic realm=\"api\""))
        return reply
    }

    // MARK: What is not there

    func unrouted(_ request: Request, allowing methods: [String]) -> Reply {
        guard let segments = segments(of: request) else { return withoutSlash(request) }
        guard let endpoint = endpoints.first(where: { $0.template.match(segments) != nil }) else {
            return BondingPage.notFound
        }
        // Credentials and rights are looked at before the method.
        if let refusal = refusal(of: request) { return refusal }
        let call = call(request, parameters: [:], by: .readOnly)
        guard call.account.mayChange(endpoint.area) else { return endpoint.finish(call.forbidden, call) }
        return endpoint.finish(
            BondingCall.detail(405, "Method \"\(request.method)\" not allowed."), call)
    }

    /// A path that lacks only its slash is answered with the whole one, whatever the method.
    private func withoutSlash(_ request: Request) -> Reply {
        let segments = request.segments
        guard endpoints.contains(where: { $0.template.match(segments) != nil }) else {
            return BondingPage.notFound
        }
        let query = request.target.dropFirst(request.path.count)
        var reply = Reply.html(301, "", type: "text/html; charset=utf-8")
        reply.headers.append(("Location", "\(request.path)/\(query)"))
        return reply
    }

    func headers() -> [(name: String, value: String)] {
        [
            ("Date", Moment(world.now).mailText + " GMT"), ("Vary", "Accept, Cookie"),
            ("X-Frame-Options", "SAMEORIGIN"), ("Server", "nginx"),
        ]
    }
}
