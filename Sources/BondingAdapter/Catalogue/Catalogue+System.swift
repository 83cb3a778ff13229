internal import AdapterKit
internal import HTTP

/// Spaces, and the system itself.
extension Catalogue {
    static let spaces: [CatalogueEntry] =
        [
            uri("Spaces", "Spaces", "spaces/", list), uri("Space", "Spaces", "spaces/{id}/", all),
            uri("Statistics of a space", "Spaces", "spaces/{id}/statistics/"),
        ]
        + [
            ("users", "Users"), ("bonds", "Bonds"), ("qos_profiles", "QoS profiles"),
            ("speed_tests", "Speed tests"), ("aggregators", "Aggregators"),
            ("connected_ips", "Connected IPs"), ("routes", "Routes"), ("cpe_nat_ips", "CPE NAT IPs"),
            ("legs", "Legs"), ("bonders", "Bonders"),
        ].map { uri("\($0.1) of a space, counted", "Spaces", "spaces/{id}/statistics/\($0.0)/") }
        + [
            uri("IP allocations of a space", "Spaces", "spaces/{id}/ip_allocations/", list),
            uri("IP allocation of a space", "Spaces", "spaces/{id}/ip_allocations/{allocation}/", all),
            uri(
                "Delegated IP allocations of a space", "Spaces", "spaces/{id}/delegated_ip_allocations/",
                list, note: "Those of the spaces above it."),
            uri(
                "Delegated IP allocation of a space", "Spaces",
                "spaces/{id}/delegated_ip_allocations/{allocation}/",
                note: "The document names no methods; GET is inferred."),
        ]

    static let system = [
        uri("System resources", "System", "system/"),
        uri("Status resources", "System", "system/status/"),
        uri("Configuration updates", "System", "system/status/configupdates/"),
        uri("Downtime prevented by all bonds", "System", "system/status/downtime_prevented/"),
        uri("Bonding version in the repository", "System", "system/status/bondingversion/"),
        uri("Versions in the repository", "System", "system/status/repositories/"),
        uri("TLS certificate and CSR", "System", "system/status/tlsinfo/"),
        uri("Aggregator failover checks", "System", "system/status/aggfailover/"),
        uri("Backups", "System", "system/status/backups/"),
        uri(
            "Latest backup", "System", "system/status/backups/latest-backup/",
            note: "The answer is a zip file; whoever has it has all secrets of the system."),
        uri("Tasks", "System", "system/tasks/"),
        uri(
            "Create provisioning ISOs", "System", "system/tasks/createisos/", post,
            note: "The answer says that it is queued, not done."),
        uri("Software versions", "System", "system/versions/"),
        uri("Time zones", "System", "system/timezones/"),
        uri(
            "APNs of mobile providers", "System", "system/mobilebroadbandproviderapns/",
            secrets: lineSecrets),
        uri(
            "Provisioning ISOs", "System", "system/isos/", note: "Each names its file, which is an ISO image."
        ),
        uri("System settings", "System", "settings/", [.get, .put, .patch], secrets: lineSecrets),
    ]
}
