internal import AdapterKit
internal import HTTP

/// Everything that the document of API v2 names, application by application, as data to look around in.
///
/// Where it names an application and no path, the path is the application's own root. What acts by GET says so.
enum Catalogue {
    static let entries: [CatalogueEntry] =
        auth + isp + cpe + pbx + monitoring + oratio + gpon + docsis + rubik + others + old

    private static let all: [Method] = [.get, .post]
    private static let one: [Method] = [.get, .put, .patch, .delete]

    private static let auth = [
        CatalogueEntry("Log in", in: "auth", Path.login, [.post]),
        CatalogueEntry("Refresh the token", in: "auth", Path.refresh, [.post]),
        CatalogueEntry("Who is logged in", in: "auth", Path.user),
    ]

    private static let isp = [
        CatalogueEntry("CPEs", in: "isp", Path.cpes, all),
        CatalogueEntry("A CPE", in: "isp", Path.cpe, one),
        CatalogueEntry("Profiles of CPEs", in: "isp", "/v2/isp/cpe-profiles/"),
        CatalogueEntry("Customers", in: "isp", Path.customers, all),
        CatalogueEntry("A customer", in: "isp", Path.customer, one),
        CatalogueEntry("Telephone lines", in: "isp", Path.potses),
        CatalogueEntry("A telephone line", in: "isp", Path.pots, [.get, .put, .patch]),
    ]

    private static let cpe =
        CPEAction.allCases.map {
            CatalogueEntry(
                "CPE: \($0.rawValue)", in: "isp: a CPE", $0.template, [.get], acting: [.get])
        } + [
            CatalogueEntry("Events of a CPE; its calls with type=cdr", in: "isp: a CPE", Path.cpeEvents),
            CatalogueEntry("Logs of a CPE", in: "isp: a CPE", Path.cpeLogs),
            CatalogueEntry("Links of a CPE", in: "isp: a CPE", Path.cpeLinks),
            CatalogueEntry("Customer of a CPE", in: "isp: a CPE", "/v2/isp/cpes/{id}/customer/"),
            CatalogueEntry("Profile of a CPE", in: "isp: a CPE", "/v2/isp/cpes/{id}/profile/"),
            CatalogueEntry("Model of a CPE", in: "isp: a CPE", "/v2/isp/cpes/{id}/model/"),
            CatalogueEntry("Telephone lines of a CPE", in: "isp: a CPE", "/v2/isp/cpes/{id}/potses/"),
            CatalogueEntry("Live status of a CPE", in: "isp: a CPE", "/v2/isp/cpes/{id}/livestatus/"),
            CatalogueEntry("What the ACS knows of a CPE", in: "isp: a CPE", "/v2/isp/cpes/{id}/cwmp_info/"),
        ]

    private static let pbx =
        [
            CatalogueEntry("PBXs", in: "pbx", "/v2/pbx/pbxs/", all),
            CatalogueEntry("A PBX", in: "pbx", "/v2/pbx/pbxs/{id}/", one),
        ]
        + ["recepcionists", "groups", "queues", "ddis", "schedules", "holidays"].flatMap { name in
            [
                CatalogueEntry(
                    "\(name) of a PBX", in: "pbx", PathTemplate("/v2/pbx/pbxs/{pbx}/\(name)/"), all),
                CatalogueEntry(
                    "one of the \(name) of a PBX", in: "pbx",
                    PathTemplate("/v2/pbx/pbxs/{pbx}/\(name)/{id}/"),
                    one),
            ]
        }

    private static let monitoring = [
        CatalogueEntry("Hosts and services", in: "monitoring", Path.search),
        CatalogueEntry("A host", in: "monitoring", Path.host),
        CatalogueEntry("Live info of a CPE: polls its OLT", in: "monitoring", Path.info),
        CatalogueEntry("Graphs of a host", in: "monitoring", Path.graphs),
        CatalogueEntry("Values of metrics", in: "monitoring", Path.datasets, [.post], acting: []),
        CatalogueEntry("Groups of hosts", in: "monitoring", "/v2/monitoring/hostgroups/"),
        CatalogueEntry("Changes of state", in: "monitoring", "/v2/monitoring/history/"),
        CatalogueEntry("Summary by place", in: "monitoring", "/v2/monitoring/location/summary/"),
        CatalogueEntry("Summary by state", in: "monitoring", "/v2/monitoring/status/summary/"),
        CatalogueEntry("Check a host again (inferred)", in: "monitoring", Acting.recheck, [.post]),
        CatalogueEntry("Acknowledge a problem (inferred)", in: "monitoring", Acting.acknowledge, [.post]),
        CatalogueEntry("Downtime of a host (inferred)", in: "monitoring", Acting.downtime, [.post]),
    ]

