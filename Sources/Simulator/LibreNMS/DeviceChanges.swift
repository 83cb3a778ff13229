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

    func write(_ fields: [String: Input]) {
        guard let device else { return }
        let columns = fields.filter { field in
            field.key != "device_id" && DeviceColumns.schema.column(field.key, in: release.listShape) != nil
        }
        view.changeDevices { $0 = $0.writing(columns, to: device.device.id) }
    }

    /// Success in words, without the empty error of the old release.
    func wordsOnly(_ status: Int, _ message: String) -> Reply {
        json(status, ["status": "ok", "message": .text(message)])
    }
}
