public import Domain
internal import HTTP
internal import JSON

extension Browser {
    /// The catalogue as a list like any other: a row for each path.
    public static let resource = ResourceDescriptor(
        .collection, plural: "paths", pane: .browse,
        fields: [
            Field(.name, "Name", .text, width: 20...40, priority: 1),
            Field("section", "Section", .word, width: 8...18, priority: 3),
            Field("path", "Path", .text, width: 24...60, priority: 2),
            Field("methods", "Methods", .word, width: 4...22, priority: 4),
            Field("offered", "Offered", .word, width: 3...7, priority: 6),
            Field(.note, "Note", .text, width: 10...40, priority: 7),
            Field("function", "Function", .text, width: 10...30, priority: nil),
            Field("rank", "Rank", .integer, width: 5...6, priority: nil),
        ], interval: 3_600, order: [SortKey("rank")], isOnDemand: true)

    /// Lists the catalogue, with what the server itself says that it has.
    func refresh(into sink: any SnapshotSink) async {
        sink.add(catalogueTable(offering: nil), covering: .everything)
        if let root = await root() { sink.add(catalogueTable(offering: root), covering: .everything) }
    }

    /// The paths and the names of functions that the server's root document has; nil where it has none.
    private func root() async -> (paths: Set<String>, names: Set<String>)? {
        let entry = catalogue.entries.filter { $0.isWhole && $0.isReadable }
            .min { $0.template.description.utf8.count < $1.template.description.utf8.count }
        guard let entry, entry.template.description.split(separator: "/").count <= 1,
            let response = try? await read(ReadRequest(entry.template, priority: 2)), response.isSuccess,
            let members = (try? response.json())?.object
        else { return nil }
        var paths: Set<String> = []
        var names: Set<String> = []
        let links = BrowseLinks(browser: self)
        for (key, value) in members {
            names.insert(key)
            if let text = value.string, let place = links.place(ofAddress: text) {
                paths.insert(BrowseAddress(place.id).path)
            }
        }
        return paths.isEmpty && !catalogue.entries.contains { $0.names.contains { names.contains($0) } }
            ? nil : (paths, names)
    }

    private func catalogueTable(offering root: (paths: Set<String>, names: Set<String>)?) -> Table {
        var builder = TableBuilder(Self.resource, settings.id, capacity: catalogue.entries.count)
        let hasNames = catalogue.entries.contains { !$0.name.isEmpty }
        for (place, entry) in catalogue.entries.enumerated() {
            let path = entry.template.description
            let isRead = entry.isReadable || entry.isAskedByPost
            let kind: ResourceKind =
                isRead ? catalogue.isCollection(entry) ? .collection : .resource : .operation
            builder.begin(EntityRef(settings.id, kind, id: path))
            builder.set(0, text: entry.title)
            builder.set(1, text: entry.section)
            builder.set(2, text: path)
            builder.set(3, text: entry.methods.map(\.rawValue).joined(separator: " "))
            if let root {
                let isTop = entry.isWhole && path.split(separator: "/").count <= 2
                if hasNames, !entry.name.isEmpty {
                    builder.set(4, text: entry.names.contains { root.names.contains($0) } ? "yes" : "no")
                } else if !hasNames, isTop, path.split(separator: "/").count == 2 {
                    builder.set(4, text: root.paths.contains(path) ? "yes" : "no")
                }
            }
            builder.set(
                5,
                text: entry.actsByGet
                    ? "acts by GET: never read" + (entry.note.isEmpty ? "" : "; \(entry.note)") : entry.note)
            builder.set(6, text: entry.name)
            // A server's paths stay together, in the document's order; what can be opened at once comes first.
            let server = Int64(settings.id.index) * 10_000
            builder.set(7, integer: server + (entry.isWhole && isRead ? 0 : 5_000) + Int64(place))
        }
        return builder.finish()
    }
}