    private static let oratio = [
        CatalogueEntry("PPPoE sessions", in: "oratio", Path.sessions),
        CatalogueEntry("Disconnect a session", in: "oratio", Acting.disconnect, [.get], acting: [.get]),
        CatalogueEntry("Pools of addresses", in: "oratio", Path.pools),
        CatalogueEntry("Use of a pool", in: "oratio", Path.pool),
    ]

    private static let gpon = [
        CatalogueEntry("ONUs that nobody configured", in: "gpon", Path.unconfigured),
        CatalogueEntry("Enable an ONU", in: "gpon", Acting.enableONU, [.post]),
        CatalogueEntry("ONUs of a PON, live", in: "gpon", Path.onuStatus),
    ]

    private static let docsis = [
        CatalogueEntry("CMTSs", in: "docsis", "/v2/docsis/cmtss/"),
        CatalogueEntry("MAC domains", in: "docsis", Path.macDomains),
        CatalogueEntry("Fibre nodes", in: "docsis", Path.fiberNodes),
    ]

    private static let rubik = [
        CatalogueEntry("Services", in: "rubik", "/v2/rubik/services/", all),
        CatalogueEntry("A service", in: "rubik", "/v2/rubik/services/{id}/", one),
        CatalogueEntry("Addresses", in: "rubik", "/v2/rubik/addresses/"),
        CatalogueEntry(
            "Parts of an address", in: "rubik", "/v2/rubik/subaddresses/", [.post], acting: []),
        CatalogueEntry(
            "Products at an address", in: "rubik", "/v2/rubik/products/", [.post], acting: []),
        CatalogueEntry("Verify an address", in: "rubik", "/v2/rubik/verify/", [.post], acting: []),
        CatalogueEntry("Settings of owners", in: "rubik", "/v2/rubik/owner-settings/"),
        CatalogueEntry("Tickets", in: "rubik", "/v2/rubik/tickets/", all),
        CatalogueEntry("A ticket", in: "rubik", "/v2/rubik/tickets/{id}/", one),
    ]

    private static let others = [
        CatalogueEntry("FTTH services", in: "plankton", "/v2/plankton/services/", all),
        CatalogueEntry("An FTTH service", in: "plankton", "/v2/plankton/services/{id}/", one),
        CatalogueEntry("My applications", in: "me", "/v2/me/apps/"),
        CatalogueEntry("A CPE as installers see it", in: "installer", "/v2/installer/cpes/{id}/"),
        CatalogueEntry("Its live info", in: "installer", "/v2/installer/cpes/{id}/info/"),
        CatalogueEntry("A device of the ACS", in: "acs", "/v2/acs/devices/{id}/"),
        CatalogueEntry("Its tasks", in: "acs", "/v2/acs/devices/{id}/tasks/"),
        CatalogueEntry("Its radios", in: "acs", "/v2/acs/devices/{id}/wifi/radios/"),
        CatalogueEntry("IPv4 leases", in: "kermit", "/v2/kermit/ipv4-leases/"),
        CatalogueEntry("IPv6 leases", in: "kermit", "/v2/kermit/ipv6-leases/"),
        CatalogueEntry("Requests to the API", in: "logger", "/v2/logger/api-request-logs/"),
        CatalogueEntry("Operations of administrators", in: "logger", "/v2/logger/admin-logs/"),
        CatalogueEntry("Tags", in: "tagger", "/v2/tagger/tags/", all),
        CatalogueEntry("Links of tags", in: "tagger", "/v2/tagger/links/"),
        CatalogueEntry("Base stations", in: "wimax", "/v2/wimax/basestations/"),
    ]

    private static let old = [
        CatalogueEntry("CPEs", in: "API v1", Path.oldCPEs),
        CatalogueEntry("Customers", in: "API v1", Path.oldCustomers),
        CatalogueEntry("Telephone lines", in: "API v1", Path.oldPotses),
    ]
}
