import AdapterContract
import AdapterKit
import Domain
import Foundation
import HTTP
import Simulator
import Testing

@testable import KrillAdapter

@Suite("Coverage of Krill's API")
struct CoverageTests {
    /// The paths of the document below `/api`, with their methods.
    private static let document = """
        /v2/auth/login/ POST
        /v2/auth/refresh/ POST
        /v2/auth/user/ GET
        /v2/isp/cpes/ GET POST
        /v2/isp/cpes/{id}/ GET PUT PATCH DELETE
        /v2/isp/cpe-profiles/ GET
        /v2/isp/customers/ GET POST
        /v2/isp/customers/{id}/ GET PUT PATCH DELETE
        /v2/isp/potses/ GET
        /v2/isp/potses/{id}/ GET PUT PATCH
        /v2/isp/cpes/{id}/reboot/ GET
        /v2/isp/cpes/{id}/reprovision/ GET
        /v2/isp/cpes/{id}/unprovision/ GET
        /v2/isp/cpes/{id}/factory/ GET
        /v2/isp/cpes/{id}/reconfig/ GET
        /v2/isp/cpes/{id}/cwmp_diagnostic/ GET
        /v2/isp/cpes/{id}/events/ GET
        /v2/isp/cpes/{id}/logs/ GET
        /v2/isp/cpes/{id}/links/ GET
        /v2/isp/cpes/{id}/customer/ GET
        /v2/isp/cpes/{id}/profile/ GET
        /v2/isp/cpes/{id}/model/ GET
        /v2/isp/cpes/{id}/potses/ GET
        /v2/isp/cpes/{id}/livestatus/ GET
        /v2/isp/cpes/{id}/cwmp_info/ GET
        /v2/pbx/pbxs/ GET POST
        /v2/pbx/pbxs/{pbx}/ GET PUT PATCH DELETE
        /v2/pbx/pbxs/{pbx}/recepcionists/ GET POST
        /v2/pbx/pbxs/{pbx}/groups/ GET POST
        /v2/pbx/pbxs/{pbx}/queues/ GET POST
        /v2/pbx/pbxs/{pbx}/ddis/ GET POST
        /v2/pbx/pbxs/{pbx}/schedules/ GET POST
        /v2/pbx/pbxs/{pbx}/holidays/ GET POST
        /v2/pbx/pbxs/{pbx}/recepcionists/{id}/ GET PUT PATCH DELETE
        /v2/pbx/pbxs/{pbx}/groups/{id}/ GET PUT PATCH DELETE
        /v2/pbx/pbxs/{pbx}/queues/{id}/ GET PUT PATCH DELETE
        /v2/pbx/pbxs/{pbx}/ddis/{id}/ GET PUT PATCH DELETE
        /v2/pbx/pbxs/{pbx}/schedules/{id}/ GET PUT PATCH DELETE
        /v2/pbx/pbxs/{pbx}/holidays/{id}/ GET PUT PATCH DELETE
        /v2/monitoring/search/ GET
        /v2/monitoring/hosts/{name}/ GET
        /v2/monitoring/cpes/{id}/info/ GET
        /v2/monitoring/graphs/ GET
        /v2/monitoring/datasets/ POST
        /v2/monitoring/hostgroups/ GET
        /v2/monitoring/history/ GET
        /v2/monitoring/location/summary/ GET
        /v2/monitoring/status/summary/ GET
        /v2/monitoring/hosts/{name}/reschedule/ POST
        /v2/monitoring/hosts/{name}/acknowledge/ POST
        /v2/monitoring/hosts/{name}/downtime/ POST
        /v2/oratio/accounting/ GET
        /v2/oratio/accounting/{id}/disconnect/ GET
        /v2/oratio/pools/ GET
        /v2/oratio/pools/{name}/stats/ GET
        /v2/gpon/unconfigured/ GET
        /v2/gpon/unconfigured/{id}/enable/ POST
        /v2/gpon/olts/{olt}/frames/{frame}/slots/{slot}/ports/{port}/onus/status/ GET
        /v2/docsis/cmtss/ GET
        /v2/docsis/mac-domains/ GET
        /v2/docsis/fiber-nodes/ GET
        /v2/rubik/services/ GET POST
        /v2/rubik/services/{id}/ GET PUT PATCH DELETE
        /v2/rubik/addresses/ GET
        /v2/rubik/subaddresses/ POST
        /v2/rubik/products/ POST
        /v2/rubik/verify/ POST
        /v2/rubik/owner-settings/ GET
        /v2/rubik/tickets/ GET POST
        /v2/rubik/tickets/{id}/ GET PUT PATCH DELETE
        /v2/plankton/services/ GET POST
        /v2/plankton/services/{id}/ GET PUT PATCH DELETE
        /v2/me/apps/ GET
        /v2/installer/cpes/{id}/ GET
        /v2/installer/cpes/{id}/info/ GET
        /v2/acs/devices/{id}/ GET
        /v2/acs/devices/{id}/tasks/ GET
        /v2/acs/devices/{id}/wifi/radios/ GET
        /v2/kermit/ipv4-leases/ GET
        /v2/kermit/ipv6-leases/ GET
        /v2/logger/api-request-logs/ GET
        /v2/logger/admin-logs/ GET
        /v2/tagger/tags/ GET POST
        /v2/tagger/links/ GET
        /v2/wimax/basestations/ GET
        /cpes/ GET
        /customers/ GET
        /potses/ GET
        """

