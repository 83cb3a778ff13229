/// Logs, saved configurations and graphs that only today's release has.
extension LibreNMSRoutes {
    static let records: [Route<LibreNMSCall>] = [
        Route("GET", "/api/v0/logs/authlog", "list_authlog") { $0.authLog() },
        Route("GET", "/api/v0/oxidized/config/search/{searchstring}", "search_oxidized") { call in
            guard call.role == .admin else { return call.unauthorized() }
            let rows: [Value] = call.backedUp.filter {
                call.configuration(of: $0).contains(call["searchstring"])
            }
            .map { ["node": .text($0.device.hostname), "full_name": .text($0.device.hostname)] }
            return call.list("nodes", of: rows)
        },
        Route("GET", "/api/v0/oxidized/config/{device_name}", "get_oxidized_config") { call in
            guard call.role == .admin else { return call.unauthorized() }
            guard let row = call.backedUp.first(where: { $0.device.hostname == call["device_name"] }) else {
                return call.failed(404, "Received no data from Oxidized")
            }
            return call.json(200, ["status": "ok", "config": .text(call.configuration(of: row))])
        },
        Route("GET", "/api/v0/devices/{hostname}/services/{id}/graphs/{datasource}", "get_graph_by_service") {
            $0.graphOfService()
        },
        Route("GET", "/api/v0/devices/{hostname}/graphs/wireless/{type}/{sensor_id?}", "get_wireless_graph") {
            $0.graphOfSensor()
        },
        Route("GET", "/api/v0/portgroups/multiport/bits/{id}", "get_graph_by_portgroup_multiport_bits") {
            $0.graphOfPorts()
        },
        Route(
            "GET", "/api/v0/bills/{bill_id}/history/{bill_hist_id}/graphs/{graph_type}",
            "get_bill_history_graph"
        ) { $0.graphOfBill() },
        Route(
            "GET", "/api/v0/bills/{bill_id}/history/{bill_hist_id}/graphdata/{graph_type}",
            "get_bill_history_graphdata"
        ) { $0.billGraphData() },
        writing("POST", "/api/v0/bills", "create_bill") { $0.saveBill() },
        writing("DELETE", "/api/v0/bills/{bill_id}", "delete_bill") { call in
            guard let row = call.row(of: .bills, call["bill_id"]) else {
                return call.failed(400, "Invalid bill id")
            }
            return call.remove(
                row, from: .bills, missing: call.failed(400, "Invalid bill id"),
                call.wordsOnly(200, "Bill has been removed"))
        },
    ]
}

extension LibreNMSCall {
    /// `GET /logs/authlog`: who logged in at the web page, every hour somebody.
    fileprivate func authLog() -> Reply {
        guard role == .admin else { return unauthorized() }
        let hour = floorDivide(view.tick, by: 3_600)
        let lines = (0..<200).reversed().map { AuthLine(number: hour - $0, view: view) }
        return log(lines, AuthLine.schema, number: \.id, tick: \.tick)
    }

    /// The devices of which Oxidized has the configuration.
    fileprivate var backedUp: [DeviceRow] {
        view.devices.filter { !$0.isDisabled && !$0.isIgnored && !$0.device.isOdd && $0.addition == nil }
    }

    /// A configuration as devices print it, with what nobody should read.
    fileprivate func configuration(of row: DeviceRow) -> String {
        var lines = [
            "! Last configuration change by noc",
            "hostname \(row.device.identity.name ?? row.device.hostname)",
            "enable secret 5 s3cret-enable-\(row.device.id)", "snmp-server community s3cret-community RO",
            "username noc privilege 15 password 7 s3cret-login", "!",
        ]
        for index in row.device.ports.prefix(48) {
            let port = view.network.ports[index]
            lines.append("interface \(port.name ?? "unknown")")
            if let alias = port.alias { lines.append(" description \(alias)") }
            if port.rest == .shut { lines.append(" shutdown") }
            lines.append("!")
        }
        return lines.joined(separator: "\n") + "\nend\n"
    }

