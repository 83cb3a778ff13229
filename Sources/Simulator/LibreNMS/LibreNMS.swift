/// LibreNMS' API v0, in one of its dialects, over a world.
struct LibreNMS: API {
    let release: LibreNMSRelease
    let world: World
    let territory: Territory
    let tokens: Tokens
    /// Seconds east of UTC of the server's clock.
    let zone: Int
    let routes: [Route<LibreNMSCall>]

    init(
        _ release: LibreNMSRelease, world: World, territory: Territory, tokens: Tokens, zone: Int
    ) {
        self.release = release
        self.world = world
        self.territory = territory
        self.tokens = tokens
        self.zone = zone
        routes = LibreNMSRoutes.all.filter { $0.releases.contains(release) }.map(\.route)
    }

    func call(_ request: Request, parameters: [String: String], by role: Role) -> LibreNMSCall {
        LibreNMSCall(
            request: request, query: request.query, parameters: parameters, role: role, release: release,
            style: release.style(zone: zone), view: world.view(of: territory), routes: routes)
    }

    /// The newer release forgives a closing slash.
    func segments(of request: Request) -> [Substring]? {
        var segments = request.segments
        if release.isModern, segments.last == "" { segments.removeLast() }
        return segments
    }

    // MARK: Who may

    func admit(_ request: Request, isRouted: Bool) -> Admission {
        switch release {
        case .modern:
            // Outside the API stand the web pages, which send strangers to the login.
            guard isAPIPath(request) else { return .allowed(.readOnly) }
            if let token = modernToken(of: request), let role = tokens.role(of: token) {
                return .allowed(role)
            }
            return .refused(LibreNMSCall.compact(401, message: "Unauthenticated."))
        case .release2016:
            // The route is looked for before the token.
            guard isRouted else { return .allowed(.readOnly) }
            if let token = request.headers["x-auth-token"], let role = tokens.role(of: token) {
                return .allowed(role)
            }
            let body =
                ([
                    "status": "error",
                    "message": "API Token is missing or invalid; please supply a valid token",
                ] as Value)
            return .refused(
                Reply(
                    status: 401, type: "text/html;charset=UTF-8",
                    JSONWriter.bytes(of: body, style: release.style(zone: zone))))
        }
    }

    private func modernToken(of request: Request) -> String? {
        if let token = request.headers["x-auth-token"] { return token }
        if let authorization = request.headers["authorization"] {
            let parts = authorization.split(separator: " ", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == "bearer" { return String(parts[1]) }
        }
        return request.query["api_token"]
    }

    private func isAPIPath(_ request: Request) -> Bool {
        request.segments.prefix(2).elementsEqual(["api", "v0"])
    }

    // MARK: What is not there

    /// Neither dialect knows OPTIONS or a wrong method: both are simply not there.
    func unrouted(_ request: Request, allowing methods: [String]) -> Reply {
        switch release {
        case .modern where !isAPIPath(request):
            var reply = Reply.html(302, "<html><head><title>Redirecting to /login</title></head></html>")
            reply.headers.append(("Location", "/login"))
            return reply
        case .modern:
            let body: Value = ["status": "error", "message": "This API route doesn't exist."]
            return Reply(
                status: 404, type: "application/json",
                JSONWriter.bytes(of: body, style: release.style(zone: zone)))
        case .release2016:
            return .html(
                404,
                "<html><head><title>404 Page Not Found</title></head><body><h1>404 Page Not Found</h1>"
                    + "<p>The page you are looking for could not be found.</p></body></html>",
                type: "text/html;charset=UTF-8")
        }
    }

    func headers() -> [(name: String, value: String)] {
        var headers = [(name: "Date", value: Moment(world.now).mailText + " GMT")]
        if release.isModern {
            headers.append(("Cache-Control", "no-cache, private"))
            headers.append(("Access-Control-Allow-Origin", "*"))
        }
        return headers
    }
}
