/// A device that a client wants to have added.
///
/// Of the hosts outside the world those whose name ends in `.invalid` do not resolve, those with `down` as a
/// word of their name do not answer a ping, and to no host a secret that begins with `wrong` is the right one.
private struct NewDevice {
    let body: Input

    var hostname: String { body["hostname"].phpText }
    var isForced: Bool { !body["force_add"].isEmptyInPHP }
    var isPingOnly: Bool { !body["snmp_disable"].isEmptyInPHP }

    var resolves: Bool { !hostname.hasSuffix(".invalid") }
    var pings: Bool { resolves && !hostname.split(separator: ".").contains("down") }
    var answers: Bool {
        pings && !["community", "authpass", "cryptopass"].contains { body[$0].phpText.hasPrefix("wrong") }
    }

    /// What is stored of how to log in at the device, secrets and all.
    func fields(version: String) -> [String: Input] {
        var fields: [String: Input] = ["snmpver": .text(version)]
        let kept = [
            "port", "transport", "poller_group", "community", "authlevel", "authname", "authpass", "authalgo",
            "cryptopass", "cryptoalgo", "display", "overwrite_ip",
        ]
        for key in kept where !body[key].isNull { fields[key] = body[key] }
        if version == "v3" { fields["community"] = .null }
        if isPingOnly { fields["snmp_disable"] = .flag(true) }
        return fields
    }

    var identity: Device.Identity {
        guard !isPingOnly else {
            let os = body["os"].isEmptyInPHP ? "ping" : body["os"].phpText
            return Device.Identity(
                name: body["sysName"].phpText, contact: nil, hardware: body["hardware"].phpText,
                features: nil, os: os, oldOS: os, type: "")
        }
        guard answers else {
            return Device.Identity(contact: nil, features: nil, os: "", oldOS: "", type: "")
        }
        return Device.Identity(
            name: hostname, description: "Linux \(hostname) 5.10.0-26-amd64", hardware: "Generic x86 64-bit",
            version: "5.10.0-26-amd64", os: "linux", oldOS: "linux", type: "server")
    }
}

extension LibreNMSCall {
    /// `POST /devices`.
    func addDevice() -> Reply {
        guard release.isModern else { return addOldDevice(NewDevice(body: body ?? .null)) }
        guard role == .admin else { return unauthorized() }
        return addModernDevice(NewDevice(body: body ?? .null))
    }

    private static let versions = ["v1", "v2c", "v3"]

    /// The last complaint wins here too: whoever gives none is asked for a version.
    private func addOldDevice(_ new: NewDevice) -> Reply {
        guard let version = new.body["version"].text, Self.versions.contains(version) else {
            return failed(400, "You haven't specified an SNMP version to use")
        }
        guard !new.body["hostname"].isEmptyInPHP else { return failed(500, "Missing the device hostname") }
        guard isUnknown(new), new.answers || new.isForced, add(new, version) != nil else {
            return failed(500, "Failed adding \(new.hostname)")
        }
        return wordsOnly(201, "Device \(new.hostname) has been added successfully")
    }

    private func addModernDevice(_ new: NewDevice) -> Reply {
        guard !new.body.isEmptyInPHP else {
            return failed(400, "No information has been provided to add this new device")
        }
        guard !new.body["hostname"].isEmptyInPHP else { return failed(400, "Missing the device hostname") }
        let said = new.body["version"].text ?? new.body["snmpver"].text
        let version = said ?? "v2c"
        let secret = version == "v3" ? "authname" : "community"
        if new.isForced, !new.isPingOnly, new.body[secret].isEmptyInPHP {
            return failed(400, "SNMP information is required when force adding a device")
        }
        guard isUnknown(new) else { return failed(500, "Device \(new.hostname) already exists") }
        if !new.isForced {
            if !new.resolves { return failed(500, "Hostname did not resolve to IP") }
            if !new.pings { return failed(500, "Could not ping \(new.hostname) (\(Self.address(of: new)))") }
            if !new.isPingOnly, !new.answers || !Self.versions.contains(version) {
                return failed(
                    500,
                    "Could not connect to \(new.hostname), please check the snmp details and snmp reachability"
                )
            }
        }
        guard let id = add(new, version),
            let row = view.world.view(of: view.territory).device(named: String(id))
        else { return failed(500, "Device \(new.hostname) already exists") }
        return list(
            "devices", detail(of: row), count: 1,
            message: "Device \(new.hostname) (\(id)) has been added successfully")
    }

    private func isUnknown(_ new: NewDevice) -> Bool {
        !view.devices.contains { $0.device.hostname == new.hostname }
    }

    /// The number that the device got; nil when somebody was faster with the name.
    private func add(_ new: NewDevice, _ version: String) -> Int? {
        let site = Site.all.first { $0.isEdge == (view.territory == .edge) } ?? Site.all[0]
        return view.changeDevices { register in
            guard !register.additions.values.contains(where: { $0.device.hostname == new.hostname }) else {
                return nil
            }
            let device = Device(
                id: view.nextDeviceID(register), role: .server, site: site, hostname: new.hostname,
                address: Self.address(of: new), serial: nil, ports: 0..<0, identity: new.identity,
                location: nil)
            let isSilent = new.isPingOnly ? !new.pings : !new.answers
            register = register.adding(
                .init(device: device, tick: view.tick, isSilent: isSilent),
                fields: new.fields(version: version))
            return device.id
        }
    }

    /// An address that follows from the name.
    private static func address(of new: NewDevice) -> String {
        guard new.resolves else { return "" }
        let sum = new.hostname.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xffff }
        return "198.51.\(sum >> 8 & 0xff).\(sum & 0xff)"
    }
}
