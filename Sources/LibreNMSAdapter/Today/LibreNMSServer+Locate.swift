internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Where an address is: the ports behind which it was learnt, the entries of ARP, and the ports that have it themselves.
extension LibreNMSServer {
    /// ARP entries beyond these, and ports beyond these, are not looked into.
    private static let fewEntries = 4
    private static let fewPorts = 50

    func locate(_ address: NetworkAddress) async throws(BackendError) -> Located {
        let dialect = try await dialect()
        var finding = Finding(backend: backend)
        await finding.take("ports that have it") { () async throws(BackendError) in
            try await self.ownPorts(address)
        }
        var macs: [NetworkAddress] = []
        if case .mac = address { macs = [address] }
        if dialect.offers("list_arp"), address.isKnownToARP {
            await finding.take("ARP") { () async throws(BackendError) in
                try await self.arpEntries(address)
            }
            // What has the address was learnt behind a port by its MAC.
            for place in finding.places where place.found == "ARP" {
                if let mac = NetworkAddress(place.mac), !macs.contains(mac) { macs.append(mac) }
            }
        }
        if dialect.offers("search_mac") {
            for mac in macs.prefix(Self.fewEntries) {
                await finding.take("FDB") { () async throws(BackendError) in
                    try await self.learntPorts(mac, dialect)
                }
            }
        }
        if finding.isWithoutAnswer, let error = finding.errors.first { throw error }
        // An old server finds a port only by its device.
        for place in finding.places {
            guard let device = place.device, let port = place.port else { continue }
            withMemory { $0.sweep.note(owner: device, of: EntityRef(backend, .port, id: port)) }
        }
        return finding.located(names: withMemory { $0.deviceNames })
    }

    /// The ports behind which a MAC was learnt, that with the fewest others first: it is the nearest.
    private func learntPorts(_ mac: NetworkAddress, _ dialect: Dialect) async throws(BackendError) -> [Place?]
    {
        guard let bare = mac.bareMAC,
            let ports = try await rows("ports", Path.portsByMAC, ["mac": bare], priority: 0)
        else { return [] }
        let entries =
            dialect.offers("list_fdb_mac")
            ? try await rows("ports_fdb", Path.learntMAC, ["mac": bare], priority: 0)?.array.map { $0 } ?? []
            : []
        let clock = withMemory { $0.usableClock }
        return ports.array.prefix(Self.fewPorts).map { row -> Place? in
            guard let port = row["port_id"]?.text else { return nil }
            let entry = entries.first { $0["port_id"]?.text == port }
            var place = Place("FDB", port: port, row)
            place.mac = mac.description
            place.seen = entry?["updated_at"]?.text.flatMap { CivilTime.parse($0, clock: clock) }
            if let others = row["fdb_entries_count"]?.int64, others > 1 {
                place.value = "\(Quantity.count(Int(others - 1))) others behind it"
            }
            return place
        }
    }

    /// The entries of ARP for an address or a MAC, with the port that each was seen at.
    private func arpEntries(_ address: NetworkAddress) async throws(BackendError) -> [Place?] {
        guard let list = try await rows("arp", Path.arp, ["query": address.description], priority: 0) else {
            return []
        }
        var places: [Place?] = []
        for row in list.array.prefix(Self.fewPorts) {
            guard let port = row["port_id"]?.text else {
                places.append(nil)
                continue
            }
            let known = places.count < Self.fewEntries
            let detail =
                known ? try await rows("port", Path.port, ["id": port], priority: 0)?.array.first : nil
            var place = Place("ARP", port: port, detail ?? row)
            place.mac = row["mac_address"]?.text.flatMap { NetworkAddress($0) }?.description ?? ""
            place.ip = row["ipv4_address"]?.text ?? ""
            places.append(place)
        }
        return places
    }

    /// The ports that have the address themselves; rows are a device's and a port's in one.
    private func ownPorts(_ address: NetworkAddress) async throws(BackendError) -> [Place?] {
        let type: String
        switch address {
        case .mac: type = "mac"
        case .ipv4: type = "ipv4"
        case .ipv6: type = "ipv6"
        }
        let query = [("type", type), ("query", address.bareMAC ?? address.description)]
        let list = try await rows("devices", Path.devices, query: query, priority: 0)
        return (list?.array.prefix(Self.fewPorts).map { $0 } ?? []).map { row -> Place? in
            guard row["device_id"]?.text != nil else { return nil }
            var place = Place("own address", port: row["port_id"]?.text, row)
            if type == "mac" { place.mac = address.description } else { place.ip = address.description }
            return place
        }
    }
}

extension NetworkAddress {
    /// Whether the server's table of ARP may have it.
    fileprivate var isKnownToARP: Bool { if case .ipv6 = self { false } else { true } }
}

/// One thing that knows an address.
private struct Place: Sendable {
    let found: String
    /// The port, or the device alone.
    let port: String?
    let device: DeviceID?
    let name: String
    var mac = ""
    var ip = ""
    var value = ""
    var seen: Timestamp?

    init(_ found: String, port: String?, _ row: JSONValue) {
        self.found = found
        self.port = port
        device = row["device_id"]?.text
        let names = ["ifName", "ifDescr"].compactMap { row[$0]?.text }
        let name = names.first { !$0.isEmpty }
        self.name = name ?? port.map { "port \($0)" } ?? row["hostname"]?.text ?? ""
        value = row["ifAlias"]?.text ?? ""
    }
}

/// What was found so far, and what could not be asked.
private struct Finding {
    let backend: BackendID
    private(set) var places: [Place] = []
    private(set) var errors: [BackendError] = []
    private var missing: [String] = []
    private var answers = 0

    init(backend: BackendID) { self.backend = backend }

    var isWithoutAnswer: Bool { answers == 0 && !errors.isEmpty }

    /// Asks for a part; one that fails leaves the others as they are, and so does an entry that does not say where.
    mutating func take(
        _ title: String, _ read: () async throws(BackendError) -> [Place?]
    ) async {
        do throws(BackendError) {
            let found = try await read()
            places += found.compactMap { $0 }
            answers += 1
            let lost = found.count { $0 == nil }
            if lost > 0 {
                missing.append("\(title): \(lost) of \(found.count) entries don't say where it is")
            }
        } catch {
            errors.append(error)
            missing.append("\(title) can't be read: \(error.words)")
        }
    }

    func located(names: [DeviceID: String]) -> Located {
        let resource = ResourceDescriptor.whereabouts
        var builder = TableBuilder(resource, backend)
        for place in places {
            let device = place.device.map { EntityRef(backend, .device, id: $0) }
            guard let entity = place.port.map({ EntityRef(backend, .port, id: $0) }) ?? device else {
                continue
            }
            builder.begin(entity)
            builder.set(resource.place(of: .matched), text: place.found)
            builder.set(resource.place(of: .name), text: place.name)
            if let device, let id = place.device {
                builder.set(resource.place(of: .device), ref: device, name: names[id] ?? "device \(id)")
            }
            for (key, text) in [(FieldKey.mac, place.mac), (.ip, place.ip), ("value", place.value)]
            where !text.isEmpty {
                builder.set(resource.place(of: key), text: text)
            }
            builder.set(resource.place(of: "seen"), time: place.seen)
        }
        return Located(
            builder.finish(), missing.isEmpty ? .complete : .partial(missing.joined(separator: "; ")))
    }
}
