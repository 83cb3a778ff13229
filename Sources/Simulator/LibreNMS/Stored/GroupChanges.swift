/// What today's release lets people do with groups of devices and of ports.
extension DeviceGroup {
    static let edits = "devicegroups"

    /// A group with what somebody wrote over it; one of his own has nothing but that.
    fileprivate init(_ id: Int, _ written: [String: Input], over own: DeviceGroup? = nil) {
        let rules = written["rules"].flatMap { input in
            input.text.flatMap { Input(parsing: Array($0.utf8)) } ?? (input.isContainer ? input : nil)
        }
        let devices = written["devices"].map { Set($0.numbers) }
        self.init(
            id: id, name: written["name"]?.phpText ?? own?.name ?? "",
            description: written["desc"]?.text ?? own?.description, pattern: own?.pattern,
            rule: devices == nil && rules == nil ? own?.rule : nil, writtenRules: rules,
            contains: { row in
                if let devices { return devices.contains(row.device.id) }
                if let rules { return Self.matches(rules, row) }
                return own?.contains(row) ?? false
            })
    }

    /// Whether a device matches what the web page's builder of rules made.
    private static func matches(_ rules: Input, _ row: DeviceRow) -> Bool {
        let conditions = rules["rules"].list ?? []
        let results = conditions.map { rule -> Bool in
            if rule["rules"].list != nil { return matches(rule, row) }
            let column = rule["field"].phpText.split(separator: ".").last.map(String.init) ?? ""
            let value = DeviceColumns.schema.column(column, in: .list)?.value(row).word ?? ""
            let wanted = rule["value"].phpText
            return switch rule["operator"].phpText {
            case "equal": value == wanted
            case "not_equal": value != wanted
            case "begins_with": value.hasPrefix(wanted)
            case "ends_with": value.hasSuffix(wanted)
            case "not_contains": !value.contains(wanted)
            default: value.contains(wanted)
            }
        }
        return rules["condition"].phpText == "OR" ? results.contains(true) : !results.contains(false)
    }
}

extension WorldView {
    /// The groups as they are now, in the order of their names.
    var deviceGroups: [DeviceGroup] {
        guard let edits = register.edits[DeviceGroup.edits] else { return DeviceGroup.all }
        let own = DeviceGroup.all.filter { !edits.removed.contains($0.id) }.map { group in
            edits.written[group.id].map { DeviceGroup(group.id, $0, over: group) } ?? group
        }
        let added = edits.added.map { DeviceGroup($0, edits.written[$0] ?? [:]) }
        return (own + added).sorted { ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id) }
    }
}

extension StoredList {
    /// Groups of ports: an uplink is a port that leads up, a customer's carries a circuit.
    static let portGroups = StoredList("port_groups", usual: ["name": "", "desc": nil]) { _ in
        [
            ["id": 2, "name": "Customers", "desc": "Ports with a circuit"],
            ["id": 1, "name": "Uplinks", "desc": nil],
        ]
    }
}

extension LibreNMSRoutes {
    static let groups: [Route<LibreNMSCall>] = [
        writing("POST", "/api/v0/devicegroups", "add_device_group") { $0.addGroup() },
        writing("PATCH", "/api/v0/devicegroups/{name}", "update_device_group") { call in
            call.withGroup { group, fields in
                call.edit(DeviceGroup.edits) { $0.write(fields, to: group.id) }
                return call.wordsOnly(200, "Device group \(group.name) updated")
            }
        },
        writing("DELETE", "/api/v0/devicegroups/{name}", "delete_device_group") { call in
            guard let group = call.group else {
                return call.failed(404, "Device group \(call["name"]) not found")
            }
            call.edit(DeviceGroup.edits) { $0.remove(group.id) }
            return call.wordsOnly(200, "Device group \(group.name) deleted")
        },
        writing("POST", "/api/v0/devicegroups/{name}/devices", "update_device_group_add_devices") {
            $0.changeMembers { $0.union($1) }
        },
        writing("DELETE", "/api/v0/devicegroups/{name}/devices", "update_device_group_remove_devices") {
            $0.changeMembers { $0.subtracting($1) }
        },
        Route("GET", "/api/v0/port_groups", "get_port_groups") { call in
            let rows = call.rows(of: .portGroups).sorted { $0["name"].word < $1["name"].word }
            return call.list(
                "groups", of: rows, empty: "No port groups found", message: "Found \(rows.count) port groups")
        },
        Route("GET", "/api/v0/port_groups/{name}", "get_ports_by_group") { $0.portsOfGroup() },
        writing("POST", "/api/v0/port_groups", "add_port_group") { call in
            let name = call.body?["name"].phpText ?? ""
            guard call.row(of: .portGroups, "", named: name.isEmpty ? nil : "name") == nil,
                !call.rows(of: .portGroups).contains(where: { $0["name"].word == name })
            else { return call.failed(422, "The name has already been taken.") }
            return call.add(to: .portGroups, needs: ["name"], missing: "The name field is required.") {
                call.created("id", $0, "Port group \(name) created")
            }
        },
        writing("POST", "/api/v0/port_groups/{port_group_id}/assign", "assign_port_group") {
            $0.changePorts("added to") { $0.union($1) }
        },
        writing("POST", "/api/v0/port_groups/{port_group_id}/remove", "remove_port_group") {
            $0.changePorts("removed from") { $0.subtracting($1) }
        },
    ]
}

