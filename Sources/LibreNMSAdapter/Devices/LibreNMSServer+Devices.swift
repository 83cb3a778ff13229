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
        case .changes:
            let (table, completeness) = try await devicesDownOrBack()
            sink.add(table, covering: .page)
            return completeness
        case .only(let entities): sink.add(try await devices(entities.map(\.id)), covering: .page)
        }
        return .complete
    }

    /// Reads all devices, of every status; now and then also which groups they are in.
    private func refreshDevices(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let dialect = try await dialect()
        let list = try await rows("devices", Path.devices)
        var table = deviceTable(list)
        if table.count > 0, let list, needsClock {
            // Nobody waits for the clock, without which the rows have their times all the same.
            sink.add(table, covering: .page)
            await learnClock(fromPolled: list.array, dialect)
            table = deviceTable(list)
        }
        if table.count > 0, dialect.offers("get_devices_by_group"),
            withMemory({ [now = settings.now()] in $0.memberships.begin(at: now) })
        {
            // Nobody waits for the groups, which cost a request each.
            sink.add(table, covering: .page)
            let (_, age) = await Sharing.lasting(Double(Memberships.interval)) {
                await readMemberships(dialect)
            }
            withMemory { $0.memberships.age(by: age) }
            table = deviceTable(list)
        }
        sink.add(table, covering: .everything)
        return list == nil ? .complete : withMemory { $0.devicesAre }
    }

    /// Reads all devices and remembers their names.
    func readDevices() async throws(BackendError) -> Table {
        deviceTable(try await rows("devices", Path.devices))
    }

    private func deviceTable(_ list: Rows?) -> Table {
        guard let list else { return Table.empty(.device, backend) }
        let table = deviceRows(list.array)
        let completeness = list.without("device_id", table.count, "devices")
        withMemory { memory in
            memory.devices = table.refs.map(\.id)
            memory.devicesAre = completeness
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
            ("hostname", "hostname", .text),
        ],
        extra: [
            "device_id", "display", "status", "ignore", "disabled", "location", "dependency_parent_id",
            "dependency_parent_hostname",
        ])
    // The name of the system and the address are also wanted for names.
    private static let system = mapping.slot("sysName")
    private static let address = mapping.slot("ip")

    private static let id = mapping.slot("device_id")
    private static let hostname = mapping.slot("hostname")
    private static let display = mapping.slot("display")
    private static let status = mapping.slot("status")
    private static let ignore = mapping.slot("ignore")
    private static let disabled = mapping.slot("disabled")
    private static let location = mapping.slot("location")
    private static let parent = mapping.slot("dependency_parent_id")
    private static let parentName = mapping.slot("dependency_parent_hostname")
    private static let parentColumn = ResourceDescriptor.device.place(of: "parent")
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
        var builder = TableBuilder(.device, backend, capacity: array.count)
        var rows = JSONRows(array, keys: mapping.keys)
        while rows.next() {
            guard let device = rows.id(id) else { continue }
            builder.begin(EntityRef(backend, .device, id: device))
            mapping.set(rows, in: &builder, clock: clock)
            builder.set(nameColumn, text: name(rows, device))
            let status = status(
                disabled: rows.bit(disabled), ignored: rows.bit(ignore), answers: rows.bit(Self.status))
            builder.set(statusColumn, text: status?.rawValue ?? "")
            if let names = groups[device], let first = names.first {
                builder.set(groupsColumn, text: names.joined(separator: ", "))
                builder.set(groupColumn, text: first)
            }
            // One of several may be down without anything else.
            if let parent = rows.text(parent), !parent.isEmpty, parent.utf8.allSatisfy({ $0 &- 48 < 10 }) {
                let name = rows.text(parentName) ?? "device \(parent)"
                builder.set(parentColumn, ref: EntityRef(backend, .device, id: parent), name: name)
            }
            if let value = rows[location] { builder.set(locationColumn, text: place(value)) }
        }
        return builder.finish()
    }

    private static func name(_ rows: JSONRows, _ device: DeviceID) -> String {
        let display = rows.text(display) ?? ""
        let host = rows.text(hostname) ?? ""
        guard display.contains("{{") else {
            // Nearly all rows: no other field is read.
            return !display.isEmpty ? display : !host.isEmpty ? host : "device \(device)"
        }
        return DeviceName(
            display: display, host: host, system: rows.text(system) ?? "", address: rows.text(address) ?? ""
        ).text ?? "device \(device)"
    }

    /// A disabled device keeps its last status, so what it is set to comes first.
    ///
    /// - Returns: nil where the server leaves out what it is by.
    static func status(disabled: Bool?, ignored: Bool?, answers: Bool?) -> DeviceStatus? {
        guard let disabled else { return nil }
        if disabled { return .disabled }
        guard let ignored else { return nil }
        if ignored { return .ignored }
        return answers.map { $0 ? .up : .down }
    }

    /// A location is a text in lists and an object in details of newer releases.
    static func place(_ value: JSONValue) -> String { value.text ?? value["location"]?.text ?? "" }
}
