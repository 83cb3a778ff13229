internal import AdapterKit
internal import HTTP

/// The table of URIs of API v3, as it is published; every one of them takes OPTIONS as well.
///
/// Left out is `self/`, which the table calls private and asks not to be used.
enum Catalogue {
    static let entries: [CatalogueEntry] =
        core + nodes + bonds + legs + addresses + measuring + profiles + allocations + people + spaces
        + system

    private static let all: [Method] = [.get, .put, .patch, .delete]
    private static let list: [Method] = [.get, .post]
    private static let post: [Method] = [.post]

    private static func section(
        _ name: String, _ rows: [(path: String, title: String, methods: [Method])]
    ) -> [CatalogueEntry] {
        rows.map { CatalogueEntry($0.title, in: name, PathTemplate("/v3/\($0.path)"), $0.methods) }
    }

    private static let core = section("API", [("", "Core resources", [.get])])

    private static let nodes = section(
        "Nodes",
        [
            ("nodes/", "Nodes: bonders and aggregators", [.get]), ("nodes/{id}/", "A node", [.get]),
            ("aggregators/", "Aggregators", list), ("aggregators/{id}/", "An aggregator", all),
            ("aggregators/{id}/bonds/", "Bonds with this primary aggregator", [.get]),
            ("aggregators/{id}/bonds_secondary/", "Bonds with this secondary aggregator", [.get]),
            ("aggregators/{id}/bonds_current/", "Bonds on this aggregator now", [.get]),
            ("bonders/", "Bonders", [.get]), ("bonders/{id}/", "A bonder", [.get, .put, .patch]),
        ])

    private static let bonds = section(
        "Bonds",
        [
            ("bonds/", "Bonds", list), ("bonds/{bond}/", "A bond", all),
            ("bonds/{bond}/downtime_prevented/", "Downtime that a bond prevented", [.get]),
            ("bonds/{bond}/restart/", "Restart a bond", post),
            ("bonds/{bond}/detect_leg_mtus/", "Detect the MTUs of a bond", post),
            ("bonds/{bond}/restore_to_primary_agg/", "Restore a bond to its primary aggregator", post),
        ])

    private static let legs: [CatalogueEntry] = {
        var rows: [(path: String, title: String, methods: [Method])] = [
            ("legs/", "Legs of a bond", [.get]), ("legs/{leg}/", "A leg", [.get]),
        ]
        for type in LegType.allCases {
            rows.append(("\(type.rawValue)_legs/", "Legs of a bond: \(type.title)", list))
            rows.append(("\(type.rawValue)_legs/{leg}/", "A leg: \(type.title)", all))
        }
        for name in ["legs"] + LegType.allCases.map({ "\($0.rawValue)_legs" }) {
            rows.append(("\(name)/{leg}/detect_mtus/", "Detect the MTU of a leg", post))
            rows.append(("\(name)/{leg}/state_history/", "States of a leg over a day", [.get]))
        }
        rows.append(("dhcp_legs/{leg}/renew/", "Renew DHCP of a leg", post))
        return section("Legs", rows.map { ("bonds/{bond}/\($0.path)", $0.title, $0.methods) })
    }()

    private static let addresses = section(
        "Addresses and routes",
        [
            ("bonds/{bond}/connected_ips/", "Connected IPs", list),
            ("bonds/{bond}/connected_ips/{part}/", "A connected IP", all),
            ("bonds/{bond}/cpe_nat_ips/", "CPE NAT IPs", list),
            ("bonds/{bond}/cpe_nat_ips/{part}/", "A CPE NAT IP", all),
            ("bonds/{bond}/routes/", "Routes", list), ("bonds/{bond}/routes/{part}/", "A route", all),
        ])

