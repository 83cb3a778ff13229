/// Optics, routing and what else a device or a port has that is read with its detail.
extension LibreNMSCall {
    /// What is plugged into a port that leads to another device.
    private func transceiver(_ port: Port) -> Value? {
        guard port.name != nil, let speed = port.speed, speed >= 10_000_000_000 else { return nil }
        switch port.use {
        case .downlink, .uplink, .transit: break
        case .circuit, .spare: return nil
        }
        return [
            "id": .integer(port.id), "created_at": "2026-06-26T23:46:06.000000Z",
            "updated_at": "2026-06-27T00:00:07.000000Z", "device_id": .integer(port.device + 1),
            "port_id": .integer(port.id), "index": .text(String(port.index)), "type": "10G_BASE_LR_SFP",
            "vendor": "Acme Optics", "oui": "64 9D 99", "model": "SFP-10G-LR", "revision": "A",
            "serial": .text("AO\(700_000 + port.id)"), "date": "2024-03-01", "ddm": .flag(true),
            "encoding": nil, "cable": "SM", "distance": 10_000, "wavelength": 1_310, "connector": "LC",
            "channels": 1,
        ]
    }

    /// `GET /devices/:hostname/transceivers`: an empty list is no error.
    func transceiversOfDevice() -> Reply {
        guard let device else { return failed(404, "Device \(self["hostname"]) not found") }
        let rows = device.device.ports.map { view.network.ports[$0] }.compactMap(transceiver)
        return list("transceivers", .list(rows), count: rows.count, countsWhenModern: false)
    }

    /// `GET /ports/:portid/transceiver`.
    func transceiversOfPort() -> Reply {
        guard let row = Int(self["portid"]).flatMap(view.port) else {
            return failed(404, "Port \(self["portid"]) does not exist")
        }
        let rows = transceiver(row.port).map { [$0] } ?? []
        return list("transceivers", .list(rows), count: rows.count, countsWhenModern: false)
    }

    /// Whether a list is of a device that speaks routing protocols; of all devices without one.
    var routers: [DeviceRow] {
        let wanted = query["hostname"].map { view.device(named: $0).map { [$0] } ?? [] }
        return (wanted ?? view.devices).filter {
            $0.addition == nil && $0.device.role == .core && !$0.device.isOdd
        }
    }

    /// `GET /ospf`: an empty list is no error.
    func ospf() -> Reply {
        let rows = routers.flatMap { row in
            view.links(of: row.index).prefix(2).map { link in
                ([
                    "device_id": .integer(row.device.id), "port_id": .integer(link.local.id),
                    "ospf_nbr_id": .text("\(link.remote.address).0"),
                    "ospfNbrIpAddr": .text(link.remote.address), "ospfNbrRtrId": .text(link.remote.address),
                    "ospfNbrPriority": 1,
                    "ospfNbrState": .text(view.life.isBroken(link.local, at: view.tick) ? "down" : "full"),
                    "ospfNbrEvents": 5, "context_name": "",
                ] as Value)
            }
        }
        return list("ospf_neighbours", .list(rows), count: rows.count)
    }

    /// `GET /routing/vrf`: none is a 404.
    func vrfs() -> Reply { list("vrfs", of: vrfRows, empty: "VRFs do not exist") }

    var vrfRows: [Value] {
        routers.map { row in
            ([
                "vrf_id": .integer(row.index + 1), "vrf_oid": "8.77", "vrf_name": "mgmt",
                "mplsVpnVrfRouteDistinguisher": .text("64512:\(row.index + 1)"), "mplsVpnVrfDescription": "",
                "device_id": .integer(row.device.id),
            ] as Value)
        }
    }

    /// `GET /routing/bgp/cbgp`: none is a 404.
    func prefixCounters() -> Reply {
        let wanted = Set(routers.map(\.index))
        let rows = view.network.sessions.filter { wanted.contains($0.device) }.map { session in
            ([
                "device_id": .integer(session.device + 1), "bgpPeerIdentifier": .text(session.identifier),
                "afi": .text(session.identifier.contains(":") ? "ipv6" : "ipv4"), "safi": "unicast",
                "AcceptedPrefixes": .integer(session.id * 97), "DeniedPrefixes": 0,
                "AdvertisedPrefixes": 11_487, "context_name": "",
            ] as Value)
        }
        guard !rows.isEmpty else { return failed(404, "BGP counters does not exist") }
        return list("bgp_counters", .list(rows), count: rows.count)
    }

    // MARK: Pollers

    /// `GET /pollers`: the pollers that register; the second of two reports no more.
    func pollers() -> Reply {
        func poller(_ id: Int, _ name: String, reportedAt tick: Int) -> Value {
            [
                "id": .integer(id), "node_id": .text("node-\(id)"), "poller_name": .text(name),
                "poller_version": "26.7.0", "poller_groups": "0",
                "last_report": .text(Moment(view.time(tick)).isoText + ".000000Z"),
                "master": .integer(id == 1 ? 1 : 0),
                "stats": .list([]),
            ]
        }
        let rows = [
            poller(1, "poller1", reportedAt: view.tick - view.tick % 60),
            poller(2, "poller2", reportedAt: -5_400),
        ]
        return list("pollers", .list(rows), count: rows.count)
    }
}
