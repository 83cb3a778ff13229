internal import AdapterKit
internal import HTTP

/// Devices, what they have, and their groups.
extension Catalogue {
    private static let section = "Devices"

    static let devices = [
        route(
            "Devices", section, Path.devices, [.get: "list_devices", .post: "add_device"], secrets: snmp),
        route(
            "Device", section, Path.device,
            [.get: "get_device", .patch: "update_device_field", .delete: "del_device"], secrets: snmp,
            "PATCH takes `field` and `data`, and confirms fields that do not exist. DELETE removes its history too."
        ),
        route(
            "Rename device", section, "/devices/{id}/rename/{new_hostname}", [.patch: "rename_device"],
            hurting: [.patch], "Moves its history to the new name."),
        route(
            "Discover device", section, Path.discover, [.get: "trigger_device_discovery"], acting: [.get],
            "GET acts: the device is discovered at the next run."),
        route(
            "Maintenance of a device", section, Path.maintenance,
            [.get: "device_under_maintenance", .post: "maintenance_device"], "POST silences its alerts."),
        route(
            "Parents of a device", section, "/devices/{id}/parents",
            [.post: "add_parents_to_host", .delete: "del_parents_from_host"],
            "DELETE without `parent_ids` removes all."),
        route(
            "Add to the event log of a device", section, "/devices/{id}/eventlog", [.post: "add_eventlog"]),
        route("Devices for Oxidized", section, Path.oxidized, [.get: "list_oxidized"]),
        route(
            "Device for Oxidized", section, "/oxidized/{hostname}", [.get: "list_oxidized"]),
        route(
            "Configuration of a device", section, "/oxidized/config/{hostname}",
            [.get: "get_oxidized_config"], secrets: ["config"],
            "The running configuration, with whatever secrets stand in it."),
        route(
            "Devices by a text of their configuration", section, "/oxidized/config/search/{searchstring}",
            [.get: "search_oxidized"]),
    ]

    static let partsOfDevices = [
        route("Availability of a device", section, Path.deviceAvailability, [.get: "device_availability"]),
        route("Outages of a device", section, Path.deviceOutages, [.get: "device_outages"]),
        route("Groups of a device", section, Path.deviceGroups, [.get: "get_device_groups"]),
        route(
            "Ports of a device", section, Path.devicePorts, [.get: "get_port_graphs"],
            "Only names unless `columns` asks for more."),
        route(
            "Port of a device", section, Path.devicePort, [.get: "get_port_stats_by_port_hostname"],
            "By `ifName`."),
        route("Port stack of a device", section, "/devices/{id}/port_stack", [.get: "get_port_stack"]),
        route("IP addresses of a device", section, Path.deviceAddresses, [.get: "get_ip_addresses"]),
        route("Transceivers of a device", section, Path.transceivers, [.get: "get_transceivers"]),
        route(
            "Components of a device", section, "/devices/{id}/components",
            [.get: "get_components", .put: "edit_components"]),
        route(
            "Add component of a device", section, "/devices/{id}/components/{type}",
            [.post: "add_components"]),
        route(
            "Component of a device", section, "/devices/{id}/components/{component}",
            [.delete: "delete_components"]),
        route("Kinds of sensors of a device", section, Path.health, [.get: "list_available_health_graphs"]),
        route(
            "Sensors of a device of one kind", section, Path.healthKind,
            [.get: "list_available_health_graphs"]),
        route(
            "Sensor of a device", section, Path.sensor, [.get: "list_available_health_graphs"]),
        route(
            "Kinds of wireless sensors of a device", section, "/devices/{id}/wireless",
            [.get: "list_available_wireless_graphs"]),
        route(
            "Wireless sensors of a device of one kind", section, "/devices/{id}/wireless/{kind}",
            [.get: "list_available_wireless_graphs"]),
        route(
            "Wireless sensor of a device", section, "/devices/{id}/wireless/{kind}/{sensor}",
            [.get: "list_available_wireless_graphs"]),
        route(
            "Wireless sensors of a device", section, Path.wirelessSensors,
            [.get: "get_device_wireless_sensors"]),
    ]

    private static let picture = "The answer is an image."

    static let deviceGraphs = [
        route("Graphs of a device", section, Path.deviceGraphs, [.get: "get_graphs"]),
        route(
            "Graph of a device", section, Path.deviceGraph, [.get: "get_graph_generic_by_hostname"], picture),
        route(
            "Graph of a port", section, Path.portGraph, [.get: "get_graph_by_port_hostname"], picture),
        route(
            "Graph of all sensors of one kind", section, "/devices/{id}/graphs/health/{kind}",
            [.get: "get_health_graph"], picture),
        route(
            "Graph of a sensor", section, "/devices/{id}/graphs/health/{kind}/{sensor}",
            [.get: "get_health_graph"], picture),
        route(
            "Graph of all wireless sensors of one kind", section, "/devices/{id}/graphs/wireless/{kind}",
            [.get: "get_wireless_graph"], picture),
        route(
            "Graph of a wireless sensor", section, "/devices/{id}/graphs/wireless/{kind}/{sensor}",
            [.get: "get_wireless_graph"], picture),
        route(
            "Graph of a service", section, "/devices/{id}/services/{service_id}/graphs/{datasource}",
            [.get: "get_graph_by_service"], picture),
    ]

    static let groups = [
        route(
            "Device groups", "Device groups", Path.groups,
            [.get: "get_devicegroups", .post: "add_device_group"], "404 where there is none."),
        route(
            "Devices of a group", "Device groups", Path.group,
            [
                .get: "get_devices_by_group", .patch: "update_device_group", .delete: "delete_device_group",
            ], secrets: snmp,
            "PATCH and DELETE change the group. A name with a slash cannot be asked for; its id can."),
        route(
            "Add or remove devices of a group", "Device groups", "/devicegroups/{name}/devices",
            [.post: "update_device_group_add_devices", .delete: "update_device_group_remove_devices"],
            "Only of a static group."),
        route(
            "Maintenance of a group", "Device groups", Path.groupMaintenance,
            [.post: "maintenance_devicegroup"], "Silences the alerts of all its devices."),
    ]
}
