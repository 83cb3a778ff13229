/// What the walk does not reach and the drive does not send, with the reason: each is an admission, not a rule.
enum Exceptions {
    /// Paths that no list of the simulated network fills in.
    static let unlisted: [String: [String: String]] = [
        "librenms": [
            "/devices/{id}/wireless/{kind}": noRadio, "/devices/{id}/wireless/{kind}/{sensor}": noRadio,
            "/devices/{id}/graphs/wireless/{kind}": noRadio,
            "/devices/{id}/graphs/wireless/{kind}/{sensor}": noRadio,
            "/devices/{id}/services/{service_id}/graphs/{datasource}":
                "services stand under a path of another shape",
        ],
        "bonding": [
            "/v3/bonds/{bond}/speedtests/{test}/": noTest, "/v3/bonds/{bond}/tuners/{tuner}/": noTest,
            "/v3/bonds/{bond}/legs/{leg}/tuners/{tuner}/": noTest,
        ],
        "krill": [
            "/v2/gpon/olts/{olt}/frames/{frame}/slots/{slot}/ports/{port}/onus/status/":
                "an OLT's own numbers stand in the names of PONs"
        ],
    ]
    private static let noRadio = "no simulated device has a radio"
    private static let noTest = "nothing was tested or tuned yet"

    /// Paths that the walk asks in a way that the server refuses, in its own words.
    static let unanswered: [String: [String: String]] = [
        "librenms": [
            "/ports/search/{search}": noSearch,
            "/portgroups/{group}": "the port groups of 2016 stand in no list",
        ]
    ]
    private static let noSearch = "what is searched for stands in no list"

    /// Why a path is not read; nil for one that is.
    static func unread(_ path: String, of kind: String) -> String? {
        unlisted[kind]?[path] ?? unanswered[kind]?[path]
    }

    private static let otherList = "its list stands at a path of another shape"
    private static let refused = "the server refuses it for the first of the list"
    private static let unknownFields = "the fields that it takes can't be told from the list"

    /// What is not sent.
    static let undriven: [String: [String: String]] = [
        "librenms": [
            "PATCH /ports/transceiver/metric/{metric}": otherList
        ],
        "krill": [
            "GET /v2/isp/cpes/{id}/reconfig/": refused,
            "GET /v2/isp/cpes/{id}/cwmp_diagnostic/": refused,
            "POST /v2/monitoring/hosts/{name}/acknowledge/": refused,
            "POST /v2/monitoring/hosts/{name}/downtime/": unknownFields,
            "GET /v2/oratio/accounting/{id}/disconnect/": "sessions are listed only when they are asked for",
        ],
        "bonding": [
            "POST /v3/bonds/{bond}/tuners/{tuner}/accept/": refused,
            "POST /v3/bonds/{bond}/tuners/{tuner}/decline/": refused,
            "POST /v3/bonds/{bond}/legs/{leg}/tuners/{tuner}/accept/": refused,
            "POST /v3/bonds/{bond}/legs/{leg}/tuners/{tuner}/decline/": refused,
            "POST /v3/ipallocations/": unknownFields,
            "POST /v3/spaces/": unknownFields,
            "POST /v3/spaces/{id}/ip_allocations/": unknownFields,
            "POST /v3/spaces/{id}/delegated_ip_allocations/": unknownFields,
            "DELETE /v3/qos/{id}/": refused,
            "DELETE /v3/spaces/{id}/": refused,
        ],
    ]
}
