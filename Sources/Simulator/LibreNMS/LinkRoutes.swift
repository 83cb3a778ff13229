/// What one device says of a neighbour at one of its ports.
struct NeighbourLink: Sendable {
    let id: Int
    let local: Port
    let remote: Device
    /// Nil when the neighbour is not watched, or its port not known.
    let remotePort: Port?
    let isRemoteWatched: Bool

    static let schema = Schema<NeighbourLink>([
        Column("id", in: .all) { .integer($0.id) },
        Column("local_port_id", in: .all) { .integer($0.local.id) },
        Column("local_device_id", in: .all) { .integer($0.local.device + 1) },
        Column("remote_port_id", in: .all) { .integer(orNull: $0.remotePort?.id) },
        Column("active", in: .all) { _ in .integer(1) },
        Column("protocol", in: .all) { .text($0.remote.identity.os == "iosxe" ? "cdp" : "lldp") },
        Column("remote_hostname", in: .all) { .text($0.remote.hostname) },
        Column("remote_device_id", in: .all) { .integer($0.isRemoteWatched ? $0.remote.id : 0) },
        Column("remote_port", in: .all) { .text($0.remotePort?.name ?? "") },
        Column("remote_platform", in: .all) { .text(orNull: $0.remote.identity.hardware) },
        Column("remote_version", in: .all) { .text(orNull: $0.remote.identity.version) },
    ])
}

extension WorldView {
    /// Whom the ports of a device see at their other end.
    func links(of index: Int) -> [NeighbourLink] {
        let ports = network.devices[index].ports
        return ports.compactMap { number in
            let port = network.ports[number]
            let (peer, back): (Int, Port.Use)
            switch port.use {
            case .uplink(let parent): (peer, back) = (parent, .downlink(index))
            case .downlink(let child): (peer, back) = (child, .uplink(index))
            case .circuit, .transit, .spare: return nil
            }
            let isWatched = watches(peer)
            let remotePort = network.devices[peer].ports.lazy.map { network.ports[$0] }.first {
                $0.use == back
            }
            return NeighbourLink(
                id: port.id, local: port, remote: network.devices[peer],
                remotePort: isWatched ? remotePort : nil, isRemoteWatched: isWatched)
        }
    }
}

extension LibreNMSCall {
    /// `GET /resources/links`: none is a 404.
    func listLinks() -> Reply { links(view.deviceIndices) }

    /// `GET /devices/:hostname/links`: all there are when the device is not known.
    func linksOfDevice() -> Reply {
        guard let device else { return listLinks() }
        return links(device.addition == nil ? [device.index] : [])
    }

    /// `GET /resources/links/:id`: a list of one.
    func getLink() -> Reply {
        guard let id = Int(self["id"]) else { return failed(400, "Invalid id has been provided") }
        let found = view.port(id).flatMap { row in view.links(of: row.port.device).first { $0.id == id } }
        guard let found else { return failed(404, "Link \(id) does not exist") }
        return list("link", [found], NeighbourLink.schema)
    }

    private func links(_ devices: [Int]) -> Reply {
        let rows = devices.flatMap(view.links)
        guard !rows.isEmpty else { return failed(404, "Links do not exist") }
        return list("links", rows, NeighbourLink.schema)
    }

    // MARK: Places

    /// `GET /resources/locations`: those at which a device of this server is.
    func listLocations() -> Reply {
        list("locations", of: rows(of: .locations), empty: "Locations do not exist")
    }

    /// `GET /ping`.
    func ping() -> Reply { json(200, ["message": "pong"]) }
}
