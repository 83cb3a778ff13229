internal import HTTP

/// An API as a table of routes and a few manners; `answer` is the same for all.
///
/// What a Bonding or Krill server needs beyond a table (a 405 with `Allow`, OPTIONS that describe a
/// resource, a redirect to the path with a closing slash) is decided in `unrouted`, which is told what the
/// path would allow.
protocol API: Sendable {
    /// All that a handler is given.
    associatedtype Call

    var routes: [Route<Call>] { get }

    /// The segments that the table is asked for; nil when the path is none of the API's.
    func segments(of request: Request) -> [Substring]?

    /// Decodes what fills a hole.
    func decode(_ segment: Substring) -> String

    /// Who asks, or the answer that refuses him. Some servers look for the route first: see `isRouted`.
    func admit(_ request: Request, isRouted: Bool) -> Admission

    func call(_ request: Request, parameters: [String: String], by role: Role) -> Call

    /// The answer where no route takes the method; `methods` are those that the path would take.
    func unrouted(_ request: Request, allowing methods: [String]) -> Reply

    /// The headers that stand on every answer.
    func headers() -> [(name: String, value: String)]
}

/// What a server makes of the credentials of a request.
enum Admission: Sendable {
    case allowed(Role)
    case refused(Reply)
}

extension API {
    func decode(_ segment: Substring) -> String { PercentEncoding.decode(segment) }

    func answer(_ request: Request) -> Reply {
        var reply = route(request)
        reply.headers.append(contentsOf: headers())
        return reply
    }

    private func route(_ request: Request) -> Reply {
        let segments = segments(of: request)
        let method = request.method == "HEAD" ? "GET" : request.method
        var allowed: [String] = []
        var found: (route: Route<Call>, holes: [String: Substring])?
        if let segments {
            for route in routes {
                guard let holes = route.template.match(segments) else { continue }
                if route.method == method { found = found ?? (route, holes) }
                if !allowed.contains(route.method) { allowed.append(route.method) }
            }
        }
        switch admit(request, isRouted: found != nil) {
        case .refused(let reply): return reply
        case .allowed(let role):
            guard let found else { return unrouted(request, allowing: allowed) }
            let parameters = found.holes.mapValues(decode)
            return found.route.answer(call(request, parameters: parameters, by: role))
        }
    }
}
