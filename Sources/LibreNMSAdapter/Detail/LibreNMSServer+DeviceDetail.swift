internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// Everything about a device: its own fields at once, then what takes requests of their own.
    func deviceDetail(
        _ entity: EntityRef, _ partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        let dialect = try await dialect()
        guard let row = try await deviceRow(entity.id) else {
            throw BackendError(.missing, "the server has no device \(entity.id) any more")
        }
        var sections = fields.sections(row, Self.deviceGroups)
        if let place = row["location"] {
            replaceLocation(place, row["location_id"]?.id, dialect, in: &sections)
        }
        let host = row["hostname"]?.text
        let detail = Detail(
            entity, title: Cleaning.clean(DeviceName(row).text ?? "device \(entity.id)"), sections: sections)
        return await detail.filled(with: deviceParts(entity.id, host: host ?? "", dialect), partly)
    }

    /// The open alerts of a device that the last list had, as they are now.
    func alertSections(
        _ device: DeviceID, _ dialect: Dialect
    ) async throws(BackendError) -> [Detail.Section] {
        let known = withMemory { $0.alertDevices.filter { $0.value == device }.keys.sorted() }
        if known.isEmpty { return [] }
        let open = try await openAlerts(dialect, priority: 0)
        let lines = withMemory { memory in
            known.compactMap { open[$0] }.map { alert in
                Detail.Line(
                    alert.state.rawValue, .ref(entity(.alert, alert.id), name: memory.rule(of: alert).name),
                    .ref(.alert))
            }
        }
        return lines.isEmpty ? [] : [Detail.Section("Alerts", lines)]
    }

    /// The ports of a device.
    func portSections(_ device: DeviceID, _ dialect: Dialect) async throws(BackendError) -> [Detail.Section] {
        guard let list = try await portList(Path.devicePorts, ["id": device], dialect, priority: 0) else {
            return []
        }
        let table = portRows(dialect).table(list.array, owner: device)
        withMemory { $0.sweep.note(device, ports: table.refs) }
        guard table.count > 0 else { return [] }
        let lines = (0..<table.count).map { row in
            Detail.Line(
                table.text(row, "oper"), .ref(table.refs[row], name: table.name(row)), .ref(.port))
        }
        return [Detail.Section("Ports", lines)]
    }

    /// The name alone of a location that is an object, leading to it where the server lists locations.
    private func replaceLocation(
        _ place: JSONValue, _ id: String?, _ dialect: Dialect, in sections: inout [Detail.Section]
    ) {
        let name = Cleaning.clean(DeviceRows.place(place))
        let id = dialect.offers("list_locations") ? place["id"]?.id ?? id : nil
        for section in sections.indices {
            for line in sections[section].lines.indices where sections[section].lines[line].name == "location"
            {
                sections[section].lines[line] = Detail.Line(
                    "location", id.map { .ref(entity(.location, $0), name: name) } ?? .text(name),
                    id == nil ? .text : .ref(.location))
            }
        }
    }

    private static let deviceGroups = [
        FieldGroup(
            title: "Device",
            keys: [
                "device_id", "hostname", "sysName", "display", "ip", "overwrite_ip", "status",
                "status_reason", "ignore", "disabled", "type", "purpose", "uptime", "notes",
            ]),
        FieldGroup(
            title: "Hardware and software",
            keys: [
                "hardware", "os", "version", "features", "serial", "sysDescr", "sysObjectID", "icon",
                "bgpLocalAs",
            ]),
        FieldGroup(
            title: "Place and contact",
            keys: ["location", "location_id", "lat", "lng", "sysContact", "override_sysLocation"]),
        FieldGroup(
            title: "Polling", keys: ["inserted", "poller_group", "agent_uptime"], prefixes: ["last_"]),
    ]
}
