/// The table of LibreNMS' routes: which release has which, and what answers.
enum LibreNMSRoutes {
    struct Offer: Sendable {
        let releases: [LibreNMSRelease]
        let route: Route<LibreNMSCall>
    }

    /// First those that would be taken for a graph of a device.
    static let all: [Offer] = (network + records + stored + groups + deviceParts).map(modern) + others

    private static let others: [Offer] = [
        both(get("/api/v0", "") { $0.root() }),
        modern(get("/api/v0/system", "server_info") { $0.system() }),

        both(get("/api/v0/devices", "list_devices") { $0.listDevices() }),
        both(get("/api/v0/devices/{hostname}", "get_device") { $0.getDevice() }),
        both(Route("POST", "/api/v0/devices", "add_device") { $0.addDevice() }),
        both(Route("DELETE", "/api/v0/devices/{hostname}", "del_device") { $0.deleteDevice() }),
        both(Route("PATCH", "/api/v0/devices/{hostname}", "update_device_field") { $0.updateDevice() }),
        modern(
            Route("POST", "/api/v0/devices/{hostname}/maintenance", "maintenance_device") {
                $0.beginMaintenance()
            }),
        modern(
            get("/api/v0/devices/{hostname}/maintenance", "device_under_maintenance") {
                $0.isUnderMaintenance()
            }),
        both(get("/api/v0/devices/{hostname}/vlans", "get_vlans") { $0.vlans() }),
        both(get("/api/v0/devices/{hostname}/graphs", "get_graphs") { $0.graphs() }),
        old(get("/api/v0/devices/{hostname}/groups", "get_device_groups") { $0.groupsOfDevice() }),
        modern(get("/api/v0/devices/{hostname}/groups", "get_device_groups_device") { $0.groupsOfDevice() }),

        old(get("/api/v0/devices/{hostname}/ports", "get_port_graphs") { $0.portsOfDevice() }),
        modern(get("/api/v0/devices/{hostname}/ports", "get_device_ports") { $0.portsOfDevice() }),
        both(
            get("/api/v0/devices/{hostname}/ports/{ifname}", "get_port_stats_by_port_hostname") {
                $0.portOfDevice()
            }),
        both(
            get("/api/v0/devices/{hostname}/ports/{ifname}/{type}", "get_graph_by_port_hostname") {
                $0.graphOfPort()
            }),
        modern(
            get("/api/v0/devices/{hostname}/graphs/health/{type}/{sensor_id?}", "get_health_graph") {
                $0.graphOfSensor()
            }),
        // A name whose slashes were not encoded has too many segments, and the newer release stumbles.
        modern(get("/api/v0/devices/{hostname}/ports/{a}/{b}/{rest...}", "") { $0.broken() }),
        modern(get("/api/v0/devices/{hostname}/links", "list_links_device") { $0.linksOfDevice() }),
        modern(get("/api/v0/devices/{hostname}/outages", "device_outages") { $0.outages() }),
        modern(get("/api/v0/devices/{hostname}/availability", "device_availability") { $0.availability() }),
        modern(
            get("/api/v0/devices/{hostname}/health/{type?}/{sensor_id?}", "list_available_health_graphs") {
                $0.health()
            }),
        both(get("/api/v0/devices/{hostname}/components", "get_components") { $0.components() }),
        modern(get("/api/v0/devices/{hostname}/fdb", "get_fdb") { $0.learntByDevice() }),
        modern(get("/api/v0/devices/{hostname}/ip", "get_ip_addresses") { $0.addressesOfDevice() }),
        modern(
            get("/api/v0/devices/{hostname}/transceivers", "get_transceivers") { $0.transceiversOfDevice() }),
        modern(get("/api/v0/devices/{hostname}/discover", "trigger_device_discovery") { $0.discover() }),
        // Last of those of a device: whatever is nothing else is a graph.
        both(
            get("/api/v0/devices/{hostname}/{type}", "get_graph_generic_by_hostname") {
                $0.graphOfDevice()
            }),
        modern(get("/api/v0/ports", "get_all_ports") { $0.allPorts() }),
        modern(get("/api/v0/ports/{portid}", "get_port_info") { $0.port() }),
        modern(get("/api/v0/ports/{portid}/fdb", "get_port_fdb") { $0.learntByPort() }),
        modern(get("/api/v0/ports/{portid}/ip", "get_port_ip_info") { $0.addressesOfPort() }),
        modern(
            get("/api/v0/ports/{portid}/transceiver", "get_port_transceiver") { $0.transceiversOfPort() }),
        modern(
            get("/api/v0/ports/{portid}/description", "get_port_description") { $0.portDescription() }),
        modern(
            Route("PATCH", "/api/v0/ports/{portid}/description", "update_port_description") {
                $0.describePort()
            }),
        modern(get("/api/v0/resources/fdb/{mac}", "list_fdb_mac") { $0.learntMAC() }),
        modern(get("/api/v0/resources/ip/arp/{query}/{cidr?}", "list_arp") { $0.arp() }),
        modern(get("/api/v0/ospf", "list_ospf") { $0.ospf() }),
        modern(get("/api/v0/routing/vrf", "list_vrf") { $0.vrfs() }),
        modern(get("/api/v0/routing/bgp/cbgp", "list_cbgp") { $0.prefixCounters() }),
        modern(get("/api/v0/pollers", "list_pollers") { $0.pollers() }),
        modern(get("/api/v0/pollers/log", "list_poller_log") { $0.pollerLog() }),
        modern(get("/api/v0/ports/mac/{search}", "search_mac") { $0.portsByMAC() }),
        modern(get("/api/v0/ports/search/{field}/{search?}", "search_ports") { $0.searchPorts() }),
        modern(get("/api/v0/services", "list_services") { $0.services() }),
        modern(get("/api/v0/services/{hostname}", "list_services_device") { $0.services() }),
        both(get("/api/v0/portgroups/{group}", "get_graph_by_portgroup") { $0.graphOfPortGroup() }),

        both(get("/api/v0/alerts", "list_alerts") { $0.listAlerts() }),
        both(get("/api/v0/alerts/{id}", "get_alert") { $0.getAlert() }),
        both(put("/api/v0/alerts/{id}", "ack_alert") { $0.acknowledge() }),
        both(put("/api/v0/alerts/unmute/{id}", "unmute_alert") { $0.unmute() }),
        both(get("/api/v0/rules", "list_alert_rules") { $0.listRules() }),
        both(get("/api/v0/rules/{id}", "get_alert_rule") { $0.getRule() }),
        both(Route("POST", "/api/v0/rules", "add_rule") { $0.saveRule() }),
        both(Route("PUT", "/api/v0/rules", "edit_rule") { $0.saveRule() }),
        both(Route("DELETE", "/api/v0/rules/{id}", "delete_rule") { $0.deleteRule() }),

        old(get("/api/v0/devicegroups", "get_devicegroups") { $0.listGroups() }),
        modern(get("/api/v0/devicegroups", "get_device_groups") { $0.listGroups() }),
        both(get("/api/v0/devicegroups/{name}", "get_devices_by_group") { $0.devicesOfGroup() }),

        modern(
            Route("POST", "/api/v0/devicegroups/{name}/maintenance", "maintenance_devicegroup") {
                $0.beginGroupMaintenance()
            }),
        modern(
            Route("POST", "/api/v0/locations/{location}/maintenance", "maintenance_location") {
                $0.beginLocationMaintenance()
            }),
        both(get("/api/v0/bills", "list_bills") { $0.listBills() }),
        both(get("/api/v0/bills/{bill_id}", "get_bill") { $0.getBill() }),
        both(get("/api/v0/bgp", "list_bgp") { $0.listSessions() }),
        both(get("/api/v0/inventory/{hostname}", "get_inventory") { $0.inventory() }),
        modern(get("/api/v0/bgp/{id}", "get_bgp") { $0.getSession() }),
        modern(get("/api/v0/inventory/{hostname}/all", "get_inventory_for_device") { $0.wholeInventory() }),
        old(get("/api/v0/oxidized", "list_oxidized") { $0.oxidized() }),
        modern(get("/api/v0/oxidized/{hostname?}", "list_oxidized") { $0.oxidized() }),
        modern(get("/api/v0/bills/{bill_id}/history", "get_bill_history") { $0.billHistory() }),
        modern(get("/api/v0/bills/{bill_id}/graphs/{graph_type}", "get_bill_graph") { $0.graphOfBill() }),
        modern(
            get("/api/v0/bills/{bill_id}/graphdata/{graph_type}", "get_bill_graphdata") {
                $0.billGraphData()
            }),
        modern(get("/api/v0/logs/eventlog/{hostname?}", "list_eventlog") { $0.eventLog() }),
        modern(get("/api/v0/logs/syslog/{hostname?}", "list_syslog") { $0.syslog() }),
        modern(get("/api/v0/logs/alertlog/{hostname?}", "list_alertlog") { $0.alertLog() }),
        modern(get("/api/v0/resources/sensors", "list_sensors") { $0.listSensors() }),
        modern(get("/api/v0/resources/links", "list_links") { $0.listLinks() }),
        modern(get("/api/v0/resources/links/{id}", "get_link") { $0.getLink() }),
        modern(get("/api/v0/resources/locations", "list_locations") { $0.listLocations() }),
        modern(get("/api/v0/ping", "ping") { $0.ping() }),
    ]

