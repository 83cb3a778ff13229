import AdapterKit
import Domain
import Foundation
import HTTP
import RealServer
import Testing

/// What a server is skipped for where it is not installed.
private func installed(_ program: String) -> ConditionTrait {
    .enabled(
        if: RealServer.find(program) != nil,
        "\(program) is not installed: Scripts/setup --servers installs it")
}

private func endpoint(_ server: RealServer, _ scheme: String = "http", _ host: String = "127.0.0.1")
    -> Endpoint
{
    Endpoint(origin: Origin(scheme: scheme, host: host, port: server.port), basePath: "", proxy: "")
}

@Suite("Declared adapters: real servers", .serialized)
struct RealServerTests {
    // MARK: Alertmanager

    private func alertmanager() throws -> RealServer {
        try .alertmanager(try #require(RealServer.find("prometheus-alertmanager")))
    }

    /// Gives the server its alerts once it listens.
    private func fill(_ server: RealServer, _ live: LiveAdapter) async throws {
        _ = try await live.until("receiver") { $0.count == 1 }
        #expect(try server.post())
    }

    @Test("Alertmanager lists, silences and unsilences an alert", installed("prometheus-alertmanager"))
    func silence() async throws {
        let server = try alertmanager()
        let live = try LiveAdapter("alertmanager", endpoint(server))
        try await fill(server, live)
        #expect(try await live.adapter.check().product.hasPrefix("Alertmanager 0."))
        let table = try await live.until(.alert) { $0.count == 2 }
        let row = try #require((0..<2).first { table.text($0, .rule) == "Down" })
        #expect(table.text(row, .severity) == "critical")
        #expect(table.text(row, .state) == "open")
        #expect(table.text(row, .device) == "edge")
        #expect(table.text(1 - row, .severity) == "unknown")
        let alert = table.refs[row]
        let form: [FieldKey: Value] = ["note": .text("known \"fault\""), "length": .text("1h")]
        #expect(try await live.perform(.acknowledge, alert, form)?.state == .verified)
        let silenced = try await live.adapter.rows(.alert).table
        #expect(silenced.text(try #require(silenced.row(of: alert)), .state) == "acknowledged")
        #expect(silenced.text(try #require(silenced.row(of: table.refs[1 - row])), .state) == "open")
        let again = try await live.adapter.prepare(Command(.acknowledge, [alert], form))
        #expect(again.steps.isEmpty && again.excluded.first?.words == "it is silenced already")
        let detail = try await live.adapter.detail(of: alert)
        #expect(detail.sections.contains { $0.title == "Silence" && $0.isComplete })
        #expect(try await live.perform(.unmute, alert)?.state == .verified)
        #expect(try await live.adapter.rows(.alert).table.text(row, .state) == "open")
        await live.stop()
    }

    @Test(
        "the command line lists, acknowledges and unmutes an alert of Alertmanager, and nothing in read-only",
        installed("prometheus-alertmanager"))
    func commandLine() async throws {
        let server = try alertmanager()
        let live = try LiveAdapter("alertmanager", endpoint(server))
        try await fill(server, live)
        let table = try await live.until(.alert) { $0.count == 2 }
        let row = try #require((0..<2).first { table.text($0, .rule) == "Down" })
        let id = table.refs[row].id
        func state() throws -> String? {
            let run = try server.nocturne("get", "alerts", "-o", "json")
            #expect(run.status == 0, "\(run.error)")
            let root = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]]
            return root?.first { $0["id"] as? String == id }?["state"] as? String
        }
        #expect(try state() == "open")
        let refused = try server.nocturne("acknowledge", id, "--note", "x", "--yes", "--read-only")
        #expect(refused.status != 0)
        let silences = try server.asked("/api/v2/silences")
        #expect(silences.output.filter { !$0.isWhitespace } == "[]")
        #expect(try state() == "open")
        let acknowledged = try server.nocturne(
            "acknowledge", id, "--note", "known", "--length", "1h", "--yes")
        #expect(acknowledged.status == 0, "\(acknowledged.error)\(acknowledged.output)")
        #expect(try state() == "acknowledged")
        let unmuted = try server.nocturne("unmute", id, "--yes")
        #expect(unmuted.status == 0, "\(unmuted.error)\(unmuted.output)")
        #expect(try state() == "open")
        let survey = try server.nocturne(
            "check", "adapter", "alertmanager", "--against", "http://127.0.0.1:\(server.port)")
        #expect(survey.status == 0 && survey.output.contains("alerts: 2 of 2 rows"), "\(survey)")
        #expect(survey.output.contains("severity: found in 1, nothing in 1"), "\(survey.output)")
        await live.stop()
    }

    // MARK: Prometheus

    @Test("Prometheus lists its targets and the rules that fire", installed("prometheus"))
    func prometheus() async throws {
        let server = try RealServer(try #require(RealServer.find("prometheus"))) { server in
            try server.write(
                """
                global: { scrape_interval: 1s, evaluation_interval: 1s }
                rule_files: [rules.yml]
                scrape_configs:
                  - job_name: self
                    static_configs: [{ targets: ["127.0.0.1:\(server.port)"] }, { targets: ["127.0.0.1:1"] }]
                """, to: "c.yml")
            try server.write(
                """
                groups:
                  - name: g
                    rules:
                      - { alert: Always, expr: "vector(1)", labels: { severity: critical }, annotations: { summary: "it is on" } }
                      - { alert: Later, expr: "vector(1)", for: 1h }
                """, to: "rules.yml")
        } arguments: { server in
            [
                "--config.file=c.yml", "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:\(server.port)",
            ]
        }
        let live = try LiveAdapter("prometheus", endpoint(server))
        let targets = try await live.until(.device) { table in
            Set((0..<table.count).map { table.text($0, .status) }) == ["up", "down"]
        }
        #expect(targets.count == 2)
        let alerts = try await live.until(.alert) { $0.count == 1 }
        #expect(alerts.text(0, .rule) == "Always")
        #expect(alerts.text(0, .severity) == "critical")
        #expect(alerts.text(0, "fired") == "it is on")
        #expect(try await live.adapter.check().product.hasPrefix("Prometheus 2."))
        await live.stop()
    }

    // MARK: Icinga

    @Test(
        "Icinga 2 lists hosts and service problems, over TLS with its own authority; each command is seen done",
        installed("icinga2"))
    func icingaCommands() async throws {
        let server = try RealServer.icinga(try #require(RealServer.find("icinga2")))
        var endpoint = endpoint(server, "https", "localhost")
        endpoint.trust.authorityFile = "\(server.path)/data/certs/ca.crt"
        let live = try LiveAdapter("icinga2", endpoint, user: "watch", secret: "icinga-pass")
        let device = EntityRef(BackendID(3), .device, id: "edge")
        let alert = EntityRef(BackendID(3), .alert, id: "edge!load")
        _ = try await live.until(.device) { $0.count == 1 }
        #expect(try await live.adapter.check().product.hasPrefix("Icinga 2 "))
        // Checks are an hour apart: what nobody checked yet is checked now.
        _ = try await live.until(.alert) { $0.row(of: alert) != nil }
        #expect(try await live.perform("recheck", device)?.state == .verified)
        #expect(try await live.perform("recheck", alert)?.state == .verified)
        let table = try await live.until(.alert) { table in
            table.row(of: alert).map { table.text($0, .severity) == "critical" } ?? false
        }
        let row = try #require(table.row(of: alert))
        #expect(table.text(row, "fired") == "too much")
        #expect(table.text(row, .state) == "open")
        #expect(try await live.perform(.acknowledge, alert, ["note": .text("known")])?.state == .verified)
        let acknowledged = try await live.adapter.rows(.alert).table
        #expect(acknowledged.text(try #require(acknowledged.row(of: alert)), .state) == "acknowledged")
        #expect(try await live.perform(.unmute, alert)?.state == .verified)
        #expect(
            try await live.perform(.downtime, device, ["note": .text("works"), "length": .text("30m")])?.state
                == .verified)
        #expect(try await live.adapter.rows(.device).table.text(0, .status) == "up")
        let wrong = try LiveAdapter("icinga2", endpoint, user: "watch", secret: "wrong")
        let error = await #expect(throws: BackendError.self) { try await wrong.adapter.check() }
        #expect(error?.kind == .refused)
        await live.stop()
        await wrong.stop()
    }

    @Test(
        "the command line acknowledges a problem of Icinga over TLS, and not in read-only or without its authority",
        installed("icinga2"))
    func icingaCommandLine() async throws {
        let server = try RealServer.icinga(try #require(RealServer.find("icinga2")))
        var endpoint = endpoint(server, "https", "localhost")
        endpoint.trust.authorityFile = server.icingaAuthority
        let live = try LiveAdapter("icinga2", endpoint, user: "watch", secret: "icinga-pass")
        let alert = EntityRef(BackendID(3), .alert, id: "edge!load")
        _ = try await live.until(.alert) { $0.row(of: alert) != nil }
        #expect(try await live.perform("recheck", alert)?.state == .verified)
        func acknowledgement() throws -> Int? {
            try server.icinga("services/edge!load")?["acknowledgement"] as? Int
        }
        func acknowledge(_ more: String...) throws -> (status: Int32, output: String, error: String) {
            try server.nocturne(
                ["acknowledge", "edge!load", "--note", "known fault", "--author", "ana", "--yes"] + more)
        }
        #expect(try acknowledgement() == 0)
        #expect(try acknowledge("--read-only").status != 0)
        // The system's authorities did not sign Icinga's certificate.
        let file = "config/nocturne/config.toml"
        let trusting = try String(contentsOfFile: "\(server.path)/\(file)", encoding: .utf8)
        try server.write(trusting.replacing("tls = {", with: "#tls = {"), to: file)
        let distrusted = try acknowledge()
        #expect(distrusted.status != 0 && distrusted.error.contains("certificate"), "\(distrusted)")
        #expect(try acknowledgement() == 0)
        try server.write(trusting, to: file)
        let acknowledged = try acknowledge()
        #expect(acknowledged.status == 0, "\(acknowledged.error)\(acknowledged.output)")
        #expect(try acknowledgement() == 2)
        let comment = try server.icinga("comments")
        #expect(
            comment?["text"] as? String == "known fault" && comment?["author"] as? String == "ana",
            "\(comment as Any)")
        let unmuted = try server.nocturne(["unmute", "edge!load", "--yes"])
        #expect(unmuted.status == 0, "\(unmuted.error)\(unmuted.output)")
        #expect(try acknowledgement() == 0)
        await live.stop()
    }
}
