internal import HTTP

extension LibreNMSCall {
    /// `GET /devices/:hostname/:type`: a graph of a device, which the old release finds by its name only.
    func graphOfDevice() -> Reply {
        let type = self["type"]
        let isNumber = Int(self["hostname"]) != nil
        let row = !release.isModern && isNumber ? nil : device
        guard type.contains("_") else { return graphless(type) }
        guard let row else { return noGraph("No Authorization") }
        guard row.addition == nil, !row.device.isOdd else { return noGraph(missingFile(row)) }
        return graph(type) { GraphDrawing(curves: $0, row: row, port: nil).curves(type) }
    }

    /// `GET /devices/:hostname/ports/:ifName/:type`: a graph of a port.
    func graphOfPort() -> Reply {
        let type = self["type"]
        let isNumber = Int(self["hostname"]) != nil
        let row = !release.isModern && isNumber ? nil : device
        guard type.contains("_") else { return graphless(type) }
        let name =
            release.isModern ? self["ifname"] : PercentEncoding.decode(self["ifname"], plusIsSpace: true)
        let byDescription = query["ifDescr"].map { !["", "0"].contains($0) } ?? false
        let found = row.flatMap { row in
            row.device.ports.lazy.map { view.network.ports[$0] }
                .first { (byDescription ? $0.description : $0.name) == name }
        }
        guard let row, let found else { return noGraph("No Authorization") }
        guard !row.device.isOdd else { return noGraph(missingFile(row)) }
        return graph(type) { GraphDrawing(curves: $0, row: row, port: found).curves(type) }
    }

    /// `GET /devices/:hostname/graphs/health/:type/:sensor_id`.
    func graphOfSensor() -> Reply {
        guard let device, device.addition == nil, !device.device.isOdd else {
            return noGraph("No Authorization")
        }
        let type = self["type"]
        return graph(type) { GraphDrawing(curves: $0, row: device, port: nil).curves(type) }
    }

    /// `GET /portgroups/:group`: the ports whose label begins with one of these kinds; only `cust` has any.
    func graphOfPortGroup() -> Reply {
        guard self["group"].split(separator: ",").contains("cust") else { return noGraph("No Authorization") }
        // More than these would only be a thicker line.
        let ports = view.deviceIndices.lazy.flatMap { view.network.devices[$0].ports }
            .map { view.network.ports[$0] }.filter { port in
                if case .circuit = port.use { true } else { false }
            }.prefix(60)
        return graph("multiport_bits_separate") { GraphDrawing.bits(Array(ports), $0) }
    }

    /// `GET /portgroups/multiport/bits/:id`: the ports of these numbers in one picture.
    func graphOfPorts() -> Reply {
        let ports = self["id"].split(separator: ",").compactMap { Int($0) }.compactMap(view.port).map(\.port)
        guard !ports.isEmpty else { return noGraph("No Authorization") }
        return graph("multiport_bits_separate") { GraphDrawing.bits(ports, $0) }
    }

    /// `GET /devices/:hostname/services/:id/graphs/:datasource`.
    func graphOfService() -> Reply {
        guard let device, let row = row(of: .services, self["id"]),
            row["device_id"].number == device.device.id
        else { return noGraph("No Authorization") }
        return graph("service_graph") {
            GraphDrawing(curves: $0, row: device, port: nil).curves("device_ping_perf")
        }
    }

    /// `GET /bills/:bill_id/graphs/bits|monthly`.
    func graphOfBill() -> Reply {
        guard role == .admin else { return unauthorized() }
        guard let bill, ["bits", "monthly"].contains(self["graph_type"]) else {
            return noGraph("No Authorization")
        }
        return graph("bill_\(self["graph_type"])") {
            GraphDrawing.bits(bill.ports.map { view.network.ports[$0] }, $0)
        }
    }

    private func missingFile(_ row: DeviceRow) -> String {
        "ERROR: opening '/data/rrd/\(row.device.hostname)/poller-perf.rrd': No such file or directory"
    }

    // MARK: Pictures

