import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: details")
struct DetailTests {
    static let releases = ["2016", "26.7"]

    private func ref(_ kind: ResourceKind, _ id: String) -> EntityRef {
        EntityRef(BackendID(0), kind, id: id)
    }

    private func line(_ detail: Detail, _ name: String) -> Detail.Line? {
        detail.sections.flatMap(\.lines).first { $0.name == name }
    }

    @Test("a device's detail has every field that the server gave but the secrets", arguments: releases)
    func device(release: String) async throws {
        let recorded = try RecordedLibreNMS(release)
        let answer = try Recording(release, "device-by-id").response
        let row = try #require(try Recording(release, "device-by-id").rows("devices").first)
        guard case .object(let members) = row, let id = row["device_id"]?.word else {
            Issue.record("no device")
            return
        }
        let transport = ScriptedTransport { asked in
            asked.path == "/devices/\(id)" ? answer : recorded.answer(asked)
        }
        let detail = try await LibreNMSServer.unhurried(transport).detail(of: ref(.device, id))
        let names = Set(detail.sections.flatMap(\.lines).map(\.name))
        let secrets: Set = ["community", "authname", "authpass", "cryptopass"]
        #expect(names.isSuperset(of: Set(members.map(\.key)).subtracting(secrets)))
        #expect(names.isDisjoint(with: secrets))
        #expect(detail.title == row["hostname"]?.word)
        #expect(line(detail, "status")?.value == .flag(true))
        guard case .time = line(detail, "last_polled")?.value else {
            Issue.record("last_polled is no time")
            return
        }
        let place = Value.ref(ref(.location, "8"), name: "London Docklands")
        #expect(
            line(detail, "location")?.value
                == (release == "2016" ? .text(row["location"]?.word ?? "") : place))
    }

    @Test("nested fields lose their secrets too")
    func nested() throws {
        let row = try JSONDocument(#"{"a":{"Community":"x","list":[{"auth_token":"y","ok":1}]}}"#).root
        let fields = Fields(.libreNMS, time: { _ in nil }, link: { _, _ in nil })
        #expect(
            fields.sections(row, []) == [
                Detail.Section("Other", [Detail.Line("a", .text("list ok 1"))])
            ])
    }

    @Test("an alert's detail has its fields, every line of its note, and its rule", arguments: releases)
    func alert(release: String) async throws {
        let recorded = try RecordedLibreNMS(release)
        let rule = try Recording(release, "rule-by-id").response
        let transport = ScriptedTransport { asked in
            asked.path.hasPrefix("/rules/") ? rule : recorded.answer(asked)
        }
        let server = LibreNMSServer.unhurried(transport)
        let detail = try await server.detail(of: ref(.alert, "2"))
        #expect(detail.title == "Devices up/down on dist-sw034.syd1.example.net")
        #expect(line(detail, "state")?.value == .text("acknowledged"))
        #expect(line(detail, "severity")?.value == .text("critical"))
        #expect(
            line(detail, "device")?.value == .ref(ref(.device, "34"), name: "dist-sw034.syd1.example.net"))
        #expect(detail.sections.map(\.title).contains("Rule"))
        if release == "2016" {
            #expect(
                line(detail, "")?.value
                    == .text("the time of the acknowledgement: this server forgets when the alert opened"))
        }
        await #expect {
            try await server.detail(of: ref(.alert, "99999"))
        } throws: { ($0 as? BackendError)?.kind == .missing }
    }

    @Test("a port is found by its id, at old servers among the ports of its device")
    func port() async throws {
        let recorded = try RecordedLibreNMS("2016")
        let transport = recorded.transport()
        let old = LibreNMSServer.unhurried(transport)
        await #expect {
            try await old.detail(of: ref(.port, "17"))
        } throws: { ($0 as? BackendError)?.kind == .missing }
        _ = try await old.refresh(Query(.port), into: MergingSink())
        let detail = try await old.detail(of: ref(.port, "17"))
        #expect(detail.title == "Ethernet1")
        #expect(transport.asked.last?.description == "/devices/3/ports?columns=*")
        #expect(line(detail, "ifInOctets_rate")?.value == .integer(30_042_512))
        #expect(line(detail, "ifInOctets_rate")?.type == .rate)

        let newer = try RecordedLibreNMS("26.7")
        let modern = LibreNMSServer.unhurried(
            ScriptedTransport { asked in
                switch asked.path {
                case "/ports/5":
                    .json(["status": "ok", "port": [["port_id": 5, "device_id": 3, "ifName": "xe-0/0/1"]]])
                case "/ports/6": .json(["status": "ok", "port": []])
                default: newer.answer(asked)
                }
            })
        #expect(try await modern.detail(of: ref(.port, "5")).title == "xe-0/0/1")
        await #expect {
            try await modern.detail(of: ref(.port, "6"))
        } throws: { ($0 as? BackendError)?.kind == .missing }
    }
}
