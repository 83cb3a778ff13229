extension LibreNMSCall {
    /// `DELETE /devices/:hostname`: answers with the device as it was.
    func deleteDevice() -> Reply {
        if release.isModern, role != .admin { return unauthorized() }
        guard let device else { return failed(404, "Device \(self["hostname"]) not found") }
        let row = detail(of: device)
        view.changeDevices { $0 = $0.removing(device.device.id) }
        let message = "Removed device \(device.device.hostname)"
        return list("devices", row, count: 1, message: message, old: [.message])
    }

    /// `PATCH /devices/:hostname`: one column; what is no column is said to be updated too.
    func updateDevice() -> Reply {
        if release.isModern, role != .admin { return unauthorized() }
        let body = body ?? .null
        // The old release never looks whether there is such a device.
        if release.isModern, device == nil { return failed(404, "Device not found") }
        guard !body["field"].isEmptyInPHP else {
            let status = release.isModern ? 400 : 500
            return failed(status, "Device field to patch has not been supplied")
        }
        if release.isModern, let fields = body["field"].list {
            return update(fields, body["data"].list ?? [])
        }
        let field = body["field"].phpText
        if fixedFields.contains(field) {
            return failed(500, "Device field is not allowed to be updated")
        }
        // The old release escapes once more than it has to.
        let data = body["data"]
        write([field: release.isModern || data.isNull ? data : .text(PHP.escaped(data.phpText))])
        return wordsOnly(200, "Device \(field) field has been updated")
    }

    private var fixedFields: [String] { [release.isModern ? "device_id" : "id", "hostname"] }

    private func update(_ fields: [Input], _ data: [Input]) -> Reply {
        guard fields.count == data.count else {
            return failed(
                500,
                "Device fields failed to be updated as the number of fields (\(fields.count))"
                    + " does not match the supplied data (\(data.count))")
        }
        if fields.contains(where: { fixedFields.contains($0.phpText) }) {
            return failed(500, "Device field is not allowed to be updated")
        }
        write(Dictionary(zip(fields.map(\.phpText), data)) { $1 })
        return wordsOnly(200, "Device fields have been updated")
    }

    private func write(_ fields: [String: Input]) {
        guard let device else { return }
        let columns = fields.filter { field in
            field.key != "device_id" && DeviceColumns.schema.column(field.key, in: release.listShape) != nil
        }
        view.changeDevices { $0 = $0.writing(columns, to: device.device.id) }
    }

    /// Success in words, without the empty error of the old release.
    func wordsOnly(_ status: Int, _ message: String) -> Reply {
        json(status, .object([.init("status", .text("ok")), .init("message", .text(message))]))
    }

    // MARK: Maintenance

    /// `POST /devices/:hostname/maintenance`: nobody is told of its alerts for a while.
    func beginMaintenance() -> Reply {
        guard role == .admin else { return unauthorized() }
        guard let body, !body.isEmptyInPHP else {
            return failed(400, "No information has been provided to set this device into maintenance")
        }
        guard let device else { return failed(404, "Device \(self["hostname"]) not found") }
        return silence([device], "Device \(device.device.hostname) (\(device.device.id))", as: body)
    }

    /// `POST /devicegroups/:name/maintenance`: the same for all of a group.
    func beginGroupMaintenance() -> Reply {
        guard role == .admin else { return unauthorized() }
        guard let body, !body.isEmptyInPHP else {
            return failed(400, "No information has been provided to set this device into maintenance")
        }
        let name = self["name"]
        guard let group = DeviceGroup.all.first(where: { $0.name == name || $0.id == Int(name) }) else {
            return failed(404, "Device group \(name) not found")
        }
        let devices = view.devices.filter(group.contains)
        return silence(devices, "Device group \(group.name) (\(group.id))", as: body)
    }

    private func silence(_ devices: [DeviceRow], _ title: String, as body: Input) -> Reply {
        guard !body["duration"].isEmptyInPHP else { return failed(400, "Duration not provided") }
        let duration = body["duration"].phpText
        let parts = duration.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let seconds = parts[0] &* 3_600 &+ (parts.count > 1 ? parts[1] &* 60 : 0)
        let start: Int
        let words: String
        if let text = body["start"].text {
            guard let time = CivilTime.seconds(reading: text) else { return broken() }
            start = time - style.zone
            words = "will begin maintenance mode at \(text)"
        } else {
            start = view.time(view.tick) / 60 * 60
            words = "moved into maintenance mode"
        }
        view.changeDevices { register in
            for device in devices {
                register = register.silencing(device.device.id, .init(start: start, end: start &+ seconds))
            }
        }
        return wordsOnly(201, "\(title) \(words) for \(duration)h")
    }

    /// `GET /devices/:hostname/maintenance`: whether it is under maintenance now.
    func isUnderMaintenance() -> Reply {
        guard let device else { return failed(404, "Device \(self["hostname"]) not found") }
        return json(
            200,
            .object([
                .init("status", .text("ok")),
                .init(
                    "is_under_maintenance",
                    .literal(String(view.isUnderMaintenance(device.device.id)))),
            ]))
    }
}
