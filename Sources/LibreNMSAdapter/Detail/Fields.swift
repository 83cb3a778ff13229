internal import AdapterKit
internal import Domain
internal import JSON

extension FieldManners {
    /// How LibreNMS writes what it says of an entity.
    static let libreNMS = {
        var manners = FieldManners(
            secrets: .libreNMS,
            types: [
                .duration: ["uptime", "agent_uptime", "poll_period"],
                .time: ["poll_time", "poll_prev"],
                .rate: [
                    "ifSpeed", "ifSpeed_prev", "bill_cdr", "rate_95th", "rate_95th_in", "rate_95th_out",
                    "rate_average", "rate_average_in", "rate_average_out",
                ],
                .bytes: ["bill_quota", "total_data", "total_data_in", "total_data_out"],
                .flag: [
                    "status", "ignore", "disabled", "snmp_disable", "disable_notify", "ignore_status",
                    "mtu_status", "override_sysLocation", "open", "deleted", "invert_map",
                ],
            ])
        // A field is one line: what reads a device's own `location` finds it by its name.
        manners.deepest = 0
        // Octet rates are bytes per second at the server and bits per second here.
        manners.special = { key, value in
            guard key.hasSuffix("Octets_rate"), let bytes = value.int64 else { return nil }
            return PortRows.bits(bytes).map { (.integer($0), .rate) }
        }
        return manners
    }()
}

extension SecretKeys {
    /// How devices are asked by SNMP: communities, and users with what they authenticate and encrypt by.
    static let libreNMS = SecretKeys(
        parts: ["community", "pass", "private"], whole: ["authname", "snmp_v3_user"])
}

extension LibreNMSServer {
    /// Fields with the links that this adapter knows.
    var fields: Fields {
        let (clock, names, rules) = withMemory { ($0.usableClock, $0.deviceNames, $0.rules) }
        return Fields(.libreNMS, time: { CivilTime.parse($0, clock: clock) }) { key, value in
            guard let id = value.text else { return nil }
            switch key {
            case "device_id":
                return .ref(self.entity(.device, id), name: names[id] ?? "device \(Cleaning.clean(id))")
            case "rule_id":
                let name = rules[id].map { Cleaning.clean($0.name) }
                return .ref(self.entity(.rule, id), name: name ?? "rule \(Cleaning.clean(id))")
            default: return nil
            }
        }
    }
}
