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
