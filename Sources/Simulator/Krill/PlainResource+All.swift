extension PlainResource {
    /// The applications of which only the paths matter, as data.
    static let all: [PlainResource] = pbx + rubik + plankton + tagger + others

    private static let owners = ["FiberCo", "NetWholesale", "MetroFTTH"]
    private static let realms = ["met", "rur"]

    static let pbxCount = 4

    private static let pbx: [PlainResource] = [
        PlainResource(
            "pbx/pbxs", "Pbx", pbxCount, .all,
            [
                .numbered("name", "pbx-", isRequired: true), .customer("customer"), .words("realm", realms),
                .numbered("context", "ctx-"), .number("max_channels", 4...60), .flag("active"),
                .secret("admin_password"), .time("created"),
            ]),
        // The document spells it so.
        ofPBX(
            "recepcionists", "Recepcionist", 2,
            [
                .numbered("name", "welcome-", isRequired: true), .numbered("greeting", "hello-"),
                .number("timeout", 5...30),
            ]),
        ofPBX(
            "groups", "Group", 3,
            [
                .numbered("name", "group-", isRequired: true),
                .choice("strategy", ["ringall", "linear", "random"]), .number("extension", 200...299),
            ]),
        ofPBX(
            "queues", "Queue", 3,
            [
                .numbered("name", "queue-", isRequired: true),
                .choice("strategy", ["rrmemory", "leastrecent", "ringall"]), .number("max_length", 0...50),
                .words("music", ["default", "jazz"]), .members("members"),
            ]),
        ofPBX(
            "ddis", "Ddi", 6,
            [
                .numbered("number", "+3491555000", isRequired: true),
                .choice("kind", ["group", "queue", "recepcionist"]),
                .number("destination", 1...3),
            ]),
        ofPBX(
            "schedules", "Schedule", 2,
            [
                .numbered("name", "office-", isRequired: true), .words("opens", ["08:00", "09:00"]),
                .words("closes", ["17:00", "18:30"]),
            ]),
        ofPBX(
            "holidays", "Holiday", 5,
            [
                .words(
                    "name", ["Año Nuevo", "Epifanía", "Viernes Santo", "Navidad", "Asunción"],
                    isRequired: true),
                .words("date", ["2026-12-25", "2027-01-01", "2027-01-06", "2027-03-26", "2027-08-15"]),
            ]),
    ]

    private static func ofPBX(_ name: String, _ title: String, _ count: Int, _ fields: [PlainField])
        -> PlainResource
    {
        PlainResource("pbx/pbxs/{pbx}/\(name)", title, count, .all, fields)
    }

    /// For an external CRM; the pages of this application name the next one by its path alone.
    private static let rubik: [PlainResource] = [
        PlainResource(
            "rubik/services", "Service", 42, .all, paging: .pathOnly,
            [
                .words("owner", owners, isRequired: true),
                .numbered("address_uid", "addr-", isRequired: true),
                .numbered("remote_id", "R-"),
                .choice(
                    "state",
                    [
                        "Acknowledged", "InProgress", "Pending", "Held", "Pending Cancellation", "Cancelled",
                        "Completed", "Failed",
                    ]),
                .words("last_state", ["InProgress", "Acknowledged"]), .object("installation_info"),
                .words("service_profile", ["FTTH 300", "FTTH 600", "FTTH 1000"]), .null("ppai"),
                .null("tv_remote_id"), .words("crm_phone_label", ["phone", "mobile"]),
                .customer("crm_contact_label"), .numbered("crm_external_id", "CRM-"),
                .customer("crm_customer_label"), .numbered("administrative_id", "ADM-"),
                .numbered("order_id", "ORD-"), .null("reason"),
                .words("planned", ["2026-11-26 12:00", "2026-12-02 09:30"]), .time("created"),
                .time("updated"),
            ]),
        PlainResource(
            "rubik/addresses", "Address", 60, paging: .pathOnly,
            [
                .numbered("uid", "addr-"), .words("street", ["Calle Mayor", "Carrer de Mar", "Rua Nova"]),
                .number("number", 1...120), .words("city", ["Madrid", "Barcelona", "Lisboa"]),
                .number("postalcode", 10_000...48_999), .words("owner", owners),
            ]),
        PlainResource(
            "rubik/subaddresses", "Subaddress", 20, .create, paging: .pathOnly,
            [
                .numbered("address_uid", "addr-", isRequired: true),
                .words("floor", ["1", "2", "3", "bajo"]), .words("door", ["A", "B"]),
            ]),
        PlainResource(
            "rubik/products", "Product", 6, .create, paging: .pathOnly,
            [
                .words("name", ["FTTH 300", "FTTH 600", "FTTH 1000"], isRequired: true),
                .words("owner", owners),
                .flag("active"),
            ]),
        PlainResource(
            "rubik/owner-settings", "Owner Settings", 3, paging: .pathOnly,
            [.words("owner", owners), .flag("automatic"), .secret("api_password")]),
        PlainResource(
            "rubik/tickets", "Ticket", 14, .all, paging: .pathOnly,
            [
                .customer("customer"), .numbered("address", "addr-", isRequired: true),
                .words("owner", owners),
                .choice("state", ["open", "pending", "resolved", "closed"]),
                .choice("priority", ["low", "normal", "high"]), .words("type", ["incident", "request"]),
                .words("symptom", ["no light", "slow", "intermittent"]), .time("created"), .time("updated"),
            ]),
    ]

    private static let plankton: [PlainResource] = [
        PlainResource(
            "plankton/services", "Ftth Service", 12, .all,
            [
                .numbered("remote_id", "P-", isRequired: true), .customer("customer"),
                .choice("state", ["initialized", "ordered", "up", "down", "canceled"]),
                .words("profile", ["300M", "600M"]), .line("cpename"), .time("created"), .time("updated"),
            ])
    ]

    private static let tagger: [PlainResource] = [
        PlainResource(
            "tagger/tags", "Tag", 5, .all,
            [
                .words("name", ["vip", "hospital", "test", "wholesale", "moved"], isRequired: true),
                .words("color", ["red", "blue", "green"]),
            ]),
        PlainResource(
            "tagger/links", "Tag Link", 9, .all,
            [.number("tag", 1...5), .line("cpename"), .time("created")]),
    ]

    private static let others: [PlainResource] = [
        PlainResource(
            "me/apps", "App", 4, paging: .bare,
            [
                .words("name", ["monitoring", "isp", "oratio", "gpon"]),
                .words("url", ["/monitoring", "/isp", "/oratio", "/gpon"]),
            ]),
        PlainResource(
            "logger/api-request-logs", "Api Request Log", 40, .read,
            [
                .words("method", ["GET", "GET", "POST", "PATCH"]),
                .words("path", ["/api/v2/isp/cpes/", "/api/v2/monitoring/search"]),
                .words("user", ["noc", "crm", "viewer"]),
                .words("remote_address", ["192.0.2.7", "192.0.2.19"]),
                .number("status_code", 200...204), .number("response_ms", 12...2_400), .time("requested_at"),
            ]),
    ]
}
