import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Synchronization
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: the sections of a device")
struct SectionTests {
    static let releases = ["2016", "26.7"]

    private func ref(_ kind: ResourceKind, _ id: String) -> EntityRef {
        EntityRef(BackendID(0), kind, id: id)
    }

    private func section(_ detail: Detail, _ title: String) -> Detail.Section? {
        detail.sections.first { $0.title == title || $0.title.hasPrefix("\(title) (") }
    }

    /// A server with one device that has a great many of everything, and another's rows among them.
    private func large(_ release: String) throws -> ScriptedTransport {
        let recorded = try RecordedLibreNMS(release)
        let device: JSONTree = ["device_id": 3, "hostname": "big.example.net", "status": 1]
        let sessions: [JSONTree] = (0..<2_000).map { number in
            [
                "bgpPeer_id": .integer(number), "device_id": number.isMultiple(of: 2) ? 3 : 5,
                "bgpPeerIdentifier": .string("192.0.2.\(number)"), "bgpPeerRemoteAs": "4294967295",
                "bgpPeerState": number == 1_998 ? "active" : "established", "bgpPeerAdminStatus": "start",
                "bgpPeerFsmEstablishedTime": 90_000, "bgpLocalAddr": "192.0.2.1", "astext": "EXAMPLE",
            ]
        }
        let vlans: [JSONTree] = (1...500).map { number in
            [
                "vlan_vlan": .integer(number), "vlan_domain": 1, "vlan_name": "users\u{1B}[2J",
                "vlan_type": "ethernet", "vlan_mtu": nil,
            ]
        }
        let parts: [JSONTree] = (1...2_000).map { number in
            [
                "device_id": number.isMultiple(of: 4) ? 9 : 3, "entPhysicalIndex": .integer(number),
                "entPhysicalName": .string("Slot \(number)"), "entPhysicalClass": "module",
                "entPhysicalContainedIn": 0, "entPhysicalParentRelPos": .integer(2_000 - number),
                "entPhysicalSerialNum": .string("SN\(number)"),
            ]
        }
        return ScriptedTransport { asked in
            switch asked.path {
            case "/devices/3": .list("devices", [device])
            case "/bgp": .list("bgp_sessions", sessions)
            case "/devices/3/vlans": .list("vlans", vlans)
            case "/inventory/3":
                .list("inventory", asked.query["entPhysicalContainedIn"] == "0" ? parts : [])
            case "/devices/3/groups":
                .json(["status": "error", "message": "No device groups found"], status: 404)
            case "/devices/3/graphs": .text("Server Error", status: 500)
            case "/oxidized": .json(["message": "This action is unauthorized."], status: 403)
            default: recorded.answer(asked)
            }
        }
    }

