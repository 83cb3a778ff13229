/// Where addresses are: what switches learnt, what routers resolved, what ports have themselves.
///
/// A device's ports are learnt at the port of the device that feeds it, and at the one that feeds that.
extension WorldView {
    /// The ports of this server behind which a MAC was learnt, the nearest first.
    func portsThatLearnt(_ mac: Int) -> [Port] {
        guard let owner = network.ports.indices.first(where: { network.ports[$0].mac == mac }) else {
            return []
        }
        return feeders(of: network.ports[owner].device)
    }

    /// The ports that lead to a device, the nearest first.
    func feeders(of device: Int) -> [Port] {
        var ports: [Port] = []
        var child = device
        while ports.count < 2, let parent = network.devices[child].parent {
            let port = network.devices[parent].ports.lazy.map { network.ports[$0] }.first {
                $0.use == .downlink(child)
            }
            if let port, watches(parent) { ports.append(port) }
            child = parent
        }
        return ports
    }

    /// The MACs learnt behind a port: those of the device that it leads to.
    func macs(learntAt port: Port) -> [Int] {
        guard case .downlink(let child) = port.use else { return [] }
        return network.devices[child].ports.compactMap { network.ports[$0].mac }
    }

    /// The address of a device stands on its first port that has a MAC.
    func addressPort(of device: Int) -> Port? {
        network.devices[device].ports.lazy.map { network.ports[$0] }.first { $0.mac != nil }
    }
}

extension LibreNMSCall {
    private var digitsOfMAC: String { self["mac"].lowercased() }

    private static func number(ofMAC text: String) -> Int? {
        let digits = text.lowercased().filter(\.isHexDigit)
        return digits.count == 12 ? Int(digits, radix: 16) : nil
    }

    private func entry(_ mac: Int, at port: Port) -> Value {
        [
            "ports_fdb_id": .integer(port.id * 10_000 + mac % 10_000), "port_id": .integer(port.id),
            "mac_address": .text(PortColumns.hexadecimal(mac)), "vlan_id": 1,
            "device_id": .integer(port.device + 1), "created_at": .time(view.time(0)),
            "updated_at": .time(view.time(view.tick)),
        ]
    }

    /// `GET /resources/fdb/:mac`: none is a 404; what is no MAC is none.
    func learntMAC() -> Reply {
        // The database compares what it is given, so that separators find nothing.
        let mac = Self.number(ofMAC: digitsOfMAC).flatMap { digitsOfMAC.count == 12 ? $0 : nil }
        let rows = mac.map { mac in view.portsThatLearnt(mac).map { entry(mac, at: $0) } } ?? []
        guard !rows.isEmpty else { return failed(404, "Fdb do not exist") }
        return list("ports_fdb", .list(rows), count: rows.count)
    }

    /// Every MAC that a switch of this server learnt.
    var learnt: [Value] {
        view.deviceIndices.flatMap { index in
            view.network.devices[index].ports.map { view.network.ports[$0] }.flatMap { port in
                view.macs(learntAt: port).map { entry($0, at: port) }
            }
        }
    }

    /// `GET /resources/fdb/:mac/detail`: the same in words.
    func learntDetail() -> Reply {
        let mac = Self.number(ofMAC: digitsOfMAC)
        let rows: [Value] = (mac.map { view.portsThatLearnt($0) } ?? []).compactMap { view.port($0.id) }.map {
            [
                "hostname": .text($0.device.device.hostname),
                "sysName": .text(orNull: $0.device.device.identity.name),
                "ifName": .text(orNull: $0.port.name),
                "ifAlias": .text(orNull: $0.alias), "ifDescr": .text(orNull: $0.port.description),
                "updated_at": .time(view.time(view.tick)),
            ]
        }
        guard let mac, !rows.isEmpty else { return failed(404, "Fdb do not exist") }
        return json(
            200,
            [
                "status": "ok", "ports_fdb": .list(rows), "count": .computed(rows.count),
                "mac": .text(MACText.of(mac)), "mac_oui": "",
            ])
    }

