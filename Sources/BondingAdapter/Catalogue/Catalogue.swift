internal import AdapterKit
internal import HTTP

/// The table of URIs of API v3, as it is published; every one of them takes OPTIONS as well.
///
/// Left out is `self/`, which the table calls private and asks not to be used. The sections are ours, in the order of
/// the table, which has none.
enum Catalogue {
    static let entries: [CatalogueEntry] =
        core + nodes + profiles + bonds + legs + addresses + measuring + allocations + people + spaces
        + system

    static let all: [Method] = [.get, .put, .patch, .delete]
    static let list: [Method] = [.get, .post]
    static let post: [Method] = [.post]

    /// Users and keys by which nodes are reached.
    static let nodeSecrets: Set<String> = [
        "username", "user_name", "login", "ssh_user", "ssh_username", "ssh_key", "ssh_private_key", "salt",
    ]
    /// Users of customers' lines and of providers' networks.
    static let lineSecrets: Set<String> = ["username", "user_name", "login", "apn_user", "apn_username"]

    /// One path below `/v3/`.
    static func uri(
        _ title: String, _ section: String, _ path: String, _ methods: [Method] = [.get],
        hurting: [Method] = [], secrets: Set<String> = [], note: String = ""
    ) -> CatalogueEntry {
        CatalogueEntry(
            title, in: section, PathTemplate("/v3/\(path)"), methods, hurting: hurting, secrets: secrets,
            note: note)
    }

    private static let core = [uri("Core resources", "API", "")]

    private static let nodes = [
        uri(
            "Nodes", "Nodes", "nodes/", secrets: nodeSecrets,
            note: "What bonders and aggregators have in common."),
        uri("Node", "Nodes", "nodes/{id}/", secrets: nodeSecrets),
        uri("Aggregators", "Nodes", "aggregators/", list, secrets: nodeSecrets),
        uri("Aggregator", "Nodes", "aggregators/{id}/", all, secrets: nodeSecrets),
        uri("Bonds with this primary aggregator", "Nodes", "aggregators/{id}/bonds/", secrets: nodeSecrets),
        uri(
            "Bonds with this secondary aggregator", "Nodes", "aggregators/{id}/bonds_secondary/",
            secrets: nodeSecrets),
        uri(
            "Bonds on this aggregator now", "Nodes", "aggregators/{id}/bonds_current/", secrets: nodeSecrets),
        uri(
            "Bonders", "Nodes", "bonders/", secrets: nodeSecrets,
            note: "A bonder is created with its bond and deleted with it."),
        uri("Bonder", "Nodes", "bonders/{id}/", [.get, .put, .patch], secrets: nodeSecrets),
    ]

    private static let profiles = [
        uri("QoS profiles", "Profiles", "qos/", note: "Created on the website only."),
        uri(
            "QoS profile", "Profiles", "qos/{id}/", all,
            note: "Only `name`, `overhead_margin` and `space` can be changed."),
        uri("Bonds with a QoS profile", "Profiles", "qos/{id}/bonds/", secrets: nodeSecrets),
        uri(
            "Mobile provider profiles", "Profiles", "mobileproviderprofiles/", list, secrets: lineSecrets),
        uri(
            "Mobile provider profile", "Profiles", "mobileproviderprofiles/{id}/", all, secrets: lineSecrets,
            note: "Can be deleted only while `leg_count` is 0."),
    ]

    private static let bonds = [
        uri("Bonds", "Bonds", "bonds/", list, secrets: nodeSecrets),
        uri(
            "Bond", "Bonds", "bonds/{bond}/", all, secrets: nodeSecrets,
            note: "DELETE deletes its bonder too."),
        uri("Downtime prevented by a bond", "Bonds", "bonds/{bond}/downtime_prevented/"),
        uri(
            "Restart bond", "Bonds", "bonds/{bond}/restart/", post, hurting: [.post],
            note: "The customer is offline while it restarts."),
        uri(
            "Detect MTUs of a bond", "Bonds", "bonds/{bond}/detect_leg_mtus/", post,
            note: "Of all legs in active mode."),
        uri(
            "Restore bond to its primary aggregator", "Bonds", "bonds/{bond}/restore_to_primary_agg/", post,
            note: "400 while the primary aggregator is still failed."),
    ]

    private static let allocations = [
        uri("IP allocations", "IP allocations", "ipallocations/", list),
        uri("IP allocation", "IP allocations", "ipallocations/{id}/", all),
        uri(
            "Routing groups of an IP allocation", "IP allocations",
            "ipallocations/{id}/assigned_routing_groups/", list,
            note: "POST takes the URL of a `routing_group`."),
        uri(
            "Routing group of an IP allocation", "IP allocations",
            "ipallocations/{id}/assigned_routing_groups/{group}/", [.get, .delete]),
    ]

    private static let people = [
        uri("Users", "People", "users/", list), uri("User", "People", "users/{id}/", all),
        uri("Groups", "People", "groups/", list), uri("Group", "People", "groups/{id}/", all),
        uri("Permissions", "People", "permissions/"),
    ]
}
