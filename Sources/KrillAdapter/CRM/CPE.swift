internal import Domain
internal import JSON

/// What lists keep of a CPE of the CRM.
struct CPE: Sendable {
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
    var hasAccess = true
    /// Whether the line is in use at all.
    var isActive = true
    /// Whether it may be provisioned and configured.
    var isProvisioned = true
    var isConfigured = true

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
            case "access": hasAccess = value.flag ?? true
            case "active": isActive = value.flag ?? true
            case "disable_provision": isProvisioned = value.flag != true
            case "disable_reconfig": isConfigured = value.flag != true
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
        if !isActive { return "not active" }
        return hasAccess ? nil : "no access (unpaid?)"
    }
}