extension LibreNMSCall {
    /// The group of the path, by its number or name.
    fileprivate var group: DeviceGroup? {
        view.deviceGroups.first { $0.name == self["name"] || String($0.id) == self["name"] }
    }

    fileprivate func withGroup(_ change: (DeviceGroup, [String: Input]) -> Reply) -> Reply {
        guard let group else { return failed(404, "Device group \(self["name"]) not found") }
        let (fields, refusal) = fields()
        return refusal ?? change(group, fields)
    }

    fileprivate func addGroup() -> Reply {
        let (fields, refusal) = fields()
        if let refusal { return refusal }
        let name = fields["name"]?.phpText ?? ""
        let type = fields["type"]?.phpText ?? ""
        if name.isEmpty { return failed(422, "The name field is required.") }
        if view.deviceGroups.contains(where: { $0.name == name }) {
            return failed(422, "The name has already been taken.")
        }
        guard ["static", "dynamic"].contains(type) else {
            return failed(422, "The selected type is invalid.")
        }
        let needed = type == "static" ? "devices" : "rules"
        guard fields[needed] != nil else {
            return failed(422, "The \(needed) field is required when type is \(type).")
        }
        let id = edit(DeviceGroup.edits) { $0.add(fields) }
        return created("id", id, "Device group \(name) created")
    }

    fileprivate func changeMembers(_ change: (Set<Int>, [Int]) -> Set<Int>) -> Reply {
        withGroup { group, fields in
            guard let devices = fields["devices"]?.numbers else {
                return failed(400, "Missing data field 'devices'")
            }
            guard group.rule == nil, group.writtenRules == nil else {
                return failed(422, "Only static device groups can have their devices changed")
            }
            let own = Set(view.devices.filter(group.contains).map(\.device.id))
            let numbers = change(own, devices).sorted()
            edit(DeviceGroup.edits) { $0.write(["devices": .list(numbers.map(Input.integer))], to: group.id) }
            return wordsOnly(200, "Device group \(group.name) updated")
        }
    }

    // MARK: Ports

    private func ports(of group: Value) -> Set<Int> {
        let id = group["id"].number ?? 0
        if let written = view.register.edits["port_groups"]?.written[id]?["ports"] {
            return Set(written.numbers)
        }
        guard id < 3 else { return [] }
        let ports = view.deviceIndices.lazy.flatMap { view.network.devices[$0].ports }.map {
            view.network.ports[$0]
        }
        return Set(
            ports.filter { port in
                switch port.use {
                case .uplink: id == 1
                case .circuit: id == 2
                case .downlink, .transit, .spare: false
                }
            }.map(\.id))
    }

    fileprivate func portsOfGroup() -> Reply {
        guard let group = row(of: .portGroups, self["name"], named: "name") else {
            return failed(404, "Port group not found")
        }
        let rows = ports(of: group).sorted().compactMap(view.port)
        guard !rows.isEmpty else { return failed(404, "No ports found in group \(self["name"])") }
        let all = PortColumns.schema.columns(in: .list)
        let columns = query["full"] == nil ? all.filter { $0.name == "port_id" } : all
        return list("ports", Column.rows(rows, count: rows.count, columns), count: rows.count)
    }

    fileprivate func changePorts(_ words: String, _ change: (Set<Int>, [Int]) -> Set<Int>) -> Reply {
        let (fields, refusal) = fields()
        if let refusal { return refusal }
        guard let ports = fields["port_ids"]?.numbers else {
            return failed(400, "Missing data field 'port_ids' ")
        }
        let id = self["port_group_id"]
        guard let group = row(of: .portGroups, id) else {
            return failed(404, "Port Group ID \(id) not found")
        }
        let numbers = change(self.ports(of: group), ports).sorted()
        edit("port_groups") {
            $0.write(["ports": .list(numbers.map(Input.integer))], to: group["id"].number ?? 0)
        }
        let list = ports.map { String($0) }.joined(separator: ", ")
        return json(200, ["status": "ok", "Port Ids \(list) have been \(words) Port Group Id \(id)": 200])
    }
}
