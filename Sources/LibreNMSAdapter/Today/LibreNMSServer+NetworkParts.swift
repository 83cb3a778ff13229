internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What today's releases know of a device and a port beside themselves: addresses, optics, what was learnt, routing.
///
/// Several of these lists are a 404 when they are empty, which is no error.
extension LibreNMSServer {
    typealias PartReading = @Sendable () async throws(BackendError) -> [Detail.Section]

    /// More lines than these are counted and not shown.
    private static let lineLimit = 200

    /// The parts of a device's detail that the server offers.
    func networkParts(_ device: DeviceID, _ dialect: Dialect) -> [DetailPart] {
        let id = ["id": device]
        let ofHost = [("hostname", device)]
        let all: [(route: String, title: String, read: PartReading)] = [
            (
                "get_ip_addresses", "Addresses",
                { () async throws(BackendError) in
                    let list = try await self.rows("addresses", Path.deviceAddresses, id, priority: 0)
                    return self.section("Addresses", list, try await self.portNames(device, for: list)) {
                        self.addressLine($0, port: $1)
                    }
                }
            ),
            (
                "get_transceivers", "Transceivers",
                { () async throws(BackendError) in
                    let list = try await self.rows("transceivers", Path.transceivers, id, priority: 0)
                    return self.section("Transceivers", list, try await self.portNames(device, for: list)) {
                        self.transceiverLine($0, port: $1)
                    }
                }
            ),
            (
                "get_fdb", "MAC addresses",
                { () async throws(BackendError) in
                    let list = try await self.rows("ports_fdb", Path.deviceFDB, id, priority: 0)
                    return self.section("MAC addresses", list, try await self.portNames(device, for: list)) {
                        self.learntLine($0, port: $1)
                    }
                }
            ),
            (
                "list_ospf", "OSPF neighbours",
                { () async throws(BackendError) in
                    let list = try await self.rows(
                        "ospf_neighbours", Path.ospf, query: ofHost, priority: 0)
                    return self.section("OSPF neighbours", list, of: device, Self.neighbour)
                }
            ),
            (
                "list_cbgp", "BGP prefixes",
                { () async throws(BackendError) in
                    let list = try await self.rows("bgp_counters", Path.prefixes, query: ofHost, priority: 0)
                    return self.section("BGP prefixes", list, of: device, Self.prefixes)
                }
            ),
            (
                "list_vrf", "VRFs",
                { () async throws(BackendError) in
                    let list = try await self.rows("vrfs", Path.vrfs, query: ofHost, priority: 0)
                    return self.section("VRFs", list, of: device) {
                        Detail.Line(
                            Self.word($0, "vrf_name"), .text(Self.word($0, "mplsVpnVrfRouteDistinguisher")))
                    }
                }
            ),
            (
                "get_device_wireless_sensors", "Wireless sensors",
                { () async throws(BackendError) in
                    let list = try await self.rows("wireless_sensors", Path.wirelessSensors, id, priority: 0)
                    return self.section("Wireless sensors", list, of: nil, Self.wireless)
                }
            ),
        ]
        return all.filter { dialect.offers($0.route) }.map { DetailPart(title: $0.title, read: $0.read) }
    }

    /// The parts of a port's detail that the server offers.
    func networkParts(ofPort port: String, _ dialect: Dialect) -> [DetailPart] {
        let id = ["id": port]
        let all: [(route: String, title: String, read: PartReading)] = [
            (
                "get_port_ip_info", "Addresses",
                { () async throws(BackendError) in
                    let list = try await self.rows("addresses", Path.portAddresses, id, priority: 0)
                    return self.section("Addresses", list, [:]) { row, _ in
                        Detail.Line(Self.family(row), .text(Self.address(row)))
                    }
                }
            ),
            (
                "get_port_transceiver", "Transceiver",
                { () async throws(BackendError) in
                    let list = try await self.rows("transceivers", Path.portTransceiver, id, priority: 0)
                    return (list?.array.map { $0 } ?? []).flatMap {
                        self.fields.sections($0, [FieldGroup(title: "Transceiver", takesAll: true)])
                    }
                }
            ),
            (
                "get_port_fdb", "MAC addresses",
                { () async throws(BackendError) in
                    let list = try await self.rows("macs", Path.portFDB, id, priority: 0)
                    return self.section("MAC addresses", list, [:]) { row, _ in
                        Detail.Line(Self.mac(row), .text(Self.learnt(row)))
                    }
                }
            ),
        ]
        return all.filter { dialect.offers($0.route) }.map { DetailPart(title: $0.title, read: $0.read) }
    }

    // MARK: Sections

    /// A section with the number of its lines; the names are of the ports that rows lead to.
    private func section(
        _ title: String, _ list: Rows?, _ names: [String: String],
        _ line: (JSONValue, Detail.Line) -> Detail.Line
    ) -> [Detail.Section] {
        let rows = list?.array.map { $0 } ?? []
        guard !rows.isEmpty else { return [] }
        var lines = rows.prefix(Self.lineLimit).map { row in
            let port = row["port_id"]?.text ?? ""
            return line(row, Detail.Line("", .ref(entity(.port, port), name: names[port] ?? "port \(port)")))
        }
        if rows.count > Self.lineLimit {
            lines.append(Detail.Line("", .text("and \(Quantity.count(rows.count - Self.lineLimit)) more")))
        }
        return [Detail.Section("\(title) (\(Quantity.count(rows.count)))", lines)]
    }

