internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// Reads all devices, of every status.
    func refreshDevices(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let dialect = try await dialect()
        sink.add(try await readDevices(dialect), covering: .everything)
        return .complete
    }

    /// Reads all devices and remembers their names.
    func readDevices(_ dialect: Dialect) async throws(BackendError) -> Table {
        guard let list = try await rows("devices", Path.devices) else {
            return Table.empty(.device, backend)
        }
        await learnClock(fromPolled: list.array, dialect)
        let clock = withMemory { $0.usableClock }
        let table = DeviceRows.table(list.array, backend: backend, clock: clock)
        withMemory { memory in
            memory.devices = table.refs.map(\.id)
            memory.deviceNames = Dictionary(
                zip(memory.devices, (0..<table.count).map { table.name($0) }), uniquingKeysWith: { $1 })
        }
        return table
    }
}

/// Wire rows of devices.
enum DeviceRows {
    private static let mapping = RowMapping(
        .device,
        [
            ("sysName", "sysname", .text), ("ip", "ip", .text), ("hardware", "hardware", .text),
            ("os", "os", .text), ("version", "version", .text), ("type", "type", .text),
            ("serial", "serial", .text), ("sysContact", "contact", .text), ("sysDescr", "description", .text),
            ("notes", "notes", .text), ("status_reason", "reason", .text), ("uptime", "uptime", .integer),
            ("last_polled", .lastPolled, .time), ("last_polled_timetaken", "poll_seconds", .number),
        ],
        extra: ["device_id", "hostname", "display", "status", "ignore", "disabled", "location"])

    private static let id = mapping.slot("device_id")
    private static let hostname = mapping.slot("hostname")
    private static let display = mapping.slot("display")
    private static let status = mapping.slot("status")
    private static let ignore = mapping.slot("ignore")
    private static let disabled = mapping.slot("disabled")
    private static let location = mapping.slot("location")
    private static let nameColumn = ResourceDescriptor.device.place(of: .name)
    private static let statusColumn = ResourceDescriptor.device.place(of: .status)
    private static let locationColumn = ResourceDescriptor.device.place(of: .location)

    /// A table of all rows that have an id; those without are what 2016 answers for an unknown device.
    static func table(_ array: JSONArray, backend: BackendID, clock: ServerClock) -> Table {
        var builder = TableBuilder(.device, backend)
        var rows = JSONRows(array, keys: mapping.keys)
        while rows.next() {
            guard let device = rows.text(id) else { continue }
            builder.begin(EntityRef(backend, .device, id: device))
            mapping.set(rows, in: &builder, clock: clock)
            builder.set(nameColumn, text: name(rows, device))
            builder.set(statusColumn, text: status(rows).rawValue)
            if let value = rows[location] { builder.set(locationColumn, text: place(value)) }
        }
        return builder.finish()
    }

    /// The name: what newer releases are told to display, else the host name.
    private static func name(_ rows: JSONRows, _ device: DeviceID) -> String {
        if let display = rows.text(display), !display.isEmpty { return display }
        if let host = rows.text(hostname), !host.isEmpty { return host }
        return "device \(device)"
    }

    /// A disabled device keeps its last status, so what it is set to comes first.
    private static func status(_ rows: JSONRows) -> DeviceStatus {
        if rows.flag(disabled) == true { return .disabled }
        if rows.flag(ignore) == true { return .ignored }
        return rows.flag(status).map { $0 ? .up : .down } ?? .unknown
    }

    /// A location is a text in lists and an object in details of newer releases.
    static func place(_ value: JSONValue) -> String { value.text ?? value["location"]?.text ?? "" }
}
