extension LibreNMSCall {
    /// `GET /devices/:hostname/components`: an object by number; of none null in 2016, and no key at all today.
    func components() -> Reply {
        let rows = device.map { components(of: $0) } ?? []
        let object = Value.object(rows.map { .init(String($0.id), $0.value) })
        guard release.isModern else {
            return list("components", rows.isEmpty ? .null : object, count: rows.count)
        }
        guard !rows.isEmpty else { return json(200, ["status": "ok"]) }
        return list("components", object, count: rows.count)
    }

    private func components(of row: DeviceRow) -> [(id: Int, value: Value)] {
        let isPlain = row.addition != nil || row.device.role != .core || row.device.isOdd
        let own = (isPlain ? 0..<0 : 0..<2).map { number -> (id: Int, value: Value) in
            let peer = Value.text("192.0.2.\(number + 20)")
            return (
                row.index * 4 + number + 1,
                [
                    "type": "ntp", "label": peer, "status": 0, "ignore": 0, "disabled": 0, "error": "",
                    "peer": peer,
                    "stratum": "2",
                ]
            )
        }
        guard let edits = view.register.edits["components"] else { return own }
        let kept = own.filter { !edits.removed.contains($0.id) }.map { id, value -> (id: Int, value: Value) in
            let written = edits.written[id] ?? [:]
            return (
                id,
                .object(
                    value.members.map { .init($0.key, written[$0.key]?.value(like: $0.value) ?? $0.value) })
            )
        }
        let added = edits.added.sorted().filter { edits.written[$0]?["device_id"]?.integer == row.device.id }
        return kept
            + added.map { id in
                let fields = (edits.written[id] ?? [:]).filter { $0.key != "device_id" }.sorted {
                    $0.key < $1.key
                }
                return (id, .object(fields.map { .init($0.key, $0.value.value) }))
            }
    }

    /// `GET /services` and `GET /services/:hostname`: a list in a list, for old times' sake.
    func services() -> Reply {
        if let state = query["state"], Int(state) == nil {
            return failed(
                400, "No valid service state provided, valid option is 0=Ok, 1=Warning, 2=Critical")
        }
        if parameters["hostname"] != nil, device == nil {
            return failed(500, "No valid hostname or device id provided")
        }
        let wanted = query["state"].flatMap { Int($0) }
        let rows = rows(of: .services).filter { row in
            (device.map { $0.device.id == row["device_id"].number } ?? true)
                && (wanted.map { $0 == row["service_status"].number } ?? true)
        }
        return list("services", .list([.list(rows)]), count: 1)
    }

    static func service(_ row: DeviceRow) -> Value {
        let view = row.view
        let state =
            Life.service.episodes(of: row.index, near: view.tick, view.network.noise)
                .contains { $0.covers(view.tick) } ? 2 : 0
        return [
            "service_id": .integer(row.index + 1), "device_id": .integer(row.device.id),
            "service_ip": .text(row.device.address), "service_type": "http", "service_desc": "web front end",
            "service_param": "-S", "service_ignore": 0, "service_status": .integer(state),
            "service_changed": .integer(row.view.time(row.view.tick - row.view.tick % 300)),
            "service_message": .text(state == 0 ? "HTTP OK: 200" : "CRITICAL - Socket timeout"),
            "service_disabled": 0, "service_ds": nil, "service_template_id": 0, "service_name": nil,
        ]
    }

    // MARK: Searching ports

    /// `GET /ports/search/:text` in names and labels, or `/ports/search/:fields/:text`.
    ///
    /// A slash in the text divides it, however it is written: what stands before it is then taken for fields.
    func searchPorts() -> Reply {
        var parts = [self["field"], parameters["search"]].compactMap { $0 }
        if parts.count == 1 { parts = parts[0].split(separator: "/", maxSplits: 1).map(String.init) }
        guard let text = parts.last?.lowercased() else { return failed(404, "No ports found") }
        let known = ["ifName", "ifDescr", "ifAlias"]
        let fields = parts.count > 1 ? parts[0].split(separator: ",").map(String.init) : known
        let unknown = fields.filter { PortColumns.schema.column($0, in: .list) == nil }
        guard unknown.isEmpty else {
            return failed(400, "Invalid columns: \(unknown.joined(separator: ","))")
        }
        return foundPorts { port in
            fields.contains { field in
                let value: String? =
                    switch field {
                    case "ifName": port.name
                    case "ifDescr": port.description
                    case "ifAlias": port.alias
                    case "port_id": String(port.id)
                    default: nil
                    }
                return value?.lowercased().contains(text) ?? false
            }
        }
    }

    private func foundPorts(_ isWanted: (Port) -> Bool) -> Reply {
        let asked =
            query["columns"].map { $0.split(separator: ",").map(String.init) } ?? [
                "port_id", "device_id", "ifIndex", "ifName", "ifAlias",
            ]
        guard case .columns(let columns) = PortColumns.schema.select(asked, in: .list) else {
            return failed(400, "Invalid columns: \(asked.joined(separator: ","))")
        }
        let rows = view.deviceIndices.flatMap { index in
            view.network.devices[index].ports.filter { isWanted(view.network.ports[$0]) }
        }.compactMap { view.port(view.network.ports[$0].id) }
        guard !rows.isEmpty else { return failed(404, "No ports found") }
        return list(
            "ports", Column.rows(rows, count: rows.count, columns), count: rows.count, countsWhenModern: false
        )
    }
}
