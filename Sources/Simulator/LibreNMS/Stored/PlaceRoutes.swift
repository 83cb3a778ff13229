/// Locations, services and what else an operator writes down by hand.
extension StoredList {
    /// Those at which a device of this server is.
    static let locations = StoredList(
        "locations",
        usual: [
            "location": "", "lat": .decimal("0.00000000"), "lng": .decimal("0.00000000"), "timestamp": nil,
            "fixed_coordinates": 1,
        ]
    ) { call in
        let view = call.view
        let used = Set(view.deviceIndices.map { view.network.devices[$0].site.id })
        return Site.all.filter { used.contains($0.id) }.map { site in
            [
                "id": .integer(site.id), "location": .text(site.location), "lat": .decimal(site.latitude),
                "lng": .decimal(site.longitude), "timestamp": .time(view.time(0) - 86_400),
                "fixed_coordinates": 0,
            ]
        }
    }

    /// What is watched on servers.
    static let services = StoredList(
        "services", key: "service_id",
        usual: [
            "device_id": 0, "service_ip": "", "service_type": "", "service_desc": "", "service_param": "",
            "service_ignore": 0, "service_status": 3, "service_changed": 0,
            "service_message": "Service not yet checked", "service_disabled": 0, "service_ds": nil,
            "service_template_id": 0, "service_name": nil,
        ]
    ) { call in
        call.view.devices.filter { $0.addition == nil && $0.device.role == .server && !$0.device.isOdd }
            .map { LibreNMSCall.service($0) }
    }

    /// Who is told what of an alert; the shape is inferred.
    static let templates = StoredList(
        "alert_templates",
        usual: ["name": "", "template": "", "title": nil, "title_rec": nil, "alert_rules": .list([])]
    ) { _ in
        [
            [
                "id": 1, "name": "Default Alert Template",
                "template": "{{ $alert->title }}\nSeverity: {{ $alert->severity }}\n", "title": nil,
                "title_rec": nil, "alert_rules": .list([]),
            ],
            [
                "id": 2, "name": "Ports",
                "template": "@foreach ($alert->faults as $value) {{ $value['ifName'] }} @endforeach",
                "title": "Port {{ $alert->hostname }}", "title_rec": "Port is well again",
                "alert_rules": .list([2]),
            ],
        ]
    }

    static let pollerGroups = StoredList("poller_group") { _ in
        [["id": 1, "group_name": "remote", "descr": "Pollers at customers"]]
    }
}

extension LibreNMSRoutes {
    /// Of today's release alone.
    static let stored: [Route<LibreNMSCall>] = [
        Route("GET", "/api/v0/location/{location_id_or_name}", "get_location") { call in
            guard let row = call.row(of: .locations, call["location_id_or_name"], named: "location") else {
                return call.failed(404, "Location \(call["location_id_or_name"]) does not exist")
            }
            return call.list("get_location", of: [row])
        },
        writing("POST", "/api/v0/locations", "add_location") { call in
            call.add(
                to: .locations, needs: ["location", "lat", "lng"],
                missing: "Required fields missing (location, lat and lng needed)"
            ) { call.wordsOnly(201, "Location added with id #\($0)") }
        },
        writing("PATCH", "/api/v0/locations/{location_id_or_name}", "edit_location") { call in
            call.change(
                call.row(of: .locations, call["location_id_or_name"], named: "location"), of: .locations,
                missing: call.failed(400, "Failed to delete location"),
                call.wordsOnly(201, "Location updated successfully"))
        },
        writing("DELETE", "/api/v0/locations/{location}", "del_location") { call in
            let name = call["location"]
            return call.remove(
                call.row(of: .locations, name, named: "location"), from: .locations,
                missing: call.failed(400, "Failed to delete \(name) (Does not exists)"),
                call.wordsOnly(201, "Location \(name) has been deleted successfully"))
        },
        writing("POST", "/api/v0/services/{hostname}", "add_service_for_host") { $0.addService() },
        writing("PATCH", "/api/v0/services/{id}", "edit_service_for_host") { call in
            call.change(
                call.row(of: .services, call["id"]), of: .services,
                missing: call.failed(500, "Failed to update the service with id \(call["id"])"),
                call.wordsOnly(201, "Service updated successfully"))
        },
        writing("DELETE", "/api/v0/services/{id}", "del_service_from_host") { call in
            call.remove(
                call.row(of: .services, call["id"]), from: .services,
                missing: call.failed(500, "Failed to delete the service"),
                call.wordsOnly(201, "Service has been deleted successfully"))
        },
        Route("GET", "/api/v0/alert_templates", "list_alert_templates") { call in
            call.list("alert_templates", of: call.rows(of: .templates))
        },
        Route("GET", "/api/v0/alert_templates/{id}", "get_alert_template") { call in
            guard let row = call.row(of: .templates, call["id"]) else {
                return call.failed(404, "Alert template \(call["id"]) does not exist")
            }
            return call.list("alert_templates", of: [row])
        },
        writing("POST", "/api/v0/alert_templates", "add_alert_template") { call in
            call.add(
                to: .templates, needs: ["name", "template"],
                missing: "Missing the alert template name or body"
            ) { call.created("id", $0, status: 200) }
        },
        writing("PUT", "/api/v0/alert_templates", "edit_alert_template") { call in
            let id = call.body?["id"].integer ?? call.body?["template_id"].integer
            return call.change(
                id.flatMap { call.row(of: .templates, String($0)) }, of: .templates,
                missing: call.failed(404, "Alert template does not exist"), call.json(200, ["status": "ok"]))
        },
        Route("GET", "/api/v0/poller_group/{poller_group_id_or_name?}", "get_poller_group") { call in
            let rows = call.rows(of: .pollerGroups)
            guard let name = call.parameters["poller_group_id_or_name"] else {
                return call.list("get_poller_group", of: rows)
            }
            return call.list(
                "get_poller_group",
                of: rows.filter { $0["id"].word == name || $0["group_name"].word == name },
                empty: "Poller Group \(name) does not exist")
        },
    ]

    /// A route that a token which only reads may not take.
    static func writing(
        _ method: String, _ template: RoutePattern, _ name: String,
        _ answer: @escaping @Sendable (LibreNMSCall) -> Reply
    ) -> Route<LibreNMSCall> {
        Route(method, template, name) { $0.role == .admin ? answer($0) : $0.unauthorized() }
    }
}

extension LibreNMSCall {
    fileprivate func addService() -> Reply {
        guard let device else { return failed(404, "Device \(self["hostname"]) not found") }
        let type = body?["type"].phpText ?? ""
        let known = ["dhcp", "dns", "http", "icmp", "imap", "ntp", "smtp", "ssh", "tcp"]
        guard type.isEmpty || known.contains(type) else {
            let words = "The service \(type) does not exist.\n Available service types: "
            return failed(400, words + known.joined(separator: ", "))
        }
        let names = ["type", "ip", "desc", "param", "ignore", "name"].map { ($0, "service_\($0)") }
        return add(
            to: .services, needs: ["type"],
            naming: Dictionary(names + [("disable", "service_disabled")]) { $1 },
            with: ["device_id": .integer(device.device.id)],
            missing: "Required fields missing (hostname and type needed)"
        ) { wordsOnly(201, "Service \(type) has been added to device \(self["hostname"]) (#\($0))") }
    }
}