    private static let measuring = section(
        "Tests and tunings",
        [
            ("bonds/{bond}/speedtests/", "Speed tests", list),
            ("bonds/{bond}/speedtests/{test}/", "A speed test", [.get]),
            ("bonds/{bond}/tuners/", "Tunings of a bond", list),
            ("bonds/{bond}/tuners/{tuner}/", "A tuning of a bond", [.get]),
            ("bonds/{bond}/tuners/{tuner}/cancel/", "Cancel a tuning of a bond", post),
            ("bonds/{bond}/tuners/{tuner}/accept/", "Accept a tuning of a bond", post),
            ("bonds/{bond}/tuners/{tuner}/decline/", "Decline a tuning of a bond", post),
            ("bonds/{bond}/legs/{leg}/tuners/", "Tunings of a leg", list),
            ("bonds/{bond}/legs/{leg}/tuners/{tuner}/", "A tuning of a leg", [.get]),
            ("bonds/{bond}/legs/{leg}/tuners/{tuner}/cancel/", "Cancel a tuning of a leg", post),
            ("bonds/{bond}/legs/{leg}/tuners/{tuner}/accept/", "Accept a tuning of a leg", post),
            ("bonds/{bond}/legs/{leg}/tuners/{tuner}/decline/", "Decline a tuning of a leg", post),
        ])

    private static let profiles = section(
        "Profiles",
        [
            ("qos/", "QoS profiles", [.get]), ("qos/{id}/", "A QoS profile", all),
            ("qos/{id}/bonds/", "Bonds of a QoS profile", [.get]),
            ("mobileproviderprofiles/", "Mobile provider profiles", list),
            ("mobileproviderprofiles/{id}/", "A mobile provider profile", all),
        ])

    private static let allocations = section(
        "IP allocations",
        [
            ("ipallocations/", "IP allocations", list), ("ipallocations/{id}/", "An IP allocation", all),
            ("ipallocations/{id}/assigned_routing_groups/", "Routing groups of an allocation", list),
            (
                "ipallocations/{id}/assigned_routing_groups/{group}/", "A routing group of an allocation",
                [.get, .delete]
            ),
        ])

    private static let people = section(
        "People",
        [
            ("users/", "Users", list), ("users/{id}/", "A user", all), ("groups/", "Groups", list),
            ("groups/{id}/", "A group", all), ("permissions/", "Permissions and their names", [.get]),
        ])

    private static let spaces = section(
        "Spaces",
        [
            ("spaces/", "Spaces", list), ("spaces/{id}/", "A space", all),
            ("spaces/{id}/statistics/", "Statistics of a space", [.get]),
        ]
            + BondingServer.statisticKinds.map {
                ("spaces/{id}/statistics/\($0)/", "Statistics of a space: \($0)", [.get])
            }
            + [
                ("spaces/{id}/ip_allocations/", "IP allocations of a space", list),
                ("spaces/{id}/ip_allocations/{allocation}/", "An IP allocation of a space", all),
                ("spaces/{id}/delegated_ip_allocations/", "IP allocations from spaces above", list),
                ("spaces/{id}/delegated_ip_allocations/{allocation}/", "An IP allocation from above", [.get]),
            ])

    private static let system = section(
        "System",
        [
            ("system/", "System", [.get]), ("system/status/", "Status of the system", [.get]),
            ("system/status/configupdates/", "Configuration updates", [.get]),
            ("system/status/downtime_prevented/", "Downtime that all bonds prevented", [.get]),
            ("system/status/bondingversion/", "Version in the repository", [.get]),
            ("system/status/repositories/", "Versions in the repository", [.get]),
            ("system/status/tlsinfo/", "TLS certificate", [.get]),
            ("system/status/aggfailover/", "Aggregator failover checks", [.get]),
            ("system/status/backups/", "Backups", [.get]),
            ("system/status/backups/latest-backup/", "The latest backup as a file", [.get]),
            ("system/tasks/", "Tasks", [.get]), ("system/tasks/createisos/", "Make provisioning ISOs", post),
            ("system/versions/", "Software versions", [.get]), ("system/timezones/", "Time zones", [.get]),
            ("system/mobilebroadbandproviderapns/", "Mobile providers' networks", [.get]),
            ("system/isos/", "Provisioning ISOs", [.get]),
            ("settings/", "Settings of the system", [.get, .put, .patch]),
        ])
}
