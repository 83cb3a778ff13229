import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS over HTTP: looks between two lists of devices")
struct LookTests {
    private func statuses(_ table: Table) -> [EntityRef: String] {
        Dictionary(uniqueKeysWithValues: table.refs.indices.map { (table.refs[$0], table.text($0, .status)) })
    }

    @Test(
        "what went down and what came back is known after a request for what is down and one for each that is not",
        arguments: LiveLibreNMS.releases)
    func changes(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let sink = MergingSink()
            _ = try await live.server.refresh(Query(.device), into: sink)
            let before = statuses(sink.table)
            // Somebody else looks at the world until something has come back.
            let other = LibreNMSServer(live.settings, live.transport)
            var now = before
            for _ in 0..<400 where !before.contains(where: { $0.value == "down" && now[$0.key] == "up" }) {
                live.simulator.world.advance(by: 900)
                let list = MergingSink()
                _ = try await other.refresh(Query(.device), into: list)
                now = statuses(list.table)
            }
            let back = before.filter { $0.value == "down" && now[$0.key] == "up" }
            #expect(!back.isEmpty && back.count <= LibreNMSServer.fewDevices)
            live.simulator.forgetArrivals()
            #expect(try await live.server.refresh(Query(.device, scope: .changes), into: sink) == .complete)
            #expect(statuses(sink.table) == now)
            let asked = live.simulator.arrivals().map(\.target)
            #expect(asked.first == "/api/v0/devices?type=down")
            #expect(asked.count == 1 + back.count)

            // Nothing has changed since: one request tells it.
            live.simulator.forgetArrivals()
            _ = try await live.server.refresh(Query(.device, scope: .changes), into: sink)
            #expect(live.simulator.arrivals().count == 1)
            #expect(statuses(sink.table) == now)
        }
    }

    @Test("a device without a number among those that are down leaves the look incomplete")
    func unnamed() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { asked in
                asked.query["type"] == "down"
                    ? .list("devices", [["hostname": "a.example.net", "status": 0]]) : recorded.answer(asked)
            })
        let completeness = try await server.refresh(Query(.device, scope: .changes), into: MergingSink())
        #expect(completeness == .partial("1 devices without \"device_id\""))
    }

    @Test("devices of a group that can't be told apart are not counted as fewer")
    func unnamedMembers() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let groups = try Recording("26.7", "devicegroups").response
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { asked in
                if asked.path == "/devicegroups" { return groups }
                guard asked.path == "/devicegroups/1" else { return recorded.answer(asked) }
                return .list("devices", [["device_id": 1], ["id": 2]])
            })
        let detail = try await server.detail(of: EntityRef(BackendID(0), .group, id: "1"))
        let section = try #require(detail.sections.first { $0.title.hasPrefix("Devices") })
        #expect(section.title == "Devices")
        #expect("\(section.lines)".contains("without \\\"device_id\\\""))
    }

    @Test(
        "some devices are read alone; one that is gone stays until the next list",
        arguments: LiveLibreNMS.releases)
    func only(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let devices = try await live.table(.device)
            let gone = EntityRef(BackendID(0), .device, id: "4711")
            let sink = MergingSink()
            let wanted = Array(devices.refs.prefix(2))
            _ = try await live.server.refresh(Query(.device, scope: .only(wanted + [gone])), into: sink)
            #expect(Set(sink.table.refs) == Set(wanted))
            let names = devices.refs.indices.filter { wanted.contains(devices.refs[$0]) }.map {
                devices.name($0)
            }
            #expect(sink.table.refs.indices.map { sink.table.name($0) } == names)
        }
    }

    @Test("where very many came back at once, no request is made for each")
    func many() async throws {
        let devices: [JSONTree] = (1...30).map { number in
            [
                "device_id": .integer(number), "hostname": .string("d\(number)"), "status": 0,
                "disabled": 0, "ignore": 0,
            ]
        }
        let recorded = try RecordedLibreNMS("26.7")
        let transport = ScriptedTransport { asked in
            asked.path == "/devices"
                ? .list("devices", devices)
                : recorded.answer(asked)
        }
        let server = LibreNMSServer.unhurried(transport)
        let sink = MergingSink()
        _ = try await server.refresh(Query(.device), into: sink)
        transport.follow { asked in
            asked.query["type"] == "down"
                ? .json(["status": "error", "message": "No devices found"], status: 404)
                : recorded.answer(asked)
        }
        let before = transport.asked.count
        _ = try await server.refresh(Query(.device, scope: .changes), into: sink)
        #expect(transport.asked.count == before + 1)
        #expect(statuses(sink.table).values.allSatisfy { $0 == "down" })
    }
}
