internal import DeclaredAdapter
internal import Domain
internal import HTTP
internal import JSON
internal import TOML

extension AdapterSheet {
    /// A path with the templates of its places, from `path` and `with`.
    mutating func path(given: Set<String> = ["id"], search: Bool = false) -> (
        template: PathTemplate, parameters: [String: Template]
    )? {
        guard let text = text("path", "\"/api/things\"", required: true) else {
            _ = templates("with", search: search)
            return nil
        }
        var parameters: [String: Template] = [:]
        for entry in templates("with", search: search) {
            if given.isEmpty { refuseRow(entry.value, "with.\(entry.key)", entry.position) }
            parameters[entry.key] = entry.value
        }
        guard text.hasPrefix("/"), !text.contains(where: { "?#\\".contains($0) || $0.isWhitespace }) else {
            complain(
                "path", "path begins with a slash and has no ?, # or blank: give a query as query = { … }")
            return nil
        }
        var places: Set<String> = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                complain("path", "a brace of path is not closed")
                return nil
            }
            let place = String(rest[rest.index(after: open)..<close])
            guard !place.isEmpty, place.utf8.allSatisfy({ (97...122).contains($0) || $0 == 95 }) else {
                complain(
                    "path",
                    "a place in path is a word in lower case, as in /things/{id}; with = { … } fills it")
                return nil
            }
            places.insert(place)
            rest = rest[rest.index(after: close)...]
        }
        for place in places.sorted() where parameters[place] == nil && !given.contains(place) {
            complain("path", "nothing fills {\(place)} of path: add with = { \(place) = \"{/…}\" }")
        }
        for name in parameters.keys.sorted() where !places.contains(name) {
            complain("with", "path has no place {\(name)}")
        }
        return (PathTemplate(text), parameters)
    }

    /// A request that reads, from `path`, `with` and `query`.
    mutating func read(
        _ file: String, given: Set<String> = ["id"], search: Bool = false
    ) -> DeclaredRead? {
        let position = table["path"]?.position ?? table.position
        let path = path(given: given, search: search)
        var query: [(key: String, value: Template)] = []
        for entry in templates("query", search: search) {
            refuseDisguise(entry.key, entry.position)
            if given.isEmpty { refuseRow(entry.value, "query.\(entry.key)", entry.position) }
            query.append((entry.key, entry.value))
        }
        return path.map {
            DeclaredRead($0.template, $0.parameters, query: query, place: "\(file):\(position)")
        }
    }

    /// Complains about the name of a member by which a server would do something else than the file says.
    func refuseDisguise(_ name: String, _ position: TOMLPosition?) {
        guard let objection = HeaderRules.objection(toMember: name) else { return }
        complaints.add(position, objection)
    }

    /// The name of a member of the query.
    mutating func queryName(_ key: String, _ wanted: String = "\"…\"", required: Bool = false) -> String? {
        let name = text(key, wanted, required: required)
        if let name { refuseDisguise(name, table[key]?.position) }
        return name
    }

    /// The query of a step.
    mutating func stepQuery() -> [(key: String, value: Template)] {
        templates("query").map { entry in
            refuseDisguise(entry.key, entry.position)
            return (entry.key, entry.value)
        }
    }

    /// Complains about a place that only a row fills, where none is read yet.
    private func refuseRow(_ template: Template, _ key: String, _ position: TOMLPosition) {
        guard template.takesRow else { return }
        complaints.add(position, "\(key): no row is read yet that fills it in")
    }

    /// The body of a request.
    mutating func body(_ key: String, login: Bool = false) -> BodyTemplate? {
        node(key, "{ … }").flatMap { body($0, key, login: login) }
    }

    private func body(_ node: TOMLNode, _ key: String, login: Bool) -> BodyTemplate? {
        switch node.value {
        case .string(let text):
            guard text.contains("{") else { return .constant(.string(text)) }
            return template(text, key, at: node.position, login: login).map { .text($0) }
        case .integer(let number): return .constant(.integer(number))
        case .number(let number): return .constant(.number(number))
        case .flag(let flag): return .constant(.bool(flag))
        case .moment:
            complaints.add(node.position, "\(key) holds no dates: write them as texts")
            return nil
        case .array(let nodes): return .array(nodes.compactMap { body($0, key, login: login) })
        case .table(let table):
            if let each = table["each"], let make = table["make"], table.entries.count == 2 {
                guard let text = each.string, let pointer = Pointer(text) else {
                    complaints.add(each.position, "each is a JSON pointer such as \"/labels\"")
                    return nil
                }
                return body(make, key, login: login).map { .each(pointer, $0) }
            }
            return .object(
                table.entries.compactMap { entry in
                    refuseDisguise(entry.key, entry.position)
                    return body(entry.node, key, login: login).map { .init(entry.key, $0) }
                })
        }
    }
}
