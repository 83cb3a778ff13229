/// Lays out a network of a given size.
///
/// The layout is a function of seed and scale; making 100,000 ports takes a fraction of a second, so names
/// are made once, here, and never again.
struct NetworkBuilder {
    let noise: Noise
    let portCount: Int
    let withOddities: Bool
    let extent: Extent

    private var roles: [DeviceRole] = []
    private var sites: [Int] = []
    private var parents: [Int?] = []
    private var spanOf: [Int?] = []
    private var spans: [[Int]] = []
    private var children: [[Int]] = []
    private var portRanges: [Range<Int>] = []
    private var customers: [Customer] = []
    private var circuits: [Circuit] = []

    init(seed: UInt64, scale: Int, withOddities: Bool, extent: Extent) {
        self.extent = extent
        noise = Noise(seed: seed)
        portCount = max(scale, 60)
        self.withOddities = withOddities
    }

    mutating func build() -> Network {
        let oddCount = withOddities ? Oddity.all.count : 0
        let oddPorts = withOddities ? Oddity.portCount : 0
        let count = max(portCount / 10 - oddCount, 6)
        assignRoles(count)
        hang()
        sharePorts(portCount - oddPorts)
        let ports = makePorts()
        var devices = (0..<count).map(makeDevice)
        var allPorts = ports
        if withOddities { Oddity.append(to: &devices, ports: &allPorts, noise: noise) }
        let sessions = SessionPlan(noise: noise, most: extent.sessions).sessions(of: devices)
        let bills = BillPlan(noise: noise).bills(customers, circuits, ports)
        return Network(
            noise: noise, devices: devices, ports: allPorts, customers: customers, circuits: circuits,
            sessions: sessions, bills: bills, spans: spans)
    }

    // MARK: Devices

    /// Out of fifty devices: one core, three aggregation, five others; the rest is access.
    private mutating func assignRoles(_ count: Int) {
        roles = (0..<count).map { index in
            switch index % 50 {
            case 0: .core
            case 1, 18, 35: .aggregation
            case 7: .firewall
            case 12, 24, 41: .server
            case 48: .power
            default: .access
            }
        }
        // Fifty devices in a row share a site, so that what feeds them is near (a small network has two sites).
        let block = count >= 100 ? 50 : max(count / 2, 1)
        sites = (0..<count).map { $0 / block % Site.all.count }
        parents = Array(repeating: nil, count: count)
        spanOf = parents
        children = Array(repeating: [], count: count)
    }

    /// Hangs access on aggregation, aggregation on core, and four or five access devices on one fibre.
    private mutating func hang() {
        var core: Int?
        var aggregation: Int?
        for index in roles.indices {
            switch roles[index] {
            case .core: core = index
            case .aggregation:
                aggregation = index
                parents[index] = core
            case .access:
                parents[index] = aggregation ?? core
            case .firewall, .server, .power: parents[index] = core
            }
            guard let parent = parents[index] else { continue }
            children[parent].append(index)
            guard roles[index] == .access else { continue }
            if let last = spans.indices.last, spans[last].count < 4 + last % 2,
                parents[spans[last][0]] == parent
            {
                spans[last].append(index)
            } else {
                spans.append([index])
            }
            spanOf[index] = spans.count - 1
        }
    }

    /// Shares the ports out by weight, to the last one.
    private mutating func sharePorts(_ total: Int) {
        let weight = roles.reduce(0) { $0 + $1.portWeight }
        var seen = 0
        var start = 0
        portRanges = roles.map { role in
            seen += role.portWeight
            let end = total * seen / weight
            defer { start = end }
            return start..<end
        }
    }

    private func makeDevice(_ index: Int) -> Device {
        let role = roles[index]
        let site = Site.all[sites[index]]
        let hostname = shortName(of: index) + ".example.net"
        let model = noise.pick(DeviceModel.models(for: role), .model, index)
        // Four digits by chance would come twice among very many devices, and those would pass for one.
        let number = index < 10_000 ? noise.pick(1_000...9_999, .serial, index) : index
        let serial = "FOX\(number)\(["A", "B", "G", "H"][index % 4])"
        return Device(
            id: index + 1, role: role, site: site, hostname: hostname,
            address: "10.\(index / 62_500).\(index / 250 % 250).\(index % 250 + 1)",
            serial: serial + String(noise.pick(100...999, .serial, index, 1)), parent: parents[index],
            span: spanOf[index], ports: portRanges[index],
            isDisabled: role == .access && noise.chance(8, .device, index),
            isIgnored: role == .access && noise.chance(8, .device, index, 1),
            identity: Device.Identity(model, name: hostname, type: role.type), location: site.location)
    }

