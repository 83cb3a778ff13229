internal import Domain

extension CommandDescriptor {
    /// `POST /devices`.
    static let addDevice = CommandDescriptor(
        .addDevice, title: "Add device", targets: [.device], tier: .touchesService,
        effect: "The server discovers the device and watches it from then on.",
        form: [
            FormField("hostname", "Host name", .line(required: true)),
            FormField("version", "SNMP", .choice(["v2c", "v3", "v1"])),
            FormField("community", "Community (v1, v2c)", .secret(required: false)),
            FormField("authlevel", "v3 level", .choice(["authPriv", "authNoPriv", "noAuthNoPriv"])),
            FormField("authname", "v3 user", .secret(required: false)),
            FormField("authpass", "v3 password", .secret(required: false)),
            FormField("authalgo", "v3 hash", .choice(["SHA", "MD5"])),
            FormField("cryptopass", "v3 crypto password", .secret(required: false)),
            FormField("cryptoalgo", "v3 cipher", .choice(["AES", "DES"])),
            FormField("port", "SNMP port", .line(required: false)),
            FormField("transport", "Transport", .choice(["", "udp", "tcp", "udp6", "tcp6"])),
            FormField("poller_group", "Poller group", .line(required: false)),
            FormField("force_add", "Even if it does not answer", .toggle(initially: false)),
        ], bulk: false, creates: true)

    /// `DELETE /devices/:id`.
    static let deleteDevice = CommandDescriptor(
        .deleteDevice, title: "Delete device", targets: [.device], tier: .hurts,
        effect: "Deletes the device with its ports, graphs and history permanently.", bulk: false)

    /// `PATCH /devices/:id`.
    static let updateDevice = CommandDescriptor(
        .updateDevice, title: "Update a field", targets: [.device], tier: .touchesService,
        effect: "The server writes the field of the device.",
        form: [
            FormField("field", "Field, such as notes", .line(required: true)),
            FormField("data", "Value, empty takes it away", .line(required: false)),
        ])

    /// `GET /devices/:id/discover`.
    static let discoverDevice = CommandDescriptor(
        .discoverDevice, title: "Discover", targets: [.device], tier: .touchesService,
        effect: "The server discovers the device again: its ports, sensors and parts.")

    /// `POST /devices/:id/maintenance`, and the same of device groups and locations where the server has them.
    static func maintenance(_ dialect: Dialect) -> CommandDescriptor {
        var targets: Set<ResourceKind> = [.device]
        if dialect.offers("maintenance_devicegroup") { targets.insert(.group) }
        if dialect.offers("maintenance_location"), dialect.offers("list_locations") {
            targets.insert(.location)
        }
        return CommandDescriptor(
            .maintenance, title: "Maintenance", targets: targets, tier: .touchesService,
            effect: targets.count == 1
                ? "No notifications for this device until the maintenance ends."
                : "No notifications for the device, or for all devices of the group or location, until the maintenance ends.",
            form: [
                FormField("duration", "For, as in 2 h or 1:30", .line(required: true)),
                FormField("title", "Title", .line(required: false)),
                FormField("notes", "Notes", .line(required: false)),
            ])
    }
}
