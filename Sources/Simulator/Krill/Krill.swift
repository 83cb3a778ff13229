internal import HTTP
import Synchronization

/// Krill's API v2 over a world: a Django REST framework application in all its manners.
struct Krill: API {
    let release: KrillRelease
    let world: World
    let territory: Territory
    let access: AccessNetwork
    let office: KrillOffice
    /// Seconds east of UTC of the server's clock.
    let zone: Int
    let paths: [KrillPath]
    let routes: [Route<KrillCall>]
    private let templates: [RoutePattern]
    private let memory = Memory()

    /// The world as it was last looked at.
    private final class Memory: Sendable {
        let view = Mutex<AccessView?>(nil)
    }

    init(_ release: KrillRelease, world: World, territory: Territory, tokens: Tokens, zone: Int) {
        self.release = release
        self.world = world
        self.territory = territory
        self.zone = zone
        access = AccessNetwork(world.life.network, extent: world.extent)
        office = KrillOffice(release, tokens: tokens, noise: Noise(seed: world.seed &+ 0x6b72_696c_6c))
        paths = KrillPaths.all(release)
        templates = paths.map { RoutePattern(stringLiteral: $0.path) }
        routes = zip(paths, templates).flatMap { path, template in
            path.methods.map { method in
                Route(method.name, template, path.title) { call in
                    method.acts && call.role == .readOnly ? call.forbidden() : method.answer(call)
                }
            } + [Route("OPTIONS", template, path.title) { $0.describe(path) }]
        }
    }

    // MARK: What comes before Django REST framework

    /// Answers a request; the URL is looked up before anybody is asked who he is.
    func respond(to request: Request) -> Reply {
        guard !office.isBanned(at: world.now) else {
            return Self.json(403, "{\"detail\":\"Your address is banned after too many failed logins.\"}")
        }
        guard let segments = segments(of: request),
            let index = templates.firstIndex(where: { $0.match(segments) != nil })
        else { return .html(404, Self.page("Page not found (404)", "")) }
        let path = paths[index]
        if !path.forgivesSlash, !request.path.hasSuffix("/") {
            var reply = Reply.html(301, "")
            let query = request.target.dropFirst(request.path.count)
            reply.headers.append(("Location", "\(request.path)/\(query)"))
            return reply
        }
        var reply = answer(request)
        reply.headers.append(("Allow", path.allowed.joined(separator: ", ")))
        return rendered(reply, for: request, path)
    }

    /// Whoever does not ask for JSON gets the page for people.
    private func rendered(_ reply: Reply, for request: Request, _ path: KrillPath) -> Reply {
        let accept = request.headers["accept"] ?? ""
        let isJSON = reply.headers.contains { $0.value == "application/json" }
        guard isJSON, !accept.contains("application/json"), request.query["format"] != "json" else {
            return reply
        }
        let text = String(decoding: reply.body, as: UTF8.self)
            .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        var page = reply
        page.headers = reply.headers.filter { $0.name != "Content-Type" }
        page.headers.append(("Content-Type", "text/html; charset=utf-8"))
        page.body = Array(Self.page("\(path.title) – Krill", "<pre>\(text)</pre>").utf8)
        return page
    }

    private static func page(_ title: String, _ body: String) -> String {
        "<!doctype html><html lang=\"en\"><head><title>\(title)</title></head>"
            + "<body><h1>\(title)</h1>\(body)</body></html>"
    }

    static func json(_ status: Int, _ text: String) -> Reply {
        Reply(status: status, type: "application/json", Array(text.utf8))
    }

    // MARK: The API

    func segments(of request: Request) -> [Substring]? {
        var segments = request.segments
        if segments.last == "" { segments.removeLast() }
        let root = release.version == .v2 ? ["api", "v2"] : ["api"]
        guard segments.starts(with: root, by: { $0 == $1 }) else { return nil }
        return Array(segments.dropFirst(root.count))
    }