    /// Of each fifty devices one server is the far end of the customers' bonds.
    static func isBondServer(_ index: Int) -> Bool { index % 50 == 12 }

    /// The host name without its domain: `acc-sw009.mad1`, `mad1-agg-bond01`.
    private func shortName(of index: Int) -> String {
        if Self.isBondServer(index) {
            let number = index / (50 * Site.all.count) + 1
            return "\(Site.all[sites[index]].code)-agg-bond\(number < 10 ? "0" : "")\(number)"
        }
        let number = String(index + 1)
        let padded = String(repeating: "0", count: max(3 - number.count, 0)) + number
        return "\(roles[index].prefix)\(padded).\(Site.all[sites[index]].code)"
    }

    // MARK: Ports

    private mutating func makePorts() -> [Port] {
        var ports: [Port] = []
        ports.reserveCapacity(portCount)
        for device in roles.indices {
            let model = noise.pick(DeviceModel.models(for: roles[device]), .model, device)
            for number in portRanges[device].indices {
                ports.append(makePort(number, of: device, model))
            }
        }
        return ports
    }

    private mutating func makePort(_ id: Int, of device: Int, _ model: DeviceModel) -> Port {
        let position = id - portRanges[device].lowerBound
        let use = use(of: position, on: device, port: id)
        let alias: String
        var speed = 1_000_000_000
        switch use {
        case .uplink(let peer), .downlink(let peer):
            alias = "Core: link to " + shortName(of: peer)
            let isTrunk = roles[peer] != .server && roles[peer] != .power
            speed = roles[device] == .core && isTrunk ? 100_000_000_000 : isTrunk ? 10_000_000_000 : speed
        case .transit:
            alias = "Transit: \(SessionPlan.carriers[id % SessionPlan.carriers.count].name)"
            speed = 100_000_000_000
        case .circuit(let index):
            let circuit = circuits[index]
            let name = customers[circuit.customer - 1].name
            alias = "Cust: \(name) [\(circuit.rate / 1_000_000)M] {\(circuit.label)}"
        case .spare: alias = ""
        }
        let name = model.interface(position)
        return Port(
            id: id + 1, device: device, index: position + 1, name: name, description: name, alias: alias,
            speed: speed, mac: 0x02_1A_00_00_00_00 + id, use: use, rest: rest(of: use, port: id))
    }

    private mutating func use(of position: Int, on device: Int, port: Int) -> Port.Use {
        if position == 0, let parent = parents[device] { return .uplink(parent) }
        let ownLinks = parents[device] == nil ? 0 : 1
        let child = position - ownLinks
        if child < children[device].count { return .downlink(children[device][child]) }
        switch roles[device] {
        case .core: return position % 3 == 0 ? .transit : .spare
        case .aggregation, .access:
            guard noise.chance(720, .circuit, port) else { return .spare }
            circuits.append(makeCircuit(on: device))
            return .circuit(circuits.count - 1)
        case .firewall, .server, .power: return position < 2 ? .transit : .spare
        }
    }

    /// Two lines of three belong to a customer who has none yet.
    private mutating func makeCircuit(on device: Int) -> Circuit {
        let id = circuits.count + 1
        var customer = customers.count
        if customers.isEmpty || noise.chance(660, .customer, id) {
            customer += 1
            customers.append(
                Customer(
                    id: customer, name: Customer.name(customer), externalID: "CUST-\(1_000 + customer)",
                    site: sites[device]))
        }
        let rate = noise.pick([50, 100, 100, 200, 300, 500, 1_000], .speed, id) * 1_000_000
        return Circuit(id: id, customer: customer, rate: rate)
    }

    private func rest(of use: Port.Use, port: Int) -> Port.Rest {
        guard use == .spare else { return .up }
        switch noise.pick(0...99, .port, port) {
        case ..<50: return .shut
        case ..<90: return .down
        case ..<94: return .lowerLayerDown
        case ..<97: return .notPresent
        case ..<99: return .dormant
        default: return .testing
        }
    }
}
