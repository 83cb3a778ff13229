import AdapterContract
import AdapterKit
import Domain
import Foundation
import HTTP
import Simulator
import Testing

@testable import BondingAdapter

@Suite("Coverage of Bonding's API")
struct CoverageTests {
    /// The URIs of the document of API v3 below `/api/v3`, with their methods; each takes OPTIONS as well.
    private static let document = """
        / GET
        /nodes/ GET
        /nodes/X/ GET
        /aggregators/ GET POST
        /aggregators/X/ GET PUT PATCH DELETE
        /aggregators/X/bonds/ GET
        /aggregators/X/bonds_secondary/ GET
        /aggregators/X/bonds_current/ GET
        /bonders/ GET
        /bonders/X/ GET PUT PATCH
        /qos/ GET
        /qos/X/ GET PUT PATCH DELETE
        /qos/X/bonds/ GET
        /bonds/ GET POST
        /bonds/X/ GET PUT PATCH DELETE
        /bonds/X/downtime_prevented/ GET
        /bonds/X/restart/ POST
        /bonds/X/detect_leg_mtus/ POST
        /bonds/X/restore_to_primary_agg/ POST
        /bonds/X/legs/ GET
        /bonds/X/legs/Y/ GET
        /bonds/X/legs/Y/detect_mtus/ POST
        /bonds/X/legs/Y/state_history/ GET
        /bonds/X/dhcp_legs/ GET POST
        /bonds/X/dhcp_legs/Y/ GET PUT PATCH DELETE
        /bonds/X/dhcp_legs/Y/renew/ POST
        /bonds/X/static_legs/ GET POST
        /bonds/X/static_legs/Y/ GET PUT PATCH DELETE
        /bonds/X/pppoe_legs/ GET POST
        /bonds/X/pppoe_legs/Y/ GET PUT PATCH DELETE
        /bonds/X/mobilebroadband_legs/ GET POST
        /bonds/X/mobilebroadband_legs/Y/ GET PUT PATCH DELETE
        /bonds/X/connected_ips/ GET POST
        /bonds/X/connected_ips/Y/ GET PUT PATCH DELETE
        /bonds/X/cpe_nat_ips/ GET POST
        /bonds/X/cpe_nat_ips/Y/ GET PUT PATCH DELETE
        /bonds/X/routes/ GET POST
        /bonds/X/routes/Y/ GET PUT PATCH DELETE
        /bonds/X/speedtests/ GET POST
        /bonds/X/speedtests/Y/ GET
        /bonds/X/tuners/ GET POST
        /bonds/X/tuners/Z/ GET
        /bonds/X/tuners/Z/cancel/ POST
        /bonds/X/tuners/Z/accept/ POST
        /bonds/X/tuners/Z/decline/ POST
        /bonds/X/legs/Y/tuners/ GET POST
        /bonds/X/legs/Y/tuners/Z/ GET
        /bonds/X/legs/Y/tuners/Z/cancel/ POST
        /bonds/X/legs/Y/tuners/Z/accept/ POST
        /bonds/X/legs/Y/tuners/Z/decline/ POST
        /ipallocations/ GET POST
        /ipallocations/X/ GET PUT PATCH DELETE
        /ipallocations/X/assigned_routing_groups/ GET POST
        /ipallocations/X/assigned_routing_groups/Y/ GET DELETE
        /mobileproviderprofiles/ GET POST
        /mobileproviderprofiles/X/ GET PUT PATCH DELETE
        /users/ GET POST
        /users/X/ GET PUT PATCH DELETE
        /groups/ GET POST
        /groups/X/ GET PUT PATCH DELETE
        /permissions/ GET
        /spaces/ GET POST
        /spaces/X/ GET PUT PATCH DELETE
        /spaces/X/statistics/ GET
        /spaces/X/statistics/users/ GET
        /spaces/X/statistics/bonds/ GET
        /spaces/X/statistics/qos_profiles/ GET
        /spaces/X/statistics/speed_tests/ GET
        /spaces/X/statistics/aggregators/ GET
        /spaces/X/statistics/connected_ips/ GET
        /spaces/X/statistics/routes/ GET
        /spaces/X/statistics/cpe_nat_ips/ GET
        /spaces/X/statistics/legs/ GET
        /spaces/X/statistics/bonders/ GET
        /spaces/X/ip_allocations/ GET POST
        /spaces/X/ip_allocations/X/ GET PUT PATCH DELETE
        /spaces/X/delegated_ip_allocations/ GET POST
        /spaces/X/delegated_ip_allocations/X/ GET
        /system/ GET
        /system/status/ GET
        /system/status/configupdates/ GET
        /system/status/downtime_prevented/ GET
        /system/status/bondingversion/ GET
        /system/status/repositories/ GET
        /system/status/tlsinfo/ GET
        /system/status/aggfailover/ GET
        /system/status/backups/ GET
        /system/status/backups/latest-backup/ GET
        /system/tasks/ GET
        /system/tasks/createisos/ POST
        /system/versions/ GET
        /system/timezones/ GET
        /system/mobilebroadbandproviderapns/ GET
        /system/isos/ GET
        /settings/ GET PUT PATCH
        /self/ GET
        /bonds/X/dhcp_legs/Y/detect_mtus/ POST
        /bonds/X/dhcp_legs/Y/state_history/ GET
        /bonds/X/static_legs/Y/detect_mtus/ POST
        /bonds/X/static_legs/Y/state_history/ GET
        /bonds/X/pppoe_legs/Y/detect_mtus/ POST
        /bonds/X/pppoe_legs/Y/state_history/ GET
        /bonds/X/mobilebroadband_legs/Y/detect_mtus/ POST
        /bonds/X/mobilebroadband_legs/Y/state_history/ GET
        """

