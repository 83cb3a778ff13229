extension LibreNMSCall {
    /// `GET /devices/:hostname/components`: an object by number; of none null in 2016, and no key at all today.
    func components() -> Reply {
        let rows = device.map { Self.components(of: $0) } ?? []
        let object = Value.object(rows.map { .init(String($0.id), $0.value) })
        guard release.isModern else {
            return list("components", rows.isEmpty ? .null : object, count: rows.count)
        }
        guard !rows.isEmpty else { return json(200, .object([.init("status", .text("ok"))])) }
        return list("components", object, count: rows.count)
    }

    private static func components(of row: DeviceRow) -> [(id: Int, value: Value)] {
        guard row.addition == nil, row.device.role == .core, !row.device.isOdd else { return [] }
        return (0..<2).map { number in
            let value = Value.object([
                .init("type", .text("ntp")), .init("label", .text("192.0.2.\(number + 20)")),
                .init("status", .integer(0)), .init("ignore", .integer(0)), .init("disabled", .integer(0)),
                .init("error", .text("")), .init("peer", .text("192.0.2.\(number + 20)")),
                .init("stratum", .text("2")),
            ])
            return (row.index * 4 + number + 1, value)
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
        let devices = parameters["hostname"] == nil ? view.devices : device.map { [$0] } ?? []
        let rows = devices.filter { $0.addition == nil && $0.device.role == .server && !$0.device.isOdd }
            .map { (row: $0, state: state(ofServiceAt: $0)) }
            .filter { pair in query["state"].flatMap { Int($0) }.map { $0 == pair.state } ?? true }
            .map { Value.object(Self.service($0.row, $0.state)) }
        return list("services", .list([.list(rows)]), count: 1)
    }

    private func state(ofServiceAt row: DeviceRow) -> Int {
        Life.service.episodes(of: row.index, near: view.tick, view.network.noise)
            .contains { $0.covers(view.tick) } ? 2 : 0
    }

    private static func service(_ row: DeviceRow, _ state: Int) -> [Value.Member] {
        [
            .init("service_id", .integer(row.index + 1)), .init("device_id", .integer(row.device.id)),
            .init("service_ip", .text(row.device.address)), .init("service_type", .text("http")),
            .init("service_desc", .text("web front end")), .init("service_param", .text("-S")),
            .init("service_ignore", .integer(0)), .init("service_status", .integer(state)),
            .init("service_changed", .integer(row.view.time(row.view.tick - row.view.tick % 300))),
            .init("service_message", .text(state == 0 ? "HTTP OK: 200" : "CRITICAL - Socket timeout")),
            .init("service_disabled", .integer(0)), .init("service_ds", .null),
            .init("service_template_id", .integer(0)), .init("service_name", .null),
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
