internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Which graphs there are (`get_graphs`; for ports the API names none, all have these).
extension LibreNMSServer {
    var picturedKinds: Set<ResourceKind> { [.device, .port] }

    func pictures(of entity: EntityRef) async throws(BackendError) -> [PictureDescriptor] {
        switch entity.kind {
        case .device: return try await deviceGraphs(entity)
        case .port: return try await portGraphs(entity)
        default: throw BackendError(.unsupported, "LibreNMS draws no graphs of a \(entity.kind)")
        }
    }

    private func deviceGraphs(_ entity: EntityRef) async throws(BackendError) -> [PictureDescriptor] {
        let dialect = try await dialect()
        let device = try await graphName(of: entity.id, dialect)
        let list = try await rows("graphs", Path.deviceGraphs, ["id": entity.id], priority: 0)
        var seen: Set<String> = []
        let graphs =
            list?.array.compactMap { row -> GraphOrder.Graph? in
                guard let name = row["name"]?.text, !name.isEmpty else { return nil }
                // The document names one without what every graph of a device begins with.
                let type = name.contains("_") ? name : "device_\(name)"
                guard seen.insert(type).inserted else { return nil }
                let words = row["desc"]?.text.flatMap { $0.isEmpty ? nil : $0 } ?? name
                return GraphOrder.Graph(type: type, title: Cleaning.clean(words))
            } ?? []
        return GraphOrder.arranged(graphs).map {
            PictureDescriptor(id: GraphPlace(type: $0.type, device: device).id, title: $0.title)
        }
    }

    /// What graphs of a device are asked for with: releases of 2016 draw nothing for its number.
    private func graphName(of device: DeviceID, _ dialect: Dialect) async throws(BackendError) -> String {
        guard dialect.decodesTwice else { return device }
        let list = try await rows("devices", Path.device, ["id": device], priority: 0)
        let row = list?.array.first { $0["device_id"]?.text == device }
        guard let name = row?["hostname"]?.text, !name.isEmpty else {
            throw BackendError(.missing, "the server has no device \(device) any more")
        }
        return name
    }

    private func portGraphs(_ entity: EntityRef) async throws(BackendError) -> [PictureDescriptor] {
        let dialect = try await dialect()
        let device = try await graphDevice(of: entity, dialect)
        let list = try await rows(
            "ports", Path.devicePorts, ["id": device], query: [("columns", "port_id,ifName,ifDescr")],
            priority: 0)
        let ports =
            list?.array.map { row in
                (id: row["port_id"]?.text, name: row["ifName"]?.text ?? "", words: row["ifDescr"]?.text ?? "")
            } ?? []
        guard let port = ports.first(where: { $0.id == entity.id }) else {
            throw BackendError(.missing, "the server has no port \(entity.id) any more")
        }
        var place = GraphPlace(
            type: "", device: try await graphName(of: device, dialect), port: port.name)
        // The server draws the first port of a name: another one's graph would be shown as this one's.
        if port.name.isEmpty || ports.count(where: { $0.name == port.name }) > 1 {
            guard !port.words.isEmpty, ports.count(where: { $0.words == port.words }) == 1 else {
                throw BackendError(
                    .unsupported,
                    "LibreNMS finds graphs of a port by its name, and this one has none, or shares it with others"
                )
            }
            place.port = port.words
            place.isDescription = true
        }
        return Self.portGraphs.map { type, title in
            place.type = type
            return PictureDescriptor(id: place.id, title: title)
        }
    }

    private func graphDevice(of port: EntityRef, _ dialect: Dialect) async throws(BackendError) -> DeviceID {
        if let known = withMemory({ $0.sweep.device(of: port) }) { return known }
        guard dialect.listsAllPorts else {
            throw BackendError(
                .missing, "this server finds a port only by its device, and that device was not read yet")
        }
        let list = try await rows("port", Path.port, ["id": port.id], priority: 0)
        guard let device = list?.array.first(where: { $0["port_id"]?.text == port.id })?["device_id"]?.text
        else { throw BackendError(.missing, "the server has no port \(port.id) any more") }
        return device
    }

    private static let portGraphs = [
        ("port_bits", "Traffic"), ("port_upkts", "Unicast packets"),
        ("port_nupkts", "Broadcast and multicast packets"), ("port_errors", "Errors and discards"),
        ("port_etherlike", "Ethernet errors"),
    ]
}
