import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: alerts over time")
struct AlertTests {
    private let one: JSONTree = [
        "hostname": "a.example.net", "id": "1", "device_id": "18", "rule_id": "1", "state": "1",
        "alerted": "1",
        "open": "1", "timestamp": "2026-11-21 01:00:00",
    ]

    private func at(_ state: String, _ time: String) -> JSONTree {
        one.with("state", .string(state)).with("timestamp", .string("2026-11-21 \(time)"))
    }

    private func since(_ server: LibreNMSServer, _ transport: ScriptedTransport, _ alert: JSONTree?)
        async throws
        -> (since: Int64?, from: String)?
    {
        let recorded = try RecordedLibreNMS("2016")
        transport.follow { asked in recorded.answer(asked, alerts: alert.map { [$0] } ?? []) }
        let sink = MergingSink()
        _ = try await server.refresh(Query(.alert), into: sink)
        guard let row = sink.table.row(of: EntityRef(BackendID(0), .alert, id: "1")) else { return nil }
        return (sink.table.integer(row, .since), sink.table.text(row, .sinceFrom))
    }

    @Test("an old server moves the time on acknowledge and unmute; the earlier one is kept, and said to be")
    func keptTime() async throws {
        let transport = try RecordedLibreNMS("2016").transport()
        let server = LibreNMSServer.unhurried(transport)
        let opened = try #require(try await since(server, transport, at("1", "01:00:00")))
        #expect(opened.from == "")
        let taken = try #require(try await since(server, transport, at("2", "02:00:00")))
        #expect(taken.since == opened.since)
        #expect(taken.from == "before ack")
        let unmuted = try #require(try await since(server, transport, at("1", "03:00:00")))
        #expect(unmuted.since == opened.since)
        #expect(unmuted.from == "before ack")
        #expect(try await since(server, transport, nil) == nil)
        let again = try #require(try await since(server, transport, at("1", "04:00:00")))
        #expect(again.since == (opened.since ?? 0) + 3 * 3600)
        #expect(again.from == "")
    }

    @Test("what was acknowledged before the first look has the time of that, and says so")
    func ackTime() async throws {
        let transport = try RecordedLibreNMS("2016").transport()
        let server = LibreNMSServer.unhurried(transport)
        let taken = try #require(try await since(server, transport, at("2", "02:00:00")))
        #expect(taken.from == "ack")
    }

    @Test("an old server is asked for each state, a newer one for all at once")
    func states() async throws {
        for (release, expected) in [("2016", ["1", "2", "3", "4", "5"]), ("26.7", ["1,2,3,4,5"])] {
            let transport = try RecordedLibreNMS(release).transport()
            _ = try await LibreNMSServer.unhurried(transport).refresh(Query(.alert), into: MergingSink())
            #expect(transport.asked.filter { $0.path == "/alerts" }.map { $0.query["state"] } == expected)
        }
    }

    @Test("a state that can't be read makes the alerts partial, and what is there stays")
    func partial() async throws {
        let recorded = try RecordedLibreNMS("2016")
        let transport = recorded.transport()
        let server = LibreNMSServer.unhurried(transport)
        let sink = MergingSink()
        #expect(try await server.refresh(Query(.alert), into: sink) == .complete)
        transport.follow { asked in
            asked.query["state"] == "3" ? .text("", status: 500) : recorded.answer(asked)
        }
        let completeness = try await server.refresh(Query(.alert), into: sink)
        guard case .partial(let words) = completeness else {
            Issue.record("not partial: \(completeness)")
            return
        }
        #expect(words.hasPrefix("no worse alerts"))
        #expect(sink.table.count == 69)
    }

    @Test("an alert that changes its state between two requests is not lost")
    func moving() async throws {
        let recorded = try RecordedLibreNMS("2016")
        let transport = recorded.transport()
        let server = LibreNMSServer.unhurried(transport)
        _ = try await server.refresh(Query(.alert), into: MergingSink())
        // It is unmuted after state 1 was read and before state 2 is.
        let before = recorded.alerts
        let after = before.map { $0["id"] == "1" ? $0.with("state", "1") : $0 }
        transport.follow { [transport] asked in
            let first = transport.asked.filter { $0.query["state"] == "1" }.count < 3
            return recorded.answer(asked, alerts: asked.query["state"] == "1" && first ? before : after)
        }
        let sink = MergingSink()
        _ = try await server.refresh(Query(.alert), into: sink)
        #expect(sink.table.count == 69)
    }

    @Test("rules are asked for once per interval, and missing ones leave the severity unknown")
    func rules() async throws {
        let recorded = try RecordedLibreNMS("2016")
        let transport = recorded.transport()
        let server = LibreNMSServer.unhurried(transport)
        for _ in 0..<3 { _ = try await server.refresh(Query(.alert), into: MergingSink()) }
        #expect(transport.asked.filter { $0.path == "/rules" }.count == 1)
        let orphan = one.with("rule_id", "99")
        transport.follow { asked in recorded.answer(asked, alerts: [orphan]) }
        let sink = MergingSink()
        _ = try await server.refresh(Query(.alert), into: sink)
        #expect(sink.table.text(0, .severity) == "unknown")
        #expect(sink.table.text(0, .rule) == "rule 99")
    }

    @Test("without the right to read rules the alerts are there and partial")
    func noRules() async throws {
        let recorded = try RecordedLibreNMS("2016")
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { asked in
                asked.path == "/rules" ? .json(["message": "no"], status: 403) : recorded.answer(asked)
            })
        let sink = MergingSink()
        guard case .partial(let words) = try await server.refresh(Query(.alert), into: sink) else {
            Issue.record("not partial")
            return
        }
        #expect(words.contains("severities"))
        #expect(sink.table.count == 69)
    }
}
