/// The columns of a device, for both releases and both of the newer one's forms.
enum DeviceColumns {
    static let schema = Schema<DeviceRow>(
        (identity + access + description + state + times + settings + place).map(overwritable))

    private typealias C = Column<DeviceRow>

    private static let identity: [C] = [
        C("device_id", in: .all) { .integer($0.device.id) },
        C("inserted", in: .modern) { .time($0.view.time(0) - 34_560_000) },
        C("hostname", in: .all) { .text($0.device.hostname) },
        C("sysName", in: .all) { .text(orNull: $0.device.identity.name) },
        C("display", in: .modern) { _ in .text("") },
        C("display_template", in: .modern) { _ in .null },
        C("ip", in: .all) { .text($0.device.address) },
        C("overwrite_ip", in: .modern) { _ in .null },
    ]

    /// How the server logs in at the device: real servers print these secrets too.
    private static let access: [C] = [
        C("community", in: .all) { .text($0.device.isOdd ? "public" : "n0cturne-ro") },
        C("authlevel", in: .all) { _ in .null },
        C("authname", in: .all) { _ in .null },
        C("authpass", in: .all) { _ in .null },
        C("authalgo", in: .all) { _ in .null },
        C("cryptopass", in: .all) { _ in .null },
        C("cryptoalgo", in: .all) { _ in .null },
        C("snmpver", in: .all) { _ in .text("v2c") },
        C("port", in: .all) { _ in .integer(161) },
        C("transport", in: .all) { _ in .text("udp") },
        C("timeout", in: .all) { _ in .null },
        C("retries", in: .all) { _ in .null },
        C("snmp_disable", in: .modern) { .flag($0.device.identity.os == "ping") },
        C("bgpLocalAs", in: .all) { $0.device.role == .core ? .integer(64_512) : .null },
    ]

    private static let description: [C] = [
        C("sysObjectID", in: .all) { .text(orNull: $0.device.identity.objectID) },
        C("snmpEngineID", in: .modern) { _ in .null },
        C("sysDescr", in: .all) { .text(orNull: $0.device.identity.description) },
        C("sysContact", in: .all) { .text(orNull: $0.device.identity.contact) },
        C("version", in: .all) { .text(orNull: $0.device.identity.version) },
        C("hardware", in: .all) { .text(orNull: $0.device.identity.hardware) },
        C("features", in: .all) { .text(orNull: $0.device.identity.features) },
        C("location", in: .old) { .text(orNull: $0.device.location) },
        C("location_id", in: .modern) { $0.device.location == nil ? .null : .integer($0.device.site.id) },
        C("os", in: .old) { .text(orNull: $0.device.identity.oldOS) },
        C("os", in: .modern) { .text(orNull: $0.device.identity.os) },
    ]

    private static let state: [C] = [
        C("status", in: .all) { .flag($0.isUp) },
        C("status_reason", in: .all) { .text($0.reason) },
        C("ignore", in: .all) { .flag($0.isIgnored) },
        C("disabled", in: .all) { .flag($0.isDisabled) },
        C("uptime", in: .all) { .integer(orNull: $0.uptime) },
        C("agent_uptime", in: .all) { _ in .integer(0) },
    ]

    private static let times: [C] = [
        C("last_polled", in: .all) { $0.hasBeenPolled ? .time($0.view.time($0.polled)) : .null },
        C("last_poll_attempted", in: .all) { _ in .null },
        C("last_polled_timetaken", in: .all) { .hundredths(200 + $0.device.ports.count * 9) },
        C("last_discovered_timetaken", in: .all) { .hundredths(1_563 + $0.index % 50 * 210) },
        C("last_discovered", in: .all, lastDiscovered),
        C("last_ping", in: .all) { .time($0.view.time(min($0.polled + 20, $0.view.tick))) },
        C("last_ping_timetaken", in: .all) { .hundredths(40 + $0.index % 90 * 31) },
    ]

