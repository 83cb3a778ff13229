/// What is known of version 4: the login for a token, and lists that can be searched and ordered.
extension BondingRoutes {
    private static let root = "/api/v4/"

    static let v4: [BondingEndpoint] =
        [
            login,
            reading("", "Api Root", .bonds) { $0.root(["aggregators", "bonds", "legs", "nodes", "spaces"]) },
            reading("legs/", "Leg List", .bonds) { call in call.found(.legV4, call.all(.leg)) },
            reading("nodes/", "Node List", .network) { $0.listNodes() },
            reading("spaces/", "Space List", .context) { call in call.found(.spaceV4, call.all(.space)) },
            reading("spaces/{key}/", "Space Instance", .context) { call in
                guard let space = call.spaceByKey else { return call.notFound }
                return call.json(200, BondingResource.spaceV4.object(call.row(.space, space)))
            },
            reading("spaces/{key}/object_counts/", "Space Object Counts", .context) { $0.objectCounts() },
        ] + listed(.bondV4, "bonds/", .bonds) + listed(.aggregatorV4, "aggregators/", .network)

    static func isLogin(_ request: Request) -> Bool { request.path == root + "login/" }

    private static var login: BondingEndpoint {
        var endpoint = BondingEndpoint(root + "login/", "Login", .bonds, nil, [("POST", { $0.logIn() })])
        endpoint.isOpen = true
        return endpoint
    }

    private static func reading(
        _ path: String, _ name: String, _ area: BondingAccount.Area,
        _ answer: @escaping BondingEndpoint.Handler
    ) -> BondingEndpoint {
        BondingEndpoint(root + path, name, area, nil, [("GET", answer)])
    }

    private static func listed(
        _ resource: BondingResource, _ path: String, _ area: BondingAccount.Area
    ) -> [BondingEndpoint] {
        [
            reading(path, "\(resource.name) List", area) { $0.found(resource, $0.all(resource.kind)) },
            reading(path + "{id}/", "\(resource.name) Instance", area) { call in
                guard let record = call.find(resource.kind, "id") else { return call.notFound }
                return call.json(200, resource.object(call.row(resource.kind, record)))
            },
        ]
    }
}

extension BondingCall {
    /// `POST /api/v4/login/`.
    fileprivate func logIn() -> Reply {
        let given: [String: Input]
        switch BondingBody(request) {
        case .refused(let reply): return reply
        case .fields(let fields): given = fields
        }
        let missing = ["email", "password"].filter { given[$0]?.text == nil }
        guard missing.isEmpty else { return refused(missing.map { ($0, "This field is required.") }) }
        let account = BondingAccount.allCases.first {
            given["email"] == .text($0.user) && given["password"] == .text($0.password(tokens))
        }
        guard let account else { return refused("Unable to log in with provided credentials.") }
        return json(200, ["auth_token": .text(account.token(tokens))])
    }

    /// Records that hold the words of `search`, in the order of `ordering`.
    fileprivate func found(_ resource: BondingResource, _ records: [BondBook.Record]) -> Reply {
        var rows = records.map { row(resource.kind, $0) }
        if let words = request.query["search"]?.lowercased(), !words.isEmpty {
            rows = rows.filter { $0.searched.contains { $0.lowercased().contains(words) } }
        }
        if let order = request.query["ordering"], !order.isEmpty {
            let field = order.hasPrefix("-") ? String(order.dropFirst()) : order
            rows.sort { a, b in
                let (first, second) = (a.sortText(field), b.sortText(field))
                return first == second ? a.record.id < b.record.id : first < second
            }
            if order.hasPrefix("-") { rows.reverse() }
        }
        return list(resource, rows.map(\.record))
    }

    /// In version 4 a space is addressed by its key.
    fileprivate var spaceByKey: BondBook.Record? {
        all(.space).first { $0.text("key") == parameters["key"] }
    }

    fileprivate func objectCounts() -> Reply {
        guard let space = spaceByKey else { return notFound }
        let spaces = view.book.spaces(below: space.id)
        return json(
            200,
            [
                "bonds": .computed(view.book.count(.bond, in: spaces)),
                "users": .computed(view.book.count(.user, in: spaces)),
                "spaces": .computed(spaces.count - 1),
            ])
    }
}

extension BondingRow {
    /// The words that `search` looks at.
    fileprivate var searched: [String] {
        let space = record.number("space").flatMap { view.book[.space][$0] }
        return [
            name, record.text("circuit_id"), record.text("note"), record.text("key"),
            space?.text("key") ?? "",
        ]
    }

    fileprivate func sortText(_ field: String) -> String {
        if field == "name" { return name }
        guard let number = field == "id" ? record.id : record.number(field) else { return record.text(field) }
        // Digits of one length sort as numbers do.
        return String(String(number + 1_000_000_000_000).dropFirst())
    }

    /// A bond is called as its bonder is.
    var name: String {
        kind == .bond ? view.book[.bonder].all(of: record.id).first?.text("name") ?? "" : record.text("name")
    }
}
