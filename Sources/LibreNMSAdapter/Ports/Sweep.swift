internal import Domain

/// How far the ports of single devices were read, so that a sweep that was cut short goes on where it was.
struct Sweep: Sendable {
    /// Whether a sweep is under way; another refresh then reads only what is wanted at once.
    var isRunning = false
    /// Columns that this server does not know.
    var unknownColumns: Set<String> = []
    /// Whether any device gave ports with the columns that are asked for.
    var columnsWork = false
    /// Whether only all columns give ports, because the server knows one by no name.
    var needsAllColumns = false
    /// The devices of known ports.
    private var owners: [EntityRef: DeviceID] = [:]
    private var reads = 0
    private var readAt: [DeviceID: Int] = [:]

    /// Remembers that a device was read, and which ports it has.
    mutating func note(_ device: DeviceID, ports: [EntityRef]) {
        reads += 1
        readAt[device] = reads
        for port in ports { owners[port] = device }
    }

    /// Notes whose a port is that was found before its device was read.
    mutating func note(owner device: DeviceID, of port: EntityRef) { owners[port] = device }

    /// The device of a port, once it was read.
    func device(of port: EntityRef) -> DeviceID? { owners[port] }

    /// Devices in the order in which a sweep reads them: those read longest ago, or never, first.
    func order(_ devices: [DeviceID]) -> [DeviceID] {
        devices.enumerated().sorted { a, b in
            (readAt[a.element] ?? 0, a.offset) < (readAt[b.element] ?? 0, b.offset)
        }.map(\.element)
    }

    /// Forgets devices that are gone.
    mutating func keep(only devices: [DeviceID]) {
        let known = Set(devices)
        readAt = readAt.filter { known.contains($0.key) }
        owners = owners.filter { known.contains($0.value) }
    }
}
