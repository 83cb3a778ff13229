import Simulator
import Testing

@Suite("answers look like those of real servers") struct RecordingTests {
    @Test(
        "rows of the newer release have the recorded columns, order and types",
        arguments: [
            ("devices", "/api/v0/devices"), ("device-by-id", "/api/v0/devices/5"),
            ("alert-by-id", "/api/v0/alerts?order=id%20asc"), ("rule-by-id", "/api/v0/rules/1"),
            ("bill-by-id", "/api/v0/bills/1"), ("bgp", "/api/v0/bgp"),
            ("device-vlans", "/api/v0/devices/3/vlans"), ("device-groups", "/api/v0/devices/1/groups"),
            ("devicegroup-firewalls", "/api/v0/devicegroups/Firewalls"),
            ("inventory-by-hostname", "/api/v0/inventory/3"), ("system", "/api/v0/system"),
            ("eventlog", "/api/v0/logs/eventlog"), ("syslog", "/api/v0/logs/syslog"),
            ("alertlog", "/api/v0/logs/alertlog?sortorder=DESC"),
        ])
    func modernRows(_ name: String, _ target: String) async throws {
        let recording = try Recording("modern", name)
        let answer = try await withServer(.modern) { try await $0.get(target) }
        #expect(answer.status == recording.status)
        #expect(answer.type == recording.type)
        Outline.expectSame(answer.text, recording.body, depth: 1)
        Outline.expectSame(answer.text, recording.body, depth: 3)
    }

    @Test(
        "rows of the 2016 release have the recorded columns, order and types",
        arguments: [
            ("devices", "/api/v0/devices"), ("device-by-id", "/api/v0/devices/1"),
            ("alerts-state-3", "/api/v0/alerts"), ("rule-by-id", "/api/v0/rules/1"),
            ("bill-by-id", "/api/v0/bills/1"), ("bgp", "/api/v0/bgp"),
            ("device-vlans", "/api/v0/devices/3/vlans"), ("devicegroups", "/api/v0/devicegroups"),
            ("devicegroup-firewalls", "/api/v0/devicegroups/Firewalls"),
            ("inventory-by-hostname", "/api/v0/inventory/3"),
            ("device-unknown-name", "/api/v0/devices/nosuch.example.net"),
        ])
    func oldRows(_ name: String, _ target: String) async throws {
        let recording = try Recording("release2016", name)
        let answer = try await withServer(.release2016) { try await $0.get(target) }
        #expect(answer.status == recording.status)
        #expect(answer.type == recording.type)
        Outline.expectSame(answer.text, recording.body, depth: 1)
        Outline.expectSame(answer.text, recording.body, depth: 3)
    }

    @Test(
        "refusals and messages are printed as they were recorded, to the byte",
        arguments: [
            (LibreNMSRelease.modern, "device-unknown-name", "GET", "/api/v0/devices/nosuch.example.net"),
            (.modern, "device-ports-none", "GET", "/api/v0/devices/no-ports.example.net/ports"),
            (.modern, "alert-ack-unknown", "PUT", "/api/v0/alerts/99999"),
            (.release2016, "alert-ack-unknown", "PUT", "/api/v0/alerts/99999"),
            (.release2016, "device-unknown-name", "GET", "/api/v0/devices/nosuch.example.net"),
        ])
    func messages(_ release: LibreNMSRelease, _ name: String, _ method: String, _ target: String) async throws
    {
        let recording = try Recording(release == .modern ? "modern" : "release2016", name)
        let answer = try await withServer(release) { try await $0.send(method, target) }
        #expect(answer.status == recording.status)
        #expect(answer.text == recording.body)
    }

    @Test(
        "a wrong token is refused as it was recorded",
        arguments: [(LibreNMSRelease.modern, "modern"), (.release2016, "release2016")])
    func refusal(_ release: LibreNMSRelease, _ folder: String) async throws {
        let recording = try Recording(folder, "auth-bad")
        let answer = try await withServer(release, token: "wrong") { try await $0.get("/api/v0/devices") }
        #expect(answer.status == 401)
        #expect(answer.type == recording.type)
        #expect(answer.text == recording.body)
    }

    @Test("an acknowledgement is answered as it was recorded", arguments: LibreNMSRelease.allCases)
    func acknowledged(_ release: LibreNMSRelease) async throws {
        let recording = try Recording(release == .modern ? "modern" : "release2016", "alert-ack")
        let answer = try await withServer(release) { client async throws in
            let id = try #require(try await client.get("/api/v0/alerts").rows("alerts").first?["id"])
            return try await client.put("/api/v0/alerts/\(id)", "{\"note\":\"x\",\"until_clear\":false}")
        }
        #expect(answer.status == recording.status)
        #expect(answer.text == recording.body)
    }

    @Test("a bare list of devices for backups has the recorded columns", arguments: LibreNMSRelease.allCases)
    func oxidized(_ release: LibreNMSRelease) async throws {
        let recording = try Recording(release == .modern ? "modern" : "release2016", "oxidized")
        let answer = try await withServer(release) { try await $0.get("/api/v0/oxidized") }
        Outline.expectSame(answer.text, recording.body, depth: 2)
    }
}
