extension LibreNMSCall {
    /// `GET /bgp`: the sessions of a device, or all of them when it is not known.
    func listSessions() -> Reply {
        let wanted = query["hostname"].flatMap { view.device(named: $0) }
        let rows = view.network.sessions.filter { session in
            view.watches(session.device) && (wanted == nil || wanted?.index == session.device)
        }.map { SessionRow(session: $0, view: view) }
        return list("bgp_sessions", rows.filter(isWanted), SessionRow.schema)
    }

    /// What newer releases can filter sessions by.
    private func isWanted(_ row: SessionRow) -> Bool {
        guard release.isModern else { return true }
        func agrees(_ name: String, _ value: String) -> Bool {
            query[name].map { $0.isEmpty || $0 == value } ?? true
        }
        return agrees("asn", "64512") && agrees("remote_asn", String(row.session.remoteAS))
            && agrees("bgp_state", row.state) && agrees("bgp_adminstate", "start")
            && agrees("bgp_family", row.session.identifier.contains(":") ? "6" : "4")
            && agrees("remote_address", row.session.identifier)
    }

    /// `GET /bgp/:id`: a list of one.
    func getSession() -> Reply {
        guard let id = Int(self["id"]) else { return failed(400, "Invalid id has been provided") }
        let found = view.network.sessions.first { $0.id == id && view.watches($0.device) }
        guard let found else { return failed(404, "BGP peer \(id) does not exist") }
        return list("bgp_session", [SessionRow(session: found, view: view)], SessionRow.schema)
    }

    /// `GET /devices/:hostname/vlans`: an empty list is no error.
    func vlans() -> Reply {
        guard let device else {
            if release.isModern { return failed(404, "Device \(self["hostname"]) not found") }
            return json(
                404,
                ["status": "error", "0": .text("Device \(self["hostname"]) not found")])
        }
        return list("vlans", vlans(of: device), VLANRow.schema, old: [.count])
    }

    /// The VLANs of a device; only switches have any.
    func vlans(of device: DeviceRow) -> [VLANRow] {
        let names = [(1, "default"), (10, "users"), (20, "voice"), (100, "Größe ✓ <mgmt>")]
        let isSwitch = [.access, .aggregation].contains(device.device.role)
        var rows = isSwitch ? Array(names.prefix(2 + device.index % 3)) : []
        if device.addition == nil, view.network.largestSwitches.contains(device.index) {
            let more = (101...).prefix(max(view.world.extent.vlans - names.count, 0))
            rows = names + more.map { ($0, $0 % 97 == 0 ? "" : "cust-\($0)") }
        }
        return rows.map { VLANRow(number: $0.0, name: $0.1) }
    }

    /// `GET /devices/:hostname/graphs`: two are built in and there for every device, known or not.
    func graphs() -> Reply {
        let ping = release.isModern ? "device_icmp_perf" : "device_ping_perf"
        var graphs = [("Poller Time", "device_poller_perf"), ("Ping Response", ping)]
        if let device {
            graphs.append(("Total Traffic", "device_bits"))
            graphs.append(("Ping Response", "device_ping_perf"))
            graphs.append(("Poller Time", "device_poller_perf"))
            if device.device.role != .power { graphs.append(("Processor Usage", "device_processor")) }
            graphs.append(("System Uptime", "device_uptime"))
        }
        let rows = graphs.map { ["desc": .text($0.0), "name": .text($0.1)] as Value }
        return list("graphs", .list(rows), count: rows.count)
    }

    /// `GET /oxidized`: a bare list, which newer releases keep from those who may only look.
    func oxidized() -> Reply {
        if release.isModern, role != .admin {
            return Self.compact(403, message: "This action is unauthorized.")
        }
        let rows = view.devices.filter { row in
            !row.isDisabled && !row.isIgnored && !row.device.isOdd
                && parameters["hostname"].map { $0 == row.device.hostname } ?? true
        }
        let schema = Schema<DeviceRow>([
            Column("hostname", in: .all) { .text($0.device.hostname) },
            Column("os", in: .old) { .text(orNull: $0.device.identity.oldOS) },
            Column("os", in: .list) { .text(orNull: $0.device.identity.os) },
            Column("ip", in: .list) { .text($0.device.address) },
        ])
        return json(200, Column.rows(rows, count: rows.count, schema.columns(in: release.listShape)))
    }
}

/// A BGP session with the state it is in.
struct SessionRow: Sendable {
    let session: Network.Session
    let view: WorldView

    var state: String { isDown ? "active" : "established" }

    private var isDown: Bool {
        Life.peering.episodes(of: session.id, near: view.tick, view.network.noise)
            .contains { $0.covers(view.tick) }
    }

    static let schema = Schema<SessionRow>([
        Column("bgpPeer_id", in: .all) { .integer($0.session.id) },
        Column("device_id", in: .all) { .integer($0.session.device + 1) },
        Column("vrf_id", in: .modern) { _ in .null },
        Column("astext", in: .all) { .text($0.session.name) },
        Column("bgpPeerIdentifier", in: .all) { .text($0.session.identifier) },
        Column("bgpPeerRemoteAs", in: .all) { .integer($0.session.remoteAS) },
        Column("bgpPeerState", in: .all) { .text($0.state) },
        Column("bgpPeerAdminStatus", in: .all) { _ in .text("start") },
        Column("bgpPeerLastErrorCode", in: .modern) { _ in .null },
        Column("bgpPeerLastErrorSubCode", in: .modern) { _ in .null },
        Column("bgpPeerLastErrorText", in: .modern) { _ in .null },
        Column("bgpPeerIface", in: .modern) { _ in .null },
        Column("bgpLocalAddr", in: .all) { .text($0.session.localAddress) },
        Column("bgpPeerRemoteAddr", in: .all) { .text($0.session.peer) },
        Column("bgpPeerDescr", in: .modern) { row in
            if let written = row.view.register.edits["bgp"]?.written[row.session.id]?["bgpPeerDescr"] {
                return written.value
            }
            return .text(row.session.id % 4 == 2 ? "Peer – Übergabe" : "")
        },
        Column("bgpPeerInUpdates", in: .all) { .integer($0.session.id * 5_171 + $0.view.tick) },
        Column("bgpPeerOutUpdates", in: .all) { .integer($0.session.id * 911 + $0.view.tick / 3) },
        Column("bgpPeerInTotalMessages", in: .all) { .integer($0.session.id * 91_117 + $0.view.tick * 2) },
        Column("bgpPeerOutTotalMessages", in: .all) { .integer($0.session.id * 71_993 + $0.view.tick) },
        Column("bgpPeerFsmEstablishedTime", in: .all) {
            .integer($0.isDown ? $0.view.tick % 300 : 900_000 + $0.session.id * 7_919 + $0.view.tick)
        },
        Column("bgpPeerInUpdateElapsedTime", in: .all) { .integer($0.view.tick % 900) },
        Column("context_name", in: .all) { _ in .text("") },
    ])
}

/// A VLAN of a switch.
struct VLANRow: Sendable {
    let number: Int
    let name: String

    static let schema = Schema<VLANRow>([
        Column("vlan_vlan", in: .all) { .integer($0.number) },
        Column("vlan_domain", in: .all) { _ in .integer(1) },
        Column("vlan_name", in: .all) { .text($0.name) },
        Column("vlan_type", in: .all) { _ in .text("ethernet") },
        Column("vlan_mtu", in: .old) { $0.number == 1 ? .integer(1_500) : .null },
        Column("vlan_state", in: .modern) { _ in .integer(1) },
    ])
}
