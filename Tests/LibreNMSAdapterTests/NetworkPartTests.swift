import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: addresses, optics, routing and pollers of today's release")
struct NetworkPartTests {
    /// The sections of a server that answers some paths from recordings.
    private static func sections(
        _ recordings: [String: String], of entity: EntityRef
    ) async throws -> [Detail.Section] {
        let recorded = try RecordedLibreNMS("26.7")
        let device = try Recording("26.7", "device-by-id").response
        let answers = try recordings.mapValues { try Recording("26.7", $0).response }
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { asked in
                if let answer = answers[asked.path] { return answer }
                if asked.path == "/devices/\(entity.id)" { return device }
                if asked.path == "/ports/3" || asked.path == "/ports/1" {
                    return .list("port", [["port_id": .integer(Int64(entity.id) ?? 0), "ifName": "x"]])
                }
                return recorded.answer(asked)
            })
        return try await server.detail(of: entity).sections
    }

    @Test("recorded lists that are empty are no sections, those that have rows lead to their ports")
    func device() async throws {
        let id = try #require(
            try JSONDocument(try Recording("26.7", "device-by-id").body).root["devices"]?.array?.first?[
                "device_id"]?
                .text)
        let sections = try await Self.sections(
            [
                "/devices/\(id)/ip": "device-ip", "/devices/\(id)/transceivers": "device-transceivers",
                "/devices/\(id)/fdb": "device-fdb", "/ospf": "ospf", "/routing/vrf": "vrf",
                "/routing/bgp/cbgp": "cbgp",
            ], of: EntityRef(BackendID(0), .device, id: id))
        let titles = sections.map(\.title)
        #expect(titles.contains("Addresses (2)") && titles.contains("MAC addresses (1)"))
        for empty in ["Transceivers", "OSPF neighbours", "VRFs", "BGP prefixes"] {
            #expect(!titles.contains { $0.hasPrefix(empty) }, "\(empty)")
        }
        let address = try #require(sections.first { $0.title == "Addresses (2)" }?.lines.first)
        #expect(address.name == "192.0.1.1/24")
        guard case .ref(let port, _) = address.value else {
            Issue.record("an address leads to no port")
            return
        }
        #expect(port == EntityRef(BackendID(0), .port, id: "1"))
        #expect(sections.first { $0.title == "MAC addresses (1)" }?.lines.first?.name == "00:cc:dd:00:00:03")
    }

    @Test("a port has its addresses and what was learnt behind it, as recorded")
    func port() async throws {
        let address = try await Self.sections(
            ["/ports/1/ip": "port-ip"], of: EntityRef(BackendID(0), .port, id: "1"))
        let first = try #require(address.first { $0.title == "Addresses (1)" })
        #expect(first.lines.map(\.name) == ["IPv4"])
        #expect(first.lines[0].value == .text("192.0.1.1/24"))
        let learnt = try await Self.sections(
            ["/ports/3/fdb": "port-fdb"], of: EntityRef(BackendID(0), .port, id: "3"))
        #expect(
            learnt.contains { $0.title == "MAC addresses (1)" && $0.lines[0].name == "00:cc:dd:00:00:03" })
    }

    @Test("over HTTP: a core router has addresses, optics, learnt MACs, OSPF, prefixes and VRFs")
    func live() async throws {
        try await withLiveServer(.modern) { live in
            let devices = try await live.table(.device)
            let core = try #require(devices.refs.indices.first { devices.name($0).contains("core") })
            let sections = try await live.server.detail(of: devices.refs[core]).sections
            let titles = sections.map(\.title)
            for title in [
                "Addresses", "Transceivers", "MAC addresses", "OSPF neighbours", "BGP prefixes", "VRFs",
            ] {
                #expect(titles.contains { $0.hasPrefix("\(title) (") }, "\(title) of \(titles)")
            }
            let optic = try #require(sections.first { $0.title.hasPrefix("Transceivers") }?.lines.first)
            guard case .ref(let port, _) = optic.value else {
                Issue.record("a transceiver leads to no port")
                return
            }
            let own = try await live.server.detail(of: port).sections.map(\.title)
            #expect(own.contains("Transceiver"))
        }
    }

    @Test(
        "a poller that reports no more is late and named; none is no error; one that says no time is not well"
    )
    func pollers() async throws {
        try await withLiveServer(.modern) { live in
            let table = try await live.table(.poller)
            let words = table.refs.indices.map { "\(table.name($0)) \(table.text($0, .status))" }
            #expect(words == ["poller1 ok", "poller2 late"])
            let now = Timestamp(Int64(live.simulator.world.now))
            #expect(table.pollerTroubles(now: now).first?.hasPrefix("poller2 is late: it reported") == true)
        }
        let recorded = try RecordedLibreNMS("26.7")
        let none = try Recording("26.7", "pollers").response
        let silent = Response.list("pollers", [["id": 1, "poller_name": "p", "last_report": .null]])
        for (answer, count) in [(none, 0), (silent, 1)] {
            let server = LibreNMSServer.unhurried(
                ScriptedTransport { $0.path == "/pollers" ? answer : recorded.answer($0) })
            let resource = try #require(server.resources.first { $0.kind == .poller })
            let snapshot = Snapshot(from: .empty(resource, BackendID(0)))
            let (table, completeness) = snapshot.finish(
                try await server.refresh(Query(.poller), into: snapshot))
            #expect(table.count == count)
            #expect((completeness == .complete) == (count == 0))
            #expect(table.pollerTroubles(now: Timestamp(0)).count == count)
        }
    }
}
