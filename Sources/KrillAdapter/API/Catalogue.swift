internal import AdapterKit
internal import HTTP

/// Everything that the document of API v2 names, application by application, as data to look around in.
///
/// Where it names an application and no path, the path is the application's own root. What acts by GET says so.
enum Catalogue {
    static let entries: [CatalogueEntry] =
        auth + isp + cpeActions + partsOfCPE + pbx + monitoring + oratio + gpon + docsis + rubik + others
        + old

    static let list: [Method] = [.get, .post]
    static let one: [Method] = [.get, .put, .patch, .delete]

    private static let inferred = "The path is inferred."

    private static let auth = [
        CatalogueEntry(
            "Log in", in: "Authentication", Path.login, [.post], acting: [], secrets: ["access", "refresh"],
            note: "nocturne does it by itself."),
        CatalogueEntry(
            "Refresh token", in: "Authentication", Path.refresh, [.post], acting: [],
            secrets: ["access", "refresh"],
            note: "nocturne does it by itself."),
        CatalogueEntry("Current user", in: "Authentication", Path.user),
    ]

    private static let isp = [
        CatalogueEntry("CPEs", in: "CRM (isp)", Path.cpes, list),
        CatalogueEntry("CPE", in: "CRM (isp)", Path.cpe, one),
        CatalogueEntry("CPE profiles", in: "CRM (isp)", "/v2/isp/cpe-profiles/"),
        CatalogueEntry("Customers", in: "CRM (isp)", Path.customers, list),
        CatalogueEntry("Customer", in: "CRM (isp)", Path.customer, one),
        CatalogueEntry(
            "Telephone lines", in: "CRM (isp)", Path.potses, note: "Neither created nor deleted here."),
        CatalogueEntry("Telephone line", in: "CRM (isp)", Path.pots, [.get, .put, .patch]),
    ]

    private static let cpeActions = CPEAction.allCases.map { action in
        CatalogueEntry(
            action.heading, in: "CRM (isp)", action.template, [.get], acting: [.get],
            hurting: action.hurts ? [.get] : [],
            note: action == .reboot ? "GET acts." : "GET acts; the method is inferred.")
    }

    private static let partsOfCPE = [
        CatalogueEntry(
            "Events of a CPE", in: "CRM (isp)", Path.cpeEvents, note: "`type=cdr` asks for its calls."),
        CatalogueEntry("Logs of a CPE", in: "CRM (isp)", Path.cpeLogs),
        CatalogueEntry("Links of a CPE", in: "CRM (isp)", Path.cpeLinks),
        CatalogueEntry("Customer of a CPE", in: "CRM (isp)", "/v2/isp/cpes/{id}/customer/"),
        CatalogueEntry("Profile of a CPE", in: "CRM (isp)", "/v2/isp/cpes/{id}/profile/"),
        CatalogueEntry("Model of a CPE", in: "CRM (isp)", "/v2/isp/cpes/{id}/model/"),
        CatalogueEntry("Telephone lines of a CPE", in: "CRM (isp)", "/v2/isp/cpes/{id}/potses/"),
        CatalogueEntry("Live status of a CPE", in: "CRM (isp)", "/v2/isp/cpes/{id}/livestatus/"),
        CatalogueEntry("TR-069 information of a CPE", in: "CRM (isp)", "/v2/isp/cpes/{id}/cwmp_info/"),
    ]

    // The document spells receptionists so.
    private static let pbx =
        [
            CatalogueEntry("PBXs", in: "PBX", "/v2/pbx/pbxs/", list),
            CatalogueEntry("PBX", in: "PBX", "/v2/pbx/pbxs/{pbx}/", one),
        ]
        + [
            ("recepcionists", "Receptionists", "Receptionist"), ("groups", "Groups", "Group"),
            ("queues", "Queues", "Queue"), ("ddis", "DDIs", "DDI"), ("schedules", "Schedules", "Schedule"),
            ("holidays", "Holidays", "Holiday"),
        ].flatMap { path, plural, singular in
            [
                CatalogueEntry(
                    "\(plural) of a PBX", in: "PBX", PathTemplate("/v2/pbx/pbxs/{pbx}/\(path)/"), list,
                    note: inferred),
                CatalogueEntry(
                    "\(singular) of a PBX", in: "PBX", PathTemplate("/v2/pbx/pbxs/{pbx}/\(path)/{id}/"), one,
                    note: inferred),
            ]
        }

    private static let monitoring = [
        CatalogueEntry("Hosts and services", in: "Monitoring", Path.search),
        CatalogueEntry("Host", in: "Monitoring", Path.host),
        CatalogueEntry(
            "Live information of a CPE", in: "Monitoring", Path.info,
            note: "Slow: asks the OLT, and is a burden to it."),
        CatalogueEntry("Graphs of a host", in: "Monitoring", Path.graphs, note: "`host_name` is needed."),
        CatalogueEntry(
            "Values of metrics", in: "Monitoring", Path.datasets, [.post], acting: [],
            note: "POST reads: `host_name`, `start`, `end`, `metrics`."),
        CatalogueEntry("Host groups", in: "Monitoring", "/v2/monitoring/hostgroups/"),
        CatalogueEntry("History", in: "Monitoring", "/v2/monitoring/history/", note: inferred),
        CatalogueEntry("Summary by location", in: "Monitoring", "/v2/monitoring/location/summary/"),
        CatalogueEntry("Summary by status", in: "Monitoring", "/v2/monitoring/status/summary/"),
        CatalogueEntry(
            "Reschedule check of a host", in: "Monitoring", Acting.recheck, [.post], note: inferred),
        CatalogueEntry(
            "Acknowledge problem of a host", in: "Monitoring", Acting.acknowledge, [.post], note: inferred),
        CatalogueEntry(
            "Schedule downtime of a host", in: "Monitoring", Acting.downtime, [.post], note: inferred),
    ]

    private static let oratio = [
        CatalogueEntry("PPPoE sessions", in: "RADIUS (oratio)", Path.sessions),
        CatalogueEntry(
            "Disconnect session", in: "RADIUS (oratio)", Acting.disconnect, [.get], acting: [.get],
            note: "GET acts."),
        CatalogueEntry("IP pools", in: "RADIUS (oratio)", Path.pools, note: inferred),
        CatalogueEntry("Statistics of an IP pool", in: "RADIUS (oratio)", Path.pool),
    ]
}

extension CPEAction {
    /// What it is called in the catalogue.
    fileprivate var heading: String {
        switch self {
        case .reboot: "Reboot CPE"
        case .reprovision: "Reprovision CPE"
        case .unprovision: "Unprovision CPE"
        case .factory: "Reset CPE to factory defaults"
        case .reconfig: "Reconfigure CPE"
        case .diagnostic: "Run diagnostic of a CPE"
        }
    }

    /// Whether it takes the customer offline, or what he set in his modem away.
    fileprivate var hurts: Bool {
        switch self {
        case .reboot, .reprovision, .unprovision, .factory: true
        case .reconfig, .diagnostic: false
        }
    }
}
