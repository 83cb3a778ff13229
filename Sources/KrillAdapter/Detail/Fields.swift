internal import AdapterKit
internal import Domain
internal import JSON

extension FieldManners {
    /// How Krill and the monitoring behind it write what they say of an entity.
    static let krill = {
        var manners = FieldManners(
            secrets: .krill,
            types: [
                // What the monitoring says by 0 and 1.
                .flag: [
                    "acknowledged", "downtime", "downtimed", "handled", "problem", "alarm",
                    "has_been_checked", "is_flapping", "flap_detection_enabled", "enable_active_checks",
                    "enable_passive_checks",
                ],
                .duration: ["check_interval", "retry_interval", "sessiontime", "uptime"],
            ])
        // `__placeholders__` and addresses of zeros are none.
        manners.saying = { text in
            text == "0.0.0.0" || (text.hasPrefix("__") && text.hasSuffix("__")) ? "" : text
        }
        manners.leaves = { key, _ in key.hasPrefix("_") }
        manners.names = ["name", "lineid", "metric", "id"]
        manners.measured = ("value", "uom")
        manners.hidesOutermost = true
        return manners
    }()
}

extension SecretKeys {
    /// Keys of wireless networks, and credentials of customers.
    static let krill = SecretKeys(parts: ["wpa_key", "private"])
}

extension Fields {
    /// Krill's, whose times are those of Greenwich.
    static func krill(link: @escaping (_ key: String, _ id: String) -> Value?) -> Fields {
        Fields(.krill, time: { CivilTime.parse($0, clock: ServerClock(offset: 0, isCertain: true)) }) {
            key, value in (value.text ?? value["id"]?.text).flatMap { link(key, $0) }
        }
    }
}