    private static let arriving = "Coverage of Krill's API / every path that is read arrives at a server"

    /// Methods and paths of the document of what is covered that this suite sees arrive.
    private static func paths() throws -> [(method: String, path: String)] {
        let project = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: project.appending(path: "docs/coverage.md"), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasSuffix("| \(arriving) |") }.map { line in
            let cells = line.split(separator: "|").map { $0.filter { $0 != "`" && $0 != " " } }
            return (cells[3], cells[2])
        }
    }

    /// What the API has nothing above.
    private static let alone: [PathTemplate] = [
        Path.info, Acting.disconnect, Path.pool, Acting.enableONU, Path.onuStatus,
    ]

    @Test("the catalogue has every path of the document with each method, and says what acts by GET")
    func catalogue() {
        let contract = CatalogueContract(Krill.descriptor)
        #expect(contract.faults(against: Self.document) == [])
        #expect(contract.faults(acting: CPEAction.allCases.map(\.template) + [Acting.disconnect]) == [])
        #expect(contract.ambiguities() == [])
        #expect(contract.untitled() == [])
        #expect(contract.orphans(but: Self.alone) == [])
    }

    @Test("what takes a customer offline hurts, as do all deletions, and nothing else")
    func hurting() {
        let hurting = Krill.descriptor.catalogue.filter { $0.hurting.contains { $0 != .delete } }
        let actions: [CPEAction] = [.reboot, .reprovision, .unprovision, .factory]
        #expect(Set(hurting.map(\.template)) == Set(actions.map(\.template)))
    }

    @Test("every path that is read arrives at a server")
    func arrives() async throws {
        try await withLiveKrill(world: World(scale: 3_300, extent: Extent(lines: 1_500))) { live in
            _ = try await live.server.check()
            for resource in live.server.resources {
                let table = try await live.table(resource.kind)
                let target = try #require(table.refs.first, "\(resource.kind)")
                _ = try await live.server.detail(of: target)
                guard live.server.liveKinds[resource.kind] != nil else { continue }
                // An OLT that is out of reach does not answer; another one does.
                for one in table.refs.prefix(20) {
                    if (try? await live.server.live(one) { _ in }) != nil { break }
                }
            }
            let asked = live.simulator.arrivals().map { "\($0.method) \($0.target.prefix { $0 != "?" })" }
            let paths = try Self.paths()
            #expect(paths.count > 20)
            for (method, path) in paths {
                let isAsked = asked.contains { Self.matches($0, "\(method) /api\(path)") }
                #expect(isAsked, "\(method) \(path) is not asked for")
            }
            #expect(live.commands == [])
        }
    }

    /// Whether a request is for a path with holes.
    private static func matches(_ asked: String, _ wanted: String) -> Bool {
        let parts = asked.split(separator: "/")
        let holes = wanted.split(separator: "/")
        return parts.count == holes.count && zip(parts, holes).allSatisfy { $1.hasPrefix("{") || $0 == $1 }
    }
}
