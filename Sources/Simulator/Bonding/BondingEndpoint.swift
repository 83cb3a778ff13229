/// One URI of the API: what may be done there, by whom, and what it is called.
struct BondingEndpoint: Sendable {
    typealias Handler = @Sendable (BondingCall) -> Reply

    let template: RoutePattern
    let name: String
    let area: BondingAccount.Area
    let handlers: [(method: String, answer: Handler)]
    /// What POST, PUT and PATCH take.
    let resource: BondingResource?
    /// What a body may hold, as OPTIONS lists it.
    var fields: Value?
    /// Whether one need not be logged in.
    var isOpen = false

    init(
        _ template: String, _ name: String, _ area: BondingAccount.Area, _ resource: BondingResource? = nil,
        _ handlers: [(method: String, answer: Handler)]
    ) {
        self.template = RoutePattern(stringLiteral: template)
        self.name = name
        self.area = area
        self.resource = resource
        fields = resource?.description
        self.handlers = handlers
    }

    /// As the framework writes it.
    var allowed: String {
        let methods = handlers.map(\.method)
        let order = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].filter {
            methods.contains($0) || $0 == "OPTIONS" || ($0 == "HEAD" && methods.contains("GET"))
        }
        return order.joined(separator: ", ")
    }

    var routes: [Route<BondingCall>] {
        handlers.map { handler in
            Route(handler.method, template, name) { call in
                let isReading = handler.method == "GET"
                guard isOpen || (isReading ? call.account.mayRead(area) : call.account.mayChange(area)) else {
                    return finish(call.forbidden, call)
                }
                return finish(handler.answer(call), call)
            }
        } + [Route("OPTIONS", template, name) { finish(describe($0), $0) }]
    }

    /// Every answer says what else the path would take; browsers are shown a page.
    func finish(_ reply: Reply, _ call: BondingCall) -> Reply {
        var reply = reply
        if reply.headers.contains(where: { $0.value == "application/json" }), call.request.wantsPage {
            reply = BondingPage.reply(reply, name: name)
        }
        reply.headers.append(("Allow", allowed))
        return reply
    }

    /// What OPTIONS says: the fields for those only who may write.
    private func describe(_ call: BondingCall) -> Reply {
        guard call.account.mayRead(area) else { return call.forbidden }
        var members: [Value.Member] = [
            .init("name", .text(name)), .init("description", .text("")),
            .init("renders", .list([.text("application/json"), .text("text/html")])),
            .init(
                "parses", .list([.text("application/json"), .text("application/x-www-form-urlencoded")])),
        ]
        let writing = handlers.map(\.method).filter { $0 == "POST" || $0 == "PUT" }
        if let fields, call.account.mayChange(area), !writing.isEmpty {
            members.append(.init("actions", .object(writing.map { .init($0, fields) })))
        }
        return call.json(200, .object(members))
    }
}

// MARK: The usual collections

extension BondingEndpoint {
    /// A collection and its objects, for whoever may.
    static func collection(
        _ resource: BondingResource, _ area: BondingAccount.Area, list: [String], object: [String]
    ) -> [BondingEndpoint] {
        let kind = resource.kind
        let path = BondingLinks.root + BondingLinks.collection(kind) + "/"
        return pair(
            resource, area, path, list, object, owner: { _ in 0 }, all: { $0.all(kind) },
            find: { $0.find(kind, "id") })
    }

    /// A collection inside each bond and its objects.
    static func ofBond(
        _ resource: BondingResource, at name: String, list: [String], object: [String],
        where isOne: @escaping @Sendable (BondBook.Record) -> Bool = { _ in true }
    ) -> [BondingEndpoint] {
        let kind = resource.kind
        return pair(
            resource, .bonds, BondingLinks.root + "bonds/{bond}/\(name)/", list, object,
            owner: { $0.bond?.id },
            all: { call in call.bond.map { call.view.book[kind].all(of: $0.id).filter(isOne) } },
            find: { call in call.part(kind, "id").flatMap { isOne($0) ? $0 : nil } })
    }

    static func pair(
        _ resource: BondingResource, _ area: BondingAccount.Area, _ path: String, _ list: [String],
        _ object: [String], owner: @escaping @Sendable (BondingCall) -> Int?,
        all: @escaping @Sendable (BondingCall) -> [BondBook.Record]?,
        find: @escaping @Sendable (BondingCall) -> BondBook.Record?,
        preset: @escaping @Sendable (BondingCall) -> [String: Input] = { _ in [:] }
    ) -> [BondingEndpoint] {
        let listing = list.map { method -> (method: String, answer: Handler) in
            guard method == "POST" else {
                return (method, { call in all(call).map { call.list(resource, $0) } ?? call.notFound })
            }
            return (
                method,
                { call in
                    owner(call).map { call.create(resource, owner: $0, preset: preset(call)) }
                        ?? call.notFound
                }
            )
        }
        let handling = object.map { method -> (method: String, answer: Handler) in
            (
                method,
                { call in
                    guard let record = find(call) else { return call.notFound }
                    switch method {
                    case "GET": return call.json(200, resource.object(call.row(resource.kind, record)))
                    case "DELETE": return call.delete(resource.kind, record)
                    default: return call.update(resource, record)
                    }
                }
            )
        }
        return [
            BondingEndpoint(path, "\(resource.name) List", area, resource, listing),
            BondingEndpoint(path + "{id}/", "\(resource.name) Instance", area, resource, handling),
        ]
    }

    /// A path that is only read.
    static func reading(
        _ path: String, _ name: String, _ area: BondingAccount.Area, _ answer: @escaping Handler
    ) -> BondingEndpoint {
        BondingEndpoint(BondingLinks.root + path, name, area, nil, [("GET", answer)])
    }

    /// A path that does something.
    static func action(
        _ path: String, _ name: String, _ area: BondingAccount.Area = .bonds, _ answer: @escaping Handler
    ) -> BondingEndpoint {
        BondingEndpoint(BondingLinks.root + path, name, area, nil, [("POST", answer)])
    }
}
