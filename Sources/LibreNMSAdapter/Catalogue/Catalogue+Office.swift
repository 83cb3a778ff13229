internal import AdapterKit
internal import HTTP

/// What is written down: bills, locations, logs, services, sensors and pollers.
extension Catalogue {
    private static let picture = "`bits` or `monthly`. The answer is an image."

    static let bills = [
        route(
            "Bills", "Bills", Path.bills, [.get: "list_bills", .post: "create_bill"],
            "POST with a `bill_id` changes that bill."),
        route("Bill", "Bills", Path.bill, [.get: "get_bill", .delete: "delete_bill"]),
        route(
            "Graph of a bill", "Bills", "/bills/{id}/graphs/{graph_type}", [.get: "get_bill_graph"], picture),
        route(
            "Graph data of a bill", "Bills", Path.billCurve,
            [.get: "get_bill_graphdata"], "`bits` or `monthly`."),
        route("History of a bill", "Bills", Path.billHistory, [.get: "get_bill_history"]),
        route(
            "Graph of an earlier period of a bill", "Bills",
            "/bills/{id}/history/{bill_hist_id}/graphs/{graph_type}", [.get: "get_bill_history_graph"],
            picture),
        route(
            "Graph data of an earlier period of a bill", "Bills",
            "/bills/{id}/history/{bill_hist_id}/graphdata/{graph_type}",
            [.get: "get_bill_history_graphdata"], "`bits` or `monthly`."),
    ]

    static let locations = [
        route("Locations", "Locations", Path.locations, [.get: "list_locations"], "404 where there is none."),
        route("Add location", "Locations", "/locations", [.post: "add_location"]),
        route("Location", "Locations", "/location/{location}", [.get: "get_location"], "By its id or name."),
        route(
            "Edit or delete location", "Locations", "/locations/{location}",
            [.patch: "edit_location", .delete: "del_location"], "By its id or name."),
        route(
            "Maintenance of a location", "Locations", Path.locationMaintenance,
            [.post: "maintenance_location"], "Silences the alerts of all devices there."),
    ]

    static let logs = [
        route("Event log", "Logs", Path.eventLogOfAll, [.get: "list_eventlog"], oldest),
        route("Event log of a device", "Logs", Path.eventLog, [.get: "list_eventlog"], oldest),
        route("Syslog", "Logs", Path.syslog, [.get: "list_syslog"], oldest),
        route("Syslog of a device", "Logs", "/logs/syslog/{hostname}", [.get: "list_syslog"], oldest),
        route("Alert log", "Logs", Path.alertLogOfAll, [.get: "list_alertlog"], secrets: snmp, oldest),
        route(
            "Alert log of a device", "Logs", Path.alertLog, [.get: "list_alertlog"], secrets: snmp,
            oldest),
        route("Authentication log", "Logs", "/logs/authlog", [.get: "list_authlog"], oldest),
        route(
            "Add to the syslog", "Logs", "/syslogsink", [.post: "post_syslogsink"],
            "Takes one message or a list of them, as a log shipper sends them."),
    ]
    private static let oldest = "The oldest first unless `sortorder=DESC` asks for the newest."

    static let services = [
        route(
            "Services", "Services", Path.services, [.get: "list_services"], secrets: ["service_param"]),
        route(
            "Services of a device", "Services", Path.deviceServices,
            [.get: "list_services_device", .post: "add_service_for_host"], secrets: ["service_param"]),
        route(
            "Edit or delete service", "Services", "/services/{service_id}",
            [.patch: "edit_service_for_host", .delete: "del_service_from_host"], secrets: ["service_param"],
            "By the id of the service, where GET takes a device."),
        route(
            "Sensors", "Sensors", Path.sensors, [.get: "list_sensors"], "404 where there is none."),
    ]

    static let pollers = [
        route("Poller groups", "Pollers", Path.pollerGroups, [.get: "get_poller_group"]),
        route(
            "Poller group", "Pollers", "/poller_group/{id}", [.get: "get_poller_group"], "By its id or name."),
        route("Pollers", "Pollers", Path.pollers, [.get: "list_pollers"]),
        route("Poller log", "Pollers", Path.pollerLog, [.get: "list_poller_log"]),
    ]
}
