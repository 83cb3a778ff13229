import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: preparing to acknowledge and unmute")
struct PrepareTests {
    static let releases = ["2016", "26.7"]

    private func alert(_ id: String) -> EntityRef { EntityRef(BackendID(0), .alert, id: id) }

    private func id(_ release: String, inState state: String) throws -> String {
        let alerts = try RecordedLibreNMS(release).alerts
        return try #require(alerts.first { $0["state"]?.word == state }?["id"]?.word)
    }

    @Test("one list read serves a bulk, and only open alerts are sent", arguments: releases)
    func bulk(release: String) async throws {
        let transport = try RecordedLibreNMS(release).transport()
        let server = LibreNMSServer.unhurried(transport)
        _ = try await server.dialect()
        let open = try id(release, inState: "1")
        let worse = try id(release, inState: "3")
        let taken = try id(release, inState: "2")
        let before = transport.asked.count
        let plan = try await server.prepare(
            Command(.acknowledge, [alert(open), alert(taken), alert(worse), alert("99999")]))
        #expect(plan.steps.map(\.entity) == [alert(open), alert(worse)])
        #expect(plan.steps.map(\.state) == ["open", "worse"])
        #expect(plan.excluded.map(\.entity) == [alert(taken), alert("99999")])
        #expect(plan.excluded[0].words.hasPrefix("already acknowledged"))
        #expect(plan.excluded[1].words.contains("no such alert"))
        #expect(plan.tier == .harmless)
        let lists = transport.asked.dropFirst(before).filter { $0.path == "/alerts" }.count
        #expect(lists == (release == "2016" ? 5 : 1))
    }

    @Test("an alert that is already taken is said to be, with the last line of its note")
    func taken() async throws {
        let server = LibreNMSServer.unhurried(try RecordedLibreNMS("26.7").transport())
        let plan = try await server.prepare(Command(.acknowledge, [alert("126")]))
        #expect(plan.steps.isEmpty)
        #expect(
            plan.excluded.map(\.words)
                == ["already acknowledged: 2026-11-20 10:00:00 - Ack (admin) looking at it – Jürgen"])
        #expect(plan.excluded.map(\.name) == ["Port utilisation over threshold on utf8-names.example.net"])
        #expect(plan.summary == ["Nothing to send."])
    }

    @Test("an alert that has cleared is left alone")
    func cleared() async throws {
        let server = LibreNMSServer.unhurried(try RecordedLibreNMS("26.7").transport())
        let cleared = try id("26.7", inState: "0")
        for kind in [CommandKind.acknowledge, .unmute] {
            let plan = try await server.prepare(Command(kind, [alert(cleared)]))
            #expect(plan.steps.isEmpty)
            #expect(plan.excluded.first?.words.hasPrefix("it has cleared since") == true)
        }
    }

    @Test("only what is acknowledged is unmuted", arguments: releases)
    func unmute(release: String) async throws {
        let server = LibreNMSServer.unhurried(try RecordedLibreNMS(release).transport())
        let open = try id(release, inState: "1")
        let taken = try id(release, inState: "2")
        let plan = try await server.prepare(Command(.unmute, [alert(open), alert(taken)]))
        #expect(plan.steps.map(\.request.target) == ["/alerts/unmute/\(taken)"])
        #expect(plan.excluded.first?.words.contains("it is open") == true)
    }

    @Test("a newer server gets the note and how long it lasts, an older one no body")
    func requests() async throws {
        let arguments: [FieldKey: Value] = [
            .note: .text(" looking \"at\" it – ü "), .untilClear: .flag(true),
        ]
        let modern = LibreNMSServer.unhurried(try RecordedLibreNMS("26.7").transport())
        let open = try id("26.7", inState: "1")
        let step = try #require(
            try await modern.prepare(Command(.acknowledge, [alert(open)], arguments)).steps.first?.request)
        #expect(step.method == .put)
        #expect(step.target == "/alerts/\(open)")
        #expect(step.shownBody == #"{"note":"looking \"at\" it – ü","until_clear":true}"#)
        #expect(step.headers == [Header("Content-Type", "application/json")])

        let old = LibreNMSServer.unhurried(try RecordedLibreNMS("2016").transport())
        let plan = try await old.prepare(
            Command(.acknowledge, [alert(try id("2016", inState: "1"))], arguments))
        #expect(plan.steps.first?.request.body == nil)
        #expect(plan.warnings.first?.contains("keeps no notes") == true)
    }

    @Test("when the alerts can't be read nothing is prepared", arguments: releases)
    func unreadable(release: String) async throws {
        let recorded = try RecordedLibreNMS(release)
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { asked in
                asked.query["state"]?.contains("2") == true ? .text("", status: 500) : recorded.answer(asked)
            })
        await #expect(throws: BackendError.self) {
            try await server.prepare(Command(.acknowledge, [alert("1")]))
        }
    }

    @Test("a command that is not of this server is refused")
    func unknown() async throws {
        let server = LibreNMSServer.unhurried(try RecordedLibreNMS("26.7").transport())
        await #expect(throws: BackendError.self) {
            try await server.prepare(Command("restart-bond", [alert("1")]))
        }
    }
}
