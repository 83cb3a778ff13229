internal import AdapterKit
internal import Domain
internal import JSON

extension DeclaredServer {
    var searches: [SearchDescriptor] {
        description.resources.compactMap { resource in
            resource.search.map { SearchDescriptor(resource.descriptor.kind, $0.words) }
        }
    }

    func search(_ kind: ResourceKind, _ text: String) async throws(BackendError) -> Table {
        let resource = try resource(kind)
        guard let search = resource.search else {
            throw BackendError(.unsupported, "\(description.title) can't search a \(kind)")
        }
        let filling = Filling(now: now, text: text)
        let root = try await answer(search.read, filling, priority: 0)
        let rows = try rows(of: resource, in: root, at: search.rows, search.read)
        // What was searched for is shown whatever else the list would leave out.
        var writer = writer(resource.unfiltered, rows: rows.count)
        for row in rows {
            writer.add(row, id: row.kind == .object ? identity(of: row, resource) : nil, isSliced: false)
        }
        return writer.finish()
    }
}
