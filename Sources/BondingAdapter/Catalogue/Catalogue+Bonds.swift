internal import AdapterKit
internal import HTTP

/// What stands below a bond.
extension Catalogue {
    static let legs: [CatalogueEntry] =
        [
            uri(
                "Legs of a bond", "Legs", "bonds/{bond}/legs/", secrets: lineSecrets,
                note: "Legs of all types; changed below their own type."),
            uri("Leg", "Legs", "bonds/{bond}/legs/{leg}/", secrets: lineSecrets),
        ]
        + LegType.allCases.flatMap { type in
            [
                uri(
                    "\(type.heading) legs of a bond", "Legs", "bonds/{bond}/\(type.rawValue)_legs/", list,
                    secrets: lineSecrets),
                uri(
                    "\(type.heading) leg", "Legs", "bonds/{bond}/\(type.rawValue)_legs/{leg}/", all,
                    secrets: lineSecrets),
            ]
        }
        + (["legs"] + LegType.allCases.map { "\($0.rawValue)_legs" }).flatMap { name in
            let kind = LegType(rawValue: String(name.dropLast("_legs".count)))?.heading
            return [
                uri(
                    kind.map { "Detect MTU of a leg: \($0)" } ?? "Detect MTU of a leg", "Legs",
                    "bonds/{bond}/\(name)/{leg}/detect_mtus/", post),
                uri(
                    kind.map { "State history of a leg: \($0)" } ?? "State history of a leg", "Legs",
                    "bonds/{bond}/\(name)/{leg}/state_history/", note: "The last 24 hours."),
            ]
        }
        + [uri("Renew DHCP of a leg", "Legs", "bonds/{bond}/dhcp_legs/{leg}/renew/", post)]

    static let addresses = [
        uri("Connected IPs of a bond", "Addresses and routes", "bonds/{bond}/connected_ips/", list),
        uri("Connected IP", "Addresses and routes", "bonds/{bond}/connected_ips/{part}/", all),
        uri("CPE NAT IPs of a bond", "Addresses and routes", "bonds/{bond}/cpe_nat_ips/", list),
        uri("CPE NAT IP", "Addresses and routes", "bonds/{bond}/cpe_nat_ips/{part}/", all),
        uri("Routes of a bond", "Addresses and routes", "bonds/{bond}/routes/", list),
        uri("Route", "Addresses and routes", "bonds/{bond}/routes/{part}/", all),
    ]

    static let measuring: [CatalogueEntry] =
        [
            uri(
                "Speed tests of a bond", "Tests and tunings", "bonds/{bond}/speedtests/", list,
                hurting: [.post], note: "A test of the whole bond stops the customer's traffic."),
            uri("Speed test", "Tests and tunings", "bonds/{bond}/speedtests/{test}/"),
        ] + tunings("bond", "bonds/{bond}/tuners/") + tunings("leg", "bonds/{bond}/legs/{leg}/tuners/")

    private static func tunings(_ what: String, _ path: String) -> [CatalogueEntry] {
        let section = "Tests and tunings"
        let decided = "Only once, when it has finished with recommendations."
        return [
            uri("Tunings of a \(what)", section, path, list, note: "POST starts one."),
            uri("Tuning of a \(what)", section, path + "{tuner}/"),
            uri(
                "Cancel tuning of a \(what)", section, path + "{tuner}/cancel/", post,
                note: "Only while it has not finished."),
            uri("Accept tuning of a \(what)", section, path + "{tuner}/accept/", post, note: decided),
            uri("Decline tuning of a \(what)", section, path + "{tuner}/decline/", post, note: decided),
        ]
    }
}

extension LegType {
    /// The word at the beginning of a title.
    fileprivate var heading: String { title.prefix(1).uppercased() + title.dropFirst() }
}
