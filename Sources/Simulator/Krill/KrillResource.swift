internal import HTTP

/// Something that Krill lists: a record with its number and what people wrote over.
protocol KrillRecord: Sendable {
    var id: Int { get }
    /// The fields that somebody wrote, which win over what the world says.
    var written: [String: Input] { get }
}

/// A field of a record: how it is described, and how it is read.
struct KrillField<Record: KrillRecord>: Sendable {
    let words: FieldWords
    let column: Column<Record>

    init(
        _ name: String, _ kind: FieldWords.Kind = .string, isRequired: Bool = false,
        isReadOnly: Bool = false, choices: [String] = [], _ value: @escaping @Sendable (Record) -> Value
    ) {
        words = FieldWords(
            name, choices.isEmpty ? kind : .choice, isRequired: isRequired, isReadOnly: isReadOnly,
            choices: choices)
        let kind = words.kind
        column = Column(name, in: .krill) { record in
            guard !record.written.isEmpty, let written = record.written[name] else { return value(record) }
            return written.value(of: kind)
        }
    }
}

extension Shapes {
    /// Krill prints a record in one way only; which fields is asked for.
    static let krill = Shapes(rawValue: 1)
}

extension Input {
    /// What was written, as a field of a kind prints it.
    func value(of kind: FieldWords.Kind) -> Value {
        switch kind {
        case .integer: integer.map(Value.integer) ?? .null
        case .boolean: isNull ? .null : .flag(["true", "1"].contains(plain.lowercased()))
        case .float: isNull ? .null : .literal(plain)
        case .string, .datetime, .choice: isNull ? .null : .text(plain)
        case .field: value
        }
    }
}

/// A resource of Krill's API: where its records come from, and what may be done with them.
struct KrillResource<Record: KrillRecord>: Sendable {
    enum Paging: Sendable {
        /// In pages, with the server's own idea of its origin in `next`.
        case pages
        /// In pages, with only a path in `next`.
        case pathOnly
        /// A bare list.
        case bare
    }

    /// Below the API's root: `isp/cpes`.
    let path: String
    let title: String
    var fields: [KrillField<Record>]
    /// What `joins` can embed, under which name.
    var joins: [Column<Record>] = []
    var paging = Paging.pages
    var canCreate = false
    var canChange = false
    var canDelete = false
    var forgivesSlash = false
    /// Whether what the path names above the list is there.
    var hasParent: @Sendable (KrillCall) -> Bool = { _ in true }
    /// All records that the asker may see, in their order.
    let list: @Sendable (KrillCall) -> [Record]
    /// The record of a path, if the asker may see it.
    let find: @Sendable (KrillCall, String) -> Record?
    /// What must be true beyond the fields' kinds.
    var check: @Sendable (KrillCall, Input) -> [(field: String, words: String)] = { _, _ in [] }

    var columns: [Column<Record>] { fields.map(\.column) }

    /// The resource's two paths.
    var paths: [KrillPath] {
        var lists: [KrillPath.Method] = [
            .init(name: "GET", acts: false) { $0.answer(listing: self) }
        ]
        if canCreate { lists.append(.init(name: "POST", acts: true) { $0.create(in: self) }) }
        var details: [KrillPath.Method] = [.init(name: "GET", acts: false) { $0.answer(detailOf: self) }]
        if canChange {
            details.append(.init(name: "PUT", acts: true) { $0.change(in: self, isWhole: true) })
            details.append(.init(name: "PATCH", acts: true) { $0.change(in: self, isWhole: false) })
        }
        if canDelete { details.append(.init(name: "DELETE", acts: true) { $0.delete(from: self) }) }
        let words = fields.map(\.words)
        return [
            KrillPath(path, "\(title) List", forgivesSlash: forgivesSlash, fields: words, lists),
            KrillPath(
                "\(path)/{id}", "\(title) Instance", forgivesSlash: forgivesSlash, fields: words, details),
        ]
    }
}

extension KrillCall {
    // MARK: Reading

    func answer<Record>(listing resource: KrillResource<Record>) -> Reply {
        guard resource.hasParent(self) else { return notFound() }
        let filters = KrillFilter.read(query, resource.columns)
        var records = resource.list(self)
        if !filters.isEmpty {
            records = records.filter { record in filters.allSatisfy { $0.accepts(record) } }
        }
        if let words = query["search"]?.lowercased(), !words.isEmpty {
            records = records.filter { record in
                resource.columns.contains { column in
                    if case .text(let text) = column.value(record) {
                        return text.lowercased().contains(words)
                    }
                    return false
                }
            }
        }
        records = KrillFilter.sort(records, by: query["sort"], resource.columns)
        let columns = selection(of: resource)
        guard resource.paging != .bare else {
            return json(Column.rows(records, count: records.count, columns))
        }
        return page(records, columns, isPathOnly: resource.paging == .pathOnly)
    }

    func answer<Record>(detailOf resource: KrillResource<Record>) -> Reply {
        guard let record = resource.find(self, self["id"]) else { return notFound() }
        return json(Column.object(record, selection(of: resource)))
    }

    /// The columns that `attrs` and `joins` ask for; a join stands in place of the field of its name.
    private func selection<Record>(of resource: KrillResource<Record>) -> [Column<Record>] {
        var columns = resource.columns
        if let attrs = query["attrs"], !attrs.isEmpty {
            let names = Set(attrs.split(separator: ",").map(String.init))
            columns = columns.filter { names.contains($0.name) }
        }
        let joins = (query["joins"] ?? "").split(separator: ",").map(String.init)
        let joined = resource.joins.filter { joins.contains($0.name) }
        guard !joined.isEmpty else { return columns }
        return columns.filter { column in !joined.contains { $0.name == column.name } } + joined
    }