    func call(_ request: Request, parameters: [String: String], by role: Role) -> KrillCall {
        KrillCall(
            krill: self, request: request, query: request.query, parameters: parameters,
            account: account(of: request, isUsed: false), view: view())
    }

    func admit(_ request: Request, isRouted: Bool) -> Admission {
        let segments = segments(of: request) ?? []
        let path = zip(paths, templates).first { $1.match(segments) != nil }?.0
        if path?.isOpen == true { return .allowed(.readOnly) }
        if let account = account(of: request, isUsed: true) { return .allowed(account.role) }
        // Django REST framework answers as its first way to log in does, and sessions have no challenge.
        let status = release.putsSessionsFirst ? 403 : 401
        var reply =
            request.bearer != nil
            ? Self.json(
                status,
                "{\"detail\":\"Given token not valid for any token type\",\"code\":\"token_not_valid\","
                    + "\"messages\":[{\"token_class\":\"AccessToken\",\"token_type\":\"access\","
                    + "\"message\":\"Token is invalid or expired\"}]}")
            : request.basic != nil
                ? Self.json(status, "{\"detail\":\"Invalid username/password.\"}")
                : Self.json(status, "{\"detail\":\"Authentication credentials were not provided.\"}")
        if status == 401 { reply.headers.append(("WWW-Authenticate", "Bearer realm=\"api\"")) }
        return .refused(reply)
    }

    /// Who asks; a wrong password counts once, where the use of a token does.
    private func account(of request: Request, isUsed: Bool) -> KrillAccount? {
        let now = world.now
        if let token = request.bearer { return office.holder(of: token, .access, at: now, isUsed: isUsed) }
        guard let (user, password) = request.basic else { return nil }
        return office.account(user: user, password: password, at: now, isCounted: isUsed)
    }

    func unrouted(_ request: Request, allowing methods: [String]) -> Reply {
        Self.json(405, "{\"detail\":\"Method \\\"\(request.method)\\\" not allowed.\"}")
    }

    func headers() -> [(name: String, value: String)] {
        [
            (name: "Date", value: Moment(world.now).mailText + " GMT"),
            ("Server", "nginx/1.18.0 (Ubuntu)"),
            ("Vary", "Accept, Cookie"), ("X-Frame-Options", "DENY"), ("X-Content-Type-Options", "nosniff"),
        ]
    }

    /// The lines as they are now, from memory while nothing has moved on.
    private func view() -> AccessView {
        let tick = world.now - world.origin
        let changes = world.lineChanges.withLock { $0 }
        return memory.view.withLock { view in
            if let view, view.tick == tick, view.changes.revision == changes.revision { return view }
            let fresh = AccessView(world, access, tick: tick, changes: changes)
            view = fresh
            return fresh
        }
    }
}

extension Request {
    /// The token of `Authorization: Bearer`.
    var bearer: String? { authorization("bearer") }

    /// User and password of `Authorization: Basic`.
    var basic: (user: String, password: String)? {
        guard let text = authorization("basic"), let bytes = Base64.bytes(urlSafe: text) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : ("", "")
    }

    private func authorization(_ scheme: String) -> String? {
        let parts = (headers["authorization"] ?? "").split(separator: " ", maxSplits: 1)
        return parts.count == 2 && parts[0].lowercased() == scheme ? String(parts[1]) : nil
    }

    /// What was sent as JSON or as a form; nil when it is malformed.
    var krillBody: Input? {
        if body.isEmpty { return .object([]) }
        let type = (headers["content-type"] ?? "").lowercased()
        guard type.hasPrefix("application/x-www-form-urlencoded") else { return Input(parsing: body) }
        let form = Request(
            method: method, target: "?" + String(decoding: body, as: UTF8.self), headers: [:], body: [])
        return .object(form.query.pairs.map { .init(key: $0.name, value: .text($0.value)) })
    }
}
