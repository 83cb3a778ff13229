import Foundation

extension RealServer {
    /// An Icinga 2 whose certificate its own authority signed, with a configuration of nocturne for it: a host `edge` that is up,
    /// a service `load` with a problem and one that is `fine`, none of them checked yet.
    public static func icinga(_ program: String) throws -> RealServer {
        try RealServer(program) { server in
            for folder in ["data/certs", "log", "cache", "spool", "run"] {
                try FileManager.default.createDirectory(
                    atPath: "\(server.path)/\(folder)", withIntermediateDirectories: true)
            }
            let keys = try server.run([
                "sh", "-ec",
                """
                openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out data/certs/ca.crt -days 2 -subj /CN=ca
                openssl req -newkey rsa:2048 -nodes -keyout data/certs/localhost.key -out l.csr -subj /CN=localhost
                echo subjectAltName=DNS:localhost,IP:127.0.0.1 >ext
                openssl x509 -req -in l.csr -CA data/certs/ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile ext \
                  -out data/certs/localhost.crt
                """,
            ])
            guard keys.status == 0 else { throw CocoaError(.fileWriteUnknown) }
            try server.write("icinga-pass", to: "secret")
            try server.write(
                """
                [[backend]]
                name = "ic"
                kind = "declared"
                adapter = "icinga2"
                url = "https://localhost:\(server.port)"
                user = "watch"
                password = { file = "\(server.path)/secret" }
                proxy = ""
                tls = { ca = "\(server.icingaAuthority)" }
                """, to: "config/nocturne/config.toml")
            try server.write(
                """
                include <itl>
                object Endpoint "localhost" { }
                object Zone "master" { endpoints = [ "localhost" ] }
                object ApiListener "api" { bind_host = "127.0.0.1"; bind_port = \(server.port) }
                object ApiUser "watch" { password = "icinga-pass"; permissions = [ "*" ] }
                object CheckerComponent "checker" { }
                object Host "edge" { check_command = "dummy"; vars.dummy_state = 0; check_interval = 1h; max_check_attempts = 1; address = "192.0.2.1" }
                object Service "load" { host_name = "edge"; check_command = "dummy"; vars.dummy_state = 2; vars.dummy_text = "too much"; check_interval = 1h; max_check_attempts = 1 }
                object Service "fine" { host_name = "edge"; check_command = "dummy"; vars.dummy_state = 0; check_interval = 1h; max_check_attempts = 1 }
                """, to: "c.conf")
        } arguments: { server in
            let settings = [
                "DataDir": "data", "LogDir": "log", "CacheDir": "cache", "SpoolDir": "spool",
                "InitRunDir": "run",
                "PidPath": "run/pid", "StatePath": "data/state",
            ].mapValues { "\(server.path)/\($0)" }.merging([
                "RunAsUser": NSUserName(), "RunAsGroup": NSUserName(),
            ]) { $1 }
            return ["daemon", "-c", "c.conf", "-DNodeName=localhost", "-DZoneName=master"]
                + settings.sorted { $0.key < $1.key }.flatMap {
                    ["-D", "Configuration.\($0.key)=\($0.value)"]
                }
        }
    }

    /// The certificate of the authority that signed an Icinga's own.
    public var icingaAuthority: String { "\(path)/data/certs/ca.crt" }

    /// Asks an Icinga by curl for an object, or the only one of a kind; nil where it does not answer with one.
    public func icinga(_ path: String) throws -> [String: Any]? {
        try icinga([], "/v1/objects/\(path)").flatMap { $0["attrs"] as? [String: Any] }
    }

    /// Has an Icinga check its service `load`; false where it does not listen yet.
    public func checkIcinga() throws -> Bool {
        let order = [
            "-H", "Accept: application/json", "-d", #"{"type":"Service","service":"edge!load","force":true}"#,
        ]
        return try icinga(order, "/v1/actions/reschedule-check") != nil
    }

    private func icinga(_ more: [String], _ path: String) throws -> [String: Any]? {
        let words = [
            "curl", "-sfg", "--noproxy", "*", "--cacert", icingaAuthority, "-u", "watch:icinga-pass",
        ]
        let run = try run(words + more + ["https://localhost:\(port)\(path)"])
        let root = try? JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        return (root?["results"] as? [[String: Any]])?.first
    }
}
