import Foundation

extension RealServer {
    /// An Alertmanager with a configuration of nocturne for it; its alerts `Down` and `Slow` come by `post`.
    public static func alertmanager(_ program: String) throws -> RealServer {
        try RealServer(program) { server in
            try server.write("route: { receiver: team }\nreceivers: [{ name: team }]\n", to: "c.yml")
            try server.write(
                #"[{"labels":{"alertname":"Down","instance":"edge:1","severity":"critical"},"annotations":{"summary":"it is down"}},"#
                    + #"{"labels":{"alertname":"Slow","instance":"core:1"}}]"#, to: "alerts.json")
            try server.write(
                "[[backend]]\nname = \"am\"\nkind = \"declared\"\nadapter = \"alertmanager\"\n"
                    + "url = \"http://127.0.0.1:\(server.port)\"\nproxy = \"\"\n",
                to: "config/nocturne/config.toml")
        } arguments: { server in
            [
                "--config.file=c.yml", "--storage.path=data", "--web.listen-address=127.0.0.1:\(server.port)",
                "--cluster.listen-address=",
            ]
        }
    }

    /// Asks an Alertmanager something by HTTP.
    public func asked(_ path: String, _ more: String...) throws -> (
        status: Int32, output: String, error: String
    ) {
        try run(["curl", "-sf", "--noproxy", "*"] + more + ["http://127.0.0.1:\(port)\(path)"])
    }

    /// Gives an Alertmanager its alerts; false where it does not listen yet.
    public func post() throws -> Bool {
        try asked("/api/v2/alerts", "-H", "Content-Type: application/json", "-d", "@alerts.json").status == 0
    }
}