    private func graph(_ type: String, _ draw: (Curves) -> [Chart.Curve]?) -> Reply {
        let width = size("width", usually: 1_075)
        let height = size("height", usually: 300)
        let now = view.time(view.tick)
        let from = moment("from", now: now) ?? now - 86_400
        let curves = Curves(view, from: from, to: moment("to", now: now) ?? now, pixels: width)
        guard let drawn = draw(curves) else { return noGraph("\(type) template missing") }
        let chart = Chart(title: type, curves: drawn, plotWidth: width, plotHeight: height)
        guard release.isModern else {
            // Once by the API and once by what draws.
            let type = (name: "Content-Type", value: "image/png")
            return Reply(status: 200, headers: [type, type], body: chart.png())
        }
        let isPNG = query["graph_type"] == "png"
        let mime = isPNG ? "image/png" : "image/svg+xml"
        let bytes = isPNG ? chart.png() : chart.svg()
        guard query["output"] == "base64" else { return Reply(type: mime, bytes) }
        let image: Value = ["image": .text(Base64.text(bytes)), "content-type": .text(mime)]
        return list("image", image, count: 2)
    }

    private func size(_ name: String, usually: Int) -> Int {
        min(max(query[name].flatMap { Int($0) } ?? usually, 10), 4_000)
    }

    /// Unix seconds; below zero it is seconds before now, and so are `-1d` and its like.
    private func moment(_ name: String, now: Int) -> Int? {
        guard let text = query[name], !text.isEmpty else { return nil }
        if text == "now" { return now }
        if let seconds = Int(text) { return seconds < 0 ? max(now &+ seconds, 0) : seconds }
        let units = ["m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "y": 31_536_000]
        guard let unit = text.last.flatMap({ units[String($0)] }), let count = Int(text.dropLast()) else {
            return nil
        }
        return now &+ count &* unit
    }

    /// The old release answers with a picture of no bytes, and says that all is well.
    private func noGraph(_ words: String) -> Reply {
        release.isModern ? failed(500, words) : Reply(type: "image/png", [])
    }

    /// What is no kind of graph at all, which the old release does not survive.
    private func graphless(_ type: String) -> Reply {
        release.isModern
            ? failed(500, "\(type) template missing")
            : Reply(status: 500, type: "text/html;charset=UTF-8", [])
    }
}

/// Which curves a graph of a type has.
private struct GraphDrawing {
    let curves: Curves
    let row: DeviceRow
    let port: Port?

    private static let inwards = Raster.Color(0x90b040)
    private static let outwards = Raster.Color(0x8080c0)
    private static let single = Raster.Color(0xcc0000)

    /// Nil for a type that is none.
    func curves(_ type: String) -> [Chart.Curve]? {
        guard let port else { return ofDevice(type) }
        switch type {
        case "port_bits": return bits([port])
        case "port_upkts":
            return Self.both(
                curves.packets(of: port, inwards: true), curves.packets(of: port, inwards: false))
        case "port_errors": return [.init(values: curves.errors(of: port), color: Self.single)]
        case "port_nupkts", "port_etherlike", "port_adsl_speed", "port_transceiver":
            return [.init(values: [], color: Self.single)]
        default: return nil
        }
    }

    private func ofDevice(_ type: String) -> [Chart.Curve]? {
        let usual: [String: Double] = [
            "device_poller_perf": 2 + Double(row.device.ports.count) / 11, "device_ping_perf": 12,
            "device_icmp_perf": 12, "device_processor": 23, "device_mempool": 61, "device_storage": 44,
            "device_temperature": 41, "device_voltage": 12, "device_fanspeed": 5_400, "device_power": 380,
        ]
        switch type {
        case "device_bits": return bits(row.device.ports.map { row.view.network.ports[$0] })
        case "device_uptime": return [.init(values: curves.uptime(of: row), color: Self.inwards)]
        default:
            guard let value = usual[type] else { return nil }
            let topic = type.utf8.reduce(0) { $0 &* 31 &+ Int($1) } & 0xffff
            return [
                .init(values: curves.wave(of: row, around: value, topic: topic), color: Self.single)
            ]
        }
    }

    private func bits(_ ports: [Port]) -> [Chart.Curve] { Self.bits(ports, curves) }

    static func bits(_ ports: [Port], _ curves: Curves) -> [Chart.Curve] {
        both(curves.bits(of: ports, inwards: true), curves.bits(of: ports, inwards: false))
    }

    private static func both(_ received: [Double?], _ sent: [Double?]) -> [Chart.Curve] {
        [
            .init(values: received, color: Self.inwards),
            .init(values: sent, color: Self.outwards, isBelow: true),
        ]
    }
}
