internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What else hangs on OLTs and CMTSs: short lists, a request each.
extension KrillServer {
    func refreshCable(
        _ resource: ResourceDescriptor, _ template: PathTemplate, into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        var builder = TableBuilder(resource, backend)
        var missing = MissingFields()
        let list = PagedList(template: template, title: resource.plural)
        let arrived = try await readPages(list) { page in
            for row in page.rows where !append(row, resource, to: &builder) {
                missing.note("id", of: resource.plural)
            }
        }
        let completeness = arrived.and(missing.completeness)
        sink.add(builder.finish(), covering: completeness == .complete ? .everything : .page)
        return completeness
    }

    /// False for a row that nothing names.
    private func append(
        _ row: JSONValue, _ resource: ResourceDescriptor, to builder: inout TableBuilder
    ) -> Bool {
        guard let id = row["id"]?.text ?? row["name"]?.text else { return false }
        func place(_ key: FieldKey) -> Int { resource.place(of: key) }
        let online = row["online"]?.int64
        let total = row["modems"]?.int64 ?? row["total"]?.int64
        builder.begin(EntityRef(backend, resource.kind, id: id))
        let status: DeviceStatus? =
            total == 0
            ? .unmonitored : online == nil || (online == 0 && total == nil) ? nil : online == 0 ? .down : .up
        if let status { builder.set(place("oper"), text: status.rawValue) }
        if let cmts = row["cmts"]?.text.map({ Cleaning.clean($0) }) {
            builder.set(place(.device), ref: EntityRef(backend, .device, id: cmts), name: cmts)
        }
        builder.set(place(.name), text: row["name"]?.text ?? id)
        builder.set(place("online"), integer: online)
        let rest = total.flatMap { total in online.map { max(total - $0, 0) } }
        builder.set(place("offline"), integer: row["offline"]?.int64 ?? rest)
        builder.set(place("total"), integer: total)
        builder.set(place("snr_db"), number: row["snr_db"]?.double)
        return true
    }

    /// A row of a short list by its id.
    func plantDetail(
        _ entity: EntityRef, _ template: PathTemplate, _ title: String
    ) async throws(BackendError) -> Detail {
        var found: JSONValue?
        _ = try await readPages(PagedList(template: template, title: title, priority: 0)) { page in
            found = found ?? page.rows.first { ($0["id"]?.text ?? $0["name"]?.text) == entity.id }
        }
        guard let row = found else {
            throw BackendError(.missing, "the server has no \(title) \(Cleaning.clean(entity.id)) any more")
        }
        let name = row["name"]?.text ?? row["serial_number"]?.text ?? entity.id
        return Detail(
            entity, title: Cleaning.clean(name),
            sections: fields.sections(row, [FieldGroup(title: title, keys: ["id", "name"])]))
    }

    func refreshUnconfigured(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let resource = ResourceDescriptor.unconfigured
        func place(_ key: FieldKey) -> Int { resource.place(of: key) }
        var builder = TableBuilder(resource, backend)
        let completeness = try await readUnconfigured { onu in
            builder.begin(EntityRef(backend, .unconfigured, id: onu.id))
            builder.set(place("oper"), text: "waiting")
            if let olt = onu.olt {
                builder.set(place(.device), ref: EntityRef(backend, .device, id: olt), name: olt)
            }
            builder.set(place(.name), text: onu.place ?? onu.serial)
            builder.set(place("serial"), text: onu.serial)
            builder.set(place("hardware"), text: onu.model)
            builder.set(place(.since), time: onu.since)
            builder.set(place("why_not"), text: onu.obstacle ?? "")
        }
        sink.add(builder.finish(), covering: completeness == .complete ? .everything : .page)
        return completeness
    }

    /// `gpon/unconfigured/`: ONUs that nobody has enabled.
    func readUnconfigured(_ take: (UnconfiguredONU) -> Void) async throws(BackendError) -> Completeness {
        var missing = MissingFields()
        let arrived = try await readPages(
            PagedList(template: Path.unconfigured, title: "unconfigured ONUs")
        ) { page in
            for row in page.rows {
                guard let onu = UnconfiguredONU(row) else {
                    missing.note("id", of: "unconfigured ONUs")
                    continue
                }
                take(onu)
            }
        }
        return arrived.and(missing.completeness)
    }
}

/// An ONU that nobody has enabled.
struct UnconfiguredONU: Sendable {
    let id: String
    let serial: String
    let model: String
    let olt: String?
    let place: String?
    let since: Timestamp?
    /// Why it would not be provisioned; nil where nothing stands against it.
    let obstacle: String?
    /// Nil where the server does not say it.
    let isForbidden: Bool?

    /// Nil for a row without an id.
    init?(_ row: JSONValue) {
        guard let id = row["id"]?.text else { return nil }
        self.id = id
        func text(_ key: String) -> String? {
            row[key]?.text.map { Cleaning.clean($0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        serial = text("serial_number") ?? text("sn") ?? "ONU \(id)"
        model = text("model") ?? ""
        olt = text("olt")
        place = text("port")
        since = row["pending_since"]?.string.flatMap {
            CivilTime.parse($0, clock: ServerClock(offset: 0, isCertain: true))
        }
        isForbidden = row["disable_provision"]?.flag
        let parts = [isForbidden == true ? "disable_provision is set" : nil, text("validation_error")]
        let words = parts.compactMap { $0 }.joined(separator: "; ")
        obstacle = words.isEmpty ? nil : words
    }
}
