import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: where an address is")
struct LocateTests {
    private static let mac = NetworkAddress.mac(0x00CC_DD00_0003)
    private static let none = "{\"status\":\"error\",\"message\":\"mac not found\"}"

    /// A server with nothing but what is given for some paths.
    private static func server(_ answers: [String: Response]) throws -> (LibreNMSServer, ScriptedTransport) {
        let recorded = try RecordedLibreNMS("26.7")
        let transport = ScriptedTransport { asked in
            if let answer = answers.first(where: { asked.path.hasPrefix($0.key) })?.value { return answer }
            if asked.path.hasPrefix("/ports/mac") {
                return .text(none, status: 404, type: "application/json")
            }
            if asked.path.hasPrefix("/resources/ip/arp") { return .list("arp", []) }
            if asked.path == "/devices", asked.query["type"] != nil { return .list("devices", []) }
            return recorded.answer(asked)
        }
        return (.unhurried(transport), transport)
    }

    @Test("the recorded answer names the port that learnt it, and leads there")
    func recorded() async throws {
        let port = try JSONDocument(try Recording("26.7", "ports-by-mac").body).root.require("ports")
        let (server, _) = try Self.server([
            "/ports/mac/00ccdd000003": .list("ports", [JSONTree(port)]),
            "/resources/fdb/00ccdd000003": .list("ports_fdb", []),
        ])
        let located = try await server.locate(Self.mac)
        #expect(located.completeness == .complete)
        #expect(located.table.refs == [EntityRef(BackendID(0), .port, id: "3")])
        #expect(located.table.text(0, .matched) == "FDB")
        #expect(located.table.name(0) == "descr only")
        #expect(located.table.text(0, .mac) == "00:cc:dd:00:00:03")
    }

    @Test("an IPv4 address is resolved by ARP, and its MAC is looked for behind ports")
    func chained() async throws {
        let arp: JSONTree = ["port_id": 9, "mac_address": "00ccdd000003", "ipv4_address": "192.0.2.7"]
        let learnt: JSONTree = ["port_id": 3, "device_id": 1, "ifName": "ge-3", "fdb_entries_count": 12]
        let (server, transport) = try Self.server([
            "/resources/ip/arp/192.0.2.7": .list("arp", [arp]),
            "/ports/9": .list("port", [["port_id": 9, "device_id": 2, "ifName": "ae9"]]),
            "/ports/mac/00ccdd000003": .list("ports", [learnt]),
            "/resources/fdb/00ccdd000003": .list("ports_fdb", []),
        ])
        let table = try await server.locate(try #require(NetworkAddress("192.0.2.7"))).table
        let rows = table.refs.indices.map {
            "\(table.text($0, .matched)) \(table.name($0)) \(table.text($0, "value"))"
        }
        #expect(rows == ["ARP ae9 ", "FDB ge-3 11 others behind it"])
        #expect(transport.asked.contains { $0.path == "/devices" && $0.query["type"] == "ipv4" })
    }

    @Test(
        "what can't be read makes the answer incomplete, and what the rest says is there; nothing at all is an error"
    )
    func partly() async throws {
        let failed = Response.text("{\"message\":\"boom\"}", status: 500, type: "application/json")
        let (server, _) = try Self.server([
            "/ports/mac/00ccdd000003": failed,
            "/devices": .list(
                "devices", [["device_id": 1, "port_id": 3, "ifName": "ge-3", "hostname": "a"]]),
        ])
        let located = try await server.locate(Self.mac)
        #expect(located.table.count == 1)
        guard case .partial(let words) = located.completeness else {
            Issue.record("it says that it is complete")
            return
        }
        #expect(words.hasPrefix("FDB can't be read"))
        let (broken, _) = try Self.server([
            "/ports/mac/00ccdd000003": failed, "/devices": failed,
            "/resources/ip/arp": failed,
        ])
        await #expect(throws: BackendError.self) { _ = try await broken.locate(Self.mac) }
    }

    @Test("an entry that does not say where the address is makes the answer incomplete")
    func nowhere() async throws {
        let learnt: JSONTree = ["port_id": 3, "device_id": 1, "ifName": "ge-3"]
        let (server, _) = try Self.server([
            "/ports/mac/00ccdd000003": .list("ports", [learnt, ["ifName": "ge-4"]]),
            "/resources/fdb/00ccdd000003": .list("ports_fdb", []),
        ])
        let located = try await server.locate(Self.mac)
        #expect(located.table.refs.map(\.id) == ["3"])
        #expect(located.completeness == .partial("FDB: 1 of 2 entries don't say where it is"))
    }

    @Test(
        "over HTTP: a port's MAC is found at itself and at the port that leads there; 2016 knows the first",
        arguments: LiveLibreNMS.releases)
    func live(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            _ = try await live.table(.device)
            // Port 300 is of a device that another one feeds.
            let address = NetworkAddress.mac(0x021A_0000_0000 + 300)
            let located = try await live.server.locate(address)
            #expect(located.completeness == .complete)
            let found = located.table.refs.indices.map { located.table.text($0, .matched) }
            #expect(found.contains("own address"))
            #expect(found.contains("FDB") == (release == .modern))
            for row in located.table.refs.indices {
                #expect(!located.table.text(row, .device).hasPrefix("device "))
                _ = try await live.server.detail(of: located.table.refs[row])
            }
            guard release == .modern else { return }
            let devices = try await live.table(.device)
            let access = try #require(devices.refs.indices.first { devices.name($0).contains("acc-sw") })
            let ip = try #require(NetworkAddress(devices.text(access, "ip")))
            let byAddress = try await live.server.locate(ip).table
            let words = Set(byAddress.refs.indices.map { byAddress.text($0, .matched) })
            #expect(words.isSuperset(of: ["ARP", "FDB"]))
        }
    }
}