    private static let arriving =
        "Coverage of Bonding's API / every path that is read arrives at a server of either shape of lists"

    /// The paths of the document of what is covered that this suite sees arrive.
    private static func paths() throws -> [String] {
        let project = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: project.appending(path: "docs/coverage.md"), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasSuffix("| \(arriving) |") }.map { line in
            line.split(separator: "|")[2].filter { $0 != "`" && $0 != " " }
        }
    }

    /// What the API has nothing above.
    private static let alone: [PathTemplate] = []

    @Test("the catalogue has every URI of the document with its methods, but the one that is private")
    func catalogue() {
        let contract = CatalogueContract(Bonding.descriptor)
        let document = Self.document.split(separator: "\n").filter { !$0.contains("/self/") }
            .map { line in
                "/v3" + line.replacing(/\/[XYZ](?=\/)/, with: "/{id}")
            }
        #expect(contract.faults(against: document.joined(separator: "\n")) == [])
        #expect(contract.faults(acting: []) == [])
        #expect(contract.ambiguities() == [])
        #expect(contract.untitled() == [])
        #expect(contract.orphans(but: Self.alone) == [])
    }

    @Test("a restart and a speed test hurt, as do all deletions, and nothing else")
    func hurting() {
        let hurting = Bonding.descriptor.catalogue.filter { $0.hurting.contains { $0 != .delete } }
        #expect(Set(hurting.map(\.template)) == [Path.restart, Path.speedTests])
    }

    @Test(
        "every path that is read arrives at a server of either shape of lists",
        arguments: LiveBonding.releases)
    func arrives(release: BondingRelease) async throws {
        try await withLiveServer(release) { live in
            let asked = try await lookAtEverything(live)
            let paths = try Self.paths()
            #expect(paths.count > 40)
            for path in paths {
                #expect(asked.contains { Self.matches($0, path) }, "\(path) is not asked for")
            }
            for request in live.simulator.arrivals() {
                #expect(request.path.hasSuffix("/"), "\(request.target) has no slash at its end")
                #expect(request.headers["accept"] == "application/json", "\(request.target)")
            }
        }
    }

    @Test("what may be done is asked once per resource before a command")
    func options() async throws {
        try await withLiveServer { live in
            let bonds = try await live.server.table(.bond).refs.prefix(3)
            for bond in bonds {
                _ = try await live.server.prepare(Command("edit-bond", [bond], ["note": .text("x")]))
            }
            let asked = live.simulator.arrivals().filter { $0.method == "OPTIONS" }
            #expect(asked.count == 1)
        }
    }

    private static func matches(_ target: String, _ template: String) -> Bool {
        let path = target.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
        let wanted = template.split(separator: "/", omittingEmptySubsequences: false)
        return path.count == wanted.count
            && zip(path, wanted).allSatisfy { $1.hasPrefix("{") ? !$0.isEmpty : $0 == $1 }
    }
}

/// Lists everything, opens a detail of every kind, and follows its links; what was asked for.
func lookAtEverything(_ live: LiveBonding) async throws -> [String] {
    let server = live.server
    _ = try await server.check()
    let tables = try await server.resources.map(\.kind).asyncMap { try await server.table($0) }
    let bonds = tables[0]
    let tested = try #require(
        bonds.refs.indices.first {
            bonds.text($0, .status) == "up" && (bonds.integer($0, .legsUp) ?? 0) > 1
        }.map { bonds.refs[$0] })
    let legs = try await server.table(.leg, scope: .only([tested]))
    let fit = try #require(
        legs.refs.indices.first { legs.text($0, "oper") == "up" && legs.text($0, "admin") == "active" })
    _ = try await live.run(.testLeg, [legs.refs[fit]], ["length": .text("2")])
    _ = try await live.run("tune-leg", [legs.refs[fit]])
    _ = try await live.run("tune-bond", [tested])
    var seen: Set<EntityRef> = []
    var kinds: [ResourceKind: Int] = [:]
    var open = [tested, legs.refs[fit]] + tables.flatMap { $0.refs.prefix(6) }
    // A leg of each type.
    var types: Set<String> = []
    for bond in bonds.refs where types.count < LegType.allCases.count {
        let legs = try await server.table(.leg, scope: .only([bond]))
        for row in legs.refs.indices where types.insert(legs.text(row, "type")).inserted {
            open.append(legs.refs[row])
        }
    }
    while let entity = open.popLast() {
        // Some of a kind stand for all; legs differ by type.
        guard seen.insert(entity).inserted, kinds[entity.kind, default: 0] < (entity.kind == .leg ? 12 : 8)
        else {
            continue
        }
        kinds[entity.kind, default: 0] += 1
        let detail = try await server.detail(of: entity)
        for line in detail.sections.flatMap(\.lines) {
            if case .ref(let link, _) = line.value, kinds[link.kind, default: 0] < 3 {
                open.insert(link, at: 0)
            }
        }
    }
    return live.reads
}

extension Sequence {
    func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