    /// The same of rows of one device: an unknown host name gives those of all.
    private func section(
        _ title: String, _ list: Rows?, of device: DeviceID?, _ line: (JSONValue) -> Detail.Line
    ) -> [Detail.Section] {
        let rows = list?.array.filter { device == nil || $0["device_id"]?.text == device } ?? []
        guard !rows.isEmpty else { return [] }
        return [
            Detail.Section("\(title) (\(Quantity.count(rows.count)))", rows.prefix(Self.lineLimit).map(line))
        ]
    }

    /// What the ports of a device are called, where rows lead to any; without the names they have their numbers.
    private func portNames(_ device: DeviceID, for list: Rows?) async throws(BackendError) -> [String: String]
    {
        guard let list, list.array.contains(where: { $0["port_id"]?.text != nil }),
            let ports = try? await rows(
                "ports", Path.devicePorts, ["id": device], query: [("columns", "port_id,ifName,ifDescr")],
                priority: 0)
        else { return [:] }
        return ports.array.reduce(into: [:]) { names, row in
            let name = ["ifName", "ifDescr"].compactMap { row[$0]?.text }.first { !$0.isEmpty }
            if let id = row["port_id"]?.text, let name { names[id] = Cleaning.clean(name) }
        }
    }

    // MARK: Lines

    private static func word(_ row: JSONValue, _ key: String) -> String {
        Cleaning.clean(row[key]?.text ?? "")
    }

    private static func joined(_ words: [String]) -> String {
        words.filter { !$0.isEmpty }.joined(separator: "  ")
    }

    /// A line that leads to its port, with more words after the port's name.
    private func linked(_ name: String, _ port: Detail.Line, _ words: String) -> Detail.Line {
        guard case .ref(let entity, let text) = port.value else { return Detail.Line(name, .text(words)) }
        return Detail.Line(name, .ref(entity, name: Self.joined([text, words])), .ref(.port))
    }

    private func addressLine(_ row: JSONValue, port: Detail.Line) -> Detail.Line {
        linked(Self.address(row), port, "")
    }

    private static func family(_ row: JSONValue) -> String { row["ipv6_address"] == nil ? "IPv4" : "IPv6" }

    private static func address(_ row: JSONValue) -> String {
        let version = row["ipv6_address"] == nil ? "ipv4" : "ipv6"
        let compressed = word(row, "ipv6_compressed")
        let address = compressed.isEmpty ? word(row, "\(version)_address") : compressed
        let length = word(row, "\(version)_prefixlen")
        return length.isEmpty ? address : "\(address)/\(length)"
    }

    private func transceiverLine(_ row: JSONValue, port: Detail.Line) -> Detail.Line {
        let wavelength = Self.word(row, "wavelength")
        let words = Self.joined([
            Self.word(row, "vendor"), Self.word(row, "model"), Self.word(row, "serial"),
            wavelength.isEmpty ? "" : "\(wavelength) nm",
        ])
        return linked(Self.word(row, "type"), port, words)
    }

    private static func mac(_ row: JSONValue) -> String {
        let text = row["mac_address"]?.text ?? ""
        return NetworkAddress(text)?.description ?? Cleaning.clean(text)
    }

    private static func learnt(_ row: JSONValue) -> String {
        let time = word(row, "updated_at")
        return joined([time.isEmpty ? "" : "seen \(time)"])
    }

    private func learntLine(_ row: JSONValue, port: Detail.Line) -> Detail.Line {
        linked(Self.mac(row), port, Self.learnt(row))
    }

    private static func neighbour(_ row: JSONValue) -> Detail.Line {
        let router = word(row, "ospfNbrRtrId")
        return Detail.Line(
            word(row, "ospfNbrIpAddr"),
            .text(joined([word(row, "ospfNbrState"), router.isEmpty ? "" : "router \(router)"])))
    }

    private static func prefixes(_ row: JSONValue) -> Detail.Line {
        let counts = [
            ("AcceptedPrefixes", "accepted"), ("DeniedPrefixes", "denied"),
            ("AdvertisedPrefixes", "advertised"),
        ]
        let words = counts.compactMap { key, title in
            row[key]?.int64.map { "\(Quantity.count(Int($0))) \(title)" }
        }
        return Detail.Line(
            word(row, "bgpPeerIdentifier"),
            .text(joined(["\(word(row, "afi")) \(word(row, "safi"))"] + words)))
    }

    private static func wireless(_ row: JSONValue) -> Detail.Line {
        let type = word(row, "sensor_class")
        let value = word(row, "sensor_current")
        let unit =
            ["rssi": "dBm", "snr": "dB", "power": "dBm", "rate": "bps", "frequency": "MHz"][type] ?? ""
        let text = value.isEmpty ? "no value" : unit.isEmpty ? value : "\(value) \(unit)"
        return Detail.Line(joined([type, word(row, "sensor_descr")]), .text(text))
    }
}