    /// `GET /ports/mac/:search`: the ports that learnt a MAC in any notation, that with the fewest others first.
    func portsByMAC() -> Reply {
        guard let mac = Self.number(ofMAC: self["search"]) else {
            return failed(422, "The mac address field format is invalid.")
        }
        let ports = view.portsThatLearnt(mac)
        guard !ports.isEmpty else { return failed(404, "mac not found") }
        let columns = PortColumns.schema.columns(in: .list)
        let rows = ports.compactMap { view.port($0.id) }
        let counted = rows.map { row in
            Value.object(
                columns.map { Value.Member($0.name, $0.value(row)) } + [
                    .init("fdb_entries_count", .integer(view.macs(learntAt: row.port).count))
                ])
        }
        return list("ports", .list(counted), count: rows.count, countsWhenModern: false)
    }

    /// `GET /devices/:hostname/fdb`: an empty list is no error.
    func learntByDevice() -> Reply {
        guard let device else { return failed(404, "Device \(self["hostname"]) not found") }
        let rows = device.device.ports.map { view.network.ports[$0] }.flatMap { port in
            view.macs(learntAt: port).map { entry($0, at: port) }
        }
        return list("ports_fdb", .list(rows), count: rows.count, countsWhenModern: false)
    }

    /// `GET /ports/:portid/fdb`.
    func learntByPort() -> Reply {
        guard let row = Int(self["portid"]).flatMap(view.port) else {
            return failed(404, "Port \(self["portid"]) does not exist")
        }
        let rows = view.macs(learntAt: row.port).map { entry($0, at: row.port) }
        return list("macs", .list(rows), count: rows.count, countsWhenModern: false)
    }

    /// `GET /resources/ip/arp/:query`: by an address, or by a MAC that has separators; none is no error.
    func arp() -> Reply {
        let query = self["query"]
        let mac = query.contains(where: { ":-.".contains($0) }) ? Self.number(ofMAC: query) : nil
        let found = view.deviceIndices.first { index in
            view.network.devices[index].address == query
                || mac != nil && view.addressPort(of: index)?.mac == mac
        }
        let rows = found.flatMap { index -> Value? in
            guard let port = view.feeders(of: index).first, let own = view.addressPort(of: index)?.mac else {
                return nil
            }
            return [
                "port_id": .integer(port.id), "device_id": .integer(port.device + 1),
                "mac_address": .text(PortColumns.hexadecimal(own)),
                "ipv4_address": .text(view.network.devices[index].address), "context_name": "",
            ]
        }
        return list("arp", .list(rows.map { [$0] } ?? []), count: 0, countsWhenModern: false)
    }

    // MARK: Addresses

    private func address(of device: DeviceRow, at port: Port) -> Value {
        [
            "ipv4_address_id": .integer(device.device.id), "ipv4_address": .text(device.device.address),
            "ipv4_prefixlen": 24, "ipv4_network_id": 0, "port_id": .integer(port.id), "context_name": nil,
        ]
    }

    /// `GET /devices/:hostname/ip`: none is a 404.
    func addressesOfDevice() -> Reply {
        guard let device else { return failed(404, "Device \(self["hostname"]) not found") }
        guard device.addition == nil, let port = view.addressPort(of: device.index) else {
            return failed(404, "Device \(device.device.hostname) does not have any IP addresses")
        }
        return list("addresses", .list([address(of: device, at: port)]), count: 1)
    }

    /// `GET /ports/:portid/ip`: none is a 404.
    func addressesOfPort() -> Reply {
        guard let row = Int(self["portid"]).flatMap(view.port), row.device.addition == nil,
            view.addressPort(of: row.device.index)?.id == row.port.id
        else { return failed(404, "Port \(self["portid"]) does not have any IP addresses") }
        return list("addresses", .list([address(of: row.device, at: row.port)]), count: 1)
    }
}
