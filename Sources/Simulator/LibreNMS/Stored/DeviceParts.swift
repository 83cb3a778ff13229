/// What today's release lets people write at devices: their name, their parents, components and log lines.
extension LibreNMSRoutes {
    static let deviceParts: [Route<LibreNMSCall>] = [
        writing("PATCH", "/api/v0/devices/{hostname}/rename/{new_hostname}", "rename_device") { $0.rename() },
        writing("POST", "/api/v0/devices/{id}/parents", "add_parents_to_host") { $0.addParents() },
        writing("DELETE", "/api/v0/devices/{id}/parents", "del_parents_from_host") { $0.removeParents() },
        writing("POST", "/api/v0/devices/{hostname}/components/{type}", "add_components") {
            $0.addComponent()
        },
        writing("PUT", "/api/v0/devices/{hostname}/components", "edit_components") { $0.changeComponents() },
        writing("DELETE", "/api/v0/devices/{hostname}/components/{component}", "delete_components") { call in
            guard let id = Int(call["component"]) else { return call.failed(400, "No valid component id") }
            call.edit("components") { $0.remove(id) }
            return call.json(200, ["status": "ok"])
        },
        writing("POST", "/api/v0/devices/{hostname}/eventlog", "add_eventlog") { $0.addEvent() },
        writing("POST", "/api/v0/bgp/{id}", "edit_bgp_descr") { $0.describeSession() },
        writing("POST", "/api/v0/syslogsink", "post_syslogsink") { $0.takeSyslog() },
        writing("PATCH", "/api/v0/ports/transceiver/metric/{metric}", "update_transceiver_metric_thresholds")
        {
            call in
            guard let metric = Int(call["metric"]) else { return call.failed(404, "Metric not found") }
            let (fields, refusal) = call.fields()
            if let refusal { return refusal }
            call.edit("transceiver_metrics") { $0.write(fields, to: metric) }
            return call.wordsOnly(200, "Thresholds of metric \(metric) updated")
        },
    ]
}

extension LibreNMSCall {
    // MARK: Names and parents

    fileprivate func rename() -> Reply {
        guard let device else { return failed(404, "Device \(self["hostname"]) not found") }
        let name = self["new_hostname"]
        guard view.device(named: name) == nil else {
            return failed(500, "Device failed to rename, new hostname already exists")
        }
        view.changeDevices { $0 = $0.renaming(device.device.renamed(name)) }
        return wordsOnly(200, "Device has been renamed")
    }

    private func devices(_ words: Input) -> [DeviceRow]? {
        let names =
            words.list?.map(\.phpText) ?? words.phpText.split(separator: ",").map { $0.trimmingSpaces }
        let found = names.map { view.device(named: $0) }
        return found.contains { $0 == nil } ? nil : found.compactMap { $0 }
    }

    private func setParents(of id: Int, _ parents: [DeviceRow]) {
        let ids = parents.map { String($0.device.id) }.joined(separator: ",")
        let names = parents.map(\.device.hostname).joined(separator: ",")
        let fields: [String: Input] =
            parents.isEmpty
            ? ["dependency_parent_id": .null, "dependency_parent_hostname": .null]
            : ["dependency_parent_id": .text(ids), "dependency_parent_hostname": .text(names)]
        view.changeDevices { $0 = $0.writing(fields, to: id) }
    }

    fileprivate func addParents() -> Reply {
        guard let parents = body.flatMap({ devices($0["parent_ids"]) }), !parents.isEmpty else {
            return failed(
                400, "Parent device IDs/Hostname does not exist: \(body?["parent_ids"].phpText ?? "")")
        }
        guard let child = view.device(named: self["id"]),
            !parents.contains(where: { $0.device.id == child.device.id })
        else { return failed(400, "Check your parent and device IDs") }
        setParents(of: child.device.id, parents)
        return wordsOnly(201, "Device dependencies have been saved")
    }

    fileprivate func removeParents() -> Reply {
        guard let child = view.device(named: self["id"]) else { return failed(400, "Check your device ID!") }
        let given = body?["parent_ids"] ?? .null
        var kept: [DeviceRow] = []
        if !given.isEmptyInPHP {
            guard let gone = devices(given) else {
                return failed(400, "Parent device IDs/Hostname does not exist: \(given.phpText)")
            }
            let now =
                view.register.fields[child.device.id]?["dependency_parent_id"]
                ?? child.device.parent.map { .integer($0 + 1) } ?? .null
            kept = (devices(now) ?? []).filter { row in !gone.contains { $0.device.id == row.device.id } }
        }
        setParents(of: child.device.id, kept)
        return wordsOnly(201, "All device dependencies have been removed")
    }

