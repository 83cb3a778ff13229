internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// Reads devices: all, those whose status may have changed, or some.
    func refreshDevices(
        _ scope: Query.Scope, into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        switch scope {
        case .everything: return try await refreshDevices(into: sink)
        case .changes: sink.add(try await devicesDownOrBack(), covering: .page)
        case .only(let entities): sink.add(try await devices(entities.map(\.id)), covering: .page)
        }
        return .complete
    }

    /// Reads all devices, of every status; now and then also which groups they are in.
    private func refreshDevices(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let dialect = try await dialect()
        let list = try await deviceList(dialect)
        var table = deviceTable(list)
        if table.count > 0, dialect.offers("get_devices_by_group"),
            withMemory({ [now = settings.now()] in $0.memberships.begin(at: now) })
        {
            // Nobody waits for the groups, which cost a request each.
            sink.add(table, covering: .page)
            await readMemberships(dialect)
            table = deviceTable(list)
        }
        sink.add(table, covering: .everything)
        return .complete
    }

    /// Reads all devices and remembers their names.
    func readDevices(_ dialect: Dialect) async throws(BackendError) -> Table {
        deviceTable(try await deviceList(dialect))
    }

    private func deviceList(_ dialect: Dialect) async throws(BackendError) -> Rows? {
        guard let list = try await rows("devices", Path.devices) else { return nil }
        await learnClock(fromPolled: list.array, dialect)
        return list
    }

    private func deviceTable(_ list: Rows?) -> Table {
        guard let list else { return Table.empty(.device, backend) }
        let table = deviceRows(list.array)
        withMemory { memory in
            memory.devices = table.refs.map(\.id)
            memory.down = Self.down(in: table)
            memory.deviceNames = Dictionary(
                zip(memory.devices, (0..<table.count).map { table.name($0) }), uniquingKeysWith: { $1 })
        }
        return table
    }
}

extension LibreNMSServer {
    /// A table of wire rows with what is remembered of them.
    func deviceRows(_ array: JSONArray) -> Table {
        let (clock, groups) = withMemory { ($0.usableClock, $0.memberships.groups) }
        return DeviceRows.table(array, backend: backend, clock: clock, groups: groups)
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
    private static let groupsColumn = ResourceDescriptor.device.place(of: .groups)
    private static let groupColumn = ResourceDescriptor.device.place(of: .group)

    /// A table of all rows that have an id; those without are what 2016 answers for an unknown device.
    ///
    /// - Parameter groups: the names of the groups that devices are in, in order.
    static func table(
        _ array: JSONArray, backend: BackendID, clock: ServerClock, groups: [DeviceID: [String]] = [:]
    ) -> Table {
        var builder = TableBuilder(.device, backend)
        var rows = JSONRows(array, keys: mapping.keys)
        while rows.next() {
            guard let device = rows.text(id) else { continue }
            builder.begin(EntityRef(backend, .device, id: device))
            mapping.set(rows, in: &builder, clock: clock)
            builder.set(nameColumn, text: name(rows, device))
            builder.set(statusColumn, text: status(rows).rawValue)
            if let names = groups[device], let first = names.first {
                builder.set(groupsColumn, text: names.joined(separator: ", "))
                builder.set(groupColumn, text: first)
            }
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