    /// `POST /bills`: changes the bill that `bill_id` names, else makes one.
    fileprivate func saveBill() -> Reply {
        guard case .object(let members)? = body, !members.isEmpty else {
            return failed(500, "Invalid JSON data")
        }
        var fields = Dictionary(members.map { ($0.key, $0.value) }) { $1 }
        if let ports = fields["ports"]?.numbers {
            if let unknown = ports.first(where: { view.port($0) == nil }) {
                return failed(500, "Port \(unknown) does not exists")
            }
            fields["ports"] = .list(ports.compactMap(view.port).map(Self.counted))
        }
        let known = ["bill_type": ["cdr", "quota"], "dir_95th": ["in", "out", "agg"]]
        for (key, words) in known where fields[key] != nil && !words.contains(fields[key]?.phpText ?? "") {
            return failed(400, "Invalid value for \(key). Allowed: \(words.joined(separator: ","))")
        }
        if let day = fields["bill_day"], !(1...31).contains(day.integer ?? 0) {
            return failed(400, "Invalid value for bill_day. range: 1-31")
        }
        if let row = fields["bill_id"].flatMap({ row(of: .bills, $0.phpText) }) {
            let id = StoredList.bills.id(of: row)
            edit("bills") { $0.write(fields, to: id) }
            return created("bill_id", id, status: 200)
        }
        guard fields["bill_id"] == nil else {
            return failed(500, "Argument bill_id is not allowed on bill create (auto assigned)")
        }
        fields[fields["bill_type"]?.phpText == "quota" ? "bill_cdr" : "bill_quota"] = .integer(0)
        let needed = [
            "bill_name", "bill_type", "bill_cdr", "bill_day", "bill_quota", "bill_custid", "bill_ref",
            "bill_notes",
            "dir_95th",
        ]
        let missing = needed.filter { fields[$0] == nil }
        guard missing.isEmpty else {
            return failed(500, "Missing parameters: " + missing.map { " " + $0 }.joined())
        }
        let complete = fields
        return created("bill_id", edit("bills") { $0.add(complete) }, status: 200)
    }

    /// A port as a bill names it.
    private static func counted(_ row: PortRow) -> Input {
        .object([
            .init(key: "device_id", value: .integer(row.device.device.id)),
            .init(key: "port_id", value: .integer(row.port.id)),
            .init(key: "ifName", value: row.port.name.map(Input.text) ?? .null),
        ])
    }
}

extension StoredList {
    static let bills = StoredList(
        "bills", key: "bill_id",
        usual: .object(
            ["bill_name", "bill_type", "bill_custid", "bill_ref", "bill_notes"].map { .init($0, "") }
                + ["bill_cdr", "bill_day", "bill_quota", "bill_autoadded"].map { .init($0, 0) }
                + ["rate_95th_in", "rate_95th_out", "rate_95th"].map { .init($0, 0) }
                + [.init("dir_95th", "in")]
                + ["total_data", "total_data_in", "total_data_out"].map { .init($0, 0) }
                + ["rate_average_in", "rate_average_out", "rate_average"].map { .init($0, 0) }
                + [.init("bill_last_calc", "0000-00-00 00:00:00")]
                + ["allowed", "used", "percent", "overuse"].map { .init($0, "-") }
                + [.init("ports", .list([]))])
    ) { call in
        let columns = BillColumns.schema.columns(in: call.release.listShape)
        return call.ownBills.map { Column.object(BillRow($0, call.view), columns) }
    }
}

/// A line of the log of logins.
private struct AuthLine: Sendable {
    let number: Int
    let view: WorldView

    var id: Int { number + 1_000_000 }
    var tick: Int { number * 3_600 + number % 17 * 60 }

    static let schema = Schema<AuthLine>([
        Column("id", in: .all) { .integer($0.id) },
        Column("datetime", in: .all) { .time($0.view.time($0.tick)) },
        Column("user", in: .all) { .text(["admin", "noc", "viewer"][abs($0.number) % 3]) },
        Column("address", in: .all) { .text("192.0.2.\(abs($0.number) % 40 + 10)") },
        Column("result", in: .all) { .text($0.number % 9 == 0 ? "Authentication failed" : "Logged In") },
    ])
}
