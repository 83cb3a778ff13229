/// What today's release does and shows of looking at devices and naming ports.
extension LibreNMSCall {
    /// `GET /devices/:hostname/discover`: a GET that does something, for every token that may see the device.
    func discover() -> Reply {
        guard let device else { return failed(404, "Device \(self["hostname"]) does not exist") }
        view.changeDevices { $0 = $0.discovering(device.device.id, at: view.tick) }
        let result: [Value.Member] = [
            .init("status", .computed(1)), .init("message", .text("Device will be rediscovered")),
        ]
        return list("result", .object(result), count: result.count)
    }

    /// `GET /pollers/log`: a row for each device that is watched, with its last poll in UTC.
    func pollerLog() -> Reply {
        let rows = view.devices.filter { !$0.isDisabled && !$0.isIgnored }
        let schema = Schema<DeviceRow>([
            Column("hostname", in: .all) { .text($0.device.hostname) },
            Column("display_name", in: .all) { .text($0.device.hostname) },
            Column("last_polled", in: .all) { $0.hasBeenPolled ? .time($0.view.time($0.polled)) : .null },
            Column("last_polled_timetaken", in: .all) { .literal("\(2 + $0.device.ports.count / 10).5") },
            Column("poller_group", in: .all) { _ in .text("General") },
            Column("poller_group_id", in: .all) { _ in .integer(0) },
        ])
        return list(
            "log", Column.rows(rows, count: rows.count, schema.columns(in: .list), scalars: .cast),
            count: rows.count)
    }

    // MARK: Descriptions of ports

    /// `GET /ports/:portid/description`.
    func portDescription() -> Reply {
        guard let row = Int(self["portid"]).flatMap(view.port) else { return failed(400, "Invalid port ID.") }
        return list("port_description", .text(orNull: row.alias), count: 1, countsWhenModern: false)
    }

    /// `PATCH /ports/:portid/description`: stays in place of the device's own until it is removed.
    func describePort() -> Reply {
        guard role == .admin else { return unauthorized() }
        guard let row = Int(self["portid"]).flatMap(view.port) else { return failed(400, "Invalid port ID.") }
        let description = body?["description"] ?? .null
        let isEmpty = description.isEmptyInPHP
        let text = isEmpty ? PortRow.repoll : description.phpText
        view.changeDevices { $0 = $0.describing(port: row.port.id, .init(text: text, tick: view.tick)) }
        return wordsOnly(200, isEmpty ? "Port description cleared." : "Port description updated.")
    }
}

extension PortRow {
    /// What stands for a description that was removed, until the device is polled.
    static let repoll = "repoll"

    /// What somebody called the port, else what the device does.
    var alias: String? {
        guard let given = device.view.register.descriptions[port.id] else { return port.alias }
        return given.text == Self.repoll && device.polled > given.tick ? port.alias : given.text
    }
}