    @Test("2,000 parts, 500 VLANs and 1,000 sessions fill in, of this device alone", arguments: releases)
    func many(release: String) async throws {
        let detail = try await LibreNMSServer.unhurried(try large(release)).detail(of: ref(.device, "3"))
        let sessions = try #require(section(detail, "BGP sessions"))
        #expect(sessions.title == "BGP sessions (1,000)")
        // The one that is down comes first.
        #expect(sessions.lines[0].name == "192.0.2.1998")
        #expect(
            sessions.lines[0].value == .text("active  AS4294967295  EXAMPLE  for 1d 1h  from 192.0.2.1"))
        let vlans = try #require(section(detail, "VLANs"))
        #expect(vlans.lines.count == 500)
        #expect(vlans.lines[9] == Detail.Line("10", .text("users[2J  ethernet")))
        let parts = try #require(section(detail, "Inventory"))
        #expect(parts.title == "Inventory (1,500)")
        let first = try #require(parts.lines.first)
        #expect(first.name == "module")
        #expect(first.value == .ref(ref(.part, "3/0/1999"), name: "Slot 1999  SN1999"))
        // Whether anything is in it is not known before it is asked.
        #expect(first.isExpandable)
    }

    @Test("a server that gives the whole inventory says how much each outermost part contains")
    func whole() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        func part(_ index: Int64, in parent: Int64, of device: Int64 = 3) -> JSONTree {
            [
                "device_id": .integer(device), "entPhysicalIndex": .integer(index),
                "entPhysicalContainedIn": .integer(parent), "entPhysicalName": .string("P\(index)"),
                "entPhysicalClass": "module",
            ]
        }
        let parts = [
            part(1, in: 0), part(2, in: 1), part(3, in: 1), part(4, in: 99), part(5, in: 5),
            part(9, in: 0, of: 7),
        ]
        let transport = ScriptedTransport { asked in
            switch asked.path {
            case "/devices/3": .list("devices", [["device_id": 3, "hostname": "r3"]])
            case "/inventory/3/all": .list("inventory", parts)
            default: recorded.answer(asked)
            }
        }
        let detail = try await LibreNMSServer.unhurried(transport).detail(of: ref(.device, "3"))
        let inventory = try #require(section(detail, "Inventory"))
        #expect(inventory.title == "Inventory (5)")
        // What is in a part that is not there, or in itself, is not lost.
        #expect(
            inventory.lines.map(\.value) == [
                .ref(ref(.part, "3/0/1"), name: "P1  contains 2"), .ref(ref(.part, "3/99/4"), name: "P4"),
                .ref(ref(.part, "3/5/5"), name: "P5"),
            ])
        #expect(inventory.lines.map(\.isExpandable) == [true, false, false])
    }

    @Test("each section fails alone, in words; none is no error", arguments: releases)
    func alone(release: String) async throws {
        let detail = try await LibreNMSServer.unhurried(try large(release)).detail(of: ref(.device, "3"))
        let graphs = try #require(section(detail, "Graphs"))
        #expect(graphs.lines.map(\.value) == [.text("can't be read: the server failed (500)")])
        #expect(graphs.lines.map(\.isUnreadable) == [true])
        #expect(section(detail, "Groups") == nil)
        // Who may not see the list is not told so in every device.
        #expect(section(detail, "Oxidized") == nil)
        #expect(section(detail, "Still asking for") == nil)
    }

    @Test("the detail opens at once with the device's own fields, and fills in", arguments: releases)
    func opens(release: String) async throws {
        let transport = GatedTransport(try large(release)) {
            $0 != "/devices/3" && $0.hasPrefix("/devices/3")
        }
        let parts = Mutex<[Detail]>([])
        let detail = try await LibreNMSServer.unhurried(transport).detail(of: ref(.device, "3")) { part in
            // Nothing of what is held back came before the first look.
            let count = parts.withLock { parts in
                parts.append(part)
                return parts.count
            }
            if count == 1 { transport.open() }
        }
        let seen = parts.withLock { $0 }
        let first = try #require(seen.first)
        #expect(first.title == "big.example.net")
        #expect(section(first, "Device") != nil)
        #expect(section(first, "VLANs") == nil)
        let asking = try #require(section(first, "Still asking for")?.lines.first)
        guard case .text(let words) = asking.value else { return }
        #expect(words.contains("VLANs") && words.contains("BGP sessions"))
        #expect(seen.count > 3)
        #expect(section(detail, "VLANs") != nil)
    }

    @Test("over HTTP: every section of a switch and a router", arguments: LiveLibreNMS.releases)
    func live(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let devices = try await live.table(.device)
            var titles: Set<String> = []
            let sample = devices.refs.indices.filter { $0.isMultiple(of: max(1, devices.count / 9)) }
            let routers = devices.refs.indices.filter { devices.name($0).contains("core") }
            for row in sample + routers.prefix(2) {
                let detail = try await live.server.detail(of: devices.refs[row])
                titles.formUnion(detail.sections.map { String($0.title.prefix { $0 != "(" }) })
                let lines = detail.sections.flatMap(\.lines)
                #expect(!lines.contains { "\($0.value)".contains("can't be read") }, "\(lines)")
                for sensor in lines.compactMap({ Self.link($0, .sensor) }).prefix(1) {
                    let names = try await live.server.detail(of: sensor).sections.flatMap(\.lines).map(\.name)
                    #expect(names.contains("sensor_current"))
                }
                for part in lines.compactMap({ Self.link($0, .part) }).prefix(1) {
                    try await follow(part, live)
                }
            }
            var expected: Set = [
                "BGP sessions ", "VLANs ", "Inventory ", "Groups ", "Graphs ", "Oxidized", "Ports",
            ]
            if release == .modern {
                expected.formUnion([
                    "Sensors ", "Links ", "Outages ", "Availability", "Event log, the newest first",
                ])
            }
            #expect(titles.isSuperset(of: expected), "\(titles)")
        }
    }

    /// Opens a part, and one inside it.
    private func follow(_ part: EntityRef, _ live: LiveLibreNMS) async throws {
        let detail = try await live.server.detail(of: part)
        #expect(detail.title == "Chassis")
        let inside = try #require(
            detail.sections.first { $0.title.hasPrefix("Contains") }?.lines.compactMap {
                Self.link($0, .part)
            })
        #expect(inside.count > 2)
        #expect(try await live.server.detail(of: inside[0]).title != "Chassis")
        await #expect {
            try await live.server.detail(of: ref(.part, "\(part.id)0"))
        } throws: { ($0 as? BackendError)?.kind == .missing }
    }

    private static func link(_ line: Detail.Line, _ kind: ResourceKind) -> EntityRef? {
        guard case .ref(let entity, _) = line.value, entity.kind == kind else { return nil }
        return entity
    }

    @Test("over HTTP: groups and their devices, whatever their name holds", arguments: LiveLibreNMS.releases)
    func groups(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let groups = try await live.table(.group)
            #expect(groups.refs.indices.contains { groups.name($0).contains("/") })
            var sizes: [String: Int] = [:]
            for row in groups.refs.indices {
                let detail = try await live.server.detail(of: groups.refs[row])
                #expect(detail.title == groups.name(row))
                let devices = try #require(
                    detail.sections.first { $0.title.hasPrefix("Devices") }, "\(detail.title)")
                sizes[detail.title] = devices.lines.compactMap { Self.link($0, .device) }.count
            }
            #expect(sizes.filter { $0.key.contains("/") }.values.allSatisfy { $0 > 0 })
            #expect(sizes.values.contains(0))
        }
    }

    @Test("over HTTP: ports by name, whatever it holds", arguments: LiveLibreNMS.releases)
    func ports(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let ports = try await live.table(.port)
            let odd = ports.refs.indices.filter { row in
                ports.name(row).contains { "/+# ".contains($0) || !$0.isASCII }
            }
            #expect(odd.contains { ports.name($0).contains("+") })
            for row in odd.suffix(12) {
                let detail = try await live.server.detail(of: ports.refs[row])
                #expect(detail.title == ports.name(row))
                let names = Set(detail.sections.flatMap(\.lines).map(\.name))
                #expect(names.isSuperset(of: ["ifInErrors", "ifOutOctets", "ifInUcastPkts_rate"]))
            }
            if release == .release2016 {
                let asked = live.simulator.arrivals().map(\.target)
                #expect(asked.contains { $0.contains("%252B") && $0.contains("/ports/") })
                #expect(!asked.contains { $0.hasSuffix("columns=%2A") && $0.contains("/ports/") })
            }
        }
    }

    @Test("over HTTP: the list for Oxidized", arguments: LiveLibreNMS.releases)
    func oxidized(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let table = try await live.table(.oxidized)
            #expect(table.count > 10)
            #expect(!table.text(0, "os").isEmpty)
            #expect(try await live.server.detail(of: table.refs[0]).title == table.name(0))
        }
    }
}
