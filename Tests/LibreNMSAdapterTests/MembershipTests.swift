import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Synchronization
import Testing

@testable import LibreNMSAdapter

/// A wall clock that goes on when it is told.
private final class Ticks: Sendable {
    private let seconds = Atomic<Int64>(1_795_224_500)
    var now: Timestamp { Timestamp(seconds.load(ordering: .relaxed)) }
    func advance(by step: Int64) { seconds.add(step, ordering: .relaxed) }
}

@Suite("LibreNMS over HTTP: the groups of devices")
struct MembershipTests {
    private func groups(_ table: Table) -> [EntityRef: Set<String>] {
        var groups: [EntityRef: Set<String>] = [:]
        for row in table.refs.indices {
            let text = table.text(row, .groups)
            groups[table.refs[row]] = Set(text.split(separator: ", ").map(String.init))
        }
        return groups
    }

    @Test(
        "every device has the groups that list it, and its first in a field of its own",
        arguments: LiveLibreNMS.releases)
    func agree(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let devices = try await live.table(.device)
            var wanted: [EntityRef: Set<String>] = [:]
            let list = try await live.table(.group)
            for row in list.refs.indices {
                let detail = try await live.server.detail(of: list.refs[row])
                for line in detail.sections.flatMap(\.lines) {
                    if case .ref(let entity, _) = line.value, entity.kind == .device {
                        wanted[entity, default: []].insert(list.name(row))
                    }
                }
            }
            #expect(wanted.values.contains { $0.count > 1 })
            #expect(wanted.values.contains { $0.contains("Züri/Geräte & Söhne") })
            let found = groups(devices)
            for entity in devices.refs { #expect(found[entity] == wanted[entity, default: []]) }
            for row in devices.refs.indices {
                let first = devices.text(row, .group)
                #expect(devices.text(row, .groups).hasPrefix(first))
            }
        }
    }

    @Test(
        "groups are read seldom: a request each, and none with the next list",
        arguments: LiveLibreNMS.releases)
    func seldom(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            func asked() -> Int { live.simulator.arrivals().count { $0.target.contains("/devicegroups") } }
            let first = try await live.table(.device)
            let count = asked()
            let known = try await live.table(.group).count
            #expect(count >= known + 1 && count <= 2 * known + 1)
            let before = asked()
            let second = try await live.table(.device)
            #expect(asked() == before)
            #expect(groups(second) == groups(first))
            live.simulator.world.advance(by: 901)
            _ = try await live.table(.device)
            #expect(asked() > before)
        }
    }

    @Test("devices are there before their groups, and without them where a server keeps those to itself")
    func alone() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let forbidden = ScriptedTransport { asked in
            asked.path.hasPrefix("/devicegroups")
                ? .json(["message": "This action is unauthorized."], status: 403) : recorded.answer(asked)
        }
        let sink = MergingSink()
        let server = LibreNMSServer.unhurried(forbidden)
        #expect(try await server.refresh(Query(.device), into: sink) == .complete)
        #expect(sink.table.count > 0 && sink.pages == 2)
        #expect(groups(sink.table).values.allSatisfy { $0.isEmpty })
        #expect(forbidden.asked.count { $0.path.hasPrefix("/devicegroups") } == 1)
    }

    @Test("a group that can't be read keeps what it had, and a server that refuses all is left alone")
    func failing() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let names = (1...40).map {
            JSONTree.object([.init("id", .integer($0)), .init("name", .string("G\($0)"))])
        }
        let clock = Ticks()
        let transport = ScriptedTransport { asked in
            switch asked.path {
            case "/devicegroups": .list("groups", names)
            case "/devicegroups/7": .list("devices", [["device_id": 1]])
            case let path where path.hasPrefix("/devicegroups/"): .list("devices", [])
            default: recorded.answer(asked)
            }
        }
        var settings = backendSettings()
        settings = BackendSettings(
            id: settings.id, name: settings.name, endpoint: settings.endpoint, secret: settings.secret,
            clock: settings.clock, now: { clock.now }, pause: settings.pause)
        settings.probeWait = 10_000
        let server = LibreNMSServer(settings, transport)
        func refresh() async throws -> Table {
            let sink = MergingSink()
            _ = try await server.refresh(Query(.device), into: sink)
            return sink.table
        }
        let device = EntityRef(BackendID(0), .device, id: "1")
        let first = try await refresh()
        #expect(groups(first)[device] == ["G7"])
        transport.follow { asked in
            asked.path.hasPrefix("/devicegroups/")
                ? .text("out of order", status: 500)
                : asked.path == "/devicegroups" ? .list("groups", names) : recorded.answer(asked)
        }
        clock.advance(by: 1_000)
        let before = transport.asked.count
        let kept = try await refresh()
        #expect(groups(kept)[device] == ["G7"])
        let asked = transport.asked.dropFirst(before).map(\.path)
        #expect(asked.count { $0.hasPrefix("/devicegroups/") } == 3)
    }
}
