internal import AdapterKit
internal import Domain
internal import JSON

extension DeclaredServer {
    func refresh(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let resource = try resource(query.kind)
        let listing = try await list(resource)
        var writer = writer(resource, rows: listing.rows.count)
        var wanted: Set<String>?
        if case .only(let entities) = query.scope { wanted = Set(entities.map(\.id)) }
        for row in listing.rows {
            let id = row.kind == .object ? identity(of: row, resource) : nil
            if let wanted, !(id.map(wanted.contains) ?? true) { continue }
            writer.add(row, id: id, isSliced: listing.isSliced)
        }
        var completeness = writer.completeness
        if let gap = listing.gap { completeness = completeness.and(.partial(gap)) }
        let isWhole = listing.gap == nil && !writer.lacksRows && wanted == nil
        let coverage: Coverage = !isWhole ? .page : listing.isSliced ? .slice : .everything
        sink.add(writer.finish(), covering: coverage)
        return completeness
    }

    func detail(
        of entity: EntityRef, partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        let resource = try resource(entity.kind)
        guard let row = try await row(entity) else {
            throw BackendError(.missing, "the server has no such \(entity.kind) any more")
        }
        let fields = fields
        let title =
            resource.descriptor.kind.rawValue.prefix(1).uppercased()
            + resource.descriptor.kind.rawValue.dropFirst()
        let parts = resource.sections.map { section in
            DetailPart(title: section.title) { [self] () async throws(BackendError) in
                let filling = filling(row, entity, resource, answers: [:])
                let root = try await answer(section.read, filling, priority: 0)
                guard let value = section.at.value(in: root) else { return [] }
                let lines = self.fields.lines(of: value, named: section.title)
                return lines.isEmpty ? [] : [Detail.Section(section.title, lines)]
            }
        }
        return await Detail(
            entity, title: name(of: row, entity, resource),
            sections: [
                Detail.Section(title, named(row, entity, resource)),
                Detail.Section("As the server says it", fields.lines(row)),
            ]
        ).filled(with: parts, partly)
    }

    /// The fields of the file, under their titles and in their units.
    private func named(_ row: JSONValue, _ entity: EntityRef, _ resource: DeclaredResource) -> [Detail.Line] {
        let table = shown(row, entity, resource)
        guard table.count == 1 else { return [] }
        // What is one text of many values stands below, each by itself.
        return resource.fields.enumerated().compactMap { place, field in
            if case .words = field.origin { return nil }
            let value = table.value(0, place)
            return value.isNone ? nil : Detail.Line(field.field.title, value, field.field.type)
        }
    }

    /// The row as it is shown.
    private func shown(_ row: JSONValue, _ entity: EntityRef, _ resource: DeclaredResource) -> Table {
        var writer = writer(resource.unfiltered, rows: 1)
        writer.add(row, id: entity.id, isSliced: true)
        return writer.finish()
    }

    /// What an entity is called.
    func name(of row: JSONValue, _ entity: EntityRef, _ resource: DeclaredResource) -> String {
        let table = shown(row, entity, resource)
        let name = table.count == 1 ? table.text(0, resource.descriptor.nameField) : ""
        return name.isEmpty ? Cleaning.clean(entity.id) : name
    }

    /// What requests about a row are filled with.
    func filling(
        _ row: JSONValue, _ entity: EntityRef, _ resource: DeclaredResource, answers: [FieldKey: JSONTree]
    ) -> Filling {
        let table = shown(row, entity, resource)
        return Filling(
            row: row, id: entity.id, name: name(of: row, entity, resource), answers: answers, now: now,
            user: settings.user ?? "nocturne",
            field: { key in table.count == 1 ? table.value(0, key) : .none })
    }

    /// What writes rows of a resource.
    func writer(_ resource: DeclaredResource, rows: Int) -> RowWriter {
        RowWriter(resource, backend, clock, secrets: secrets, rows: rows)
    }

    /// What makes lines of what the server gives.
    var fields: Fields {
        var manners = FieldManners(secrets: secrets, types: [:])
        manners.names = ["name", "title", "alertname", "id"]
        return Fields(
            manners, now: now, time: { [clock] in CivilTime.parse($0, clock: clock) }, link: { _, _ in nil })
    }
}

extension Fields {
    /// Any value as lines.
    func lines(of value: JSONValue, named name: String) -> [Detail.Line] {
        if value.kind == .object { return lines(value) }
        let text = JSONTree(value)
        let wrapped: JSONTree = .object([.init(name, text)])
        return (try? JSONDocument(wrapped.bytes).root).map { lines($0) } ?? []
    }
}

extension DeclaredResource {
    /// The same with all rows, for one that is looked at whatever it is now.
    var unfiltered: DeclaredResource {
        DeclaredResource(
            descriptor, read, rows: rows, isSingle: isSingle, paging: paging, identity: identity,
            fields: fields)
    }
}
