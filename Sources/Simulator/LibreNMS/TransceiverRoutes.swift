/// Optics, routing and what else a device or a port has that is read with its detail.
extension LibreNMSCall {
    /// What is plugged into a port that leads to another device.
    private func transceiver(_ port: Port) -> Value? {
        guard port.name != nil, let speed = port.speed, speed >= 10_000_000_000 else { return nil }
        switch port.use {
        case .downlink, .uplink, .transit: break
        case .circuit, .spare: return nil
        }
        return .object([
            .init("id", .integer(port.id)), .init("created_at", .text("2026-06-26T23:46:06.000000Z")),
            .init("updated_at", .text("2026-06-27T00:00:07.000000Z")),
            .init("device_id", .integer(port.device + 1)), .init("port_id", .integer(port.id)),
            .init("index", .text(String(port.index))), .init("type", .text("10G_BASE_LR_SFP")),
            .init("vendor", .text("Acme Optics")), .init("oui", .text("64 9D 99")),
            .init("model", .text("SFP-10G-LR")), .init("revision", .text("A")),
            .init("serial", .text("AO\(700_000 + port.id)")), .init("date", .text("2024-03-01")),
            .init("ddm", .flag(true)), .init("encoding", .null), .init("cable", .text("SM")),
            .init("distance", .integer(10_000)), .init("wavelength", .integer(1_310)),
            .init("connector", .text("LC")), .init("channels", .integer(1)),
        ])
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
                Value.object([
                    .init("device_id", .integer(row.device.id)), .init("port_id", .integer(link.local.id)),
                    .init("ospf_nbr_id", .text("\(link.remote.address).0")),
                    .init("ospfNbrIpAddr", .text(link.remote.address)),
                    .init("ospfNbrRtrId", .text(link.remote.address)),
                    .init("ospfNbrPriority", .integer(1)),
                    .init(
                        "ospfNbrState",
                        .text(view.life.isBroken(link.local, at: view.tick) ? "down" : "full")),
                    .init("ospfNbrEvents", .integer(5)), .init("context_name", .text("")),
                ])
            }
        }
        return list("ospf_neighbours", .list(rows), count: rows.count)
    }

    /// `GET /routing/vrf`: none is a 404.
    func vrfs() -> Reply { list("vrfs", of: vrfRows, empty: "VRFs do not exist") }

    var vrfRows: [Value] {
        routers.map { row in
            Value.object([
                .init("vrf_id", .integer(row.index + 1)), .init("vrf_oid", .text("8.77")),
                .init("vrf_name", .text("mgmt")),
                .init("mplsVpnVrfRouteDistinguisher", .text("64512:\(row.index + 1)")),
                .init("mplsVpnVrfDescription", .text("")), .init("device_id", .integer(row.device.id)),
            ])
        }
    }

    /// `GET /routing/bgp/cbgp`: none is a 404.
    func prefixCounters() -> Reply {
        let wanted = Set(routers.map(\.index))
        let rows = view.network.sessions.filter { wanted.contains($0.device) }.map { session in
            Value.object([
                .init("device_id", .integer(session.device + 1)),
                .init("bgpPeerIdentifier", .text(session.identifier)),
                .init("afi", .text(session.identifier.contains(":") ? "ipv6" : "ipv4")),
                .init("safi", .text("unicast")), .init("AcceptedPrefixes", .integer(session.id * 97)),
                .init("DeniedPrefixes", .integer(0)), .init("AdvertisedPrefixes", .integer(11_487)),
                .init("context_name", .text("")),
            ])
        }
        guard !rows.isEmpty else { return failed(404, "BGP counters does not exist") }
        return list("bgp_counters", .list(rows), count: rows.count)
    }

    // MARK: Pollers

    /// `GET /pollers`: the pollers that register; the second of two reports no more.
    func pollers() -> Reply {
        func utc(_ tick: Int) -> String {
            var bytes: [UInt8] = []
            CivilTime(view.time(tick)).write(isUTC: true, into: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
        func poller(_ id: Int, _ name: String, reportedAt tick: Int) -> Value {
            .object([
                .init("id", .integer(id)), .init("node_id", .text("node-\(id)")),
                .init("poller_name", .text(name)), .init("poller_version", .text("26.7.0")),
                .init("poller_groups", .text("0")), .init("last_report", .text(utc(tick))),
                .init("master", .integer(id == 1 ? 1 : 0)), .init("stats", .list([])),
            ])
        }
        let rows = [
            poller(1, "poller1", reportedAt: view.tick - view.tick % 60),
            poller(2, "poller2", reportedAt: -5_400),
        ]
        return list("pollers", .list(rows), count: rows.count)
    }
}
