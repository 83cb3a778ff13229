import AdapterKit
import CurlTransport
import Domain
import HTTP
import JSON
import Simulator

/// A simulated server of one API, and everything of it that can be asked for, filled in from what it lists itself.
struct Walk: Sendable {
    /// How an API answers and what stands where no list gives it.
    struct Manners: Sendable {
        /// The fields of a row that a parameter is filled in from, by its name, where the row has none of that name.
        var fields: [String: [String]] = [:]
        /// The list whose rows fill a parameter in, by the template; where none is named it is the one above.
        var lists: [PathTemplate: PathTemplate] = [:]
        /// Values of parameters that are words of the API and stand in no list.
        var words: [PathTemplate: [String: String]] = [:]
        /// Queries without which a path answers nothing.
        var queries: [PathTemplate: [(String, String)]] = [:]
        /// Questions that are made from a row of another list, by what is asked.
        var derived: [PathTemplate: Derived] = [:]
        /// What a server says by another status, and why.
        var exceptions: [PathTemplate: (status: Int, reason: String)] = [:]
        /// The bodies that are typed where a server does not say which fields it takes, by method and template.
        var bodies: [String: String] = [:]
        /// What new objects get where no other of the list tells, by field.
        var answers: [String: String] = [:]
    }

    /// How a question is made from rows of a list.
    struct Derived: Sendable {
        let list: PathTemplate
        let make: @Sendable (JSONValue) -> Way?
    }

    /// A path filled in, with what is asked there.
    struct Way: Sendable {
        var parameters: [String: String] = [:]
        var query: [(String, String)] = []
        var body: [JSONTree.Member] = []
    }

    let descriptor: AdapterDescriptor
    let manners: Manners
    let adapter: any Adapter
    let transport: any ReadTransport
    let commander: any CommandTransport
    private let catalogue: [CatalogueEntry]

    init(
        _ descriptor: AdapterDescriptor, _ manners: Manners, _ adapter: any Adapter,
        _ transport: any ReadTransport, _ commander: any CommandTransport
    ) {
        self.descriptor = descriptor
        self.manners = manners
        self.adapter = adapter
        self.transport = transport
        self.commander = commander
        catalogue = descriptor.catalogue
    }

    /// Asks for a path.
    func answer(
        _ template: PathTemplate, _ way: Way, _ method: Method = .get
    ) async throws -> Response {
        var request = ReadRequest(
            template, way.parameters, query: way.query + (manners.queries[template] ?? []), method: method)
        if method == .post {
            request.body = JSONTree.object(way.body).bytes
            request.headers.append(Header("Content-Type", "application/json"))
        }
        request.headers.append(Header("Accept", "application/json"))
        request.headers += try await adapter.credentials()
        return try await transport.read(request)
    }

    /// The place in browse that a path stands for, filled in.
    func place(
        _ template: PathTemplate, _ way: Way, _ browser: Browser
    ) throws(BackendError) -> EntityRef {
        let asked = way.body.compactMap { member -> (String, String)? in
            switch member.value {
            case .string(let text): (member.key, text)
            case .null: nil
            default: (member.key, member.value.text)
            }
        }
        let query = PercentEncoding.query(way.query + (manners.queries[template] ?? []) + asked)
        let path = template.path(way.parameters) ?? ""
        guard let place = browser.entity(at: query.isEmpty ? path : "\(path)?\(query)") else {
            throw BackendError(.unsupported, "\(path) is no path of browse")
        }
        return place
    }

    /// Some ways to ask at a template, as its lists give them; none where a list is empty.
    func ways(_ template: PathTemplate) async throws -> [Way] {
        guard let derived = manners.derived[template] else {
            return try await filled(template).map { Way(parameters: $0) }
        }
        let response = try await answer(derived.list, Way())
        guard let root = try? response.json() else { return [] }
        return Array(Self.rows(in: root).lazy.compactMap(derived.make).prefix(12))
    }

    private func filled(_ template: PathTemplate, depth: Int = 0) async throws -> [[String: String]] {
        let path = template.description
        guard let open = path.lastIndex(of: "{"), let close = path.lastIndex(of: "}") else { return [[:]] }
        let name = String(path[path.index(after: open)..<close])
        let before = String(path[..<open])
        let slashed = path.hasSuffix("/")
        let above = PathTemplate(slashed ? before : String(before.dropLast()))
        guard depth < 6 else { return [] }
        if let word = manners.words[template]?[name] {
            return try await filled(above, depth: depth + 1).map { $0.merging([name: word]) { $1 } }
        }
        // A part of an object is filled in as the object is.
        let object = PathTemplate(String(path[...close]) + (slashed ? "/" : ""))
        if object != template, manners.lists[template] == nil {
            return try await filled(object, depth: depth + 1)
        }
        let list = manners.lists[template] ?? above
        var found: [[String: String]] = []
        for parameters in try await filled(list, depth: depth + 1).prefix(8) where found.count < 12 {
            let response = try await answer(list, Way(parameters: parameters))
            guard response.isSuccess, let root = try? response.json() else { continue }
            let rows = Self.rows(in: root)
            for row in rows.prefix(4) {
                let value = ([name] + (manners.fields[name] ?? [])).lazy.compactMap { row[$0]?.text }.first {
                    !$0.isEmpty
                }
                if let value { found.append(parameters.merging([name: value]) { $1 }) }
            }
        }
        return found
    }

    /// The rows of a list, in whatever it is wrapped.
    static func rows(in root: JSONValue) -> [JSONValue] {
        if let array = root.array {
            // Services of LibreNMS are a list in a list.
            return array.flatMap { $0.array.map { $0.map { $0 } } ?? [$0] }
        }
        let lists = root.object?.compactMap { $0.value.array } ?? []
        return lists.first.map { list in list.flatMap { $0.array.map { $0.map { $0 } } ?? [$0] } } ?? [root]
    }
}
