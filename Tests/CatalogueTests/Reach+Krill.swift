/// How what panes, details and commands of Krill use is reached, and the test that goes over HTTP for it.
extension Reach {
    static let krill: [String: Reach] = [
        "POST /v2/auth/login/": Reach(
            "logging in",
            "Krill over HTTP: long lists / a token that expires in the middle of parallel paging costs one refresh: nothing is lost, no row comes twice"
        ),
        "POST /v2/auth/refresh/": Reach(
            "before a token ends, and once when it is refused",
            "Krill over HTTP: long lists / a token that expires in the middle of parallel paging costs one refresh: nothing is lost, no row comes twice"
        ),
        "GET /v2/isp/cpes/": Reach("pane devices; `get cpes`; which API there is", arrivingKrill),
        "POST /v2/isp/cpes/": Reach(
            "`:` add CPE",
            "Krill over HTTP: records / CPEs and customers are made, changed and deleted by the server's own form, telephone lines changed"
        ),
        "GET /v2/isp/cpes/{id}/": Reach(
            "detail of a CPE; what is read before a command on one", arrivingKrill),
        "PATCH /v2/isp/cpes/{id}/": Reach(
            "`:` edit CPE",
            "Krill over HTTP: records / CPEs and customers are made, changed and deleted by the server's own form, telephone lines changed"
        ),
        "DELETE /v2/isp/cpes/{id}/": Reach(
            "`:` delete CPE",
            "Krill over HTTP: records / CPEs and customers are made, changed and deleted by the server's own form, telephone lines changed"
        ),
        "GET /v2/isp/customers/": Reach("pane customers; `get customers`", arrivingKrill),
        "POST /v2/isp/customers/": Reach(
            "`:` add customer",
            "Krill over HTTP: records / CPEs and customers are made, changed and deleted by the server's own form, telephone lines changed"
        ),
        "GET /v2/isp/customers/{id}/": Reach("detail of a customer", arrivingKrill),
        "PATCH /v2/isp/customers/{id}/": Reach(
            "`:` edit customer",
            "Krill over HTTP: records / CPEs and customers are made, changed and deleted by the server's own form, telephone lines changed"
        ),
        "DELETE /v2/isp/customers/{id}/": Reach(
            "`:` delete customer",
            "Krill over HTTP: records / CPEs and customers are made, changed and deleted by the server's own form, telephone lines changed"
        ),
        "GET /v2/isp/potses/": Reach("pane customers; `get potses`", arrivingKrill),
        "GET /v2/isp/potses/{id}/": Reach("detail of a telephone line", arrivingKrill),
        "PATCH /v2/isp/potses/{id}/": Reach(
            "`:` edit telephone line",
            "Krill over HTTP: records / CPEs and customers are made, changed and deleted by the server's own form, telephone lines changed"
        ),
        "GET /v2/isp/cpes/{id}/reboot/": Reach(
            "acts: `:` reboot CPE",
            "Krill over HTTP: commands / a reboot is one GET by the link that the server gave; the OLT shows that it happened"
        ),
        "GET /v2/isp/cpes/{id}/reprovision/": Reach(
            "acts (method inferred): `:` reprovision CPE",
            "Krill over HTTP: commands / taking a line out of its OLT and putting it back shows in its service ports"
        ),
        "GET /v2/isp/cpes/{id}/unprovision/": Reach(
            "acts (method inferred): `:` unprovision CPE",
            "Krill over HTTP: commands / taking a line out of its OLT and putting it back shows in its service ports"
        ),
        "GET /v2/isp/cpes/{id}/factory/": Reach(
            "acts (method inferred): `:` factory reset of a CPE",
            "Krill over HTTP: commands / a factory reset is one GET, and the OLT shows the restart"),
        "GET /v2/isp/cpes/{id}/reconfig/": Reach(
            "acts (method inferred): `:` reconfigure CPE",
            "Krill over HTTP: commands / what nobody can see the end of is called accepted, and says where that ends"
        ),
        "GET /v2/isp/cpes/{id}/cwmp_diagnostic/": Reach(
            "acts (method inferred): `:` diagnostic of a CPE",
            "Krill over HTTP: commands / what nobody can see the end of is called accepted, and says where that ends"
        ),
        "GET /v2/isp/cpes/{id}/events/": Reach(
            "events and calls in the detail of a CPE; its timeline (`t`)", arrivingKrill),
        "GET /v2/isp/cpes/{id}/logs/": Reach(
            "logs in the detail of a CPE; its timeline (`t`)", arrivingKrill),
        "GET /v2/isp/cpes/{id}/links/": Reach("links in the detail of a CPE", arrivingKrill),
        "GET /v2/monitoring/search/": Reach(
            "pane alerts, registration of CPEs, OLTs and CMTSs, PONs, ONUs", arrivingKrill),
        "GET /v2/monitoring/hosts/{name}/": Reach(
            "detail of a CPE, a device, an alert; what is read before and after a command", arrivingKrill),
        "GET /v2/monitoring/cpes/{id}/info/": Reach(
            "live info of a CPE, on a key; what became of a reboot", arrivingKrill),
        "GET /v2/monitoring/graphs/": Reach("what was measured, in the detail of a CPE", arrivingKrill),
        "POST /v2/monitoring/datasets/": Reach("what was measured, in the detail of a CPE", arrivingKrill),
        "POST /v2/monitoring/hosts/{name}/reschedule/": Reach(
            "where it is offered (inferred): `:` check again",
            "Krill over HTTP: commands / problems are acknowledged, checked again and silenced where the server offers it, hosts and services"
        ),
        "POST /v2/monitoring/hosts/{name}/acknowledge/": Reach(
            "where it is offered (inferred): `a`",
            "Krill over HTTP: commands / problems are acknowledged, checked again and silenced where the server offers it, hosts and services"
        ),
        "POST /v2/monitoring/hosts/{name}/downtime/": Reach(
            "where it is offered (inferred): `:` downtime",
            "Krill over HTTP: commands / problems are acknowledged, checked again and silenced where the server offers it, hosts and services"
        ),
        "GET /v2/oratio/accounting/": Reach("pane customers; `get sessions`", arrivingKrill),
        "GET /v2/oratio/accounting/{id}/disconnect/": Reach(
            "acts: `:` disconnect PPPoE",
            "Krill over HTTP: commands / a session is cut by its own number, and another one is the evidence"),
        "GET /v2/oratio/pools/": Reach("pane customers; `get pools` (the list is inferred)", arrivingKrill),
        "GET /v2/oratio/pools/{name}/stats/": Reach("pane customers; detail of a pool", arrivingKrill),
        "GET /v2/gpon/unconfigured/": Reach("pane ports; `get unconfigured-onus`", arrivingKrill),
        "POST /v2/gpon/unconfigured/{id}/enable/": Reach(
            "`:` enable ONU",
            "Krill over HTTP: commands / an ONU that waits is enabled and waits no more; one that must not be is left out"
        ),
        "GET /v2/gpon/olts/{olt}/frames/{frame}/slots/{slot}/ports/{port}/onus/status/": Reach(
            "live info of a PON, on a key", arrivingKrill),
        "GET /v2/docsis/mac-domains/": Reach("pane ports (path inferred)", arrivingKrill),
        "GET /v2/docsis/fiber-nodes/": Reach("pane ports (path inferred)", arrivingKrill),
        "GET /cpes/": Reach(
            "API v1, where that is all there is",
            "Krill over HTTP: long lists / with API v1 alone there are CPEs, customers and telephone lines from bare lists, and nothing else"
        ),
        "GET /customers/": Reach(
            "API v1, where that is all there is",
            "Krill over HTTP: long lists / with API v1 alone there are CPEs, customers and telephone lines from bare lists, and nothing else"
        ),
        "GET /potses/": Reach(
            "API v1, where that is all there is",
            "Krill over HTTP: long lists / with API v1 alone there are CPEs, customers and telephone lines from bare lists, and nothing else"
        ),
    ]

    private static let arrivingKrill =
        "Coverage of Krill's API / every path that is read arrives at a server"
}
