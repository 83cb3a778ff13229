internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension ResourceKind {
    /// A device whose configuration Oxidized collects.
    static let oxidized: ResourceKind = "oxidized"
}

extension ResourceDescriptor {
    /// What Oxidized is told to collect: `GET /oxidized`.
    static let oxidized = ResourceDescriptor(
        .oxidized, plural: "oxidized", pane: nil,
        fields: [
            Field(.name, "Host", .text, width: 14...40, priority: 0),
            Field("os", "OS", .word, width: 4...16, priority: 1),
            Field("group", "Group", .word, width: 4...16, priority: 2),
            Field("ip", "IP", .text, width: 9...39, priority: 3),
        ],
        interval: 900, order: [SortKey(.name)])
}

extension LibreNMSServer {
    /// Reads the list for Oxidized.
    func refreshOxidized(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        _ = try await dialect()
        let resource = ResourceDescriptor.oxidized
        var builder = TableBuilder(resource, backend)
        var seen: Set<String> = []
        var missing = MissingFields()
        for row in try await oxidizedRows(priority: 1) {
            guard let host = row["hostname"]?.text, !host.isEmpty else {
                missing.note("hostname", of: "hosts")
                continue
            }
            guard seen.insert(host).inserted else { continue }
            builder.begin(entity(.oxidized, host))
            builder.set(resource.place(of: .name), text: host)
            for key in ["os", "group", "ip"] as [FieldKey] {
                builder.set(resource.place(of: key), text: row[key.rawValue]?.text ?? "")
            }
        }
        sink.add(builder.finish(), covering: .everything)
        return missing.completeness
    }

    /// What Oxidized knows of a device.
    func oxidizedDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        _ = try await dialect()
        let rows = try await oxidizedRows(priority: 0)
        guard let row = rows.first(where: { $0["hostname"]?.text == entity.id }) else {
            throw BackendError(.missing, "Oxidized has no \(Cleaning.clean(entity.id)) any more")
        }
        return Detail(
            entity, title: Cleaning.clean(entity.id),
            sections: fields.sections(row, [FieldGroup(title: "Oxidized", takesAll: true)]))
    }

    /// The list, which comes without an envelope.
    func oxidizedRows(priority: Int) async throws(BackendError) -> JSONArray {
        let root = try Verdict.root(of: try await read(Path.oxidized, priority: priority))
        if let array = root.array { return array }
        if let message = Verdict.message(in: root) {
            throw BackendError(.server, "the server says: \(message)")
        }
        throw BackendError(.invalid, "the answer is no list for Oxidized: check that url leads to LibreNMS")
    }
}
