/// The provider's network as it never changes: who is where, and what hangs on what.
final class Network: Sendable {
    let noise: Noise
    let devices: [Device]
    let ports: [Port]
    let customers: [Customer]
    let circuits: [Circuit]
    let sessions: [Session]
    let bills: [Bill]
    /// For each fibre, the indices of the devices that hang on it.
    let spans: [[Int]]
    /// The ports to which something may happen, so that nobody looks at all of them: by device.
    let fragilePorts: [[Int]]
    /// The indices of the devices that have most of what there is, one on either side of a split world.
    let largestRouters: Set<Int>
    let largestSwitches: Set<Int>
    /// For each circuit the index of its port.
    let circuitPorts: [Int: Int]

    init(
        noise: Noise, devices: [Device], ports: [Port], customers: [Customer], circuits: [Circuit],
        sessions: [Session], bills: [Bill], spans: [[Int]]
    ) {
        self.noise = noise
        self.devices = devices
        self.ports = ports
        self.customers = customers
        self.circuits = circuits
        self.sessions = sessions
        self.bills = bills
        self.spans = spans
        largestRouters = Self.largest(.core, of: devices)
        largestSwitches = Self.largest(.aggregation, of: devices)
        var circuitPorts: [Int: Int] = [:]
        for (index, port) in ports.enumerated() {
            if case .circuit(let circuit) = port.use { circuitPorts[circuit] = index }
        }
        self.circuitPorts = circuitPorts
        fragilePorts = devices.map { device in
            device.isOdd ? [] : device.ports.filter { Life.isFragile(ports[$0], noise) }
        }
    }

    static func largest(_ role: DeviceRole, of devices: [Device]) -> Set<Int> {
        let indices = [false, true].compactMap { isEdge in
            devices.firstIndex { $0.role == role && $0.site.isEdge == isEdge && !$0.isOdd }
        }
        return Set(indices)
    }

    /// A BGP session of a core device.
    struct Session: Sendable {
        /// From 1.
        let id: Int
        /// The index of the device that has it.
        let device: Int
        let peer: String
        /// The same with every digit written out, as the database keeps it.
        let identifier: String
        let localAddress: String
        let remoteAS: Int
        let name: String
    }

    /// What a customer is billed for.
    struct Bill: Sendable {
        /// From 1.
        let id: Int
        let name: String
        /// The customer's word, as on his circuits.
        let externalID: String
        /// Bits a second of a 95th percentile bill, or nil for one by volume.
        let rate: Int?
        /// Bytes a month of a bill by volume.
        let quota: Int?
        let day: Int
        /// The indices of the ports that are counted.
        let ports: [Int]
    }
}
