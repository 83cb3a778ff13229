import JSON

extension ScriptedServer {
    /// An Alertmanager with two alerts, of which one is silenced.
    static func alertmanager() -> ScriptedServer {
        let server = ScriptedServer { server, path, body in
            if path.hasPrefix("DELETE") {
                server["/api/v2/alerts"] = alerts(silenced: [false, false])
                return ""
            }
            server["/api/v2/alerts"] = alerts(silenced: [true, true])
            return #"{"silenceID":"s-1"}"#
        }
        server["/api/v2/status"] = """
            {"cluster":{"name":"01","peers":[],"status":"ready"},"config":{"original":"route: {}"},
             "uptime":"2026-11-28T06:00:00.000Z","versionInfo":{"version":"0.25.0","branch":"x"}}
            """
        server["/api/v2/alerts"] = alerts(silenced: [false, true])
        server["/api/v2/alerts/groups"] = """
            [{"labels":{"alertname":"LinkDown"},"receiver":{"name":"team"},"alerts":\(alerts(silenced: [false, true]))},
             {"labels":{},"receiver":{"name":"team"},"alerts":[]}]
            """
        server["/api/v2/receivers"] = #"[{"name":"team"}]"#
        server["/api/v2/silence/s-1"] =
            #"{"id":"s-1","comment":"known","createdBy":"jb","status":{"state":"active"}}"#
        return server
    }

    private static func alerts(silenced: [Bool]) -> String {
        let rows = silenced.enumerated().map { number, isSilenced in
            """
            {"annotations":{"summary":"Link \(number) is down\\u001b[31m"},"endsAt":"2026-11-28T08:00:00.000Z",
             "fingerprint":"f\(number)a2c5","receivers":[{"name":"team"}],"startsAt":"2026-11-28T05:00:00.000Z",
             "status":{"inhibitedBy":[],"silencedBy":[\(isSilenced ? "\"s-1\"" : "")],
             "state":"\(isSilenced ? "suppressed" : "active")"},"updatedAt":"2026-11-28T05:00:00.000Z",
             "labels":{"alertname":"LinkDown","instance":"edge\(number):9100","severity":"\(number == 0 ? "critical" : "warning")"}}
            """
        }
        return "[\(rows.joined(separator: ","))]"
    }

    /// A Prometheus with two targets, one down, and two alerts, one of them pending.
    static func prometheus() -> ScriptedServer {
        let server = ScriptedServer()
        server["/api/v1/status/buildinfo"] = #"{"status":"success","data":{"version":"2.42.0"}}"#
        server["/api/v1/targets"] = """
            {"status":"success","data":{"activeTargets":[\(target("up", 9100)),\(target("down", 9101))],"droppedTargets":[]}}
            """
        server["/api/v1/alerts"] = """
            {"status":"success","data":{"alerts":[\(alert("firing", "edge1")),\(alert("pending", "edge2")),
             \(alert("firing", "edge3"))]}}
            """
        return server
    }

    private static func target(_ health: String, _ port: Int) -> String {
        """
        {"discoveredLabels":{},"labels":{"instance":"edge:\(port)","job":"node"},"scrapePool":"node",
         "scrapeUrl":"http://edge:\(port)/metrics","lastError":"","lastScrape":"2026-11-28T06:00:00Z",
         "lastScrapeDuration":0.0123,"health":"\(health)"}
        """
    }

    private static func alert(_ state: String, _ host: String) -> String {
        """
        {"labels":{"alertname":"Slow","instance":"\(host):9100","severity":"warning"},"annotations":{"summary":"slow"},
         "state":"\(state)","activeAt":"2026-11-28T05:30:00.123Z","value":"1e+00"}
        """
    }

    /// An Icinga 2 with one host and three services, of which two have a problem.
    static func icinga() -> ScriptedServer {
        let server = ScriptedServer { server, path, body in
            switch path {
            case "POST /v1/actions/acknowledge-problem": server.putIcinga(acknowledgements: [2, 2])
            case "POST /v1/actions/remove-acknowledgement": server.putIcinga(acknowledgements: [0, 0])
            case "POST /v1/actions/reschedule-check": server.putIcinga(checked: 1_795_841_990)
            case "POST /v1/actions/schedule-downtime": server.putIcinga(downtimes: 1)
            default: return #"{"error":404,"status":"no"}"#
            }
            return #"{"results":[{"code":200.0,"status":"Successfully done."}]}"#
        }
        server["/v1/status/IcingaApplication"] = """
            {"results":[{"name":"IcingaApplication","status":{"icingaapplication":{"app":{"version":"r2.13.6-1"}}}}]}
            """
        server.putIcinga()
        return server
    }

    private func putIcinga(
        acknowledgements: [Int] = [0, 1], checked: Int = 1_795_841_900, downtimes: Int = 0
    ) {
        let hosts = [("edge", 0), ("core", 1)].map { name, state in
            """
            {"attrs":{"__name":"\(name)","name":"\(name)","display_name":"\(name)","address":"192.0.2.7",
             "state":\(state).0,"last_check":\(checked).25,"last_state_change":1795830000.5,"downtime_depth":\(downtimes),
             "acknowledgement":0,"last_check_result":{"output":"PING"}},"name":"\(name)","type":"Host","joins":{},"meta":{}}
            """
        }
        let services = [("ok", 0, 0), ("load", 1, acknowledgements[0]), ("disk", 2, acknowledgements[1])].map
        {
            name, state, acknowledgement in
            """
            {"attrs":{"__name":"edge!\(name)","name":"\(name)","display_name":"\(name)","host_name":"edge",
             "state":\(state).0,"last_check":\(checked).25,"last_state_change":1795830000.5,"downtime_depth":\(downtimes),
             "acknowledgement":\(acknowledgement),"last_check_result":{"output":"\(name) is so"}},
             "name":"edge!\(name)","type":"Service","joins":{},"meta":{}}
            """
        }
        self["/v1/objects/hosts"] = #"{"results":[\#(hosts.joined(separator: ","))]}"#
        self["/v1/objects/services"] = #"{"results":[\#(services.joined(separator: ","))]}"#
        for (name, host) in zip(["edge", "core"], hosts) {
            self["/v1/objects/hosts/\(name)"] = #"{"results":[\#(host)]}"#
        }
        for (name, service) in zip(["ok", "load", "disk"], services) {
            self["/v1/objects/services/edge%21\(name)"] = #"{"results":[\#(service)]}"#
        }
    }

    /// All that ship, with a server of their kind.
    static let shipped: [(name: String, make: @Sendable () -> ScriptedServer)] = [
        ("alertmanager", { alertmanager() }), ("prometheus", { prometheus() }), ("icinga2", { icinga() }),
    ]

    static func make(_ name: String) -> ScriptedServer {
        shipped.first { $0.name == name }?.make() ?? ScriptedServer()
    }
}