    /// Nothing from when it was asked for until it is done, a minute later.
    @Sendable private static func lastDiscovered(_ row: DeviceRow) -> Value {
        if let asked = row.view.register.discoveries[row.device.id] {
            return row.view.tick < asked + 60 ? .null : .time(row.view.time(asked + 60))
        }
        return .time(row.view.time(row.polled - row.polled % 21_600 - row.index % 600))
    }

    private static let settings: [C] = [
        C("purpose", in: .all) { $0.device.isOdd ? .null : .text("") },
        C("type", in: .all) { .text($0.device.identity.type) },
        C("serial", in: .all) { .text(orNull: $0.device.serial) },
        C("icon", in: [.old, .list]) { row in
            row.device.isOdd ? .null : .text(orNull: row.device.identity.oldOS.map { $0 + ".svg" })
        },
        C("icon", in: .detail) { _ in .text("images/os/generic.svg") },
        C("poller_group", in: .all) { _ in .integer(0) },
        C("override_sysLocation", in: .all) { _ in .flag(false) },
        C("notes", in: .all) { .text(orNull: $0.device.identity.notes) },
        C("port_association_mode", in: .all) { _ in .integer(1) },
        C("max_depth", in: .modern) { _ in .integer(0) },
        C("disable_notify", in: .modern) { _ in .flag(false) },
        C("ignore_status", in: .modern) { _ in .flag(false) },
        C("mtu_status", in: .modern) { _ in .flag(true) },
        C("dependency_parent_id", in: .list) { row in
            row.device.parent.map { .text(String($0 + 1)) } ?? .null
        },
        C("dependency_parent_hostname", in: .list) { row in
            .text(orNull: row.device.parent.map { row.view.network.devices[$0].hostname })
        },
    ]

    /// The newer release prints a word in lists and an object in the detail.
    private static let place: [C] = [
        C("location", in: .list) { .text(orNull: $0.location) },
        C("location", in: .detail) { row in
            guard let location = row.location else { return .null }
            return [
                "id": .integer(row.device.site.id), "location": .text(location),
                "lat": degrees(row, row.device.site.latitude),
                "lng": degrees(row, row.device.site.longitude),
                "timestamp": .time(row.view.time(0) - 86_400), "fixed_coordinates": .flag(false),
            ]
        },
        C("lat", in: .list) { hasPlace($0) ? .decimal($0.device.site.latitude) : .null },
        C("lng", in: .list) { hasPlace($0) ? .decimal($0.device.site.longitude) : .null },
        C("lat", in: .detail) { _ in .null },
        C("lng", in: .detail) { _ in .null },
    ]

    /// A column whose value somebody may have written over.
    private static func overwritable(_ column: C) -> C {
        C(column.name, in: column.shapes) { row in
            let value = column.value(row)
            guard !row.view.register.fields.isEmpty,
                let written = row.view.register.fields[row.device.id]?[column.name]
            else { return value }
            return written.stored(over: value)
        }
    }

    private static func hasPlace(_ row: DeviceRow) -> Bool {
        row.device.location == row.device.site.location
    }

    private static func degrees(_ row: DeviceRow, _ digits: String) -> Value {
        guard hasPlace(row) else { return .null }
        let end = digits.lastIndex { $0 != "0" } ?? digits.startIndex
        return .literal(String(digits[...end]))
    }
}

extension Input {
    /// What a column holds after this was written to it; what the column cannot hold becomes a zero.
    func stored(over value: Value) -> Value {
        switch value {
        case .flag: .flag(phpText == "1")
        case .integer, .hundredths: isNull ? .null : .integer(integer ?? 0)
        case .time: value
        default:
            switch self {
            case .null: .null
            case .number: integer.map(Value.integer) ?? .text(phpText)
            default: .text(phpText)
            }
        }
    }
}

extension DeviceRow {
    /// Where it is, as the location is called now.
    var location: String? {
        guard let location = device.location, let edits = view.register.edits["locations"] else {
            return device.location
        }
        if edits.removed.contains(device.site.id) { return nil }
        return edits.written[device.site.id]?["location"]?.phpText ?? location
    }
}
