internal import Domain
internal import JSON

/// What lists keep of a CPE of the CRM.
struct CPE: Sendable, Equatable {
    let id: Int64
    var name = ""
    /// What the monitoring calls it.
    var host = ""
    var customer: Int64?
    var externalID = ""
    var model = ""
    var lineProfile = ""
    var tech = ""
    var realm = ""
    var serial = ""
    var mac = ""
    var topology = ""
    var place = ""
    /// Whether the subscriber may use the line; one who did not pay may not.
    ///
    /// Nil where the server does not say.
    var hasAccess: Bool?
    /// Whether the line is in use at all.
    var isActive: Bool?
    /// Whether it may be provisioned and configured.
    var isProvisioned: Bool?
    var isConfigured: Bool?

    /// The fields that lists ask for; no secret is among them.
    static let attributes = [
        "id", "cpename", "internal_id", "customer", "external_id", "model", "line_profile", "tech", "realm",
        "sn",
        "mac", "wanmac", "topology", "address", "city", "access", "active", "disable_provision",
        "disable_reconfig",
    ]

    /// Nil for a row without an id.
    init?(_ row: JSONValue) {
        guard let id = row["id"]?.int64, let members = row.object else { return nil }
        self.id = id
        var address = ""
        var city = ""
        var wan = ""
        for (key, value) in members {
            switch key {
            case "cpename": name = Self.clean(value)
            case "internal_id": host = Self.clean(value)
            // Joined, it is the customer himself.
            case "customer": customer = value.int64 ?? value["id"]?.int64
            case "external_id": externalID = Self.clean(value)
            case "model": model = Self.clean(value["name"] ?? value)
            case "line_profile": lineProfile = Self.clean(value)
            case "tech": tech = Self.clean(value)
            case "realm": realm = Self.clean(value)
            case "sn": serial = Self.clean(value)
            case "mac": mac = Self.clean(value)
            case "wanmac": wan = Self.clean(value)
            case "topology": topology = Self.clean(value)
            case "address": address = Self.clean(value)
            case "city": city = Self.clean(value)
            case "access": hasAccess = value.flag
            case "active": isActive = value.flag
            case "disable_provision": isProvisioned = value.flag.map { !$0 }
            case "disable_reconfig": isConfigured = value.flag.map { !$0 }
            default: break
            }
        }
        if host.isEmpty { host = name }
        if name.isEmpty { name = host.isEmpty ? "cpe \(id)" : host }
        if mac.isEmpty { mac = wan }
        place = [address, city].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private static func clean(_ value: JSONValue) -> String { value.text.map { Cleaning.clean($0) } ?? "" }

    /// Why nobody may use the line; nil when they may.
    var obstacle: String? {
        if isActive == false { return "not active" }
        return hasAccess == false ? "no access (unpaid?)" : nil
    }

    /// Whether the server says that it may be used, or that it may not.
    var isObstacleKnown: Bool { obstacle != nil || (isActive != nil && hasAccess != nil) }
}
