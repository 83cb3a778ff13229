internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// A list, however many parts it came in.
struct ReadList: Sendable {
    var rows: [JSONValue] = []
    /// What is missing, in words; nil when all of it is here.
    var gap: String?
    /// Whether it came in parts that are counted by offset, so that rows may have moved between them.
    var isSliced = false
    /// How many rows came again in another part.
    var repeated = 0
    /// Whether the server does not say how many there are.
    var lacksTotal = true
}

extension DeclaredServer {
    /// Parts that one list may have: beyond this a server repeats itself.
    private static let mostParts = 5_000

    var verdict: DeclaredVerdict { DeclaredVerdict(description: description) }

    /// Sends a read with credentials, once more where they were renewed; any status is an answer here.
    func response(
        _ read: DeclaredRead, _ filling: Filling, more: [(String, String)] = [], priority: Int = 1
    ) async throws(BackendError) -> Response {
        let parameters = try parameters(of: read.path, read.parameters, filling)
        var query: [(String, String)] = []
        for (key, value) in read.query {
            let use = "query \(key) of \(read.path)"
            guard let text = try filling.needed(value, for: use) else {
                throw BackendError(.invalid, "nothing was given for \(use)")
            }
            query.append((key, text))
        }
        query.removeAll { pair in more.contains { $0.0 == pair.0 } }
        let request = ReadRequest(read.path, parameters, query: query + more, priority: priority)
        let response = try await transport.answer(to: request, with: try await credentials())
        guard response.status == 401, response.refusalInFront == nil, try await renewCredentials() else {
            return response
        }
        return try await transport.answer(to: request, with: try await credentials())
    }

    /// What the places of a path are filled with; a place that has nothing makes no path.
    func parameters(
        of path: PathTemplate, _ templates: [String: Template], _ filling: Filling
    ) throws(BackendError) -> [String: String] {
        var parameters = ["id": filling.id]
        for (name, template) in templates {
            let use = "{\(name)} of \(path)"
            guard let text = try filling.needed(template, for: use), !text.isEmpty else {
                throw BackendError(.invalid, "nothing was given for \(use)")
            }
            parameters[name] = text
        }
        return parameters
    }

    /// The JSON of a successful answer.
    func answer(
        _ read: DeclaredRead, _ filling: Filling, more: [(String, String)] = [], priority: Int = 1
    ) async throws(BackendError) -> JSONValue {
        let response = try await response(read, filling, more: more, priority: priority)
        if let problem = verdict.problem(with: response) { throw problem }
        return try response.json()
    }

    /// Reads a list in all its parts; one that moved meanwhile is read once more.
    func list(_ resource: DeclaredResource, priority: Int = 1) async throws(BackendError) -> ReadList {
        let first = try await parts(of: resource, priority)
        guard first.repeated > 0, first.gap == nil else { return first }
        var second = try await parts(of: resource, priority)
        if second.repeated > 0, second.gap == nil {
            let rows = Quantity.count(second.repeated)
            second.gap = "\(rows) rows came twice: the list moved while it was read, or id or paging is wrong"
        }
        return second
    }

    private func parts(of resource: DeclaredResource, _ priority: Int) async throws(BackendError) -> ReadList
    {
        var listing = ReadList()
        var more = resource.paging.first
        var asked: Set<String> = [PercentEncoding.query(more)]
        var seen: Set<String> = []
        for part in 0..<Self.mostParts {
            let response = try await response(
                resource.read, Filling(now: now), more: more, priority: priority)
            // Some servers have no part behind the last.
            if part > 0, response.status == 404, resource.paging.isCounted, listing.lacksTotal {
                return listing
            }
            if let problem = verdict.problem(with: response) { throw problem }
            let root = try response.json()
            let rows = try rows(of: resource, in: root)
            listing.rows += rows
            var fresh = rows.count
            if resource.paging.isCounted {
                fresh = rows.count { row in
                    identity(of: row, resource).map { seen.insert($0).inserted } ?? true
                }
                if part > 0 { listing.isSliced = true }
                listing.repeated += rows.count - fresh
            }
            let state = PagingState(
                got: rows.count, fresh: fresh, all: listing.rows.count,
                distinct: listing.rows.count - listing.repeated,
                part: part, place: resource.read.place)
            let (step, lacksTotal) = resource.paging.next(after: root, state)
            listing.lacksTotal = lacksTotal
            switch step {
            case .end(let gap):
                listing.gap = gap
                return listing
            case .more(let query):
                guard asked.insert(PercentEncoding.query(query)).inserted else {
                    listing.gap = "the server's parts lead nowhere after \(listing.rows.count) rows"
                    return listing
                }
                more = query
            }
        }
        listing.gap = "more than \(Self.mostParts) parts: check paging"
        return listing
    }

    /// The rows of an answer.
    private func rows(of resource: DeclaredResource, in root: JSONValue) throws(BackendError) -> [JSONValue] {
        try rows(of: resource, in: root, at: resource.rows, resource.read)
    }

    func rows(
        of resource: DeclaredResource, in root: JSONValue, at pointer: Pointer, _ read: DeclaredRead
    ) throws(BackendError) -> [JSONValue] {
        let place = "\(Self.shown(pointer)) (\(read.place))"
        switch pointer.match(in: root) {
        case .value(let value):
            if resource.isSingle {
                if value.kind == .object, identity(of: value, resource) != nil { return [value] }
                throw BackendError(
                    .invalid, "the answer has no object at \(place): check url, and rows in the file")
            }
            if let array = value.array { return Array(array) }
            throw BackendError(
                .invalid, "the answer has no list at \(place): check url, and rows in the file")
        case .nothing, .foreign:
            throw BackendError(
                .invalid, "the answer has nothing at \(place): check url, and rows in the file")
        }
    }

    /// Reads one entity by itself, or finds it in its list; nil for one that is not there.
    func row(_ entity: EntityRef, in listing: ReadList? = nil) async throws(BackendError) -> JSONValue? {
        let resource = try resource(entity.kind)
        if let item = resource.item {
            let response = try await response(item.read, Filling(id: entity.id, now: now), priority: 0)
            // A page about 404 is of something before the API and says nothing of the entity.
            if response.status == 404, (try? response.json()) != nil { return nil }
            if let problem = verdict.problem(with: response) { throw problem }
            let root = try response.json()
            guard let row = item.at.value(in: root) else {
                throw BackendError(
                    .invalid, "the answer has nothing at \(Self.shown(item.at)) (\(item.read.place))")
            }
            guard identity(of: row, resource) == entity.id else {
                throw BackendError(
                    .invalid, "the answer is about something else than \(entity.kind) asked for")
            }
            return row
        }
        let found: ReadList
        if let listing { found = listing } else { found = try await list(resource, priority: 0) }
        if let row = found.rows.first(where: { identity(of: $0, resource) == entity.id }) { return row }
        if let gap = found.gap { throw BackendError(.invalid, "the list is not whole: \(gap)") }
        return nil
    }

    /// What tells a row from others; nil where it does not say it.
    func identity(of row: JSONValue, _ resource: DeclaredResource) -> String? {
        switch resource.identity {
        case .template(let template):
            return Filling(row: row).text(template).flatMap { $0.isEmpty ? nil : $0 }
        case .digest(let pointers):
            let values = pointers.compactMap { $0.value(in: row) }
            // What lacks a part could be taken for another row.
            guard values.count == pointers.count else { return nil }
            return Digest.text(
                of: values.count == 1 ? JSONTree(values[0]) : .array(values.map { JSONTree($0) }))
        }
    }
}
