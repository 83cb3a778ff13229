internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// Reads the services of all devices.
    func refreshServices(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let rows = try await serviceRows(Path.services, priority: 1)
        let resource = ResourceDescriptor.service
        var builder = TableBuilder(resource, backend)
        var missing = MissingFields()
        for row in rows {
            guard let id = row["service_id"]?.id else {
                missing.note("service_id", of: "services")
                continue
            }
            builder.begin(entity(.service, id))
            if let device = row["device_id"]?.text {
                builder.set(
                    resource.place(of: .device), ref: entity(.device, device),
                    name: withMemory { $0.name(ofDevice: device, host: nil) })
            }
            builder.set(resource.place(of: .name), text: Self.serviceName(row))
            builder.set(resource.place(of: "type"), text: row["service_type"]?.text ?? "")
            builder.set(resource.place(of: "message"), text: row["service_message"]?.text ?? "")
            builder.set(resource.place(of: "ip"), text: row["service_ip"]?.text ?? "")
            builder.set(
                resource.place(of: .since),
                time: row["service_changed"]?.int64.flatMap { $0 > 0 ? Timestamp($0) : nil })
            if let word = Self.serviceStatus(row) { builder.set(resource.place(of: .status), text: word) }
        }
        sink.add(builder.finish(), covering: .everything)
        return missing.completeness
    }

    /// Everything about a service: the server gives them by device, so its row is looked for among all.
    func serviceDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        let rows = try await serviceRows(Path.services, priority: 0)
        guard let row = rows.first(where: { $0["service_id"]?.text == entity.id }) else {
            throw BackendError(.missing, "the server has no service \(Cleaning.clean(entity.id)) any more")
        }
        var first = Detail.Section("Service", [])
        if let word = Self.serviceStatus(row) {
            first.lines.append(Detail.Line("status", .text(word), .severity))
        }
        if let changed = row["service_changed"]?.int64, changed > 0 {
            first.lines.append(Detail.Line("since", .time(Timestamp(changed)), .time))
        }
        let group = FieldGroup(title: "Fields", takesAll: true)
        return Detail(
            entity, title: Cleaning.clean(Self.serviceName(row)),
            sections: [first].filter { !$0.lines.isEmpty } + fields.sections(row, [group]))
    }

    /// The services of a device that are not well first; what they are called leads to each.
    func serviceSections(_ device: DeviceID) async throws(BackendError) -> [Detail.Section] {
        let rows = try await serviceRows(Path.deviceServices, ["hostname": device], priority: 0)
        let lines = rows.filter { $0["device_id"]?.text == device }.map { row in
            let words = [Self.serviceName(row), row["service_message"]?.text ?? ""].filter { !$0.isEmpty }
            let name = Cleaning.clean(words.joined(separator: "  "))
            let status = Self.serviceStatus(row) ?? "?"
            // One without a number leads nowhere, and is there all the same.
            guard let id = row["service_id"]?.id else { return Detail.Line(status, .text(name)) }
            return Detail.Line(status, .ref(entity(.service, id), name: name), .ref(.service))
        }
        let isWell = { (line: Detail.Line) in line.name == Severity.ok.word }
        let sorted = lines.filter { !isWell($0) } + lines.filter(isWell)
        return sorted.isEmpty ? [] : [Detail.Section("Services (\(Quantity.count(sorted.count)))", sorted)]
    }

    /// The rows of a list in a list, which the server has for old times' sake.
    private func serviceRows(
        _ path: PathTemplate, _ parameters: [String: String] = [:], priority: Int
    ) async throws(BackendError) -> [JSONValue] {
        guard let list = try await rows("services", path, parameters, priority: priority) else { return [] }
        return list.array.flatMap { entry in entry.array.map { Array($0) } ?? [entry] }
    }

    private static func serviceName(_ row: JSONValue) -> String {
        let names = ["service_name", "service_desc", "service_type"].compactMap { row[$0]?.text }
        return names.first { !$0.isEmpty } ?? "service \(row["service_id"]?.text ?? "")"
    }

    /// The word of a status: one that is switched off or ignored keeps the last it had, so that comes first.
    ///
    /// - Returns: nil where the server leaves out what it is by.
    private static func serviceStatus(_ row: JSONValue) -> String? {
        guard let isDisabled = row["service_disabled"]?.bit else { return nil }
        if isDisabled { return DeviceStatus.disabled.rawValue }
        guard let isIgnored = row["service_ignore"]?.bit else { return nil }
        if isIgnored { return DeviceStatus.ignored.rawValue }
        return row["service_status"]?.int64.flatMap { Severity(check: $0) }?.word
    }
}
