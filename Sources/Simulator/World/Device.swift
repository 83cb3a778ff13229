/// A device of the provider, as it never changes.
final class Device: Sendable {
    /// From 1; the number that servers know it by.
    let id: Int
    let role: DeviceRole
    let site: Site
    let hostname: String
    let address: String
    let serial: String?
    /// The index of the device that feeds it, if one does.
    let parent: Int?
    /// The number of the fibre that it hangs on; those of one number go down together.
    let span: Int?
    /// The indices of its ports.
    let ports: Range<Int>
    let isDisabled: Bool
    let isIgnored: Bool
    /// What it says of itself, by SNMP.
    let identity: Identity
    /// Where the operator wrote that it is, if he did.
    let location: String?
    /// Says of itself what no dashboard expects; never goes down.
    let isOdd: Bool

    /// What SNMP delivered, which may be anything.
    struct Identity: Sendable {
        var name: String?
        var description: String?
        var contact: String? = "NOC <noc@example.net>"
        var objectID: String?
        var hardware: String?
        var version: String?
        var features: String? = ""
        var os: String?
        var oldOS: String?
        var type: String
        var notes: String?
        var uptime: Int?
        var isAlwaysDown = false
    }

    init(
        id: Int, role: DeviceRole, site: Site, hostname: String, address: String, serial: String?,
        parent: Int? = nil, span: Int? = nil, ports: Range<Int>, isDisabled: Bool = false,
        isIgnored: Bool = false, identity: Identity, location: String?, isOdd: Bool = false
    ) {
        self.id = id
        self.role = role
        self.site = site
        self.hostname = hostname
        self.address = address
        self.serial = serial
        self.parent = parent
        self.span = span
        self.ports = ports
        self.isDisabled = isDisabled
        self.isIgnored = isIgnored
        self.identity = identity
        self.location = location
        self.isOdd = isOdd
    }
}

extension Device.Identity {
    /// What a device of a model says when nothing is strange about it.
    init(_ model: DeviceModel, name: String, type: String) {
        self.init(
            name: name,
            description: "\(model.hardware) Software, Version \(model.version)\r\n"
                + "Technical Support: http://www.example.net/techsupport",
            objectID: model.objectID, hardware: model.hardware, version: model.version, os: model.os,
            oldOS: model.oldOS, type: type)
    }
}

extension Device {
    /// The same under another name.
    func renamed(_ name: String) -> Device {
        Device(
            id: id, role: role, site: site, hostname: name, address: address, serial: serial, parent: parent,
            span: span, ports: ports, isDisabled: isDisabled, isIgnored: isIgnored, identity: identity,
            location: location, isOdd: isOdd)
    }

    /// The address that nobody sees but who looks for it, in full.
    private var longAddress: String {
        let digits = String(id, radix: 16)
        let padded = String(repeating: "0", count: max(8 - digits.count, 0)) + digits
        return "2001:0db8:0000:0000:0000:0000:\(padded.prefix(4)):\(padded.suffix(4))"
    }

    /// Whether an address is the device's, as servers compare: as words, IPv6 in either form.
    func has(address: String, _ family: String) -> Bool {
        guard family == "ipv6" else { return self.address == address }
        return address == longAddress || address == shortAddress
    }

    /// `2001:db8::1f`, or `2001:db8::1:86a0` above 65,535.
    var shortAddress: String {
        let (high, low) = (id >> 16, String(id & 0xffff, radix: 16))
        return high == 0 ? "2001:db8::\(low)" : "2001:db8::\(String(high, radix: 16)):\(low)"
    }
}
