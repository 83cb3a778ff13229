import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: locations")
struct LocationTests {
    private static func server(_ devices: Response) throws -> LibreNMSServer {
        let recorded = try RecordedLibreNMS("26.7")
        let locations = try Recording("26.7", "locations").response
        return .unhurried(
            ScriptedTransport { asked in
                if asked.path == "/resources/locations" { return locations }
                return asked.query["type"] == "location_id" ? devices : recorded.answer(asked)
            })
    }

    @Test("the recorded ones are listed with where they are; one whose name is a blank has its number")
    func recorded() async throws {
        let server = try Self.server(.list("devices", []))
        let sink = MergingSink()
        #expect(try await server.refresh(Query(.location), into: sink) == .complete)
        let names = (0..<sink.table.count).map { sink.table.name($0) }
        #expect(sink.table.count == 7 && names.contains("location 5") && names.contains("O'Brien's hut"))
        let row = try #require(names.firstIndex(of: "Madrid DC1"))
        #expect(sink.table.value(row, "latitude") == .number(40.1))
        #expect(sink.table.value(row, "longitude") == .number(-3.7))
        let zurich = try #require(names.firstIndex { $0.hasPrefix("Zürich") })
        #expect(sink.table.value(zurich, "latitude") == .none)
    }

    @Test("a release that answers with all devices gives only those of the location")
    func others() async throws {
        let rows: [JSONTree] = [
            ["device_id": 1, "location_id": 1], ["device_id": 2, "location_id": 2],
            ["device_id": 3, "location_id": "1"], ["device_id": 4, "location_id": nil],
        ]
        let server = try Self.server(.list("devices", rows))
        let detail = try await server.detail(of: EntityRef(BackendID(0), .location, id: "1"))
        #expect(detail.title == "Madrid DC1")
        let section = try #require(detail.sections.first { $0.title == "Devices (2)" })
        let devices = section.lines.compactMap {
            if case .ref(let entity, _) = $0.value { entity.id } else { nil }
        }
        #expect(Set(devices) == ["1", "3"])
    }

    @Test(
        "devices that do not say where they are make none of the count",
        arguments: [["device_id": 2], ["location_id": 1], ["device_id": 2, "location_id": ["id": 1]]]
            as [JSONTree])
    func undecided(row: JSONTree) async throws {
        let server = try Self.server(.list("devices", [["device_id": 1, "location_id": 1], row]))
        let detail = try await server.detail(of: EntityRef(BackendID(0), .location, id: "1"))
        #expect(detail.sections.contains { $0.title == "Devices" && "\($0.lines)".contains("only in part") })
    }

    @Test(
        "over HTTP: a device leads to its location, which leads back; 2016 has no list of them",
        arguments: LiveLibreNMS.releases)
    func live(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            _ = try await live.server.check()
            let isModern = release == .modern
            #expect(live.server.resources.contains { $0.kind == .location } == isModern)
            let devices = try await live.table(.device)
            let row = try #require(devices.refs.indices.first { devices.name($0).contains("core") })
            let lines = try await live.server.detail(of: devices.refs[row]).sections.flatMap(\.lines)
            let line = try #require(lines.first { $0.name == "location" })
            guard case .ref(let location, let name) = line.value else {
                #expect(!isModern)
                #expect(line.value == .text(devices.text(row, .location)))
                return
            }
            #expect(isModern && name == devices.text(row, .location))
            // Who asks for nothing else is told what the devices are called as well.
            let detail = try await LibreNMSServer(live.settings, live.transport).detail(of: location)
            #expect(detail.title == name)
            let names = detail.sections.flatMap(\.lines).compactMap {
                if case .ref(let entity, let name) = $0.value, entity.kind == .device { name } else { nil }
            }
            #expect(!names.isEmpty && !names.contains { $0.hasPrefix("device ") })
            #expect(
                detail.sections.flatMap(\.lines).contains {
                    if case .ref(devices.refs[row], _) = $0.value { true } else { false }
                })
        }
    }
}
