/// The world at one tick as one server sees it.
struct WorldView: Sendable {
    let world: World
    let territory: Territory
    /// Seconds since the world began.
    let tick: Int
    /// What people have done to its devices.
    let register: Register

    var life: Life { world.life }
    var network: Network { world.life.network }

    /// The Unix time of a tick.
    func time(_ tick: Int) -> Int { world.origin + tick }

    // MARK: Devices

    /// The indices of the devices that this server knows.
    var deviceIndices: [Int] {
        network.devices.indices.filter(watches)
    }

    /// The devices of this server, with their present state.
    var devices: [DeviceRow] { deviceIndices.map(device) + additions }

    private var additions: [DeviceRow] {
        register.additions.sorted { $0.key < $1.key }.map { DeviceRow($0.value, self) }
    }

    func device(at index: Int) -> DeviceRow { DeviceRow(index, self) }

    /// A device by what stands in a path: all digits are a number, never a name.
    func device(named name: String) -> DeviceRow? {
        if !name.isEmpty, name.utf8.allSatisfy({ (48...57).contains($0) }) {
            guard let id = Int(name) else { return nil }
            if let addition = register.additions[id] { return DeviceRow(addition, self) }
            guard network.devices.indices.contains(id - 1) else { return nil }
            return watches(id - 1) ? device(at: id - 1) : nil
        }
        if let renamed = register.renamed.values.first(where: { $0.hostname == name }) {
            return device(named: String(renamed.id))
        }
        return deviceIndices.first {
            network.devices[$0].hostname == name && register.renamed[$0 + 1] == nil
        }.map(device)
            ?? additions.first { $0.device.hostname == name }
    }

    // MARK: Ports

    /// The ports of a device, as the last poll saw them.
    func ports(of device: DeviceRow) -> some Sequence<PortRow> & Sendable {
        let (network, view) = (network, self)
        return device.device.ports.lazy.map { @Sendable in PortRow(network.ports[$0], device, view) }
    }

    /// All ports of this server, made one by one as they are read.
    var ports: PortRows { PortRows(view: self) }

    /// A port by its number.
    func port(_ id: Int) -> PortRow? {
        guard network.ports.indices.contains(id - 1) else { return nil }
        let port = network.ports[id - 1]
        guard watches(port.device) else { return nil }
        return PortRow(port, device(at: port.device), self)
    }
}

/// All ports of a server, one after another, each with its device's state worked out once.
struct PortRows: Sequence, Sendable {
    let view: WorldView

    func makeIterator() -> Iterator { Iterator(view: view, devices: view.deviceIndices[...]) }

    struct Iterator: IteratorProtocol {
        let view: WorldView
        var devices: ArraySlice<Int>
        var device: DeviceRow?
        var rest = 0..<0

        mutating func next() -> PortRow? {
            while rest.isEmpty {
                guard let index = devices.popFirst() else { return nil }
                let row = view.device(at: index)
                device = row
                rest = row.device.ports
            }
            guard let device, let index = rest.popFirst() else { return nil }
            return PortRow(view.network.ports[index], device, view)
        }
    }
}

/// A device and the state it is in.
struct DeviceRow: Sendable {
    let device: Device
    let index: Int
    /// Since which tick it has been out of reach.
    let downSince: Int?
    /// The tick of the last poll that was answered.
    let polled: Int
    let view: WorldView
    /// Somebody added it, so that the network knows nothing of it.
    let addition: Register.Addition?

    init(_ index: Int, _ view: WorldView) {
        self.index = index
        self.view = view
        addition = nil
        let own = view.network.devices[index]
        device = view.register.renamed[own.id] ?? own
        downSince = device.isDisabled ? -500_000 : view.life.downSince(index, at: view.tick)
        polled = device.isDisabled ? -500_000 : view.life.lastPoll(of: index, at: view.tick)
    }

    init(_ addition: Register.Addition, _ view: WorldView) {
        index = addition.device.id - 1
        self.view = view
        self.addition = addition
        device = addition.device
        downSince = addition.isSilent ? addition.tick : nil
        polled = addition.isSilent ? addition.tick : max(addition.tick, view.tick - view.tick % 60)
    }

    var isUp: Bool { downSince == nil }

    /// Whether the poller has been there; it comes to a new device within the minute.
    var hasBeenPolled: Bool { addition.map { !$0.isSilent && polled > $0.tick } ?? true }

    /// Switched off or on by whoever wrote last.
    var isDisabled: Bool { written("disabled") ?? device.isDisabled }
    var isIgnored: Bool { written("ignore") ?? device.isIgnored }

    private func written(_ field: String) -> Bool? {
        guard !view.register.fields.isEmpty else { return nil }
        return view.register.fields[device.id]?[field].map { $0.phpText == "1" }
    }

    /// What failed first: ping, or only SNMP.
    var reason: String {
        guard downSince != nil else { return "" }
        return index % 7 == 3 ? "snmp" : "icmp"
    }

    var uptime: Int? {
        if let addition { return hasBeenPolled ? view.tick - addition.tick + 400_000 : nil }
        return device.isOdd ? device.identity.uptime : view.life.uptime(of: index, at: polled)
    }
}

/// A port, as the last poll of its device saw it.
struct PortRow: Sendable {
    let port: Port
    let device: DeviceRow
    let isAdminUp: Bool
    let operState: String
    let inwards: Traffic
    let outwards: Traffic
    let errorRate: Int

    init(_ port: Port, _ device: DeviceRow, _ view: WorldView) {
        let life = view.life
        let tick = device.polled
        self.port = port
        self.device = device
        isAdminUp = port.rest != .shut
        if port.rest == .up {
            operState = life.isBroken(port, at: tick) ? "down" : "up"
        } else {
            operState = port.rest == .shut ? "down" : port.rest.rawValue
        }
        let origin = view.world.origin
        inwards = life.traffic(of: port, inwards: true, at: tick, origin: origin)
        outwards = life.traffic(of: port, inwards: false, at: tick, origin: origin)
        errorRate = life.errorRate(of: port, at: tick)
    }

    /// When the values were read, in Unix seconds.
    var polledAt: Int { device.view.time(device.polled) }
}
