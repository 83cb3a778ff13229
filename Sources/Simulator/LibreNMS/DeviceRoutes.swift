extension LibreNMSCall {
    /// `GET /devices`: all of them, or those of a type.
    func listDevices() -> Reply {
        let type = query["type"] ?? "all"
        let wanted = query["query"] ?? ""
        if ["mac", "ipv4", "ipv6"].contains(type) { return devicesWithPorts(type, wanted) }
        let rows = view.devices.filter { isOf(type, wanted, $0) }
        guard let sorted = sort(rows) else { return devices([]) }
        return devices(sorted)
    }

    /// `GET /devices/:hostname`, which newer releases print with other types than the list.
    func getDevice() -> Reply {
        guard let device else {
            if release.isModern { return failed(404, "Device \(self["hostname"]) does not exist") }
            // Old servers read the first row of nothing, and add to it what they always add.
            let nothing: Value = ["vrf_lite_cisco": .list([]), "ip": ""]
            return list("devices", .list([nothing]), count: 1, old: [])
        }
        return list("devices", detail(of: device), count: 1, old: [])
    }

    /// A single device as a list of one.
    func detail(of device: DeviceRow) -> Value {
        let columns = DeviceColumns.schema.columns(in: release.detailShape)
        guard !release.isModern else { return Column.rows([device], count: 1, columns, scalars: .cast) }
        let members = columns.map { Value.Member($0.name, $0.value(device)) }
        return .list([.object(members + [.init("vrf_lite_cisco", contexts(of: device))])])
    }

    private func devices(_ rows: [DeviceRow]) -> Reply {
        list("devices", rows, DeviceColumns.schema, old: [.count])
    }

    /// A list when there is none, an object when there are some: PHP has one word for both.
    private func contexts(of row: DeviceRow) -> Value {
        guard row.device.role == .core else { return .list([]) }
        return .object(
            ["red", "blue"].enumerated().map { number, name in
                .init(
                    "vrf-\(name)",
                    [
                        "vrf_lite_cisco_id": .integer(row.index * 2 + number + 1),
                        "device_id": .integer(row.device.id), "context_name": .text("vrf-\(name)"),
                        "intance_name": .text(name), "vrf_name": .text(name.uppercased()),
                    ])
            })
    }

    // MARK: Which, and in what order

    private func isOf(_ type: String, _ wanted: String, _ row: DeviceRow) -> Bool {
        switch type {
        case "up": return row.isUp && !row.isIgnored && !row.isDisabled
        case "down": return !row.isUp && !row.isIgnored && !row.isDisabled
        case "ignored": return row.isIgnored && !row.isDisabled
        case "disabled": return row.isDisabled
        case "active" where release.isModern: return !row.isIgnored && !row.isDisabled
        default:
            guard release.isModern, Self.searchable.contains(type) else { return true }
            return DeviceColumns.schema.column(type, in: .list)?.value(row).plainText == wanted
        }
    }

    private static let searchable = [
        "device_id", "location", "location_id", "hostname", "sysName", "display", "os", "type", "serial",
        "version", "hardware", "features",
    ]

    /// The rows in the order asked for; nil when there is no such column, where servers answer with nothing.
    private func sort(_ rows: [DeviceRow]) -> [DeviceRow]? {
        let words = (query["order"] ?? "").split(separator: " ").map(String.init)
        let hasDirection = words.count == 2 && ["asc", "desc"].contains(words[1].lowercased())
        let isSound = words.count == 1 || hasDirection
        // What is no order at all counts as none for the newer release; the old one hands it to the database.
        if words.isEmpty || !isSound && release.isModern { return rows.sorted { $0.sortName < $1.sortName } }
        guard isSound, let column = DeviceColumns.schema.column(words[0], in: release.listShape) else {
            return nil
        }
        let keyed = rows.map { ($0, column.value($0).sortKey) }.sorted { $0.1 < $1.1 }.map(\.0)
        return hasDirection && words[1].lowercased() == "desc" ? keyed.reversed() : keyed
    }

    /// `type=mac|ipv4|ipv6`: rows of a device and a port in one, where the port's values win.
    private func devicesWithPorts(_ type: String, _ wanted: String) -> Reply {
        let shape = release.listShape
        let digits = wanted.lowercased().filter(\.isHexDigit)
        let rows: [Value] = view.devices.flatMap { device -> [Value] in
            view.ports(of: device).filter { port in
                guard type == "mac" else {
                    return device.device.has(address: wanted, type) && port.port.index == 1
                }
                return PortColumns.schema.column("ifPhysAddress", in: shape)?.value(port).plainText == digits
            }.map { port in
                let ports = PortColumns.schema.columns(in: shape)
                let own = DeviceColumns.schema.columns(in: shape).map { column in
                    Value.Member(
                        column.name,
                        ports.first { $0.name == column.name }?.value(port) ?? column.value(device))
                }
                let known = Set(own.map(\.key))
                let others = ports.filter { !known.contains($0.name) }
                return .object(own + others.map { .init($0.name, $0.value(port)) })
            }
        }
        return list("devices", .list(rows), count: rows.count, old: [.count])
    }
}

extension DeviceRow {
    /// Databases compare names without regard to case.
    var sortName: String { device.hostname.lowercased() }
}

extension Value {
    /// The value as a query would have to say it.
    var plainText: String? {
        switch self {
        case .integer(let number), .computed(let number), .time(let number), .hundredths(let number):
            String(number)
        case .unsigned(let number): String(number)
        case .flag(let isSet): isSet ? "1" : "0"
        case .decimal(let text), .text(let text), .literal(let text): text
        case .null, .list, .object, .rows: nil
        }
    }

    /// What a database sorts by: nothing first, then numbers, then words.
    var sortKey: SortKey {
        switch self {
        case .integer(let number), .computed(let number), .time(let number), .hundredths(let number):
            .number(Double(number))
        case .unsigned(let number): .number(Double(number))
        case .flag(let isSet): .number(isSet ? 1 : 0)
        case .decimal(let text), .text(let text), .literal(let text): .word(text.lowercased())
        case .null, .list, .object, .rows: .nothing
        }
    }

    enum SortKey: Comparable {
        case nothing
        case number(Double)
        case word(String)
    }
}
