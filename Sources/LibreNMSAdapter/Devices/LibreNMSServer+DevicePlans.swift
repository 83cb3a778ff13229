internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    // MARK: Adding

    func addDevicePlan(_ command: Command) async throws(BackendError) -> Plan {
        let dialect = try await dialect()
        guard let target = command.targets.first else { throw BackendError(.invalid, "no backend was named") }
        guard let host = command.text("hostname") else {
            throw BackendError(.invalid, "a device needs a host name")
        }
        guard !host.contains(where: { $0.isWhitespace || "/?#".contains($0) }) else {
            throw BackendError(.invalid, "\(Cleaning.clean(host)) is no host name")
        }
        if let id = try await deviceID(named: host) {
            throw BackendError(.invalid, "the server has \(Cleaning.clean(host)) already, as number \(id)")
        }
        let body = try Self.deviceBody(command, host, dialect)
        var plan = Plan(command)
        plan.steps = [
            Plan.Step(
                target, name: Cleaning.clean(host), state: "the server does not know it",
                request: step(.post, Path.devices, body: body))
        ]
        let version = command.text("version") ?? "v2c"
        plan.summary = ["Add \(Cleaning.clean(host)) at \(settings.name), by SNMP \(version)."]
        if command.flag("force_add") == true {
            plan.summary.append("It is added even if it does not answer.")
        }
        return plan
    }

    /// Only what the version of SNMP needs is sent.
    private static func deviceBody(
        _ command: Command, _ host: String, _ dialect: Dialect
    ) throws(BackendError) -> [JSONTree.Member] {
        let version = command.text("version") ?? "v2c"
        var body: [JSONTree.Member] = [.init("hostname", .string(host)), .init("version", .string(version))]
        func add(_ keys: [String]) {
            for key in keys {
                guard let text = command.text(FieldKey(rawValue: key)) else { continue }
                let number = ["port", "poller_group"].contains(key) ? Int64(text) : nil
                body.append(.init(key, number.map { .integer($0) } ?? .string(text)))
            }
        }
        switch version {
        case "v1", "v2c":
            guard command.text("community") != nil else {
                throw BackendError(.invalid, "SNMP \(version) needs a community")
            }
            add(["community"])
        case "v3":
            let level = command.text("authlevel") ?? "authPriv"
            var needed: [FieldKey] = ["authname"]
            if level.lowercased() != "noauthnopriv" { needed.append("authpass") }
            if level.lowercased() == "authpriv" { needed.append("cryptopass") }
            if let missing = needed.first(where: { command.text($0) == nil }) {
                throw BackendError(.invalid, "SNMP v3 at \(level) needs \(missing)")
            }
            body.append(.init("authlevel", .string(level)))
            add(["authname"])
            if needed.contains("authpass") { add(["authpass", "authalgo"]) }
            if needed.contains("cryptopass") { add(["cryptopass", "cryptoalgo"]) }
        default: throw BackendError(.invalid, "there is no SNMP \(version): use v1, v2c or v3")
        }
        if let port = command.text("port"), !(Int(port).map { (1...65_535).contains($0) } ?? false) {
            throw BackendError(.invalid, "\(port) is no port: use 1 to 65535")
        }
        add(["port", "transport", "poller_group"])
        // Older servers read the flag, newer ones the word.
        if command.flag("force_add") == true { body.append(.init("force_add", .bool(true))) }
        return body
    }

    // MARK: Deleting, updating, silencing

    func deleteDevicePlan(_ command: Command) async throws(BackendError) -> Plan {
        try await devicePlan(command) { device, row, plan in
            plan.summary.append("Delete \(device.name) at \(self.settings.name).")
            let alerts = self.withMemory { $0.alertDevices.values.count { $0 == device.entity.id } }
            plan.warnings.append(
                "Its ports, graphs and history are deleted permanently"
                    + (alerts > 0 ? ", and its \(Quantity.count(alerts)) open alerts." : "."))
            return CommandStep(.delete, Path.device, ["id": device.entity.id])
        }
    }

    /// The server says that it updated whatever field it is told, so only those that the device has are sent.
    func updateDevicePlan(_ command: Command) async throws(BackendError) -> Plan {
        guard let field = command.text("field") else {
            throw BackendError(.invalid, "name the field to update, such as notes")
        }
        if SecretKeys.libreNMS.holds(field) {
            throw BackendError(
                .invalid, "\(field) is a secret and would stand in the record: change it in the web interface"
            )
        }
        let data = command.text("data") ?? ""
        let dialect = try await dialect()
        var lacking = 0
        let plan = try await devicePlan(command) { device, row, plan in
            guard let now = row[field] else {
                lacking += 1
                plan.exclude(
                    device.entity, name: device.name, words: "it has no field \(Cleaning.clean(field))")
                return nil
            }
            let old = Cleaning.clean(now.text ?? "nothing")
            if Self.isSame(now, data) {
                plan.exclude(device.entity, name: device.name, words: "\(field) is so already")
                return nil
            }
            let new = data.isEmpty ? "nothing" : Cleaning.clean(data)
            plan.summary.append(
                "\(device.name): \(Cleaning.clean(field)): \(old.isEmpty ? "nothing" : old) → \(new)")
            if command.targets.count == 1 {
                plan.changes = [
                    Change(
                        Cleaning.clean(field), from: Cleaning.clean(now.text ?? ""), to: Cleaning.clean(data))
                ]
                plan.undo = Command(
                    .updateDevice, [device.entity],
                    ["field": .text(field), "data": .text(now.text ?? "")])
            }
            if dialect.decodesTwice, PHPName.escaped(data) != data {
                plan.warnings.append(
                    "This server escapes quotes twice: it will keep \(PHPName.escaped(data)).")
            }
            return self.step(
                .patch, Path.device, ["id": device.entity.id],
                body: [.init("field", .string(field)), .init("data", .string(data))])
        }
        // A field that nobody has is a slip of the pen, and nothing that is so already.
        if lacking > 0, lacking == command.targets.count {
            throw BackendError(.invalid, "no device has a field \(Cleaning.clean(field))")
        }
        return plan
    }

    /// Reads each device and makes a step of it; those that are gone are left out.
    func devicePlan(
        _ command: Command,
        _ request: (PlanPreview.Target, JSONValue, inout Plan) throws(BackendError) -> CommandStep?
    ) async throws(BackendError) -> Plan {
        _ = try await dialect()
        var plan = Plan(command)
        for target in command.targets {
            guard let row = try await deviceRow(target.id) else {
                plan.excluded.append(.gone(target))
                continue
            }
            let name = Cleaning.clean(row["hostname"]?.text ?? "device \(target.id)")
            let device = PlanPreview.Target(target, name: name, words: "")
            guard let step = try request(device, row, &plan) else { continue }
            let status = DeviceRows.status(
                disabled: row["disabled"]?.bit, ignored: row["ignore"]?.bit, answers: row["status"]?.bit)
            plan.add(target, name: name, state: status?.rawValue ?? "status not known", request: step)
        }
        plan.shorten()
        return plan
    }
}