    // MARK: Components

    fileprivate func addComponent() -> Reply {
        guard let device else { return failed(404, "Device \(self["hostname"]) not found") }
        let id = edit("components") {
            $0.add([
                "device_id": .integer(device.device.id), "type": .text(self["type"]), "label": .null,
                "status": .integer(1), "ignore": .integer(0), "disabled": .integer(0), "error": .null,
            ])
        }
        let value: Value = [
            "type": .text(self["type"]), "label": nil, "status": 1, "ignore": 0, "disabled": 0, "error": nil,
        ]
        return list("components", .object([.init(String(id), value)]), count: 1)
    }

    fileprivate func changeComponents() -> Reply {
        guard device != nil else { return failed(404, "Device \(self["hostname"]) not found") }
        guard case .object(let members)? = body else {
            return failed(400, "We couldn't parse the provided json. Syntax error")
        }
        for member in members {
            guard let id = Int(member.key), case .object(let fields) = member.value else {
                return failed(500, "Components could not be edited.")
            }
            edit("components") { $0.write(Dictionary(fields.map { ($0.key, $0.value) }) { $1 }, to: id) }
        }
        return wordsOnly(200, "")
    }

    // MARK: Logs and sessions

    /// A line for the log, with the moment at which it came.
    private func addLine(_ list: String, _ fields: [String: Input], _ device: DeviceRow) {
        edit(list) {
            $0.add(
                fields.merging(["device_id": .integer(device.device.id), "tick": .integer(view.tick)]) { $1 })
        }
    }

    fileprivate func addEvent() -> Reply {
        guard let device else { return failed(404, "Device \(self["hostname"]) not found") }
        let (fields, refusal) = fields()
        if let refusal { return refusal }
        guard !(fields["text"] ?? .null).isEmptyInPHP else { return failed(400, "Missing the event text") }
        addLine("eventlog", fields, device)
        return wordsOnly(200, "Event log entry added")
    }

    fileprivate func takeSyslog() -> Reply {
        guard let body, body.isContainer else { return failed(400, "Not JSON") }
        let lines = body.list ?? [body]
        for line in lines {
            guard case .object(let members) = line,
                let device = view.device(named: line["host"].phpText)
                    ?? view.devices.first(where: { $0.device.address == line["host"].phpText })
            else { continue }
            addLine("syslog", Dictionary(members.map { ($0.key, $0.value) }) { $1 }, device)
        }
        return wordsOnly(200, "Syslog received: \(lines.count)")
    }

    fileprivate func describeSession() -> Reply {
        guard let id = Int(self["id"]),
            let session = view.network.sessions.first(where: { $0.id == id && view.watches($0.device) })
        else { return failed(404, "BGP peer \(self["id"]) does not exist") }
        guard let text = body?["bgp_descr"].text else { return failed(500, "Invalid JSON data") }
        edit("bgp") { $0.write(["bgpPeerDescr": .text(text)], to: id) }
        let words =
            "BGP description for peer \(session.peer) on device \(session.device + 1) updated to '\(text)'."
        return wordsOnly(200, words)
    }

    /// What people put into a log.
    func writtenEvents(_ list: String, _ devices: [DeviceRow]) -> [LoggedEvent] {
        guard let edits = view.register.edits[list] else { return [] }
        return edits.added.sorted().compactMap { id in
            guard let fields = edits.written[id], let tick = fields["tick"]?.integer,
                let device = devices.first(where: { $0.device.id == fields["device_id"]?.integer })
            else { return nil }
            return LoggedEvent(
                id: lineNumber(tick, id % 10_000_000), device: device, tick: tick,
                message: (fields["text"] ?? fields["msg"])?.phpText ?? "",
                type: fields["type"]?.phpText ?? "api", reference: fields["reference"]?.phpText ?? "",
                severity: fields["severity"]?.integer ?? 2, author: fields["username"]?.phpText ?? "admin")
        }
    }
}
