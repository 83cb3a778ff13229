extension LibreNMSCall {
    /// `GET /bgp`: the sessions of a device, or all of them when it is not known.
    func listSessions() -> Reply {
        let wanted = query["hostname"].flatMap { view.device(named: $0) }
        let rows = view.network.sessions.filter { session in
            view.watches(session.device)
                && (wanted == nil || wanted?.index == session.device)
        }
        return list("bgp_sessions", rows.map { SessionRow(session: $0, view: view) }, SessionRow.schema)
    }

    /// `GET /devices/:hostname/vlans`: an empty list is no error.
    func vlans() -> Reply {
        guard let device else {
            if release.isModern { return failed(404, "Device \(self["hostname"]) not found") }
            return json(
                404,
                .object([
                    .init("status", .text("error")),
                    .init("0", .text("Device \(self["hostname"]) not found")),
                ]))
        }
        let names = [(1, "default"), (10, "users"), (20, "voice"), (100, "Größe ✓ <mgmt>")]
        let isSwitch = [.access, .aggregation].contains(device.device.role)
        let rows = isSwitch ? names.prefix(2 + device.index % 3) : []
        return list("vlans", rows.map { VLANRow(number: $0.0, name: $0.1) }, VLANRow.schema, old: [.count])
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
        let rows = graphs.map { Value.object([.init("desc", .text($0.0)), .init("name", .text($0.1))]) }
        return list("graphs", .list(rows), count: rows.count)
    }

    /// `GET /oxidized`: a bare list, which newer releases keep from those who may only look.
    func oxidized() -> Reply {
        if release.isModern, role != .admin {
            return Self.compact(403, message: "This action is unauthorized.")
        }
        let rows = view.devices.filter { !$0.isDisabled && !$0.isIgnored && !$0.device.isOdd }
        let schema = Schema<DeviceRow>([
            Column("hostname", in: .all) { .text($0.device.hostname) },
            Column("os", in: .old) { .text(orNull: $0.device.identity.oldOS) },
            Column("os", in: .list) { .text(orNull: $0.device.identity.os) },
            Column("ip", in: .list) { .text($0.device.address) },
        ])
        return json(200, Column.rows(rows, count: rows.count, schema.columns(in: release.listShape)))
    }

    /// `GET /inventory/:hostname`: one level of the tree; the old release forgets to ask for the device.
    func inventory() -> Reply {
        guard let device else {
            let isNumber = Int(self["hostname"]) != nil
            if isNumber, release.isModern { return list("inventory", .list([]), count: 0) }
            if !isNumber {
                let message = "Device \(self["hostname"]) not found"
                return failed(release.isModern ? 400 : 500, message, inErrorText: true)
            }
            return inventory(of: view.devices)
        }
        return inventory(of: release.isModern ? [device] : view.devices)
    }

    private func inventory(of devices: [DeviceRow]) -> Reply {
        let parent = query["entPhysicalContainedIn"].flatMap { Int($0) } ?? 0
        let rows = devices.flatMap(InventoryItem.tree).filter { item in
            item.containedIn == parent && query["entPhysicalClass"].map { $0 == item.kind } ?? true
        }
        return list("inventory", rows, InventoryItem.schema)
    }
}

/// A BGP session with the state it is in.
struct SessionRow: Sendable {
    let session: Network.Session
    let view: WorldView

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
        Column("bgpPeerState", in: .all) { .text($0.isDown ? "active" : "established") },
        Column("bgpPeerAdminStatus", in: .all) { _ in .text("start") },
        Column("bgpPeerLastErrorCode", in: .modern) { _ in .null },
        Column("bgpPeerLastErrorSubCode", in: .modern) { _ in .null },
        Column("bgpPeerLastErrorText", in: .modern) { _ in .null },
        Column("bgpPeerIface", in: .modern) { _ in .null },
        Column("bgpLocalAddr", in: .all) { .text($0.session.localAddress) },
        Column("bgpPeerRemoteAddr", in: .all) { .text($0.session.peer) },
        Column("bgpPeerDescr", in: .modern) { .text($0.session.id % 4 == 2 ? "Peer – Übergabe" : "") },
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

/// A piece of hardware inside a device.
struct InventoryItem: Sendable {
    let id: Int
    let device: DeviceRow
    let index: Int
    let kind: String
    let name: String
    let containedIn: Int

    /// A chassis with its power supplies and slots.
    static func tree(_ device: DeviceRow) -> [InventoryItem] {
        guard !device.device.isOdd, device.device.role != .server else { return [] }
        let parts = [
            (1, "chassis", "Chassis", 0), (2, "powerSupply", "PSU 1", 1), (3, "powerSupply", "PSU 2", 1),
            (4, "fan", "Fan tray", 1), (5, "module", "Slot 0", 1), (6, "sensor", "Slot 0 temperature", 5),
        ]
        return parts.map { part in
            InventoryItem(
                id: device.index * parts.count + part.0, device: device, index: part.0, kind: part.1,
                name: part.2, containedIn: part.3)
        }
    }

    static let schema = Schema<InventoryItem>([
        Column("entPhysical_id", in: .all) { .integer($0.id) },
        Column("device_id", in: .all) { .integer($0.device.device.id) },
        Column("entPhysicalIndex", in: .all) { .integer($0.index) },
        Column("entPhysicalDescr", in: .all) { item in
            .text((item.device.device.identity.hardware ?? "") + " " + item.name.lowercased())
        },
        Column("entPhysicalClass", in: .all) { .text($0.kind) },
        Column("entPhysicalName", in: .all) { .text($0.name) },
        Column("entPhysicalHardwareRev", in: .all) { _ in .text("V02") },
        Column("entPhysicalFirmwareRev", in: .all) { _ in .text("12.2(31r)SGA") },
        Column("entPhysicalSoftwareRev", in: .all) { .text(orNull: $0.device.device.identity.version) },
        Column("entPhysicalAlias", in: .all) { _ in .text("") },
        Column("entPhysicalAssetID", in: .all) { _ in .text("") },
        Column("entPhysicalIsFRU", in: .all) { .text($0.kind == "sensor" ? "false" : "true") },
        Column("entPhysicalModelName", in: .all) { .text(orNull: $0.device.device.identity.hardware) },
        Column("entPhysicalVendorType", in: .all) { .text($0.index == 1 ? "cevChassis" : "cevModule") },
        Column("entPhysicalSerialNum", in: .all) {
            .text($0.index == 1 ? $0.device.device.serial ?? "" : "")
        },
        Column("entPhysicalContainedIn", in: .all) { .integer($0.containedIn) },
        Column("entPhysicalParentRelPos", in: .all) { .integer($0.index == 1 ? -1 : $0.index) },
        Column("entPhysicalMfgName", in: .all) { _ in .text("Example Networks") },
        Column("entPhysicalMfgDate", in: .modern) { _ in .null },
        Column("ifIndex", in: .all) { _ in .null },
    ])
}
