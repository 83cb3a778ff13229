internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// Everything about a device: its own fields, its open alerts, its ports.
    func deviceDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        let dialect = try await dialect()
        let list = try await rows("devices", Path.device, ["id": entity.id], priority: 0)
        // An unknown device is a row without an id at servers of 2016.
        guard let row = list?.array.first(where: { $0["device_id"]?.text == entity.id }) else {
            throw BackendError(.missing, "the server has no device \(entity.id) any more")
        }
        var sections = fields.sections(row, Self.deviceGroups)
        if let place = row["location"], place.kind == .object {
            Self.replaceLocation(with: DeviceRows.place(place), in: &sections)
        }
        let open = withMemory { $0.alertDevices.filter { $0.value == entity.id }.keys.sorted() }
        if !open.isEmpty { sections.append(await alertSection(open, dialect)) }
        if let ports = try? await portSection(entity.id, dialect) { sections.append(ports) }
        let name = row["display"]?.text.flatMap { $0.isEmpty ? nil : $0 } ?? row["hostname"]?.text
        return Detail(entity, title: Cleaning.clean(name ?? "device \(entity.id)"), sections: sections)
    }

    /// Fields with the links that this adapter knows.
    var fields: Fields {
        let (clock, names, rules) = withMemory { ($0.usableClock, $0.deviceNames, $0.rules) }
        return Fields(clock: clock) { key, id in
            switch key {
            case "device_id":
                .ref(self.entity(.device, id), name: names[id] ?? "device \(Cleaning.clean(id))")
            case "rule_id":
                .ref(
                    self.entity(.rule, id),
                    name: rules[id].map { Cleaning.clean($0.name) } ?? "rule \(Cleaning.clean(id))")
            default: nil
            }
        }
    }

    private func alertSection(_ ids: [AlertID], _ dialect: Dialect) async -> Detail.Section {
        let open = try? await openAlerts(dialect, priority: 0)
        let lines = withMemory { memory in
            ids.map { id in
                let alert = open?[id]
                let name = alert.map { memory.rule(of: $0).name } ?? "alert \(id)"
                return Detail.Line(
                    alert?.state.rawValue ?? "open", .ref(entity(.alert, id), name: name), .ref(.alert))
            }
        }
        return Detail.Section("Alerts", lines)
    }

    private func portSection(_ device: DeviceID, _ dialect: Dialect) async throws(BackendError) -> Detail
        .Section?
    {
        guard let list = try await portList(Path.devicePorts, ["id": device], dialect, priority: 0) else {
            return nil
        }
        let table = portRows(dialect).table(list.array, owner: device)
        withMemory { $0.sweep.note(device, ports: table.refs) }
        guard table.count > 0 else { return nil }
        let lines = (0..<table.count).map { row in
            Detail.Line(
                table.text(row, "oper"), .ref(table.refs[row], name: table.name(row)), .ref(.port))
        }
        return Detail.Section("Ports", lines)
    }

    private static func replaceLocation(with text: String, in sections: inout [Detail.Section]) {
        for section in sections.indices {
            for line in sections[section].lines.indices where sections[section].lines[line].name == "location"
            {
                sections[section].lines[line].value = .text(Cleaning.clean(text))
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
