/// A routed request to a bonding server with all that a handler needs to answer it.
struct BondingCall: Sendable {
    let request: Request
    let parameters: [String: String]
    let account: BondingAccount
    let release: BondingRelease
    let tokens: Tokens
    let view: BondView
    let links: BondingLinks
    /// The spaces that the account sees; nil for all.
    let spaces: Set<Int>?

    subscript(parameter: String) -> Int? { parameters[parameter].flatMap { Int($0) } }

    // MARK: What one may see

    func sees(_ kind: BondBook.Kind, _ record: BondBook.Record) -> Bool {
        guard let spaces else { return true }
        return view.book.space(of: record, kind).map(spaces.contains) ?? true
    }

    func all(_ kind: BondBook.Kind) -> [BondBook.Record] {
        let all = view.book[kind].all
        return spaces == nil ? all : all.filter { sees(kind, $0) }
    }

    /// The object of that number, if there is one and the account sees it.
    func find(_ kind: BondBook.Kind, _ parameter: String) -> BondBook.Record? {
        self[parameter].flatMap { view.book[kind][$0] }.flatMap { sees(kind, $0) ? $0 : nil }
    }

    /// A part of the bond of the path.
    func part(_ kind: BondBook.Kind, _ parameter: String) -> BondBook.Record? {
        guard let bond, let record = find(kind, parameter), record.owner == bond.id else { return nil }
        return record
    }

    var bond: BondBook.Record? { find(.bond, "bond") }

    func row(_ kind: BondBook.Kind, _ record: BondBook.Record) -> BondingRow {
        BondingRow(kind: kind, record: record, view: view, links: links)
    }

    // MARK: Answers

    func json(_ status: Int, _ value: Value) -> Reply {
        Reply(
            status: status, type: "application/json",
            JSONWriter.bytes(of: value, style: BondingRelease.style))
    }

    static func detail(_ status: Int, _ words: String) -> Reply {
        let value: Value = ["detail": .text(words)]
        return Reply(
            status: status, type: "application/json",
            JSONWriter.bytes(of: value, style: BondingRelease.style))
    }

    var notFound: Reply { Self.detail(404, "Not found.") }
    var forbidden: Reply { Self.detail(403, "You do not have permission to perform this action.") }

    /// 400 with complaints by field, in the order in which they were found.
    func refused(_ complaints: [(field: String, words: String)]) -> Reply {
        var members: [Value.Member] = []
        for complaint in complaints where !members.contains(where: { $0.key == complaint.field }) {
            members.append(.init(complaint.field, .list([.text(complaint.words)])))
        }
        return json(400, .object(members))
    }

    func refused(_ words: String) -> Reply { refused([("non_field_errors", words)]) }

    // MARK: Lists

    private static let usualPage = 100
    private static let longestPage = 1_000

    /// Records as a list, whole and bare unless somebody asks for a page.
    func list(_ resource: BondingResource, _ records: [BondBook.Record]) -> Reply {
        page(records) { part in
            let rows = part.map { row(resource.kind, $0) }
            return Column.rows(rows, count: rows.count, resource.columns)
        }
    }

    /// Cuts a list into pages when the request or the server's setting asks for it.
    func page<Element>(_ elements: [Element], _ write: (ArraySlice<Element>) -> Value) -> Reply {
        let query = request.query
        let size = query["page_size"].flatMap { Int($0) }.flatMap { $0 > 0 ? min($0, Self.longestPage) : nil }
        guard release.envelopesLists || size != nil || query["page"] != nil else {
            return json(200, write(elements[...]))
        }
        let length = size ?? Self.usualPage
        let pages = max((elements.count + length - 1) / length, 1)
        let number = query["page"].map { $0 == "last" ? pages : Int($0) ?? 0 } ?? 1
        guard (1...pages).contains(number) else { return Self.detail(404, "Invalid page.") }
        let part = elements.dropFirst((number - 1) * length).prefix(length)
        return json(
            200,
            [
                "count": .computed(elements.count),
                "next": number < pages ? address(page: number + 1, query) : .null,
                "previous": number > 1 ? address(page: number - 1, query) : .null, "results": write(part),
            ])
    }

    /// The address of another page, under the name by which the server knows itself.
    private func address(page: Int, _ query: Query) -> Value {
        var pairs = query.pairs.filter { $0.name != "page" }.map { "\($0.name)=\($0.value)" }
        pairs.insert("page=\(page)", at: 0)
        return .text("\(links.origin)\(request.path)?\(pairs.joined(separator: "&"))")
    }
}