    /// A page of records in the envelope, with where the pages beside it are.
    func page<Record: Sendable>(
        _ records: [Record], _ columns: [Column<Record>], isPathOnly: Bool = false
    ) -> Reply {
        page(of: records, columns, isPathOnly: isPathOnly) { $0 }
    }

    /// The same of a list whose records are only made for the page.
    func page<Element, Record: Sendable>(
        of elements: [Element], _ columns: [Column<Record>], isPathOnly: Bool = false,
        _ make: (Element) -> Record
    ) -> Reply {
        let asked = Page(query, offset: "offset", limit: "limit", usually: 10)
        let limit = min(asked.limit == 0 ? 10 : asked.limit, release.mostPerPage)
        let window = elements.dropFirst(asked.offset).prefix(limit).map(make)
        let hasNext = asked.offset + limit < elements.count
        let next = hasNext ? address(asked.offset + limit, limit, isPathOnly) : nil
        let previous =
            asked.offset > 0 ? address(max(asked.offset - limit, 0), limit, isPathOnly) : nil
        return json(
            [
                "count": .integer(elements.count), "next": .text(orNull: next),
                "previous": .text(orNull: previous),
                "results": Column.rows(window, count: window.count, columns),
            ])
    }

    /// Another page of the same list: on the server's internal host, parameters in alphabetical order.
    private func address(_ offset: Int, _ limit: Int, _ isPathOnly: Bool) -> String {
        var pairs = query.pairs.filter { $0.name != "offset" && $0.name != "limit" }
        pairs.append(("limit", String(limit)))
        if offset > 0 { pairs.append(("offset", String(offset))) }
        let sorted = pairs.sorted { $0.name < $1.name }.map { ($0.name, $0.value) }
        let text = PercentEncoding.query(sorted).replacing("%2F", with: "/")
        return (isPathOnly ? "" : release.internalOrigin) + request.path + "?" + text
    }

    // MARK: Writing

    private func complaints<Record>(
        about body: Input, in resource: KrillResource<Record>, isWhole: Bool
    ) -> [(field: String, words: String)] {
        var found: [(field: String, words: String)] = []
        guard case .object(let members) = body else { return found }
        let present = Set(members.map(\.key))
        for field in resource.fields.map(\.words) where !field.isReadOnly {
            if !present.contains(field.name) {
                if isWhole, field.isRequired { found.append((field.name, "This field is required.")) }
            } else if let words = field.complaint(about: body[field.name]) {
                found.append((field.name, words))
            } else if field.isRequired, body[field.name].isNull {
                found.append((field.name, "This field may not be null."))
            }
        }
        return found.isEmpty ? resource.check(self, body) : found
    }

    /// The fields of a body that may be written; what is no field is skipped, as Django does.
    private func writable<Record>(_ body: Input, of resource: KrillResource<Record>) -> [String: Input] {
        let pairs = resource.fields.map(\.words).filter { !$0.isReadOnly }.compactMap {
            field -> (String, Input)? in
            guard case .object(let members) = body, members.contains(where: { $0.key == field.name }) else {
                return nil
            }
            return (field.name, body[field.name])
        }
        return Dictionary(pairs) { $1 }
    }

    func create<Record>(in resource: KrillResource<Record>) -> Reply {
        guard resource.hasParent(self) else { return notFound() }
        let body: Input
        switch reading() {
        case .body(let read): body = read
        case .refused(let reply): return reply
        }
        let wrong = complaints(about: body, in: resource, isWhole: true)
        guard wrong.isEmpty else { return complaints(wrong) }
        let values = writable(body, of: resource)
        let id = edit(resource, nil, "Added.") { $0.add(values) }
        let now = krill.call(request, parameters: parameters, by: role)
        guard let record = resource.find(now, String(id)) else { return json(.object([]), status: 201) }
        return json(Column.object(record, resource.columns), status: 201)
    }

    func change<Record>(in resource: KrillResource<Record>, isWhole: Bool) -> Reply {
        guard let record = resource.find(self, self["id"]) else { return notFound() }
        let body: Input
        switch reading() {
        case .body(let read): body = read
        case .refused(let reply): return reply
        }
        let wrong = complaints(about: body, in: resource, isWhole: isWhole)
        guard wrong.isEmpty else { return complaints(wrong) }
        let values = writable(body, of: resource)
        edit(resource, record, "Changed \(values.keys.sorted().joined(separator: ", ")).") {
            $0.write(values, to: record.id)
        }
        let now = krill.call(request, parameters: parameters, by: role)
        guard let record = resource.find(now, String(record.id)) else { return notFound() }
        return json(Column.object(record, resource.columns))
    }

    func delete<Record>(from resource: KrillResource<Record>) -> Reply {
        guard let record = resource.find(self, self["id"]) else { return notFound() }
        edit(resource, record, "Deleted.") { $0.remove(record.id) }
        return Reply(status: 204)
    }

    /// What people wrote into a resource.
    func edits(_ path: String) -> Edits { view.changes.edits[filled(path)] ?? Edits() }

    /// A list below another record is one for each of those.
    private func filled(_ path: String) -> String { path.replacing("{pbx}", with: self["pbx"]) }

    /// Changes what people wrote into a resource, and notes who did.
    private func edit<Record, Result: Sendable>(
        _ resource: KrillResource<Record>, _ record: Record?, _ words: String,
        _ change: (inout Edits) -> Result
    ) -> Result {
        let path = filled(resource.path)
        let entry = LineChanges.Entry(
            at: view.tick, author: account?.user ?? "", kind: resource.title.lowercased(),
            object: record.map { "\($0.id)" } ?? "", words: words)
        return krill.world.changeLines {
            $0.note(entry)
            return change(&$0.edits[path, default: Edits()])
        }
    }
}
