/// A group of devices, as both releases describe it.
struct DeviceGroup: Sendable {
    let id: Int
    let name: String
    let description: String?
    /// What the old release matches with; nil for groups that it does not know.
    let pattern: String?
    /// What the newer one matches with; nil for a group picked by hand.
    let rule: (field: String, comparison: String, value: String)?
    /// What somebody gave it to match with in place of that.
    var writtenRules: Input?
    let contains: @Sendable (DeviceRow) -> Bool

    /// In the order of their names, as servers list them.
    static let all: [DeviceGroup] = [
        DeviceGroup(
            id: 1, name: "Core routers", description: "All the core",
            pattern: "%devices.hostname ~ \"@core-rtr@\" &&",
            rule: ("devices.hostname", "regex", "core-rtr")
        ) { $0.device.role == .core },
        DeviceGroup(
            id: 6, name: "Down", description: "", pattern: "%devices.status = \"0\" &&",
            rule: ("devices.status", "equal", "0")
        ) { !$0.isUp },
        DeviceGroup(
            id: 5, name: "Empty group", description: "matches nothing",
            pattern: "%devices.hostname = \"nope\" &&", rule: ("devices.hostname", "equal", "nope")
        ) { _ in false },
        DeviceGroup(
            id: 2, name: "Firewalls", description: "", pattern: "%devices.type = \"firewall\" &&",
            rule: ("devices.type", "equal", "firewall")
        ) { $0.device.identity.type == "firewall" },
        DeviceGroup(
            id: 3, name: "Linux servers", description: nil, pattern: "%devices.os = \"linux\" &&",
            rule: ("devices.os", "equal", "linux")
        ) { $0.device.identity.os == "linux" },
        DeviceGroup(id: 8, name: "Static picks", description: "hand picked", pattern: nil, rule: nil) {
            $0.index % 40 == 3
        },
        DeviceGroup(
            id: 4, name: "Züri/Geräte & Söhne", description: "UTF-8, slash, ampersand",
            pattern: "%devices.location ~ \"@Rack@\" &&", rule: ("devices.location", "regex", "Rack")
        ) { $0.device.location?.contains("Rack") ?? false },
    ]

    static let schema = Schema<DeviceGroup>([
        Column("id", in: .all) { .integer($0.id) },
        Column("name", in: .all) { .text($0.name) },
        Column("desc", in: .all) { .text(orNull: $0.description) },
        Column("pattern", in: .old) { .text(orNull: $0.pattern) },
        Column("type", in: .modern) {
            .text($0.rule == nil && $0.writtenRules == nil ? "static" : "dynamic")
        },
        Column("rules", in: .modern, rules),
        Column("pattern", in: .modern) { _ in .null },
    ])

    @Sendable private static func rules(_ group: DeviceGroup) -> Value {
        if let written = group.writtenRules { return written.value }
        guard let rule = group.rule else { return .null }
        let condition =
            ([
                "id": .text(rule.field), "field": .text(rule.field), "type": "string", "input": "text",
                "operator": .text(rule.comparison), "value": .text(rule.value),
            ] as Value)
        return [
            "condition": "AND", "rules": .list([condition]), "valid": .literal("true"), "joins": .list([]),
        ]
    }
}

extension LibreNMSCall {
    private var groups: [DeviceGroup] {
        release.isModern ? view.deviceGroups : DeviceGroup.all.filter { $0.pattern != nil }
    }

    /// `GET /devicegroups`: all of them.
    func listGroups() -> Reply { groups(groups) }

    /// `GET /devices/:hostname/groups`: none is a 404; an unknown device has all groups in the old release.
    func groupsOfDevice() -> Reply {
        guard let device else {
            return release.isModern ? failed(404, "Device not found") : groups(groups)
        }
        let found = groups.filter { $0.contains(device) }
        guard found.isEmpty else { return groups(found) }
        guard !release.isModern else { return failed(404, "No device groups found") }
        return json(
            404,
            [
                "status": "error", "message": "No device groups found", "count": .computed(0),
                "groups": .list([]),
            ])
    }

    /// `GET /devicegroups/:name`, which the old release calls an error when it succeeds.
    func devicesOfGroup() -> Reply {
        let name = self["name"]
        let isNumbered = release.isModern ? Int(name) : nil
        // The newer release takes a slash, however written, for the end of the name.
        let isHidden = release.isModern && name.contains("/")
        let group = isHidden ? nil : groups.first { $0.name == name || $0.id == isNumbered }
        let rows = group.map { group in view.devices.filter(group.contains) } ?? []
        let known = DeviceColumns.schema.column("device_id", in: .all).map { [$0] } ?? []
        guard release.isModern else { return oldGroup(name, isKnown: group != nil, rows, known) }
        guard group != nil else { return failed(404, "Device group not found") }
        guard !rows.isEmpty else { return failed(404, "No devices found in group \(name)") }
        guard query["full"] != nil else {
            return list("devices", Column.rows(rows, count: rows.count, known), count: rows.count)
        }
        let all = DeviceColumns.schema.columns(in: .detail)
        return list("devices", Column.rows(rows, count: rows.count, all, scalars: .cast), count: rows.count)
    }

    private func oldGroup(
        _ name: String, isKnown: Bool, _ rows: [DeviceRow], _ columns: [Column<DeviceRow>]
    ) -> Reply {
        let message =
            rows.isEmpty ? "No devices found in group \(name)" : "Found \(rows.count) in group \(name)"
        return json(
            rows.isEmpty ? 404 : 200,
            [
                "status": "error", "message": .text(message), "count": .computed(isKnown ? rows.count : 1),
                "devices": isKnown ? Column.rows(rows, count: rows.count, columns) : .literal("false"),
            ])
    }

    private func groups(_ found: [DeviceGroup]) -> Reply {
        list(
            "groups", found, DeviceGroup.schema, message: "Found \(found.count) device groups",
            old: [.message, .count])
    }
}
