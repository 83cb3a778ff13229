internal import HTTP

extension LibreNMSCall {
    /// `GET /devices/:hostname/ports`: only names unless `columns` says more.
    func portsOfDevice() -> Reply {
        let device = device
        guard release.isModern else {
            guard let device, case .columns(let columns) = oldColumns(usually: "ifName") else {
                return list("ports", .list([]), count: 0)
            }
            return ports(view.ports(of: device), count: device.device.ports.count, columns)
        }
        guard let device, !device.device.ports.isEmpty else { return failed(404, "No ports found") }
        return withModernColumns(usually: ["ifName"]) { columns in
            ports(view.ports(of: device), count: device.device.ports.count, columns)
        }
    }

    /// `GET /devices/:hostname/ports/:ifName`: one port as an object.
    func portOfDevice() -> Reply {
        // The old release decodes what the server has decoded before, a plus included.
        let name =
            release.isModern ? self["ifname"] : PercentEncoding.decode(self["ifname"], plusIsSpace: true)
        let found = device.flatMap { device in view.ports(of: device).first { $0.port.name == name } }
        guard release.isModern else {
            guard let found, case .columns(let columns) = oldColumns(usually: "*") else {
                return list("port", .null, count: 0, old: [])
            }
            return list("port", Column.object(found, columns), count: 0, old: [])
        }
        guard let found else {
            return list("port", .object(PortColumns.nothing), count: PortColumns.nothing.count)
        }
        let all = PortColumns.schema.columns(in: .list).map(\.name)
        return withModernColumns(usually: all) { columns in
            let columns = columns + PortColumns.computed
            return list("port", Column.object(found, columns), count: columns.count)
        }
    }

    /// `GET /ports`: every port of the server.
    func allPorts() -> Reply {
        withModernColumns(usually: ["port_id", "ifName"]) { columns in
            ports(view.ports, count: 0, columns)
        }
    }

    /// `GET /ports/:id`: a list, empty when there is no such port.
    func port() -> Reply {
        let rows = Int(self["portid"]).flatMap(view.port).map { [$0] } ?? []
        return list(
            "port", Column.rows(rows, count: rows.count, PortColumns.schema.columns(in: .list)),
            count: rows.count, countsWhenModern: false)
    }

    private func ports(
        _ rows: some Sequence<PortRow> & Sendable, count: Int, _ columns: [Column<PortRow>]
    ) -> Reply {
        list("ports", Column.rows(rows, count: count, columns), count: count, countsWhenModern: false)
    }

    // MARK: Columns

    /// The newer release looks at each name; a space before one is more than it can bear.
    private func withModernColumns(
        usually names: [String], _ answer: ([Column<PortRow>]) -> Reply
    ) -> Reply {
        let asked = query["columns"].map { $0.split(separator: ",").map(String.init) }
        if let asked, asked.contains(where: { $0.hasPrefix(" ") }) { return broken() }
        switch PortColumns.schema.select(asked ?? names, in: .list) {
        case .columns(let columns): return answer(columns)
        case .unknown(let names): return failed(400, "Invalid columns: \(names.joined(separator: ", "))")
        }
    }

    /// The old release hands the names to the database: a star is all, a reserved word is an error.
    private func oldColumns(usually: String) -> Schema<PortRow>.Selection {
        let asked = query["columns"] ?? usually
        if asked.trimmingSpaces == "*" { return .columns(PortColumns.schema.columns(in: .old)) }
        let names = asked.split(separator: ",").map { $0.trimmingSpaces }
        if names.contains("ignore") { return .unknown(["ignore"]) }
        return PortColumns.schema.select(names.map { $0.filter { $0 != "`" } }, in: .old)
    }
}

extension StringProtocol {
    var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
