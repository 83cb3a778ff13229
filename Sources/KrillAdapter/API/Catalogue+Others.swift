internal import AdapterKit
internal import HTTP

/// Provisioning, orders, and the smaller applications.
extension Catalogue {
    private static let inferred = "The path is inferred."

    static let gpon = [
        CatalogueEntry("Unconfigured ONUs", in: "GPON", Path.unconfigured),
        CatalogueEntry("Enable ONU", in: "GPON", Acting.enableONU, [.post]),
        CatalogueEntry(
            "Status of the ONUs of a PON", in: "GPON", Path.onuStatus,
            note: "Slow: asks the OLT, and is a burden to it."),
    ]

    static let docsis = [
        CatalogueEntry("CMTSs", in: "DOCSIS", "/v2/docsis/cmtss/", note: inferred),
        CatalogueEntry("MAC domains", in: "DOCSIS", Path.macDomains, note: inferred),
        CatalogueEntry("Fibre nodes", in: "DOCSIS", Path.fiberNodes, note: inferred),
    ]

    static let rubik = [
        CatalogueEntry("Services", in: "Rubik", "/v2/rubik/services/", list),
        CatalogueEntry("Service", in: "Rubik", "/v2/rubik/services/{id}/", one),
        CatalogueEntry("Addresses", in: "Rubik", "/v2/rubik/addresses/"),
        CatalogueEntry(
            "Subaddresses of an address", in: "Rubik", "/v2/rubik/subaddresses/", [.post], acting: [],
            note: "POST reads."),
        CatalogueEntry(
            "Products at an address", in: "Rubik", "/v2/rubik/products/", [.post], acting: [],
            note: "POST reads."),
        CatalogueEntry(
            "Verify address", in: "Rubik", "/v2/rubik/verify/", [.post], acting: [], note: "POST reads."),
        CatalogueEntry("Owner settings", in: "Rubik", "/v2/rubik/owner-settings/"),
        CatalogueEntry("Tickets", in: "Rubik", "/v2/rubik/tickets/", list),
        CatalogueEntry("Ticket", in: "Rubik", "/v2/rubik/tickets/{id}/", one),
    ]

    static let others = [
        CatalogueEntry("FTTH services", in: "Plankton", "/v2/plankton/services/", list, note: inferred),
        CatalogueEntry("FTTH service", in: "Plankton", "/v2/plankton/services/{id}/", one, note: inferred),
        CatalogueEntry("Applications", in: "User (me)", "/v2/me/apps/"),
        CatalogueEntry("CPE for installers", in: "Installer", "/v2/installer/cpes/{id}/"),
        CatalogueEntry(
            "Live information of a CPE for installers", in: "Installer", "/v2/installer/cpes/{id}/info/",
            note: "Slow: asks the OLT, and is a burden to it."),
        CatalogueEntry("ACS device", in: "ACS", "/v2/acs/devices/{id}/"),
        CatalogueEntry("Tasks of an ACS device", in: "ACS", "/v2/acs/devices/{id}/tasks/"),
        CatalogueEntry("Wi-Fi radios of an ACS device", in: "ACS", "/v2/acs/devices/{id}/wifi/radios/"),
        CatalogueEntry("IPv4 leases", in: "Leases (kermit)", "/v2/kermit/ipv4-leases/"),
        CatalogueEntry("IPv6 leases", in: "Leases (kermit)", "/v2/kermit/ipv6-leases/"),
        CatalogueEntry("API request log", in: "Logs (logger)", "/v2/logger/api-request-logs/"),
        CatalogueEntry("Administration log", in: "Logs (logger)", "/v2/logger/admin-logs/"),
        CatalogueEntry("Tags", in: "Tags (tagger)", "/v2/tagger/tags/", list),
        CatalogueEntry("Tag links", in: "Tags (tagger)", "/v2/tagger/links/"),
        CatalogueEntry("Base stations", in: "WiMAX", "/v2/wimax/basestations/", note: inferred),
    ]

    static let old = [
        CatalogueEntry("CPEs", in: "API v1", Path.oldCPEs, note: "Where v2 is missing."),
        CatalogueEntry("Customers", in: "API v1", Path.oldCustomers, note: "Where v2 is missing."),
        CatalogueEntry("Telephone lines", in: "API v1", Path.oldPotses, note: "Where v2 is missing."),
    ]
}