    private static func both(_ route: Route<LibreNMSCall>) -> Offer {
        Offer(releases: LibreNMSRelease.allCases, route: route)
    }

    private static func modern(_ route: Route<LibreNMSCall>) -> Offer {
        Offer(releases: [.modern], route: route)
    }

    private static func old(_ route: Route<LibreNMSCall>) -> Offer {
        Offer(releases: [.release2016], route: route)
    }

    private static func get(
        _ template: RoutePattern, _ name: String, _ answer: @escaping @Sendable (LibreNMSCall) -> Reply
    ) -> Route<LibreNMSCall> {
        Route("GET", template, name, answer)
    }

    private static func put(
        _ template: RoutePattern, _ name: String, _ answer: @escaping @Sendable (LibreNMSCall) -> Reply
    ) -> Route<LibreNMSCall> {
        Route("PUT", template, name, answer)
    }
}

extension LibreNMSCall {
    /// The list of what the server can do, as the dialect prints it: 2016 with two slashes, in its own order.
    func root() -> Reply {
        let host = "http://" + (request.headers["host"] ?? "127.0.0.1")
        let named = routes.filter { !$0.name.isEmpty }
        let members: [Value.Member]
        if release.isModern {
            members = named.sorted { $0.name < $1.name }.map { route in
                .init(route.name, .text(host + route.template.text { "{\($0)}" }))
            }
        } else {
            members = named.map { route in
                .init(route.name, .text(host + "/" + route.template.text { ":\($0)" }))
            }
        }
        return json(200, .object(members))
    }

    /// The version: the probe by which clients tell the releases apart.
    func system() -> Reply {
        let row: [Value.Member] = [
            .init("local_ver", .text("26.7.0")), .init("local_sha", .text("")),
            .init("local_date", .text("2026-08-14T12:00:13+00:00")), .init("local_branch", .text("")),
            .init("db_schema", .text("2026_07_30_162514_add_device_refresh_config_permission (397)")),
            .init("php_ver", .text("8.2.35")), .init("python_ver", .text("3.11.2")),
            .init("database_ver", .text("MariaDB 10.11.19-MariaDB-0+deb12u1")),
            .init("rrdtool_ver", .text("1.7.2")), .init("netsnmp_ver", .text("")),
        ]
        return list("system", .list([.object(row)]), count: 1)
    }
}
