import AdapterKit
import HTTP
import JSON

extension Walk.Manners {
    /// LibreNMS, today's release.
    static let libreNMS = Walk.Manners(
        fields: [
            "id": ["device_id", "port_id", "bill_id", "alert_id"], "name": ["ifName"],
            "hostname": ["hostname"],
            "type": ["name"], "kind": ["name"], "sensor": ["sensor_id"], "mac": ["mac_address"],
            "location": ["location", "id"], "query": ["ipv4_address", "mac_address"],
            "search": ["ifName", "mac_address"], "port_id": ["port_id"], "group": ["ifType"],
        ],
        lists: [
            "/devices/{id}/{type}": "/devices/{id}/graphs",
            "/devices/{id}/graphs/health/{kind}": "/devices/{id}/health",
            "/devices/{id}/graphs/health/{kind}/{sensor}": "/devices/{id}/health/{kind}",
            "/devices/{id}/graphs/wireless/{kind}": "/devices/{id}/wireless",
            "/devices/{id}/graphs/wireless/{kind}/{sensor}": "/devices/{id}/wireless/{kind}",
            "/oxidized/config/{hostname}": "/devices", "/oxidized/{hostname}": "/devices",
            "/inventory/{hostname}": "/devices", "/services/{hostname}": "/devices",
            "/logs/eventlog/{hostname}": "/devices", "/logs/alertlog/{hostname}": "/devices",
            "/logs/syslog/{hostname}": "/devices", "/routing/ipsec/data/{hostname}": "/devices",
            "/port_security/device/{hostname}": "/devices", "/port_security/port/{port_id}": "/ports",
            "/ports/mac/{mac}": "/resources/fdb", "/ports/search/{search}": "/ports",
            "/resources/ip/networks/{ipv4_network_id}/ip": "/resources/ip/networks",
            "/location/{location}": "/resources/locations",
            "/portgroups/multiport/bits/{id}": "/ports",
            "/resources/ip/arp/{query}": "/resources/ip/addresses",
            "/alerts/unmute/{id}": "/alerts", "/locations/{location}": "/resources/locations",
            "/services/{service_id}": "/services",
            "/ports/transceiver/metric/{metric}": "/ports/{id}/transceiver",
        ],
        words: [
            "/devices/{id}/ports/{name}/{type}": ["type": "port_bits"],
            "/devices/{id}/services/{service_id}/graphs/{datasource}": ["datasource": "time"],
            "/bills/{id}/graphs/{graph_type}": ["graph_type": "bits"],
            "/bills/{id}/graphdata/{graph_type}": ["graph_type": "bits"],
            "/bills/{id}/history/{bill_hist_id}/graphs/{graph_type}": ["graph_type": "bits"],
            "/bills/{id}/history/{bill_hist_id}/graphdata/{graph_type}": ["graph_type": "bits"],
            "/oxidized/config/search/{searchstring}": ["searchstring": "interface"],
            "/resources/ip/addresses/{address_family}": ["address_family": "ipv4"],
            "/resources/ip/networks/{address_family}": ["address_family": "ipv4"],
            "/resources/ip/arp/{query}/{cidr}": ["cidr": "24"],
            "/ports/search/{field}/{search}": ["search": "a"],
            "/ports/search/{field}": ["field": "ifName"],
            "/portgroups/{group}": ["group": "ethernetCsmacd"],
            "/devices/{id}/rename/{new_hostname}": ["new_hostname": "renamed.example.net"],
            "/devices/{id}/components/{type}": ["type": "tunnel"],
            "/devices/{id}/components/{component}": ["component": "1"],
            // The first group of the list finds its members by itself.
            "/devicegroups/{name}/devices": ["name": "new-group"],
        ],
        queries: [
            "/devices/{id}/ports": [("columns", "port_id,ifName,ifType")],
            "/ports": [("columns", "port_id,ifName")], "/alerts": [("state", "1,2,3,4")],
            "/alerts/{id}": [("state", "1,2,3,4")],
        ], bodies: libreNMSBodies)

    /// Bonding, whose parameters are all numbers of rows.
    static let bonding: Walk.Manners = {
        var manners = Walk.Manners()
        for name in ["bond", "leg", "part", "test", "tuner", "group", "allocation"] {
            manners.fields[name] = ["id"]
        }
        return manners
    }()

    /// Krill.
    static let krill = Walk.Manners(
        fields: ["pbx": ["id"], "name": ["name", "pool_name"]],
        lists: [
            "/v2/monitoring/hosts/{name}/": "/v2/monitoring/search/",
            "/v2/monitoring/cpes/{id}/info/": "/v2/isp/cpes/",
            "/v2/installer/cpes/{id}/": "/v2/isp/cpes/", "/v2/acs/devices/{id}/": "/v2/isp/cpes/",
        ],
        derived: [
            "/v2/auth/login/": Walk.Derived(list: "/v2/auth/user/") { user in
                guard let name = user["username"]?.text else { return nil }
                return Walk.Way(
                    body: [
                        .init("username", .string(name)), .init("password", .string("an-admins-passw0rd")),
                    ])
            },
            "/v2/auth/refresh/": Walk.Derived(list: "/v2/auth/user/") { _ in
                Walk.Way(body: [.init("refresh", .string("none"))])
            },
            "/v2/monitoring/graphs/": Walk.Derived(list: "/v2/monitoring/search/") { host in
                host["name"]?.text.map { Walk.Way(query: [("host_name", $0)]) }
            },
            "/v2/monitoring/datasets/": Walk.Derived(list: "/v2/monitoring/search/") { host in
                host["name"]?.text.map { name in
                    let metric: [JSONTree.Member] = [
                        .init("host_name", .string(name)), .init("service_name", .null),
                        .init("measurement", .string("check_cpe")), .init("metric", .string("dnbw")),
                    ]
                    return Walk.Way(
                        body: [
                            .init("host_name", .string(name)), .init("service_name", .null),
                            .init("start", .string("24h")), .init("end", .string("0m")),
                            .init("metrics", .array([.object(metric)])),
                        ])
                }
            },
            // The tag of a line: `OLT01-0/13/6`.
            onus: Walk.Derived(list: "/v2/monitoring/search/") { host in
                let tags = host["attrs"]?["vars"]?["cpe_registration_tags"]
                let all = tags?.array.map { $0.compactMap(\.text) } ?? [tags?.text ?? ""]
                return all.lazy.compactMap { tag in
                    guard let match = tag.wholeMatch(of: /(.+)-(\d+)\/(\d+)\/(\d+)/) else { return nil }
                    return Walk.Way(
                        parameters: [
                            "olt": String(match.1), "frame": String(match.2), "slot": String(match.3),
                            "port": String(match.4),
                        ])
                }.first
            },
            "/v2/rubik/verify/": address, "/v2/rubik/subaddresses/": address, "/v2/rubik/products/": address,
        ],
        exceptions: [
            "/v2/auth/refresh/": (401, "a token that nobody was given refreshes nothing"),
            "/v2/rubik/products/": (400, "the question has objects within, which no query can hold"),
            "/cpes/": (404, "of API v1 alone"), "/customers/": (404, "of API v1 alone"),
            "/potses/": (404, "of API v1 alone"),
        ])

    private static let onus: PathTemplate =
        "/v2/gpon/olts/{olt}/frames/{frame}/slots/{slot}/ports/{port}/onus/status/"

    private static let address = Walk.Derived(list: "/v2/rubik/addresses/") { address in
        (address["uid"] ?? address["id"])?.text.map {
            Walk.Way(body: [.init("address_uid", .string($0))])
        }
    }
}
