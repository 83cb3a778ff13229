internal import AdapterKit
internal import HTTP

/// Every route of API v0: the functions of its document, and what the list of routes of today's release names besides.
///
/// The sections are the document's; where it has none for a function, those of today's. A function that both have under
/// different names has the one of the document.
enum Catalogue {
    static let entries: [CatalogueEntry] =
        api + devices + partsOfDevices + deviceGraphs + groups + routing + switching + alerts + rules
        + templates + inventory + bills + ports + portGroups + locations + logs + services + pollers

    /// How devices are asked by SNMP, which stands in every row of a device.
    static let snmp: Set<String> = [
        "community", "authname", "authpass", "cryptopass", "snmp_v3_user", "snmp_community",
    ]

    /// What releases of 2016 have beyond the functions of the document.
    private static let old: Set<String> = ["get_components", "get_graph_by_portgroup"]

    /// The functions of the document.
    private static let documented: Set<String> = [
        "list_endpoints", "del_device", "get_device", "get_graphs", "get_graph_generic_by_hostname",
        "get_port_graphs",
        "get_port_stats_by_port_hostname", "get_graph_by_port_hostname", "list_devices", "add_device",
        "list_oxidized", "update_device_field", "get_device_groups", "get_devicegroups",
        "get_devices_by_group", "list_bgp", "get_vlans", "get_alert", "ack_alert", "unmute_alert",
        "list_alerts", "get_alert_rule", "delete_rule", "list_alert_rules", "add_rule", "edit_rule",
        "get_inventory", "list_bills", "get_bill",
    ]

    /// One route with its functions by their methods.
    ///
    /// The name of an entry has those of all its functions, in the order of the methods. What releases of 2016 do not
    /// have says so.
    static func route(
        _ title: String, _ section: String, _ template: PathTemplate,
        _ functions: KeyValuePairs<Method, String>, acting: [Method]? = nil, hurting: [Method] = [],
        secrets: Set<String> = [], _ note: String = ""
    ) -> CatalogueEntry {
        let new = functions.filter { !documented.contains($0.value) && !old.contains($0.value) }
        var notes = note.isEmpty ? [] : [note]
        if new.count == functions.count {
            notes.append("Missing on servers of 2016.")
        } else if !new.isEmpty {
            let methods = new.map(\.key.rawValue).joined(separator: " and ")
            notes.append("\(methods): missing on servers of 2016.")
        }
        let names = functions.map(\.value).filter { $0 != "list_endpoints" }
        // Whatever else is got by a parameter at the end is one object.
        let listing = ["list_", "search_", "get_inventory", "get_devices_by_group", "get_ports_by_group"]
        let isList =
            template.endsWithParameter && names.contains { name in listing.contains { name.hasPrefix($0) } }
        return CatalogueEntry(
            title, in: section, template, functions.map(\.key), acting: acting, hurting: hurting,
            secrets: secrets, name: names.joined(separator: ", "), isList: isList,
            note: notes.joined(separator: " "))
    }

    private static let api = [
        route("API routes", "API", Path.root, [.get: "list_endpoints"]),
        route("Server and its versions", "API", Path.system, [.get: "server_info"]),
        route("Ping of the API", "API", "/ping", [.get: "ping"]),
    ]

    private static let alerts = [
        route(
            "Alerts", "Alerts", Path.alerts, [.get: "list_alerts"],
            "Only state 1 unless `state` asks for others."),
        route(
            "Alert", "Alerts", Path.alert, [.get: "get_alert", .put: "ack_alert"],
            "Only in state 1 unless `state` asks for others. PUT acknowledges."),
        route(
            "Unmute alert", "Alerts", Path.unmute, [.put: "unmute_alert"], "Takes an acknowledgement back."),
    ]

    private static let rules = [
        route(
            "Alert rules", "Rules", Path.rules,
            [.get: "list_alert_rules", .post: "add_rule", .put: "edit_rule"],
            "PUT takes the whole rule with its `rule_id`; without one it adds a rule."),
        route(
            "Alert rule", "Rules", Path.rule, [.get: "get_alert_rule", .delete: "delete_rule"]),
    ]

    private static let templates = [
        route(
            "Alert templates", "Alert templates", "/alert_templates",
            [.get: "list_alert_templates", .post: "add_alert_template", .put: "edit_alert_template"],
            "PUT takes the whole template with its `template_id`."),
        route(
            "Alert template", "Alert templates", "/alert_templates/{id}", [.get: "get_alert_template"]),
    ]

    private static let inventory = [
        route(
            "Inventory of a device, one level", "Inventory", Path.inventory, [.get: "get_inventory"],
            "`entPhysicalContainedIn` asks for the level below a part."),
        route(
            "Inventory of a device, all levels", "Inventory", Path.wholeInventory,
            [.get: "get_inventory_for_device"]),
    ]
}
