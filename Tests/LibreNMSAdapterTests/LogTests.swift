import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: event log and syslog of all devices")
struct LogTests {
    private func table(
        _ kind: ResourceKind, _ log: @escaping @Sendable (ScriptedTransport.Asked) -> Response
    ) async throws -> Table {
        let recorded = try RecordedLibreNMS("26.7")
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { $0.path.hasPrefix("/logs") ? log($0) : recorded.answer($0) })
        let sink = MergingSink()
        #expect(try await server.refresh(Query(kind), into: sink) == .complete)
        return sink.table
    }

    @Test(
        "the recorded logs are lines with a time, a level in a word, a device and a clean message",
        arguments: [
            (ResourceKind.event, "eventlog", "info", "system"), (.syslog, "syslog", "err", "rpd"),
        ])
    func recorded(kind: ResourceKind, name: String, level: String, source: String) async throws {
        let answer = try Recording("26.7", name).response
        let table = try await table(kind) { _ in answer }
        #expect(table.count == 20)
        #expect((0..<20).allSatisfy { table.integer($0, .time) != nil && !table.text($0, .device).isEmpty })
        #expect(table.text(0, "level") == level && table.text(0, "source") == source)
        #expect((0..<20).allSatisfy { !table.text($0, "message").contains("\u{1B}") })
    }

    @Test("a release that knows no order gives the oldest first; its last lines are asked for")
    func oldestFirst() async throws {
        @Sendable func line(_ number: Int64, _ minute: Int) -> JSONTree {
            [
                "event_id": .integer(number), "device_id": 1, "message": "x", "severity": 4,
                "datetime": .string("2026-11-21 01:0\(minute):00"),
            ]
        }
        let table = try await table(.event) { asked in
            let rows =
                asked.query["start"] == "300" ? [line(499, 8), line(500, 9)] : [line(1, 1), line(2, 2)]
            let answer: JSONTree = ["status": "ok", "logs": .array(rows), "total": 500]
            return .json(answer)
        }
        #expect(table.refs.map(\.id) == ["499", "500"])
        #expect(table.text(0, "level") == "warning")
    }

    @Test(
        "over HTTP: the newest lines of both, each with a detail by its number; an event of a port leads to it"
    )
    func live() async throws {
        try await withLiveServer(.modern) { live in
            live.simulator.world.advance(by: 7_200)
            for kind in [ResourceKind.event, .syslog] {
                let table = try await live.table(kind)
                #expect(table.count > 20)
                let times = (0..<table.count).compactMap { table.integer($0, .time) }
                #expect(times == times.sorted(by: >))
                let row = try #require(table.refs.indices.first { table.text($0, "source") != "down" })
                let detail = try await live.server.detail(of: table.refs[row])
                #expect(!"\(detail)".contains("\u{1B}"))
                #expect(detail.title == table.name(row))
                guard kind == .event else { continue }
                let port = detail.sections.first?.lines.first?.value
                guard case .ref(let port, _) = port else {
                    Issue.record("an event of a port names none")
                    return
                }
                #expect(port.kind == .port)
                _ = try await live.server.detail(of: port)
            }
        }
    }
}
